/**
 * The search index of a case, kept up with imports and translations: read from disk where it lies there, built in turns
 * while nothing else is asked where it does not, and written when it has grown. See [Note: Stored index].
 */
import { highlight } from '../analysis/search/highlight.ts';
import { rank, search, type SearchResult } from '../analysis/search/query-evaluate.ts';
import { parseQuery } from '../analysis/search/query-parse.ts';
import type { ParsedQuery, QueryNode } from '../analysis/search/query.ts';
import { SearchIndex, type Side } from '../analysis/search/search-index.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { CertifiedLog } from '../records/certified-log.ts';
import type { TextHit, TranslationInput } from './contract.ts';
import { StoredIndex, type IndexShelf, type WhyBuilt } from './stored-index.ts';
import { chunksOf, SUM_MESSAGES, TextSums, type TextBytes } from './text-sums.ts';
import type { Transcripts } from './transcripts.ts';
import type { Translations } from './translations.ts';

/** Messages indexed between two turns of the event loop: some tens of milliseconds of work. */
const TURN = SUM_MESSAGES;
/** The index is written once nothing changed for so long, */
const QUIET_MS = 5000;
/** or so many texts came, in a translation that runs for hours. */
const UNSAVED_TEXTS = 65_536;

/** A message's own words and their English. Lines of transcripts stand by themselves, with times and places of their own. */
export const TEXT_SIDES = ['original', 'translation'] as const satisfies readonly Side[];
type TextSide = (typeof TEXT_SIDES)[number];

/** Where the index of this sitting came from, for officers and for tests. */
export interface IndexStanding {
  /** Null until it is known. */
  readonly origin: 'read' | 'built' | null;
  /** Null where it was read. */
  readonly why: WhyBuilt | null;
  /** Of an index that was read: messages that differed from what it was made of, and were indexed again. */
  readonly indexedAgain: number;
  readonly sizeOnDiskBytes: number;
}

/** Before a case is open, and until its index is asked for. */
export const NO_INDEX: IndexStanding = { origin: null, why: null, indexedAgain: 0, sizeOnDiskBytes: 0 };

export class SearchDesk {
  readonly #store: EvidenceStore;
  readonly #translations: Translations;
  readonly #certified: CertifiedLog;
  readonly #transcripts: Transcripts;
  readonly #stored: StoredIndex | null;
  readonly #sums: TextSums;
  #index = new SearchIndex();
  /** Messages from here on are not indexed yet. */
  #next = 0;
  #isDirty = false;
  #work: Promise<void> | null = null;
  #isLoaded = false;
  #origin: Omit<IndexStanding, 'sizeOnDiskBytes'> = NO_INDEX;
  /** Texts that came since the index was written. */
  #unsaved = 0;
  #saving: Promise<void> = Promise.resolve();
  #quiet: ReturnType<typeof setTimeout> | null = null;

  /** @param shelf where the index lies on disk; null where it is kept in memory alone */
  constructor(
    store: EvidenceStore,
    translations: Translations,
    certified: CertifiedLog,
    transcripts: Transcripts,
    shelf: IndexShelf | null = null
  ) {
    this.#store = store;
    this.#stored = shelf === null ? null : new StoredIndex(shelf);
    this.#sums = new TextSums(this.#bytes);
    this.#translations = translations;
    this.#certified = certified;
    this.#transcripts = transcripts;
  }

  get sizeBytes(): number {
    return this.#index.sizeBytes;
  }

  get standing(): IndexStanding {
    return { ...this.#origin, sizeOnDiskBytes: this.#stored?.sizeBytes ?? 0 };
  }

  /** Indexes what is not indexed yet, giving the event loop turns. Resolves when all of it can be searched. */
  async warm(): Promise<void> {
    this.#work ??= this.#catchUp().finally(() => (this.#work = null));
    await this.#work;
  }

  /** The index with everything in it, to read and not to keep: it changes with the next lines. */
  async whole(): Promise<SearchIndex> {
    await this.warm();
    return this.#index;
  }

  /** Machine lines came in for messages; those not yet indexed will bring their translation with them. */
  translated(lines: readonly TranslationInput[]): void {
    for (const { messageId, text } of lines) {
      // A certified text stands in the machine's place.
      if (text !== null && this.#certified.textOf(messageId) === null) this.#changed(messageId, 'translation', text);
    }
  }

  /** Certified texts came or went: the translation's side holds what counts now. */
  certified(messageIds: readonly number[]): void {
    for (const id of messageIds) this.#changed(id, 'translation', this.text(id, 'translation') ?? '');
  }

  /** A message's transcripts changed: what is heard now, or its English. */
  transcribed(messageId: number): void {
    const text = this.#transcripts.searchText(messageId);
    if (text !== null) this.#changed(messageId, 'transcript', text);
  }

  parse(text: string): ParsedQuery {
    return parseQuery(text);
  }

  /** Messages that meet the query, once everything is indexed. */
  async find(query: QueryNode): Promise<SearchResult> {
    await this.warm();
    return search(this.#index, query, { messageCount: this.#store.committed.messages, text: this.text });
  }

  /** Ids of `bits` by relevance, best first. */
  rank(query: QueryNode, bits: Uint32Array): Uint32Array {
    return rank(this.#index, query, bits);
  }

  /** Where a message's two texts meet the query. */
  hits(query: QueryNode, id: number): TextHit[] {
    const hits: TextHit[] = [];
    for (const side of TEXT_SIDES) {
      const ranges = highlight(query, side, this.text(id, side) ?? '');
      if (ranges.length > 0) hits.push({ side: this.shownSide(id, side), ranges });
    }
    return hits;
  }

  /** Where a line of a transcript, or of its English, meets the query. */
  heard(query: QueryNode, text: string): [number, number][] {
    return highlight(query, 'transcript', text);
  }

  /** What a text of a message is on screen: a certified one stands in the machine's place. */
  shownSide(id: number, side: TextSide): TextHit['side'] {
    return side === 'translation' && this.#certified.textOf(id) !== null ? 'certified' : side;
  }

  readonly text = (id: number, side: Side): string | null => {
    if (side === 'original') return this.#store.messages.body.at(id);
    if (side === 'transcript') return this.#transcripts.searchText(id);
    return this.#certified.textOf(id) ?? this.#translations.textOf(id);
  };

  readonly #bytes: TextBytes = (id, side) => {
    if (side === 'original') return this.#store.messages.body.bytesAt(id);
    const certified = side === 'translation' ? this.#certified.textOf(id) : this.#transcripts.searchText(id);
    if (certified !== null) return new TextEncoder().encode(certified);
    return side === 'translation' ? this.#translations.bytesOf(id) : null;
  };

  /** Makes the disk hold the index as it is now; resolves once it does, or cannot. */
  async keep(): Promise<void> {
    await this.warm();
    await this.#save();
  }

  /** A text came in or changed; that of a message that is not indexed yet comes with it. */
  #changed(id: number, side: Side, text: string): void {
    if (id >= this.#next) this.#sums.touch(id, side);
    else this.#put(id, side, text);
    this.#saveWhenQuiet();
  }

  #put(id: number, side: Side, text: string): void {
    this.#sums.touch(id, side);
    this.#index.add(id, side, text);
    this.#isDirty = true;
    this.#unsaved++;
  }

  async #catchUp(): Promise<void> {
    if (!this.#isLoaded) await this.#load();
    const { messages, committed } = this.#store;
    while (this.#next < committed.messages) {
      const end = Math.min(committed.messages, this.#next + TURN);
      for (let id = this.#next; id < end; id++) {
        this.#put(id, 'original', messages.body.at(id));
        const translation = this.text(id, 'translation');
        if (translation !== null) this.#put(id, 'translation', translation);
        const transcript = this.#transcripts.searchText(id);
        if (transcript !== null) this.#put(id, 'transcript', transcript);
      }
      this.#next = end;
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
    }
    if (this.#isDirty) this.#index.commit();
    this.#isDirty = false;
    this.#saveWhenQuiet();
  }

  /** The index as it lies on disk, where it does, with what differs from the case as it was read indexed again. */
  async #load(): Promise<void> {
    const loaded = (await this.#stored?.load()) ?? ({ ok: false, why: 'none' } as const);
    this.#isLoaded = true;
    if (!loaded.ok || loaded.texts.messages > this.#store.committed.messages) {
      this.#origin = { origin: 'built', why: loaded.ok ? 'other-case' : loaded.why, indexedAgain: 0 };
      return;
    }
    const { messages, sums } = loaded.texts;
    this.#index = SearchIndex.of(loaded.segments);
    let again = 0;
    for (let chunk = 0; chunk < chunksOf(messages); chunk++) {
      const end = Math.min(messages, (chunk + 1) * SUM_MESSAGES);
      await this.#sums.compare(chunk, messages, sums[chunk] ?? [], (differing) => {
        for (const side of differing) this.#indexAgain(side, this.#next, end);
        if (differing.length > 0) again += end - this.#next;
        this.#next = end;
      });
    }
    this.#origin = { origin: 'read', why: null, indexedAgain: again };
  }

  #indexAgain(side: Side, from: number, to: number): void {
    for (let id = from; id < to; id++) {
      const text = this.text(id, side);
      // An empty text takes the place of one that is gone.
      if (text !== null || this.#index.holds(id, side)) this.#put(id, side, text ?? '');
    }
  }

  #saveWhenQuiet(): void {
    if (this.#stored === null || this.#stored.isReadOnly || this.#unsaved === 0) return;
    if (this.#quiet !== null) clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => void this.keep(), this.#unsaved < UNSAVED_TEXTS ? QUIET_MS : 0);
  }

  #save(): Promise<void> {
    const turn = this.#saving.then(async () => {
      const stored = this.#stored;
      if (stored === null || stored.isReadOnly || this.#unsaved === 0 || this.#isDirty) return;
      // All of this turn: what the segments hold is what the sums are taken of.
      const segments = this.#index.segments.map(({ segment }) => segment);
      const messages = this.#next;
      const sums = this.#sums.all(messages);
      this.#unsaved = 0;
      // Where there is no room it is tried again once more has changed.
      await stored.save(segments, { messages, sums: await sums });
    });
    this.#saving = turn.catch(() => undefined);
    return turn;
  }
}
