/** The search index of a case, kept up with imports and translations, built in turns while nothing else is asked. */
import { highlight } from '../analysis/search/highlight.ts';
import { rank, search, type SearchResult } from '../analysis/search/query-evaluate.ts';
import { parseQuery } from '../analysis/search/query-parse.ts';
import type { ParsedQuery, QueryNode } from '../analysis/search/query.ts';
import { SearchIndex, type Side } from '../analysis/search/search-index.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { CertifiedLog } from '../records/certified-log.ts';
import type { TextHit, TranslationInput } from './contract.ts';
import type { Transcripts } from './transcripts.ts';
import type { Translations } from './translations.ts';

/** Messages indexed between two turns of the event loop: some tens of milliseconds of work. */
const TURN = 4096;

/** A message's own words and their English. Lines of transcripts stand by themselves, with times and places of their own. */
export const TEXT_SIDES = ['original', 'translation'] as const satisfies readonly Side[];
type TextSide = (typeof TEXT_SIDES)[number];

export class SearchDesk {
  readonly #store: EvidenceStore;
  readonly #translations: Translations;
  readonly #certified: CertifiedLog;
  readonly #transcripts: Transcripts;
  readonly #index = new SearchIndex();
  /** Messages from here on are not indexed yet. */
  #next = 0;
  #isDirty = false;
  #work: Promise<void> | null = null;

  constructor(store: EvidenceStore, translations: Translations, certified: CertifiedLog, transcripts: Transcripts) {
    this.#store = store;
    this.#translations = translations;
    this.#certified = certified;
    this.#transcripts = transcripts;
  }

  get sizeBytes(): number {
    return this.#index.sizeBytes;
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
      if (messageId >= this.#next || text === null || this.#certified.textOf(messageId) !== null) continue;
      this.#index.add(messageId, 'translation', text);
      this.#isDirty = true;
    }
  }

  /** Certified texts came or went: the translation's side holds what counts now. */
  certified(messageIds: readonly number[]): void {
    for (const id of messageIds) {
      if (id >= this.#next) continue;
      this.#index.add(id, 'translation', this.text(id, 'translation') ?? '');
      this.#isDirty = true;
    }
  }

  /** A message's transcripts changed: what is heard now, or its English. */
  transcribed(messageId: number): void {
    const text = this.#transcripts.searchText(messageId);
    if (messageId >= this.#next || text === null) return;
    this.#index.add(messageId, 'transcript', text);
    this.#isDirty = true;
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

  async #catchUp(): Promise<void> {
    const { messages, committed } = this.#store;
    while (this.#next < committed.messages) {
      const end = Math.min(committed.messages, this.#next + TURN);
      for (let id = this.#next; id < end; id++) {
        this.#index.add(id, 'original', messages.body.at(id));
        const translation = this.text(id, 'translation');
        if (translation !== null) this.#index.add(id, 'translation', translation);
        const transcript = this.#transcripts.searchText(id);
        if (transcript !== null) this.#index.add(id, 'transcript', transcript);
      }
      this.#next = end;
      this.#isDirty = true;
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
    }
    if (this.#isDirty) this.#index.commit();
    this.#isDirty = false;
  }
}
