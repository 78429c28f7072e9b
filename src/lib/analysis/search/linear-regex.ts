/**
 * [Note: Patterns in linear time]
 * A backtracking engine can take hours over one message for an unlucky pattern such as (a+)+b, and a worker in it
 * cannot be asked to stop. Patterns are therefore run as sets of places in an automaton (Thompson 1968; Cox, "Regular
 * Expression Matching Can Be Simple And Fast", 2007), one step a character whatever the pattern. The price: no
 * back-references and no look-around. Single characters and classes are tested by the engine's own RegExp, ignoring
 * case; steps are remembered, so that a second text costs a look-up a character.
 */

export type CompiledRegex =
  { readonly ok: true; readonly regex: LinearRegex } | { readonly ok: false; readonly at: number; readonly message: string };

type Instruction =
  | { readonly op: 'char'; readonly test: RegExp; readonly next: number }
  | { readonly op: 'split'; readonly next: readonly number[] }
  | { readonly op: 'assert'; readonly what: '^' | '$' | 'b' | 'B'; readonly next: number }
  | { readonly op: 'match' };

/** Places of a program; {2,300} over a long group would need more. */
const MOST_INSTRUCTIONS = 2000;
/** Remembered states before the memory is emptied. */
const MOST_STATES = 1000;
const EDGE = -1;

class PatternError extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

export function compileLinearRegex(source: string): CompiledRegex {
  try {
    const { program, start } = new Compiler(source).compile();
    return { ok: true, regex: new LinearRegex(program, start) };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { ok: false, at: error.at, message: error.message };
  }
}

/** Builds the program from its end to its beginning: each part is compiled to continue at a known place. */
class Compiler {
  readonly #source: string;
  readonly #program: Instruction[] = [{ op: 'match' }];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  compile(): { program: readonly Instruction[]; start: number } {
    const part = this.#alternatives();
    if (this.#at < this.#source.length) throw new PatternError(this.#at, 'This closing parenthesis has no beginning.');
    return { start: part(0), program: this.#program };
  }

  #emit(instruction: Instruction): number {
    if (this.#program.length >= MOST_INSTRUCTIONS) throw new PatternError(0, 'This pattern is too large.');
    return this.#program.push(instruction) - 1;
  }

  #alternatives(): (next: number) => number {
    const parts = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at++;
      parts.push(this.#sequence());
    }
    return parts.length === 1
      ? (parts[0] as (next: number) => number)
      : (next) => this.#emit({ op: 'split', next: parts.map((part) => part(next)) });
  }

  #sequence(): (next: number) => number {
    const parts: ((next: number) => number)[] = [];
    while (this.#at < this.#source.length && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')')
      parts.push(this.#quantified());
    return (next) => parts.reduceRight((after, part) => part(after), next);
  }

  #quantified(): (next: number) => number {
    const at = this.#at;
    const part = this.#atom();
    const found = /^(?:[*+?]|\{(\d{1,4})(,?)(\d{0,4})\})\??/.exec(this.#source.slice(this.#at));
    if (found === null) return part;
    this.#at += found[0].length;
    if (/^[*+?{]/.test(this.#source.slice(this.#at))) throw new PatternError(this.#at, 'There is nothing here to repeat.');
    const sign = found[0][0];
    const least = sign === '{' ? Number(found[1]) : sign === '+' ? 1 : 0;
    const open = sign === '*' || sign === '+' || (found[2] === ',' && found[3] === '');
    const most = open ? Number.POSITIVE_INFINITY : sign === '?' ? 1 : Number(found[3] === '' ? found[1] : found[3]);
    if (most < least) throw new PatternError(at, 'The numbers of this repetition are out of order.');
    return (next) => {
      let start = next;
      if (open) {
        // The loop's split must exist before its body can continue at it.
        const split = this.#emit({ op: 'split', next: [] });
        this.#program[split] = { op: 'split', next: [part(split), next] };
        start = split;
      } else for (let i = least; i < most; i++) start = this.#emit({ op: 'split', next: [part(start), next] });
      for (let i = 0; i < least; i++) start = part(start);
      return start;
    };
  }

  #atom(): (next: number) => number {
    const at = this.#at;
    const rest = this.#source.slice(at);
    if (/^[*+?]|^\{\d/.test(rest)) throw new PatternError(at, 'There is nothing here to repeat.');
    if (rest.startsWith('(')) return this.#group();
    if (rest.startsWith('^') || rest.startsWith('$')) return this.#assertion(rest[0] as '^' | '$', 1);
    if (rest.startsWith('\\b') || rest.startsWith('\\B')) return this.#assertion(rest[1] as 'b' | 'B', 2);
    if (/^\\(?:[1-9]|k<)/.test(rest)) throw new PatternError(at, 'Back-references are not offered.');
    const atom =
      /^(?:\\[pP]\{[^}]*\}|\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\.|\[(?:\\.|[^\]\\])*\]|[\s\S])/u.exec(
        rest
      )?.[0] ?? rest;
    this.#at += atom.length;
    // A lone bracket or brace is meant as itself.
    const shown = /^[\]{}/]$/.test(atom) ? `\\${atom}` : atom === '\\-' ? '-' : atom;
    let test: RegExp;
    try {
      test = new RegExp(`^(?:${shown})$`, 'iu');
    } catch {
      throw new PatternError(at, 'This character or class is not understood.');
    }
    return (next) => this.#emit({ op: 'char', test, next });
  }

  #group(): (next: number) => number {
    const at = this.#at;
    if (this.#source.startsWith('(?:', at)) this.#at += 3;
    else if (this.#source[at + 1] === '?') throw new PatternError(at, 'Look-around and named groups are not offered.');
    else this.#at++;
    const part = this.#alternatives();
    if (this.#source[this.#at] !== ')') throw new PatternError(at, 'This parenthesis is not closed.');
    this.#at++;
    return part;
  }

  #assertion(what: '^' | '$' | 'b' | 'B', length: number): (next: number) => number {
    this.#at += length;
    return (next) => this.#emit({ op: 'assert', what, next });
  }
}

/** A remembered set of places with what stood before it. */
interface State {
  readonly places: readonly number[];
  readonly before: number;
  /** Next steps of a search by code unit, for the units below 128 that make up most texts and for the rest. */
  readonly ascii: (Step | undefined)[];
  readonly steps: Map<number, Step>;
}
interface Step {
  readonly isMatch: boolean;
  readonly state: State;
}

const WORD = /[\p{L}\p{N}\p{M}_]/u;
const isWord = (point: number): boolean => point !== EDGE && WORD.test(String.fromCodePoint(point));

export class LinearRegex {
  readonly #program: readonly Instruction[];
  readonly #start: number;
  #states = new Map<string, State>();

  /** Made by `compileLinearRegex`. */
  constructor(program: readonly Instruction[], start: number) {
    this.#program = program;
    this.#start = start;
  }

  /** Whether the pattern occurs anywhere in the text. */
  test(text: string): boolean {
    let state = this.#state([this.#start], EDGE);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      let step = unit < 128 ? state.ascii[unit] : undefined;
      if (step === undefined) {
        const point = text.codePointAt(i) as number;
        step = this.#step(state, point, true);
        if (unit < 128) state.ascii[unit] = step;
        if (point > 0xffff) i++;
      }
      if (step.isMatch) return true;
      state = step.state;
    }
    return this.#step(state, EDGE, true).isMatch;
  }

  /** Half-open UTF-16 ranges of the leftmost longest matches that are not empty, at most `limit`. */
  ranges(text: string, limit = 100): [number, number][] {
    const found: [number, number][] = [];
    let before = EDGE;
    for (let start = 0; start < text.length && found.length < limit;) {
      const end = this.#longest(text, start, before);
      const to = end > start ? end : start + ((text.codePointAt(start) as number) > 0xffff ? 2 : 1);
      if (end > start) found.push([start, end]);
      before = text.codePointAt(to - (isLowHalf(text, to - 1) ? 2 : 1)) as number;
      start = to;
    }
    return found;
  }

  #longest(text: string, start: number, before: number): number {
    let state = this.#state([this.#start], before);
    let end = -1;
    for (let i = start; ;) {
      const point = i < text.length ? (text.codePointAt(i) as number) : EDGE;
      const step = this.#step(state, point, false);
      if (step.isMatch) end = i;
      if (point === EDGE || step.state.places.length === 0) return end;
      state = step.state;
      i += point > 0xffff ? 2 : 1;
    }
  }

  /** Reads `point` (EDGE at the end) in a state; `isSearch` lets a match begin at every place. */
  #step(state: State, point: number, isSearch: boolean): Step {
    const key = isSearch ? point : -2 - point;
    const known = state.steps.get(key);
    if (known !== undefined) return known;
    const places = new Set<number>();
    const open = [...state.places];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (places.has(place)) continue;
      places.add(place);
      const instruction = this.#program[place] as Instruction;
      if (instruction.op === 'split') open.push(...instruction.next);
      else if (instruction.op === 'assert' && holds(instruction.what, state.before, point)) open.push(instruction.next);
    }
    let isMatch = false;
    const next = new Set<number>();
    const char = point === EDGE ? '' : String.fromCodePoint(point);
    for (const place of places) {
      const instruction = this.#program[place] as Instruction;
      if (instruction.op === 'match') isMatch = true;
      else if (instruction.op === 'char' && char !== '' && instruction.test.test(char)) next.add(instruction.next);
    }
    if (isSearch) next.add(this.#start);
    const step = { isMatch, state: this.#state([...next], point) };
    state.steps.set(key, step);
    return step;
  }

  #state(places: readonly number[], before: number): State {
    const kind = before === EDGE ? 'e' : isWord(before) ? 'w' : before === 10 ? 'n' : 'o';
    const sorted = [...places].sort((a, b) => a - b);
    const key = kind + sorted.join(',');
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#states.size >= MOST_STATES) this.#states = new Map();
    const state: State = {
      places: sorted,
      before: kind === 'e' ? EDGE : before,
      ascii: new Array<Step | undefined>(128).fill(undefined),
      steps: new Map()
    };
    this.#states.set(key, state);
    return state;
  }
}

/** ^ and $ are the ends of a line, since a message may have several. */
function holds(what: '^' | '$' | 'b' | 'B', before: number, after: number): boolean {
  if (what === '^') return before === EDGE || before === 10;
  if (what === '$') return after === EDGE || after === 10;
  return (isWord(before) !== isWord(after)) === (what === 'b');
}

function isLowHalf(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff && at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
