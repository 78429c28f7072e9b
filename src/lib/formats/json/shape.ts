/** What a JSON document is like, from its first bytes: which paths it has and what stands at them. For recognition. */
import { detectEncoding } from '../text/encoding.ts';
import { JsonFault } from './fault.ts';
import { JsonWalk, type JsonPath } from './walk.ts';
import { textOf } from './value.ts';

export interface JsonShape {
  /** True where a value of any kind stands at this path; indices are `[]`: 'messages[].from_id', '[].ID', '*' is any key. */
  has(path: string): boolean;
  /** The first scalar at the path, as text; '' for none. */
  first(path: string): string;
  /** Keys of the outermost object, in order. */
  readonly topKeys: readonly string[];
  /** True where the bytes end outside of JSON, before the head did. */
  readonly isBroken: boolean;
  /** True for a CSV taken as a list of objects. */
  readonly isTable: boolean;
}

const MOST_PATHS = 2000;

function nameOf(path: JsonPath): string {
  let name = '';
  for (const part of path) name += typeof part === 'number' ? '[]' : `${name === '' ? '' : '.'}${part}`;
  return name;
}

/** The same under any key of an outermost object: 'ana[].From' is also '*[].From'. */
function starred(path: JsonPath): string | null {
  return typeof path[0] === 'string' ? nameOf(['*', ...path.slice(1)]) : null;
}

const seen = new WeakMap<Uint8Array, JsonShape | null>();

/** Null where the bytes do not begin as JSON. Remembered for the very same bytes: many formats ask. Never throws. */
export function shapeOf(head: Uint8Array): JsonShape | null {
  const known = seen.get(head);
  if (known !== undefined) return known;
  const shape = readShape(head);
  seen.set(head, shape);
  return shape;
}

function readShape(head: Uint8Array): JsonShape | null {
  const { encoding } = detectEncoding(head);
  const bytes = encoding === 'utf-8' ? head : new TextEncoder().encode(new TextDecoder(encoding).decode(head));
  let at = bytes[0] === 0xef ? 3 : 0;
  while (at < bytes.length && (bytes[at] === 32 || bytes[at] === 10 || bytes[at] === 13 || bytes[at] === 9)) at++;
  if (bytes[at] !== 123 && bytes[at] !== 91) return null;
  const firsts = new Map<string, string>();
  const topKeys: string[] = [];
  const note = (path: JsonPath, text: string): void => {
    const top = path[0];
    if (typeof top === 'string' && topKeys.at(-1) !== top && topKeys.length < MOST_PATHS) topKeys.push(top);
    for (const name of [nameOf(path), starred(path)])
      if (name !== null && firsts.size < MOST_PATHS && (firsts.get(name) ?? '') === '') firsts.set(name, text);
  };
  const walk = new JsonWalk(
    {
      open: (path) => {
        note(path, '');
        return 'walk';
      },
      value: (path, value) => note(path, typeof value === 'boolean' ? String(value) : textOf(value).slice(0, 200)),
      close: () => undefined
    },
    { manyRoots: true }
  );
  let isBroken = false;
  try {
    walk.write(bytes);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    isBroken = true;
  }
  return { has: (path) => firsts.has(path), first: (path) => firsts.get(path) ?? '', topKeys, isBroken, isTable: false };
}
