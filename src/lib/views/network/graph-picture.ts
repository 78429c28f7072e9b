/** The visible part of the network in Sigma. Holds no state of the view: it is given what to draw and what to stress. */
import Graphology from 'graphology';
import { Sigma } from 'sigma';
import type { NetworkView } from '$lib/pipeline/contract.ts';
import { tieKey } from './ties.ts';
import type { GraphColours } from './graph-colours.ts';
import type { Group } from './groups.ts';
import { spread, type Discs } from './spread.ts';
import { canvasLabel } from './visible-text.ts';

export interface GraphStress {
  readonly chosen: number | null;
  readonly target: number | null;
  readonly hidden: ReadonlySet<number>;
  /** Parties on a path, in order; empty without one. */
  readonly path: readonly number[];
  readonly group: number | null;
}

export interface GraphEvents {
  readonly node: (party: number, asTarget: boolean) => void;
  readonly edge: (a: number, b: number) => void;
  readonly stage: () => void;
  readonly pin: (party: number, x: number, y: number) => void;
}

type NodeLook = { x: number; y: number; size: number; label: string; party: number; group: number | null; base: string };
type EdgeLook = { size: number; a: number; b: number };

const NOTHING: GraphStress = { chosen: null, target: null, hidden: new Set(), path: [], group: null };

export class GraphPicture {
  readonly #graph = new Graphology<NodeLook, EdgeLook>({ type: 'undirected', allowSelfLoops: false });
  readonly #sigma: Sigma<NodeLook, EdgeLook>;
  readonly #events: GraphEvents;
  #colours: GraphColours;
  #stress = NOTHING;
  #near = new Set<string>();
  #onPath = new Set<string>();
  #dragged: string | null = null;

  /** @throws where WebGL is not to be had. */
  constructor(element: HTMLElement, colours: GraphColours, events: GraphEvents) {
    this.#colours = colours;
    this.#events = events;
    this.#sigma = new Sigma(this.#graph, element, {
      allowInvalidContainer: true,
      enableEdgeEvents: true,
      zIndex: true,
      hideEdgesOnMove: false,
      labelFont: getComputedStyle(element).fontFamily,
      labelSize: 12,
      labelDensity: 0.9,
      labelGridCellSize: 110,
      labelRenderedSizeThreshold: 5,
      minEdgeThickness: 1,
      stagePadding: 40,
      maxCameraRatio: 3,
      minCameraRatio: 0.03,
      nodeReducer: (key, look) => this.#node(key, look),
      edgeReducer: (key, look) => this.#edge(key, look),
      defaultDrawNodeLabel: (context, data, settings) => this.#drawLabel(context, data, settings.labelSize, settings.labelFont),
      defaultDrawNodeHover: (context, data, settings) => this.#drawHover(context, data, settings.labelSize, settings.labelFont)
    });
    this.#recolour();
    this.#listen();
  }

  draw(view: NetworkView, groups: readonly (Group | undefined)[], pinned: ReadonlyMap<number, { x: number; y: number }>): void {
    this.#graph.clear();
    const places = placesOf(view, pinned);
    for (const [node, party] of view.party.entries()) {
      const group = groups[node];
      const place = { x: places.x[node] as number, y: places.y[node] as number };
      const label = canvasLabel(view.labels[node] ?? '');
      this.#graph.addNode(String(party), {
        ...place,
        size: places.radius[node] as number,
        label: group === undefined ? label : `${group.letter} · ${label}`,
        party,
        group: group?.id ?? null,
        base: group?.token ?? '--line'
      });
    }
    const heaviest = view.edgeWeight.reduce((a, b) => Math.max(a, b), 1);
    for (const [e, from] of view.source.entries()) {
      const [a, b] = [view.party[from] as number, view.party[view.target[e] as number] as number];
      const size = 1 + 5 * Math.sqrt((view.edgeWeight[e] as number) / heaviest);
      if (a !== b && !this.#graph.hasEdge(tieKey(a, b)))
        this.#graph.addEdgeWithKey(tieKey(a, b), String(a), String(b), { size, a, b });
    }
    this.stress(this.#stress);
  }

  /** What is looked at: redraws the same graph, computes nothing. */
  stress(stress: GraphStress): void {
    this.#stress = stress;
    const chosen = stress.chosen === null ? null : String(stress.chosen);
    this.#near = new Set(chosen !== null && this.#graph.hasNode(chosen) ? [chosen, ...this.#graph.neighbors(chosen)] : []);
    this.#onPath = new Set(stress.path.slice(1).map((party, i) => tieKey(stress.path[i] as number, party)));
    this.#sigma.refresh({ skipIndexation: true });
  }

  recolour(colours: GraphColours): void {
    this.#colours = colours;
    this.#recolour();
  }

  /** Where a person is drawn, in the drawing's own units; null where not. */
  placeOf(party: number): { x: number; y: number } | null {
    const key = String(party);
    if (!this.#graph.hasNode(key)) return null;
    const { x, y } = this.#graph.getNodeAttributes(key);
    return { x, y };
  }

  /** Brings a person into the middle of the picture. */
  show(party: number): void {
    const data = this.#sigma.getNodeDisplayData(String(party));
    if (data === undefined) return;
    const camera = this.#sigma.getCamera();
    camera.setState({ x: data.x, y: data.y, ratio: Math.min(camera.ratio, 0.6) });
  }

  zoom(by: number): void {
    const camera = this.#sigma.getCamera();
    camera.setState({ ratio: camera.ratio / by });
  }
  pan(dx: number, dy: number): void {
    const camera = this.#sigma.getCamera();
    camera.setState({ x: camera.x + dx * camera.ratio, y: camera.y + dy * camera.ratio });
  }
  reset(): void {
    this.#sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }
  end(): void {
    this.#sigma.kill();
  }

  #recolour(): void {
    this.#sigma.setSetting('labelColor', { color: this.#colours.text });
    this.#sigma.refresh({ skipIndexation: true });
  }

  #node(key: string, look: NodeLook): Record<string, unknown> {
    const { chosen, target, hidden, path, group } = this.#stress;
    const isEnd = look.party === chosen || look.party === target || path.includes(look.party);
    const isDim = path.length > 0 ? !isEnd : chosen !== null ? !this.#near.has(key) : group !== null && look.group !== group;
    return {
      ...look,
      hidden: hidden.has(look.party),
      color: isDim ? this.#colours.pale : this.#colours.ofToken(look.base),
      label: isDim ? '' : look.label,
      forceLabel: isEnd,
      highlighted: isEnd,
      zIndex: isEnd ? 2 : isDim ? 0 : 1
    };
  }

  #edge(key: string, look: EdgeLook): Record<string, unknown> {
    const { chosen, hidden, path, group } = this.#stress;
    const isOnPath = this.#onPath.has(key);
    const isOwn = chosen !== null && (look.a === chosen || look.b === chosen);
    const isGroupless =
      group !== null && [look.a, look.b].some((party) => this.#graph.getNodeAttribute(String(party), 'group') !== group);
    const isDim = path.length > 0 ? !isOnPath : chosen !== null ? !isOwn : isGroupless;
    return {
      ...look,
      hidden: hidden.has(look.a) || hidden.has(look.b),
      color: isOnPath || (isOwn && path.length === 0) ? this.#colours.accent : isDim ? this.#colours.pale : this.#colours.edge,
      size: isOnPath ? look.size + 2 : look.size,
      zIndex: isOnPath ? 2 : isDim ? 0 : 1
    };
  }

  #listen(): void {
    const sigma = this.#sigma;
    const party = (key: string): number => this.#graph.getNodeAttribute(key, 'party');
    let moved = false;
    sigma.on('clickNode', ({ node, event }) => {
      if (!moved) this.#events.node(party(node), (event.original as MouseEvent).shiftKey);
    });
    sigma.on('clickEdge', ({ edge }) => {
      const { a, b } = this.#graph.getEdgeAttributes(edge);
      this.#events.edge(a, b);
    });
    sigma.on('clickStage', () => this.#events.stage());
    sigma.on('enterEdge', () => (sigma.getContainer().style.cursor = 'pointer'));
    sigma.on('enterNode', () => (sigma.getContainer().style.cursor = 'pointer'));
    sigma.on('leaveEdge', () => (sigma.getContainer().style.cursor = ''));
    sigma.on('leaveNode', () => (sigma.getContainer().style.cursor = ''));
    sigma.on('downNode', ({ node }) => {
      this.#dragged = node;
      moved = false;
      if (sigma.getCustomBBox() === null) sigma.setCustomBBox(sigma.getBBox());
    });
    sigma.getMouseCaptor().on('mousemovebody', (event) => {
      if (this.#dragged === null) return;
      moved = true;
      const place = sigma.viewportToGraph(event);
      this.#graph.mergeNodeAttributes(this.#dragged, place);
      event.preventSigmaDefault();
      event.original.preventDefault();
      event.original.stopPropagation();
    });
    const drop = (): void => {
      if (this.#dragged !== null && moved) {
        const { party: dropped, x, y } = this.#graph.getNodeAttributes(this.#dragged);
        this.#events.pin(dropped, x, y);
      }
      this.#dragged = null;
    };
    sigma.getMouseCaptor().on('mouseup', drop);
    sigma.getMouseCaptor().on('mouseleave', drop);
  }

  /** On a rim of the ground's colour, so that lines and discs behind do not cross the letters. */
  #drawLabel(
    context: CanvasRenderingContext2D,
    data: { x: number; y: number; size: number; label?: string | null },
    size: number,
    font: string
  ): void {
    if (!data.label) return;
    const [x, y] = [data.x + data.size + 4, data.y + size / 3];
    context.font = `500 ${size}px ${font}`;
    context.lineJoin = 'round';
    context.lineWidth = 4;
    context.strokeStyle = this.#colours.surface;
    context.strokeText(data.label, x, y);
    context.fillStyle = this.#colours.text;
    context.fillText(data.label, x, y);
  }

  #drawHover(
    context: CanvasRenderingContext2D,
    data: { x: number; y: number; size: number; label?: string | null },
    size: number,
    font: string
  ): void {
    context.strokeStyle = this.#colours.text;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(data.x, data.y, data.size + 2, 0, Math.PI * 2);
    context.stroke();
    if (!data.label) return;
    context.font = `600 ${size}px ${font}`;
    const width = context.measureText(data.label).width;
    const [x, y, height] = [data.x + data.size + 5, data.y - size / 2 - 5, size + 10];
    context.fillStyle = this.#colours.surface;
    context.strokeStyle = this.#colours.pale;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(x, y, width + 12, height, 4);
    context.fill();
    context.stroke();
    context.fillStyle = this.#colours.text;
    context.fillText(data.label, x + 6, data.y + size / 3);
  }
}

/** Places in a square of this side, near the size of the drawing, so that radii and distances have one unit. */
const SIDE = 700;

/** Where each person is drawn: as laid out, with room for each disc; pinned ones where they were put. */
function placesOf(view: NetworkView, pinned: ReadonlyMap<number, { x: number; y: number }>): Discs {
  const most = view.weight.reduce((a, b) => Math.max(a, b), 1);
  const span = (values: Float32Array): [number, number] => [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity)
  ];
  const [[left, right], [bottom, top]] = [span(view.x), span(view.y)];
  const scale = SIDE / Math.max(right - left, top - bottom, Number.EPSILON);
  const discs = {
    x: Float64Array.from(view.x, (x) => (x - left) * scale),
    y: Float64Array.from(view.y, (y) => (y - bottom) * scale),
    // Area follows the ties, so the radius follows their root.
    radius: Float64Array.from(view.weight, (weight) => 4 + 11 * Math.sqrt(weight / most))
  };
  const fixed = new Set<number>();
  for (const [node, party] of view.party.entries()) {
    const pin = pinned.get(party);
    if (pin === undefined) continue;
    discs.x[node] = pin.x;
    discs.y[node] = pin.y;
    fixed.add(node);
  }
  spread(discs, fixed);
  return discs;
}
