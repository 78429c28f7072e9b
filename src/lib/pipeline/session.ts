/**
 * One open case and everything that can be asked of it. Holds the evidence, what language found out, the search
 * index and what was last computed; makes rows only for windows on screen. Runs in the case worker and in Node.
 */
import type { QueryNode } from '../analysis/search/query.ts';
import { blocksSince, markOf, packBlock, type StoreMark } from '../evidence/blocks.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions, SourceInput } from '../formats/contract.ts';
import { formatById } from '../formats/registry.ts';
import type {
  CallRow,
  CaseApi,
  CaseFilter,
  CaseOverview,
  FilterResult,
  ImportPreview,
  ImportProgress,
  ImportReport,
  MessageDetail,
  MessageRow,
  NetworkOptions,
  NetworkView,
  PartyRow,
  PathHop,
  RowOrder,
  TopicsView,
  TranslationInput,
  VersionWish
} from './contract.ts';
import { sha256Hex } from './hash.ts';
import { ingest } from './ingest.ts';
import { networkView, pathHops, tiedNetwork, type TiedNetwork } from './network.ts';
import { overview } from './overview.ts';
import { partyRows } from './people.ts';
import { preview } from './preview.ts';
import { callRow, messageDetail, messageRow, transcriptRows } from './rows.ts';
import { SearchDesk } from './search-desk.ts';
import { Selector } from './selector.ts';
import { distinctTerms } from './terms.ts';
import { tieEvents, type TieEvents } from './ties.ts';
import { topicsView, type FoundTopics } from './topics.ts';
import { countMeant, TranslationQueue } from './translation-queue.ts';
import { Transcripts } from './transcripts.ts';
import type { Translations } from './translations.ts';
import type {
  EnglishInput,
  TranscriptInput,
  TranscriptRow,
  VoiceAudio,
  VoiceFile,
  VoiceOffer,
  VoiceOverview
} from './voice.contract.ts';
import { VoiceDesk } from './voice-desk.ts';

/** Where changes of a case are kept; null in a terminal and in a window that only reads. */
export interface Keeper {
  /** Resolves once the block is on disk. */
  put(kind: string, bytes: Uint8Array): Promise<void>;
}

export interface SessionParts {
  readonly store: EvidenceStore;
  readonly translations: Translations;
  /** Left out where a case has none yet. */
  readonly transcripts?: Transcripts;
  readonly keeper: Keeper | null;
  /** The device's clock, milliseconds since 1970. */
  readonly clock: () => number;
}

export class CaseSession implements CaseApi {
  readonly store: EvidenceStore;
  readonly translations: Translations;
  readonly transcripts: Transcripts;
  readonly #voice: VoiceDesk;
  readonly #keeper: Keeper | null;
  readonly #clock: () => number;
  readonly #search: SearchDesk;
  readonly #selector: Selector;
  readonly #queue = new TranslationQueue();
  readonly #modelLanguages = new Set<string>();
  #kept: StoreMark;
  #import: AbortController | null = null;
  #events: TieEvents | null = null;
  #topics: FoundTopics | null = null;
  #storedLines = 0;
  #storedTranscripts = 0;

  constructor({ store, translations, transcripts = new Transcripts(), keeper, clock }: SessionParts) {
    this.store = store;
    this.translations = translations;
    this.transcripts = transcripts;
    this.#voice = new VoiceDesk(store, transcripts);
    this.#keeper = keeper;
    this.#clock = clock;
    this.#kept = markOf(store);
    this.#storedLines = translations.length;
    this.#storedTranscripts = transcripts.length;
    translations.extend(store.committed.messages);
    this.#search = new SearchDesk(store, translations, transcripts);
    this.#selector = new Selector(store, translations, this.#search);
  }

  // ------------------------------------------------------------------ import
  preview(file: Blob, name: string, options: ReadOptions, formatId: string | null): Promise<ImportPreview> {
    return preview(inputOf(file, name), options, formatId, new AbortController().signal);
  }

  async fingerprint(file: Blob): Promise<{ sha256Hex: string; heldAs: string | null }> {
    const hash = await sha256Hex(file, new AbortController().signal);
    return { sha256Hex: hash, heldAs: this.store.sources.find((source) => source.sha256Hex === hash)?.name ?? null };
  }

  async importFile(
    file: Blob,
    name: string,
    formatId: string,
    options: ReadOptions,
    onProgress: (progress: ImportProgress) => void
  ): Promise<ImportReport> {
    const format = formatById(formatId);
    if (format === undefined) throw new RangeError(`There is no format ${formatId}.`);
    if (this.#import !== null) throw new Error('Another import is under way.');
    const stop = (this.#import = new AbortController());
    const { store } = this;
    try {
      const input = inputOf(file, name);
      const { facts } = await format.probe(input, options, stop.signal).catch(() => ({ facts: [] }));
      const report = await ingest(store, { input, format, options, facts, nowMs: this.#clock() }, onProgress, stop.signal, () =>
        this.#keep()
      );
      if (report.failure !== null) return report;
      this.translations.extend(store.committed.messages);
      this.#changed();
      void this.#search.warm();
      return report;
    } catch (error) {
      // What was computed while the import ran may name people who are gone with it.
      this.#changed();
      throw error;
    } finally {
      this.#import = null;
    }
  }

  cancelImport(): Promise<void> {
    this.#import?.abort(new DOMException('The import was cancelled.', 'AbortError'));
    return Promise.resolve();
  }

  // ------------------------------------------------------------------ rows
  overview(): Promise<CaseOverview> {
    return Promise.resolve(overview(this.store, this.translations, (language) => this.#modelLanguages.has(language)));
  }

  filter(filter: CaseFilter): Promise<FilterResult> {
    return this.#selector.filter(filter);
  }

  async rows(setId: number, order: RowOrder, start: number, count: number): Promise<MessageRow[]> {
    const { ids, query } = await this.#selector.ordered(setId, order);
    return Array.from(ids.subarray(start, start + count), (id) =>
      messageRow(
        this.store,
        this.translations,
        id,
        query === null ? [] : this.#search.hits(query, id),
        this.#transcriptRows(query, id)
      )
    );
  }

  async positionOf(setId: number, order: RowOrder, messageId: number): Promise<number> {
    const { ids } = await this.#selector.ordered(setId, order);
    return ids.indexOf(messageId);
  }

  message(id: number): Promise<MessageDetail | null> {
    if (!Number.isInteger(id) || id < 0 || id >= this.store.committed.messages) return Promise.resolve(null);
    const query = this.#selector.lastQuery;
    const hits = query === null ? [] : this.#search.hits(query, id);
    return Promise.resolve(messageDetail(this.store, this.translations, id, hits, this.#transcriptRows(query, id)));
  }

  async parties(filter: CaseFilter): Promise<PartyRow[]> {
    const { messages, calls } = await this.#selector.select(filter);
    return partyRows(this.store, messages, calls, (party) => this.#selector.communityOf(party));
  }

  async calls(filter: CaseFilter, start: number, count: number): Promise<{ total: number; rows: CallRow[] }> {
    const { calls } = await this.#selector.select(filter);
    return { total: calls.length, rows: Array.from(calls.subarray(start, start + count), (id) => callRow(this.store, id)) };
  }

  // ------------------------------------------------------------------ network and topics
  async network(filter: CaseFilter, options: NetworkOptions): Promise<NetworkView> {
    const { messages, calls } = await this.#selector.select(filter);
    const network = this.#tied(messages, options.includeCalls ? calls : new Uint32Array());
    const termsOf = (groups: readonly Uint32Array[]): string[][] => distinctTerms(this.store, this.translations, groups);
    const { all, ...view } = await networkView(this.store, network, messages, options, termsOf);
    const communityOf = new Int32Array(this.store.directory.partyCount).fill(-1);
    network.parties.forEach((party, node) => (communityOf[party] = all.community[node] as number));
    this.#selector.setCommunities(communityOf);
    return view;
  }

  async path(from: number, to: number, filter: CaseFilter): Promise<PathHop[] | null> {
    const { messages, calls } = await this.#selector.select(filter);
    return pathHops(this.store, this.#tied(messages, calls), from, to);
  }

  async topics(filter: CaseFilter, seed: number): Promise<TopicsView> {
    const { messages } = await this.#selector.select(filter);
    this.#topics = await topicsView(this.store, this.translations, messages, seed);
    this.#selector.setTopics(this.#topics.topicOf);
    return this.#topics.view;
  }

  // ------------------------------------------------------------------ translation
  untranslated(limit: number, first: readonly number[]): Promise<{ ids: Uint32Array; texts: string[]; left: number }> {
    const ids = this.#queue.next(this.store, this.translations, limit, first);
    const texts = Array.from(ids, (id) => this.store.messages.body.at(id));
    const handed = ids.reduce((n, id) => n + (this.translations.isLookedAt(id) ? 0 : 1), 0);
    return Promise.resolve({ ids, texts, left: this.translations.waiting - handed + this.#queue.againLeft });
  }

  translateAgain(wishes: readonly VersionWish[]): Promise<number> {
    return Promise.resolve(this.#queue.putAgain(this.store, this.translations, wishes));
  }

  countAgain(wishes: readonly VersionWish[]): Promise<number[]> {
    return Promise.resolve(countMeant(this.store, this.translations, wishes));
  }

  async storeTranslations(lines: readonly TranslationInput[]): Promise<void> {
    this.translations.put(lines, this.#clock());
    for (const { language, text } of lines) if (text !== null) this.#modelLanguages.add(language);
    if (this.#keeper !== null) {
      const packed = this.translations.pack(this.#storedLines);
      this.#storedLines = this.translations.length;
      await this.#keeper.put('translations', packed);
    }
    this.#search.translated(lines);
  }

  // ------------------------------------------------------------------ voice notes
  voiceNotes(): Promise<VoiceOverview> {
    return Promise.resolve(this.#voice.overview());
  }

  offerVoice(files: readonly VoiceFile[], onProgress: (bytesDone: number, bytesTotal: number) => void): Promise<VoiceOffer> {
    return this.#voice.offer(files, onProgress);
  }

  cancelVoice(): Promise<void> {
    this.#voice.cancel();
    return Promise.resolve();
  }

  voiceAudio(key: number): Promise<VoiceAudio> {
    return this.#voice.audio(key);
  }

  async storeTranscript(input: TranscriptInput): Promise<void> {
    this.transcripts.put(input, this.#clock());
    await this.#keepTranscripts([input.messageId]);
  }

  untranslatedTranscripts(after: number, limit: number): Promise<{ id: number; texts: string[]; wasTried: boolean }[]> {
    const waiting = this.transcripts.untranslated(after, limit);
    return Promise.resolve(
      waiting.map(({ id, lines, english }) => ({ id, texts: lines.map(({ text }) => text), wasTried: english.length > 0 }))
    );
  }

  async storeTranscriptEnglish(inputs: readonly EnglishInput[]): Promise<void> {
    for (const input of inputs) this.transcripts.putEnglish(input, this.#clock());
    await this.#keepTranscripts(inputs.map(({ transcript }) => this.transcripts.messageOf(transcript)));
  }

  async #keepTranscripts(changed: readonly number[]): Promise<void> {
    if (this.#keeper !== null) {
      const packed = this.transcripts.pack(this.#storedTranscripts);
      this.#storedTranscripts = this.transcripts.length;
      await this.#keeper.put('transcripts', packed);
    }
    for (const messageId of changed) this.#search.transcribed(messageId);
  }

  #transcriptRows(query: QueryNode | null, id: number): TranscriptRow[] {
    return transcriptRows(this.store, this.transcripts, id, (text) => (query === null ? [] : this.#search.heard(query, text)));
  }

  /** Languages that the models on this device are offered for. */
  setModelLanguages(languages: Iterable<string>): void {
    for (const language of languages) this.#modelLanguages.add(language);
  }

  /** Indexes for search ahead of the first question, in turns between other work. */
  warm(): Promise<void> {
    return this.#search.warm();
  }

  /** Bytes held, by part. */
  memory(): { part: string; bytes: number }[] {
    return [
      ...this.store.sizeBytes(),
      { part: 'translations', bytes: this.translations.sizeBytes },
      { part: 'search index', bytes: this.#search.sizeBytes }
    ];
  }

  #tied(messages: Uint32Array, calls: Uint32Array): TiedNetwork {
    this.#events ??= tieEvents(this.store);
    return tiedNetwork(this.#events, messages, calls);
  }

  /** Writes what an import brought. Its closing block makes the others count: see SavedCase. */
  async #keep(): Promise<void> {
    if (this.#keeper === null) return;
    await this.#keeper.put('begin', packBlock('begin', {}, {}));
    for (const { kind, bytes } of blocksSince(this.store, this.#kept)) await this.#keeper.put(kind, bytes);
    this.#kept = markOf(this.store);
  }

  #changed(): void {
    this.#events = null;
    this.#topics = null;
    this.#queue.reset();
    this.#selector.evidenceChanged();
  }
}

function inputOf(file: Blob, name: string): SourceInput {
  return { name, sizeBytes: file.size, blob: file };
}
