/**
 * A JSON-LD graph as CASE/UCO files hold one: nodes in any order, named by `@id` or nameless, values wrapped or bare.
 *
 * [Note: Graph in memory] What a message refers to (accounts, threads, relations) may stand anywhere behind it, so the
 * file is read whole; 128 MiB of JSON is far beyond what tools write as CASE. Names are compared by their last part:
 * `uco-observable:from`, `observable:from`, `from` under a vocabulary and the full address are one property.
 */

import { detailText, firstFields } from '../json/details.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Values of one node that are told. */
const MOST_FIELDS = 500;

export const MOST_BYTES = 128 * 2 ** 20;
/** Nodes inside nodes; a deeper one is hostile. */
const DEEPEST = 64;

export function localName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('/'), name.lastIndexOf('#')) + 1);
}

export class GraphNode {
  /** '' for a node without a name. */
  readonly id: string;
  readonly types = new Set<string>();
  /** Values by local name, wrapped ones undone. */
  readonly values = new Map<string, GraphValue[]>();

  constructor(id: string) {
    this.id = id;
  }

  all(name: string): readonly GraphValue[] {
    return this.values.get(name) ?? [];
  }

  /** First value that is text; '' where there is none. */
  text(name: string): string {
    const found = this.all(name).find((value) => typeof value === 'string');
    return typeof found === 'string' ? found : '';
  }

  nodes(name: string): GraphNode[] {
    return this.all(name).filter((value): value is GraphNode => value instanceof GraphNode);
  }

  /** The facet of a type, which carries the properties of an object in UCO. */
  facet(type: string): GraphNode | undefined {
    return this.nodes('hasFacet').find((facet) => facet.types.has(type));
  }
}

export type GraphValue = string | GraphNode;

export interface Graph {
  /** The elements of `@graph` in their order; an element whose node stood before is null. */
  readonly elements: readonly (GraphNode | null)[];
}

export function readGraph(root: Json): Graph {
  const named = new Map<string, GraphNode>();
  const nodeOf = (id: string): GraphNode => {
    if (id === '') return new GraphNode('');
    let node = named.get(id);
    if (node === undefined) named.set(id, (node = new GraphNode(id)));
    return node;
  };
  const valueOf = (json: Json, depth: number): GraphValue[] => {
    if (json === null || depth > DEEPEST) return [];
    if (typeof json !== 'object') return [String(json)];
    if (isList(json)) return json.flatMap((one) => valueOf(one, depth + 1));
    if (Object.hasOwn(json, '@value')) return valueOf(json['@value'] ?? null, depth + 1);
    for (const wrap of ['@list', '@set']) if (Object.hasOwn(json, wrap)) return valueOf(json[wrap] ?? null, depth + 1);
    return [fill(json, depth)];
  };
  /** Takes what this place says of a node; several places may say parts of one. */
  const fill = (json: { readonly [key: string]: Json }, depth: number): GraphNode => {
    const node = nodeOf(typeof json['@id'] === 'string' ? json['@id'] : '');
    for (const [key, value] of Object.entries(json)) {
      if (key === '@type')
        for (const type of valueOf(value, depth)) node.types.add(typeof type === 'string' ? localName(type) : '');
      if (key.startsWith('@')) continue;
      const name = localName(key);
      const held = node.values.get(name);
      const given = valueOf(value, depth + 1);
      if (held === undefined) node.values.set(name, given);
      else for (const one of given) if (!held.includes(one)) held.push(one);
    }
    return node;
  };
  const top = elementsOf(root);
  const before = new Set<GraphNode>();
  return {
    elements: top.map((json) => {
      if (json === null || typeof json !== 'object' || isList(json)) return new GraphNode('');
      const node = fill(json, 0);
      if (before.has(node)) return null;
      before.add(node);
      return node;
    })
  };
}

const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

function elementsOf(root: Json): readonly Json[] {
  if (root === null || typeof root !== 'object') return [];
  if (isList(root)) return root;
  const graph = root['@graph'];
  if (graph === undefined) return [root];
  return isList(graph) ? graph : [graph];
}

/** Values of a node as named texts; what it refers to by its name, deeper nodes in place. */
export function fieldsOf(node: GraphNode, skip: ReadonlySet<string> = new Set()): [string, string][] {
  const fields: [string, string][] = [];
  const seen = new Set<GraphNode>();
  const add = (prefix: string, one: GraphNode, depth: number): void => {
    if (seen.has(one) || depth > 6) return;
    seen.add(one);
    for (const [name, values] of one.values) {
      if (depth === 0 && skip.has(name)) continue;
      for (const value of values) {
        const path = prefix === '' || name === 'hasFacet' ? (name === 'hasFacet' ? prefix : name) : `${prefix}.${name}`;
        if (typeof value === 'string') fields.push([path || name, detailText(value)]);
        else if (value.id !== '' && name !== 'hasFacet') fields.push([path, value.id]);
        else add(path, value, depth + 1);
      }
    }
  };
  add('', node, 0);
  return firstFields(fields, MOST_FIELDS);
}
