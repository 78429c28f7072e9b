/**
 * [Note: Layout]
 * ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian 2014): ties pull in proportion to their length, everyone pushes
 * everyone in proportion to (ties + 1) x (ties + 1) / distance, weak gravity keeps loose parts on the page, and a
 * global speed rises while nodes agree with themselves and falls while they swing. Nearness on the page follows ties
 * and nothing else; no other attribute of a person can reach this code.
 */
import { Pace, type PaceOptions } from '../pace.ts';
import { SeededRandom } from '../random.ts';
import { degrees, type Graph } from './csr.ts';
import { Quadtree } from './quadtree.ts';

export interface LayoutOptions {
  readonly seed?: number;
  /** Strength of the push. */
  readonly scaling?: number;
  readonly gravity?: number;
  /** Pull by the logarithm of the length: tighter clusters, further apart (Noack 2007). */
  readonly linLog?: boolean;
  /** Pull in proportion to weight to this power; 0 leaves weights aside. */
  readonly weightInfluence?: number;
  /** Squares wider than this times their distance are opened; 1.2 as Gephi does. */
  readonly theta?: number;
  /** Start from here instead of a seeded disc; read, not kept. */
  readonly initial?: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };
}

/** Below this many nodes all pairs are summed exactly: faster than a tree, and free of its error. */
const EXACT_NODES = 200;

export class ForceLayout {
  /** Positions, changed in place by each step. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly #nodes: number;
  readonly #mass: Float64Array;
  readonly #source: Uint32Array;
  readonly #target: Uint32Array;
  readonly #pull: Float64Array;
  readonly #forceX: Float64Array;
  readonly #forceY: Float64Array;
  readonly #lastX: Float64Array;
  readonly #lastY: Float64Array;
  readonly #tree: Quadtree | null;
  readonly #scaling: number;
  readonly #gravity: number;
  readonly #linLog: boolean;
  readonly #theta: number;
  #speed = 1;
  #efficiency = 1;

  constructor(graph: Graph, options: LayoutOptions = {}) {
    const n = graph.nodes;
    this.#nodes = n;
    this.#scaling = options.scaling ?? 2;
    this.#gravity = options.gravity ?? 1;
    this.#linLog = options.linLog ?? false;
    this.#theta = options.theta ?? 1.2;
    this.#mass = Float64Array.from(degrees(graph), (degree) => degree + 1);
    this.#forceX = new Float64Array(n);
    this.#forceY = new Float64Array(n);
    this.#lastX = new Float64Array(n);
    this.#lastY = new Float64Array(n);
    this.#tree = n > EXACT_NODES ? new Quadtree(n) : null;

    this.#source = new Uint32Array(graph.edges);
    this.#target = new Uint32Array(graph.edges);
    this.#pull = new Float64Array(graph.edges);
    const influence = options.weightInfluence ?? 0;
    let e = 0;
    for (let u = 0; u < n; u++) {
      for (let k = graph.offsets[u]!; k < graph.offsets[u + 1]!; k++) {
        const v = graph.neighbours[k]!;
        if (v < u) continue;
        this.#source[e] = u;
        this.#target[e] = v;
        this.#pull[e++] = influence === 0 ? 1 : graph.weights[k]! ** influence;
      }
    }

    const random = new SeededRandom(options.seed ?? 1);
    const { initial } = options;
    // Even over a disc of the size the drawing will about have, so that the first steps do not explode. Given
    // positions are shaken by a hair: two nodes on one spot would never part.
    const radius = initial === undefined ? 10 * Math.sqrt(n) : 1e-3;
    this.x = new Float64Array(n);
    this.y = new Float64Array(n);
    for (let u = 0; u < n; u++) {
      const distance = radius * Math.sqrt(random.next());
      const angle = 2 * Math.PI * random.next();
      this.x[u] = (initial?.x[u] ?? 0) + distance * Math.cos(angle);
      this.y[u] = (initial?.y[u] ?? 0) + distance * Math.sin(angle);
    }
  }

  /** One step. Returns the mean way a node moved, in units of the drawing: small when it has settled. */
  step(): number {
    this.#forceX.fill(0);
    this.#forceY.fill(0);
    if (this.#tree === null) {
      this.#repelAll();
    } else {
      this.#tree.build(this.x, this.y, this.#mass, this.#theta);
      this.#tree.addRepulsion(this.#scaling, this.#forceX, this.#forceY);
    }
    this.#attract();
    this.#gravitate();
    return this.#move();
  }

  /**
   * Many steps, giving the event loop turns: positions may be read and shown in between.
   * @throws the signal's reason when aborted; the positions reached stay.
   */
  async run(steps: number, options: PaceOptions = {}): Promise<void> {
    const pace = new Pace(options);
    for (let i = 0; i < steps; i++) {
      this.step();
      if (pace.due()) await pace.breathe((i + 1) / steps);
    }
  }

  #repelAll(): void {
    for (let u = 0; u < this.#nodes; u++) {
      for (let v = 0; v < u; v++) {
        const dx = this.x[u]! - this.x[v]!;
        const dy = this.y[u]! - this.y[v]!;
        const squared = dx * dx + dy * dy;
        if (squared === 0) continue;
        const push = (this.#scaling * this.#mass[u]! * this.#mass[v]!) / squared;
        this.#forceX[u]! += dx * push;
        this.#forceY[u]! += dy * push;
        this.#forceX[v]! -= dx * push;
        this.#forceY[v]! -= dy * push;
      }
    }
  }

  #attract(): void {
    const x = this.x;
    const y = this.y;
    const forceX = this.#forceX;
    const forceY = this.#forceY;
    for (let e = 0; e < this.#source.length; e++) {
      const u = this.#source[e]!;
      const v = this.#target[e]!;
      const dx = x[u]! - x[v]!;
      const dy = y[u]! - y[v]!;
      let pull = this.#pull[e]!;
      if (this.#linLog) {
        const distance = Math.sqrt(dx * dx + dy * dy);
        if (distance === 0) continue;
        pull *= Math.log1p(distance) / distance;
      }
      forceX[u]! -= dx * pull;
      forceY[u]! -= dy * pull;
      forceX[v]! += dx * pull;
      forceY[v]! += dy * pull;
    }
  }

  #gravitate(): void {
    for (let u = 0; u < this.#nodes; u++) {
      const distance = Math.hypot(this.x[u]!, this.y[u]!);
      if (distance === 0) continue;
      const pull = (this.#gravity * this.#mass[u]!) / distance;
      this.#forceX[u]! -= this.x[u]! * pull;
      this.#forceY[u]! -= this.y[u]! * pull;
    }
  }

  /** The paper's section "Adapting the speed", with the constants of Gephi 0.9's implementation. */
  #move(): number {
    const n = this.#nodes;
    let swinging = 0;
    let traction = 0;
    for (let u = 0; u < n; u++) {
      const dx = this.#lastX[u]! - this.#forceX[u]!;
      const dy = this.#lastY[u]! - this.#forceY[u]!;
      const sx = this.#lastX[u]! + this.#forceX[u]!;
      const sy = this.#lastY[u]! + this.#forceY[u]!;
      swinging += this.#mass[u]! * Math.sqrt(dx * dx + dy * dy);
      traction += (this.#mass[u]! * Math.sqrt(sx * sx + sy * sy)) / 2;
    }
    if (swinging === 0) return 0;
    const estimate = 0.05 * Math.sqrt(n);
    let tolerance = Math.max(Math.sqrt(estimate), Math.min(10, (estimate * traction) / (n * n)));
    if (swinging / traction > 2) {
      if (this.#efficiency > 0.05) this.#efficiency *= 0.5;
      tolerance = Math.max(tolerance, 1);
    }
    const wanted = (tolerance * this.#efficiency * traction) / swinging;
    if (swinging > tolerance * traction) {
      if (this.#efficiency > 0.05) this.#efficiency *= 0.7;
    } else if (this.#speed < 1000) {
      this.#efficiency *= 1.3;
    }
    this.#speed += Math.min(wanted - this.#speed, 0.5 * this.#speed);

    let way = 0;
    for (let u = 0; u < n; u++) {
      const fx = this.#forceX[u]!;
      const fy = this.#forceY[u]!;
      const dx = this.#lastX[u]! - fx;
      const dy = this.#lastY[u]! - fy;
      const swing = this.#mass[u]! * Math.sqrt(dx * dx + dy * dy);
      const factor = this.#speed / (1 + Math.sqrt(this.#speed * swing));
      this.x[u]! += fx * factor;
      this.y[u]! += fy * factor;
      way += Math.sqrt(fx * fx + fy * fy) * factor;
      this.#lastX[u] = fx;
      this.#lastY[u] = fy;
    }
    return way / n;
  }
}
