/**
 * [Note: Hints]
 * The case's glossary and the built-in lexicon beside the lines on screen. Matched are folded words at their
 * boundaries, in the message's own text, in its machine text and in what was heard in its voice notes; a sender, a thread, a language is never asked, so the
 * same words bring the same hints whoever wrote them. Hints are made for rows on screen and go nowhere else: search,
 * network, topics and new terms cannot import this file (`tests/architecture/layers.cjs`).
 */
import { andInto, bitsOf, countBits } from '../analysis/filter/bits.ts';
import { Pace } from '../analysis/pace.ts';
import type { SearchIndex } from '../analysis/search/search-index.ts';
import { TokenKind, TokenScanner } from '../analysis/search/token-scanner.ts';
import { wordsWhere } from '../analysis/search/vocabulary.ts';
import { readGlossary } from '../language/glossary-file.ts';
import { Glossary, type Changed, type GlossaryChange, type GlossaryTerm, type TermFault } from '../language/glossary.ts';
import type { LexiconTerm } from '../language/lexicon/entry.ts';
import { LEXICON } from '../language/lexicon/index.ts';
import { drawsOut, isDrawnOut, skeleton, TermMatcher } from '../language/term-matcher.ts';
import type { GlossaryAnswer, GlossaryRequest, GlossaryView, TakenIn, TermHint, TermUse } from './glossary-contract.ts';
import { TEXT_SIDES, type SearchDesk } from './search-desk.ts';

/** Where changes are kept. */
interface Keeper {
  put(kind: string, bytes: Uint8Array): Promise<void>;
}

/** Spellings of one form that a search asks for: a form of three words, each drawn out in many ways, is cut here. */
const SPELLINGS = 24;
/** Different words shown for one hint. */
const QUOTES = 3;

type Term = { readonly origin: 'case'; readonly of: GlossaryTerm } | { readonly origin: 'lexicon'; readonly of: LexiconTerm };
const formsOf = (term: Term): readonly string[] => (term.origin === 'case' ? [term.of.term] : term.of.forms);

export class GlossaryDesk {
  readonly #glossary: Glossary;
  readonly #search: SearchDesk;
  readonly #keeper: Keeper | null;
  readonly #clock: () => number;
  readonly #scanner = new TokenScanner();
  #terms: readonly Term[] = [];
  #matcher: TermMatcher | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(glossary: Glossary | undefined, search: SearchDesk, keeper: Keeper | null, clock: () => number) {
    this.#glossary = glossary ?? new Glossary();
    this.#search = search;
    this.#keeper = keeper;
    this.#clock = clock;
  }

  view(): GlossaryView {
    const { version, changes, undoable } = this.#glossary;
    return { version, terms: this.#glossary.terms(), changes: changes.toReversed(), undoable };
  }

  /** Resolves once the change is on disk; rejects, and takes it back, where it could not be kept. */
  change(request: GlossaryRequest): Promise<GlossaryAnswer> {
    return this.#inTurn(async () => {
      const changed = this.#apply(request);
      if (changed.ok) await this.#keep(changed.change);
      return { fault: changed.ok ? null : changed.fault, view: this.view() };
    });
  }

  /** Takes in a file's terms as one change. */
  takeIn(text: string, who: string): Promise<TakenIn> {
    return this.#inTurn(async () => {
      const file = readGlossary(text);
      if (!file.ok) return { fault: file.fault, read: 0, added: 0, keptOut: [], view: this.view() };
      const { change, faults } = this.#glossary.takeIn(file.terms, who, this.#clock());
      if (change !== null) await this.#keep(change);
      const keptOut = faults.flatMap((fault: TermFault | null, i) =>
        fault === null ? [] : [{ row: i + 1, term: file.terms[i]?.term ?? '', fault }]
      );
      return { fault: null, read: faults.length, added: faults.length - keptOut.length, keptOut, view: this.view() };
    });
  }

  /** Hints of one message: those of the case first, then in the order of the words. */
  hints(id: number): TermHint[] {
    const found: TermHint[] = [];
    for (const side of TEXT_SIDES) {
      const text = this.#search.text(id, side);
      if (text !== null && text !== '') found.push(...this.#hintsIn([text], this.#search.shownSide(id, side)));
    }
    // Line by line: the end of one and the start of the next, in another language perhaps, are no term.
    const heard = this.#search.text(id, 'transcript');
    if (heard !== null) found.push(...this.#hintsIn(heard.split('\n'), 'transcript'));
    return found.sort((a, b) => Number(b.origin === 'case') - Number(a.origin === 'case'));
  }

  /** @param messages ids of a set. @returns uses of every term of the origin, in its list's order. */
  async uses(origin: 'case' | 'lexicon', messages: Uint32Array): Promise<TermUse[]> {
    const index = await this.#search.whole();
    const set = bitsOf((messages[messages.length - 1] ?? 0) + 1, messages);
    const drawn = drawnOutWords(index);
    const pace = new Pace();
    const uses: TermUse[] = [];
    for (const term of this.#all().filter((one) => one.origin === origin)) {
      const query = this.#query(term, drawn);
      const parsed = this.#search.parse(query);
      const bits = parsed.ok && parsed.query !== null ? (await this.#search.find(parsed.query)).bits : new Uint32Array();
      uses.push({ origin, id: String(term.of.id), messages: countBits(andInto(bits, set)), query });
      if (pace.due()) await pace.breathe(uses.length / this.#terms.length);
    }
    return uses;
  }

  #apply(request: GlossaryRequest): Changed {
    const glossary = this.#glossary;
    const now = this.#clock();
    if (request.kind === 'add') return glossary.add(request.text, request.who, now);
    if (request.kind === 'amend') return glossary.amend(request.id, request.text, request.who, now);
    if (request.kind === 'remove') return glossary.remove(request.id, request.who, now);
    return glossary.undo(request.who, now);
  }

  async #keep(change: GlossaryChange): Promise<void> {
    this.#matcher = null;
    try {
      await this.#keeper?.put('glossary', Glossary.pack(change));
    } catch (error) {
      this.#glossary.drop(change);
      this.#matcher = null;
      throw error;
    }
  }

  /** One change after the other: the order on disk is the order of versions. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #all(): readonly Term[] {
    if (this.#matcher === null) {
      this.#terms = [
        ...this.#glossary.terms().map((of): Term => ({ origin: 'case', of })),
        ...LEXICON.map((of): Term => ({ origin: 'lexicon', of }))
      ];
      this.#matcher = new TermMatcher(
        this.#terms.map((term, key) => ({ key, forms: formsOf(term).map((form) => this.#words(form).map(({ word }) => word)) }))
      );
    }
    return this.#terms;
  }

  #hintsIn(lines: readonly string[], side: TermHint['side']): TermHint[] {
    const terms = this.#all();
    const hints = new Map<string, TermHint & { readonly quotes: string[]; readonly languages: string[] }>();
    for (const line of lines) {
      const words = this.#words(line);
      for (const { key, from, to } of this.#matcher?.match(words.map(({ word }) => word)) ?? []) {
        const hint = hintOf(terms[key] as Term, side);
        // One meaning in three languages is one hint.
        const name = `${hint.origin} ${hint.sense} ${hint.innocent} ${hint.note}`;
        const known = hints.get(name) ?? { ...hint, quotes: [], languages: [] };
        hints.set(name, known);
        const quote = line.slice(words[from]!.from, words[to - 1]!.to);
        if (!known.quotes.includes(quote) && known.quotes.length < QUOTES) known.quotes.push(quote);
        for (const language of hint.languages) if (!known.languages.includes(language)) known.languages.push(language);
      }
    }
    return [...hints.values()];
  }

  /** Folded words with their places in the text, as the search index sees them. */
  #words(text: string): { word: string; from: number; to: number }[] {
    const scanner = this.#scanner;
    scanner.scan(text);
    const words: { word: string; from: number; to: number }[] = [];
    for (let i = 0; i < scanner.count; i++) {
      const kind = scanner.kind[i];
      // Numbers and amounts stand beside their digits, at the same place.
      if (kind === TokenKind.number || kind === TokenKind.amount) continue;
      words.push({ word: scanner.text(i), from: scanner.from[i]!, to: scanner.to[i]! });
    }
    return words;
  }

  /** A search for every form, in the spellings that the case has. */
  #query(term: Term, drawn: ReadonlyMap<string, readonly string[]>): string {
    const spellings = formsOf(term).flatMap((form) => {
      let lists: string[][] = [[]];
      for (const { word } of this.#words(form)) {
        const same = (drawn.get(skeleton(word)) ?? []).filter((other) => other !== word && drawsOut(other, word));
        lists = lists.flatMap((list) => [word, ...same].map((one) => [...list, one])).slice(0, SPELLINGS);
      }
      return lists.filter((list) => list.length > 0).map((list) => `"${list.join(' ')}"`);
    });
    return [...new Set(spellings)].join(' OR ');
  }
}

function hintOf(term: Term, side: TermHint['side']): TermHint {
  const { language } = term.of;
  const shared = { origin: term.origin, side, quotes: [], languages: language === '' ? [] : [language] };
  if (term.origin === 'lexicon') {
    const { sense, innocent, source } = term.of;
    return { ...shared, sense, innocent, note: '', source, written: null };
  }
  const { meaning, innocent, note, who, atMs } = term.of;
  return { ...shared, sense: meaning, innocent, note, source: null, written: { who, atMs } };
}

/** Words of the case that draw letters out, by what they are without. */
function drawnOutWords(index: SearchIndex): Map<string, string[]> {
  const drawn = new Map<string, string[]>();
  for (const word of wordsWhere(index, isDrawnOut)) {
    const same = drawn.get(skeleton(word));
    if (same === undefined) drawn.set(skeleton(word), [word]);
    else same.push(word);
  }
  return drawn;
}
