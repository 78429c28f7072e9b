/**
 * The glossary of one case: what officers found that words mean in it. A list of changes that only grows; the terms
 * are what the changes leave. Undo is a change too, so that who wrote what, and when, stays readable.
 */
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import { oneLine } from '../evidence/one-line.ts';

/** What an officer writes about a term. */
export interface TermText {
  readonly term: string;
  /** ISO 639-3, '' where it was left open. For readers alone: a line's language is never asked. */
  readonly language: string;
  readonly meaning: string;
  /** What the word says in everyday talk. Required: without it a hint would be a judgement. */
  readonly innocent: string;
  readonly note: string;
}

export interface GlossaryTerm extends TermText {
  /** Never given twice within a case. */
  readonly id: number;
  readonly who: string;
  readonly atMs: number;
}

export type ChangeKind = 'added' | 'amended' | 'removed' | 'taken-in' | 'undone';

export interface GlossaryChange {
  /** 1, 2, 3 ... without gaps: the version of the glossary after this change. */
  readonly version: number;
  readonly kind: ChangeKind;
  readonly who: string;
  readonly atMs: number;
  /** The version whose change this one takes back; 0 for all other kinds. */
  readonly undoes: number;
  readonly terms: readonly { readonly before: GlossaryTerm | null; readonly after: GlossaryTerm | null }[];
}

export type TermFault =
  | 'term-missing'
  | 'meaning-missing'
  | 'innocent-missing'
  | 'who-missing'
  | 'too-long'
  | 'no-letters'
  | 'already-there'
  | 'not-there'
  | 'nothing-to-undo'
  | 'full';

export type Changed = { readonly ok: true; readonly change: GlossaryChange } | { readonly ok: false; readonly fault: TermFault };

/** UTF-16 units: a term is a few words, the rest a few sentences. */
export const TERM_UNITS = 80;
export const TEXT_UNITS = 1000;
const LANGUAGE = /^([a-z]{3})?$/;
/** More terms than a case has; a file of more is some other list. */
export const MAX_TERMS = 5000;

export function cleanText(text: TermText): TermText {
  const { term, language, meaning, innocent, note } = text;
  return {
    term: oneLine(term),
    language: LANGUAGE.test(language) ? language : '',
    meaning: oneLine(meaning),
    innocent: oneLine(innocent),
    note: oneLine(note)
  };
}

/** What is wrong with a cleaned text, or null. */
export function faultOf({ term, meaning, innocent, note }: TermText): TermFault | null {
  if (term === '') return 'term-missing';
  if (!/[\p{L}\p{N}]/u.test(term)) return 'no-letters';
  if (meaning === '') return 'meaning-missing';
  if (innocent === '') return 'innocent-missing';
  if (term.length > TERM_UNITS || Math.max(meaning.length, innocent.length, note.length) > TEXT_UNITS) return 'too-long';
  return null;
}

const nameOf = ({ term, language }: TermText): string => `${language} ${term.normalize('NFKC').toLowerCase()}`;

export class Glossary {
  readonly #changes: GlossaryChange[] = [];
  readonly #terms = new Map<number, GlossaryTerm>();
  #nextId = 1;

  get version(): number {
    return this.#changes.length;
  }

  /** Oldest first. */
  get changes(): readonly GlossaryChange[] {
    return this.#changes;
  }

  /** In the order of their first writing. */
  terms(): GlossaryTerm[] {
    return [...this.#terms.values()].sort((a, b) => a.id - b.id);
  }

  /** The change that `undo` would take back, null when there is none. */
  get undoable(): GlossaryChange | null {
    const gone = new Set(this.#changes.map((change) => change.undoes));
    return this.#changes.findLast((change) => change.kind !== 'undone' && !gone.has(change.version)) ?? null;
  }

  add(text: TermText, who: string, atMs: number): Changed {
    const clean = cleanText(text);
    const fault = this.#fault(clean, who, null);
    if (fault !== null) return { ok: false, fault };
    const after = { ...clean, id: this.#nextId, who: oneLine(who), atMs };
    return this.#change('added', after.who, atMs, [{ before: null, after }]);
  }

  amend(id: number, text: TermText, who: string, atMs: number): Changed {
    const before = this.#terms.get(id);
    if (before === undefined) return { ok: false, fault: 'not-there' };
    const clean = cleanText(text);
    const fault = this.#fault(clean, who, id);
    if (fault !== null) return { ok: false, fault };
    const after = { ...clean, id, who: oneLine(who), atMs };
    return this.#change('amended', after.who, atMs, [{ before, after }]);
  }

  remove(id: number, who: string, atMs: number): Changed {
    const before = this.#terms.get(id);
    if (before === undefined) return { ok: false, fault: 'not-there' };
    if (oneLine(who) === '') return { ok: false, fault: 'who-missing' };
    return this.#change('removed', oneLine(who), atMs, [{ before, after: null }]);
  }

  /**
   * Takes in terms of a file as one change, with the names and days that it gives them.
   * @returns the change (null when nothing was new) and, for each text, what kept it out.
   */
  takeIn(
    texts: readonly (TermText & { readonly who: string; readonly atMs: number | null })[],
    who: string,
    atMs: number
  ): { change: GlossaryChange | null; faults: readonly (TermFault | null)[] } {
    const by = oneLine(who);
    const names = new Set(this.terms().map(nameOf));
    const pairs: { before: null; after: GlossaryTerm }[] = [];
    const faults = texts.map((text): TermFault | null => {
      const clean = cleanText(text);
      const fault = by === '' ? 'who-missing' : faultOf(clean);
      if (fault !== null) return fault;
      if (names.has(nameOf(clean))) return 'already-there';
      if (names.size >= MAX_TERMS) return 'full';
      names.add(nameOf(clean));
      const after = { ...clean, id: this.#nextId + pairs.length, who: oneLine(text.who) || by, atMs: text.atMs ?? atMs };
      pairs.push({ before: null, after });
      return null;
    });
    if (pairs.length === 0) return { change: null, faults };
    const changed = this.#change('taken-in', by, atMs, pairs);
    return { change: changed.ok ? changed.change : null, faults };
  }

  /** Takes the newest standing change back. The change stays in the list, and so does its undoing. */
  undo(who: string, atMs: number): Changed {
    const last = this.undoable;
    if (last === null) return { ok: false, fault: 'nothing-to-undo' };
    if (oneLine(who) === '') return { ok: false, fault: 'who-missing' };
    const terms = last.terms.map(({ before, after }) => ({ before: after, after: before }));
    return this.#change('undone', oneLine(who), atMs, terms, last.version);
  }

  /** Takes back a change that could not be kept: as if it had never been made. */
  drop(change: GlossaryChange): void {
    if (this.#changes.at(-1) !== change) throw new RangeError('Only the newest change can be dropped.');
    this.#changes.pop();
    for (const { before, after } of change.terms) {
      if (before !== null) this.#terms.set(before.id, before);
      else if (after !== null) this.#terms.delete(after.id);
    }
  }

  /** One change as a block for the vault. */
  static pack(change: GlossaryChange): Uint8Array {
    return packBlock('glossary', {}, change);
  }

  /** Appends a change that `pack` wrote. */
  unpack(block: Uint8Array): void {
    this.#apply(unpackBlock(block).json as GlossaryChange);
  }

  #fault(clean: TermText, who: string, own: number | null): TermFault | null {
    const fault = oneLine(who) === '' ? 'who-missing' : faultOf(clean);
    if (fault !== null) return fault;
    if (this.terms().some((other) => other.id !== own && nameOf(other) === nameOf(clean))) return 'already-there';
    return own === null && this.#terms.size >= MAX_TERMS ? 'full' : null;
  }

  #change(kind: ChangeKind, who: string, atMs: number, terms: GlossaryChange['terms'], undoes = 0): Changed & { ok: true } {
    const change: GlossaryChange = { version: this.version + 1, kind, who, atMs, undoes, terms };
    this.#apply(change);
    return { ok: true, change };
  }

  #apply(change: GlossaryChange): void {
    this.#changes.push(change);
    for (const { before, after } of change.terms) {
      if (after !== null) this.#terms.set(after.id, after);
      else if (before !== null) this.#terms.delete(before.id);
      this.#nextId = Math.max(this.#nextId, (after?.id ?? 0) + 1, (before?.id ?? 0) + 1);
    }
  }
}
