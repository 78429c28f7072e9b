/**
 * One open case and everything that can be asked of it. Holds the evidence, what language found out, the search
 * index and what was last computed; makes rows only for windows on screen. Runs in the case worker and in Node.
 */
import type { QueryNode } from '../analysis/search/query.ts';
import { beginBlock, blocksSince, markOf, packBlock, type StoreMark } from '../evidence/blocks.ts';
import { ASSUMED_ZONE } from '../evidence/assumptions.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import { pathOf } from '../formats/drop/route.ts';
import { formatById } from '../formats/registry.ts';
import { zoneClock } from '../formats/time/zone-clock.ts';
import { CertifiedLog, type TranslatorStatement } from '../records/certified-log.ts';
import { IdentityLog } from '../records/identity-log.ts';
import type { SubsetOrigin } from '../records/origin.ts';
import { SearchLog } from '../records/search-log.ts';
import { TagLog } from '../records/tag-log.ts';
import { writeSheet } from '../report/translator/write-sheet.ts';
import type {
  CallRow,
  CaseApi,
  CaseFilter,
  CaseOverview,
  DropProgress,
  DropSurvey,
  ImportPreview,
  ImportProgress,
  ImportReport,
  MessageDetail,
  MessageRow,
  OfferedInput,
  PartyRow,
  RowOrder,
  SourcePart
} from './contract.ts';
import type { GlossaryAnswer, GlossaryRequest, GlossaryView, TakenIn, TermUse } from './glossary-contract.ts';
import { DropDesk } from './drop-desk.ts';
import { GlossaryDesk } from './glossary-desk.ts';
import { fingerprint } from './fingerprint.ts';
import type { IdentityApi } from './identity-contract.ts';
import { UseLanesDesk } from './lanes-desk.ts';
import { IdentityDesk } from './identity-desk.ts';
import { ingest, isHeldAs } from './ingest.ts';
import { KeynessDesk } from './keyness-desk.ts';
import { readingNow, readingOf } from './reading.ts';
import { regionFact } from './region-fact.ts';
import { LineStandings } from './line-standings.ts';
import { NetworkDesk } from './network-desk.ts';
import { overview } from './overview.ts';
import { PatternDesk } from './pattern-desk.ts';
import { partyRows } from './people.ts';
import { PlacesDesk } from './places-desk.ts';
import { previewPart } from './preview.ts';
import type { ReconcileApi } from './reconcile-contract.ts';
import { ReconcileDesk } from './reconcile-desk.ts';
import { callRow, messageDetail, messageRow, type FindInText, type TextSources } from './rows.ts';
import { SearchDesk, type IndexStanding } from './search-desk.ts';
import type { SearchesApi } from './searches-contract.ts';
import { SearchesDesk } from './searches-desk.ts';
import { Selector } from './selector.ts';
import type { Keeper, SessionParts } from './session-parts.ts';
import { subsetBlocks } from './subset.ts';
import { TagDesk } from './tag-desk.ts';
import { StructureDesk } from './structure-desk.ts';
import { TimelineDesk } from './timeline-desk.ts';
import { TopicsDesk } from './topics-desk.ts';
import { TranslationDesk } from './translation-desk.ts';
import type {
  IntakeRow,
  LineChoice,
  MadeFile,
  RequestOptions,
  RequestPlan,
  RequestRow,
  ReturnedLine,
  ReturnedStatus,
  ReturnedSummary
} from './translator-contract.ts';
import { TranslatorDesk } from './translator-desk.ts';
import { Transcripts } from './transcripts.ts';
import type { Translations } from './translations.ts';
import type {
  EnglishInput,
  TranscriptInput,
  VoiceAudio,
  VoiceFile,
  VoiceOffer,
  VoiceOverview,
  WaitingTranscript
} from './voice-contract.ts';
import { VoiceDesk } from './voice-desk.ts';

export class CaseSession implements CaseApi {
  readonly store: EvidenceStore;
  readonly translations: Translations;
  readonly #texts: TextSources;
  readonly #translator: TranslatorDesk;
  readonly #identity: IdentityDesk;
  readonly #lanes: UseLanesDesk;
  readonly #searches: SearchesDesk;
  readonly #voice: VoiceDesk;
  readonly #tags: TagDesk;
  readonly #keeper: Keeper | null;
  readonly #clock: () => number;
  readonly #search: SearchDesk;
  readonly #selector: Selector;
  readonly #machine: TranslationDesk;
  readonly #network: NetworkDesk;
  readonly #topics: TopicsDesk;
  readonly #keyness: KeynessDesk;
  readonly #glossary: GlossaryDesk;
  readonly #patterns: PatternDesk;
  readonly #structure: StructureDesk;
  readonly #timeline: TimelineDesk;
  readonly #places: PlacesDesk;
  readonly #phones: ReconcileDesk;
  readonly #drops = new DropDesk();
  #kept: StoreMark;
  #import: AbortController | null = null;
  #zone: string;
  readonly #origin: SubsetOrigin | null;
  readonly #ahead: SessionParts['ahead'];

  constructor({
    store,
    translations,
    certified = new CertifiedLog(),
    identity = new IdentityLog(),
    searches = new SearchLog(),
    transcripts = new Transcripts(),
    tags = new TagLog(),
    attributions,
    glossary,
    keeper,
    shelf = null,
    zone = ASSUMED_ZONE,
    origin = null,
    ahead,
    card = null,
    embed = null,
    clock,
    writeSheet: write = writeSheet
  }: SessionParts) {
    this.store = store;
    this.translations = translations;
    this.#keeper = keeper;
    this.#clock = clock;
    this.#zone = zone;
    this.#origin = origin;
    this.#ahead = ahead;
    this.#kept = markOf(store);
    translations.extend(store.committed.messages);
    this.#texts = { translations, certified, transcripts };
    this.#search = new SearchDesk(store, translations, certified, transcripts, shelf);
    this.#machine = new TranslationDesk({
      store,
      translations,
      texts: this.#texts,
      keeper,
      clock,
      changed: (lines) => this.#search.translated(lines)
    });
    this.#phones = new ReconcileDesk(store);
    this.#selector = new Selector(store, this.#texts, this.#search, tags, () => this.#phones.ready());
    this.#tags = new TagDesk({
      log: tags,
      keeper,
      clock,
      messages: () => store.committed.messages,
      idsOf: async (setId) => (await this.#selector.ordered(setId, 'source')).ids,
      changed: () => this.#selector.tagsChanged()
    });
    this.#translator = new TranslatorDesk({
      store,
      translations,
      certified,
      clock,
      write,
      idsOf: async (setId, order) => (await this.#selector.ordered(setId, order)).ids,
      keep: async (kind, bytes) => keeper?.put(kind, bytes),
      changed: (messageIds) => this.#search.certified(messageIds)
    });
    this.#voice = new VoiceDesk({
      store,
      transcripts,
      clock,
      keep: async (kind, bytes) => keeper?.put(kind, bytes),
      changed: (messageId) => this.#search.transcribed(messageId)
    });
    this.#identity = new IdentityDesk({
      store,
      search: this.#search,
      log: identity,
      clock,
      isImporting: () => this.#import !== null,
      translated: () => translations.length,
      keep: async (kind, bytes) => keeper?.put(kind, bytes),
      changed: () => this.#partiesChanged()
    });
    this.#lanes = new UseLanesDesk(store, { log: attributions, keeper, clock });
    this.#searches = new SearchesDesk({
      store,
      log: searches,
      clock,
      parse: (text) => this.#search.parse(text),
      find: (filter) => this.#selector.find(filter),
      withEnglish: () => new LineStandings(store, translations, certified).countWithEnglish(),
      keep: async (kind, bytes) => keeper?.put(kind, bytes)
    });
    this.#glossary = new GlossaryDesk(glossary, this.#search, keeper, clock);
    const setting = { store, selector: this.#selector, zone: () => this.#zone };
    this.#network = new NetworkDesk(setting, this.#texts);
    this.#topics = new TopicsDesk(store, this.#texts, this.#selector, { card, embed });
    this.#keyness = new KeynessDesk(setting, this.#search, translations);
    this.#patterns = new PatternDesk(setting);
    this.#structure = new StructureDesk(setting);
    this.#timeline = new TimelineDesk(setting);
    this.#places = new PlacesDesk(setting);
  }

  // ------------------------------------------------------------------ import
  surveyDrop(files: readonly OfferedInput[], tell: (progress: DropProgress) => void): Promise<DropSurvey> {
    return this.#drops.survey(files, tell);
  }

  cancelSurvey(): Promise<void> {
    return Promise.resolve(this.#drops.cancel());
  }

  preview(...asked: Parameters<typeof previewPart>): Promise<ImportPreview> {
    return previewPart(...asked);
  }

  async fingerprint(file: Blob, part?: SourcePart): Promise<{ sha256Hex: string; heldAs: string | null }> {
    const inside = part?.inside;
    const hash = await fingerprint(file, part, new AbortController().signal);
    const path = inside === undefined ? undefined : pathOf(inside);
    return { sha256Hex: hash, heldAs: this.store.sources.find((source) => isHeldAs(source, hash, path))?.name ?? null };
  }

  async importFile(
    file: Blob,
    name: string,
    formatId: string,
    options: ReadOptions,
    onProgress: (progress: ImportProgress) => void,
    part?: SourcePart
  ): Promise<ImportReport> {
    const format = formatById(formatId);
    if (format === undefined) throw new RangeError(`There is no format ${formatId}.`);
    if (this.#import !== null) throw new Error('Another import is under way.');
    const stop = (this.#import = new AbortController());
    const { store } = this;
    try {
      const whole = (await this.#ahead?.take(part, formatId, options, stop.signal)) ?? null;
      const reading =
        whole === null ? await readingNow(format, { file, name, options, part }, stop.signal) : readingOf(format, whole, file);
      const request = { ...reading, options, facts: [...reading.facts, regionFact(options)], nowMs: this.#clock() };
      const report = await ingest(store, request, onProgress, stop.signal, () => this.#keep());
      if (report.failure !== null) return report;
      this.translations.extend(store.committed.messages);
      this.#changed();
      void this.warm();
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
    return Promise.resolve(overview(this.store, this.#texts, this.#zone, this.#origin));
  }

  async setZone(zone: string): Promise<void> {
    // Throws for a name that no rules are known for, before anything is kept.
    zoneClock(zone);
    this.#zone = zone;
    await this.#keeper?.put('settings', packBlock('settings', {}, { zone }));
  }

  readonly filter: CaseApi['filter'] = (filter, open) => this.#selector.filter(filter, open);

  async rows(setId: number, order: RowOrder, start: number, count: number): Promise<MessageRow[]> {
    const { ids, query } = await this.#selector.ordered(setId, order);
    return Array.from(ids.subarray(start, start + count), (id) => ({
      ...messageRow(this.store, this.#texts, id, query === null ? [] : this.#search.hits(query, id), this.#finder(query)),
      hints: this.#glossary.hints(id),
      tags: this.#tags.names(id)
    }));
  }

  async positionOf(setId: number, order: RowOrder, messageId: number): Promise<number> {
    const { ids } = await this.#selector.ordered(setId, order);
    return ids.indexOf(messageId);
  }

  async message(id: number): Promise<MessageDetail | null> {
    if (!Number.isInteger(id) || id < 0 || id >= this.store.committed.messages) return null;
    const query = this.#selector.lastQuery;
    const hits = query === null ? [] : this.#search.hits(query, id);
    const detail = messageDetail(this.store, this.#texts, id, hits, this.#finder(query));
    const beside = { hints: this.#glossary.hints(id), tags: this.#tags.names(id), tagMarks: this.#tags.marks(id) };
    return { ...detail, ...beside, twins: await this.#phones.twins(id) };
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
  readonly network: CaseApi['network'] = (...asked) => this.#network.view(...asked);
  readonly cancelNetwork: CaseApi['cancelNetwork'] = async () => this.#network.cancel();
  readonly path: CaseApi['path'] = (from, to, filter) => this.#network.path(from, to, filter);
  readonly otherTies: CaseApi['otherTies'] = (kinds, onProgress) => this.#network.others.view(kinds, onProgress);
  readonly cancelOtherTies: CaseApi['cancelOtherTies'] = async () => this.#network.others.cancel();
  readonly tiePath: CaseApi['tiePath'] = (...asked) => this.#network.others.path(...asked);

  readonly topics: CaseApi['topics'] = (filter, seed, pack, onProgress) => this.#topics.view(filter, seed, pack, onProgress);
  readonly cancelTopics: CaseApi['cancelTopics'] = async () => this.#topics.cancel();

  // ------------------------------------------------------------------ patterns, time and places
  readonly patterns: CaseApi['patterns'] = (filter, onProgress) => this.#patterns.view(filter, onProgress);
  readonly cancelPatterns: CaseApi['cancelPatterns'] = async () => this.#patterns.cancel();
  readonly structure: CaseApi['structure'] = (filter, includeCalls, onProgress) =>
    this.#structure.view(filter, includeCalls, onProgress);
  readonly cancelStructure: CaseApi['cancelStructure'] = async () => this.#structure.cancel();
  readonly timeline: CaseApi['timeline'] = (filter, onProgress) => this.#timeline.view(filter, onProgress);
  readonly cancelTimeline: CaseApi['cancelTimeline'] = async () => this.#timeline.cancel();
  readonly places: CaseApi['places'] = (filter, onProgress) => this.#places.view(filter, onProgress);
  readonly cancelPlaces: CaseApi['cancelPlaces'] = async () => this.#places.cancel();
  readonly phones: ReconcileApi['phones'] = (onProgress) => this.#phones.view(this.#selector, onProgress);
  readonly cancelPhones: ReconcileApi['cancelPhones'] = async () => this.#phones.cancel();

  // ------------------------------------------------------------------ glossary and new terms
  glossary(): Promise<GlossaryView> {
    return Promise.resolve(this.#glossary.view());
  }

  changeGlossary(request: GlossaryRequest): Promise<GlossaryAnswer> {
    return this.#glossary.change(request);
  }

  takeInGlossary(text: string, who: string): Promise<TakenIn> {
    return this.#glossary.takeIn(text, who);
  }

  async termUses(filter: CaseFilter, origin: 'case' | 'lexicon'): Promise<TermUse[]> {
    const { messages } = await this.#selector.select(filter);
    return this.#glossary.uses(origin, messages);
  }

  readonly keyness: CaseApi['keyness'] = (filter, side, onProgress) => this.#keyness.view(filter, side, onProgress);
  readonly cancelKeyness: CaseApi['cancelKeyness'] = async () => this.#keyness.cancel();

  // ------------------------------------------------------------------ translation
  readonly untranslated: CaseApi['untranslated'] = async (limit, first) => this.#machine.untranslated(limit, first);
  readonly conversationSamples: CaseApi['conversationSamples'] = async (threads) => this.#machine.conversationSamples(threads);
  readonly translateAgain: CaseApi['translateAgain'] = async (wishes) => this.#machine.translateAgain(wishes);
  readonly languageReport: CaseApi['languageReport'] = () => this.#machine.report();
  readonly countWaiting: CaseApi['countWaiting'] = (...args) => this.#machine.countWaiting(...args);
  readonly repeatKnown: CaseApi['repeatKnown'] = (usual) => this.#machine.repeatKnown(usual);
  readonly storeTranslations: CaseApi['storeTranslations'] = (lines) => this.#machine.take(lines);

  // ------------------------------------------------------------------ human translation
  planRequest(choice: LineChoice): Promise<RequestPlan> {
    return this.#translator.plan(choice);
  }

  makeRequest(choice: LineChoice, options: RequestOptions): Promise<{ number: number; files: MadeFile[] }> {
    return this.#translator.make(choice, options);
  }

  readReturned(file: Blob, name: string): Promise<ReturnedSummary> {
    return this.#translator.read(file, name);
  }

  async returnedLines(returnedId: number, status: ReturnedStatus, start: number, count: number): Promise<ReturnedLine[]> {
    return this.#translator.lines(returnedId, status, start, count);
  }

  takeIn(returnedId: number, statement: TranslatorStatement, takenBy: string, leftOut: readonly number[]): Promise<IntakeRow> {
    return this.#translator.takeIn(returnedId, statement, takenBy, leftOut);
  }

  withdrawIntake(intake: number, withdrawnBy: string): Promise<void> {
    return this.#translator.withdraw(intake, withdrawnBy);
  }

  async translatorHistory(): Promise<{ requests: RequestRow[]; intakes: IntakeRow[] }> {
    return this.#translator.history();
  }

  // ------------------------------------------------------------------ voice notes
  voiceNotes(): Promise<VoiceOverview> {
    return this.#voice.voiceNotes();
  }

  offerVoice(files: readonly VoiceFile[], onProgress: (bytesDone: number, bytesTotal: number) => void): Promise<VoiceOffer> {
    return this.#voice.offerVoice(files, onProgress);
  }

  cancelVoice(): Promise<void> {
    return this.#voice.cancelVoice();
  }

  voiceAudio(key: number): Promise<VoiceAudio> {
    return this.#voice.voiceAudio(key);
  }

  storeTranscript(input: TranscriptInput): Promise<void> {
    return this.#voice.storeTranscript(input);
  }

  untranslatedTranscripts(after: number, limit: number): Promise<WaitingTranscript[]> {
    return this.#voice.untranslatedTranscripts(after, limit);
  }

  storeTranscriptEnglish(inputs: readonly EnglishInput[]): Promise<void> {
    return this.#voice.storeTranscriptEnglish(inputs);
  }

  /** Where lines of transcripts meet a query. */
  #finder(query: QueryNode | null): FindInText {
    return (text) => (query === null ? [] : this.#search.heard(query, text));
  }

  // ------------------------------------------------------------------ persons
  readonly identitySuggestions: IdentityApi['identitySuggestions'] = (onProgress) => this.#identity.suggest(onProgress);
  readonly cancelIdentity: IdentityApi['cancelIdentity'] = async () => this.#identity.cancel();
  readonly suggestionRows: IdentityApi['suggestionRows'] = (part, start, count) => this.#identity.rows(part, start, count);
  readonly decideIdentity: IdentityApi['decideIdentity'] = (request) => this.#identity.decide(request);
  readonly undoIdentity: IdentityApi['undoIdentity'] = (decision, by, words) => this.#identity.undo(decision, by, words);
  readonly identityHistory: IdentityApi['identityHistory'] = () => this.#identity.history();
  readonly personAccounts: IdentityApi['personAccounts'] = (party) => this.#identity.accounts(party);
  readonly useLanes: CaseApi['useLanes'] = (onProgress) => this.#lanes.view(onProgress);
  readonly cancelUseLanes: CaseApi['cancelUseLanes'] = async () => this.#lanes.cancel();
  readonly attributions: CaseApi['attributions'] = async () => this.#lanes.attributions.rows();
  readonly changeAttributions: CaseApi['changeAttributions'] = (request) => this.#lanes.attributions.change(request);

  // ------------------------------------------------------------------ a part of the case for another officer
  /** Numbers of a filter's messages. */
  readonly messagesOf = async (filter: CaseFilter): Promise<Uint32Array> => (await this.#selector.select(filter)).messages;
  readonly subsetBlocks = (messages: Uint32Array, origin: SubsetOrigin): ReturnType<typeof subsetBlocks> =>
    subsetBlocks(this.store, this.#texts, this.#tags.log, messages, origin);

  // ------------------------------------------------------------------ tags
  readonly tags: CaseApi['tags'] = async () => this.#tags.view();
  readonly changeTags: CaseApi['changeTags'] = (request, who = '') => this.#tags.change(request, who);
  readonly tagCounts: CaseApi['tagCounts'] = (on) => this.#tags.counts(on);

  // ------------------------------------------------------------------ searches
  readonly countTerms: SearchesApi['countTerms'] = (...args) => this.#searches.countTerms(...args);
  readonly cancelTerms: SearchesApi['cancelTerms'] = () => this.#searches.cancelTerms();
  readonly noteSearch: SearchesApi['noteSearch'] = (filter, within) => this.#searches.noteSearch(filter, within);
  readonly searches: SearchesApi['searches'] = () => this.#searches.searches();
  readonly replaySearch: SearchesApi['replaySearch'] = (number) => this.#searches.replaySearch(number);

  /** What filters share, the indexes for search and distinct texts, ahead of the first question, in turns between other work. */
  async warm(): Promise<void> {
    await this.#selector.warm();
    await this.#search.warm();
    await this.#machine.warm();
  }

  /** Where the search index of this sitting came from. */
  readonly indexStanding = (): IndexStanding => this.#search.standing;
  /** Writes the search index now, where it has grown. */
  readonly keepIndex = (): Promise<void> => this.#search.keep();

  /** Bytes held, by part. */
  memory(): { part: string; bytes: number }[] {
    return [
      ...this.store.sizeBytes(),
      { part: 'translations', bytes: this.translations.sizeBytes },
      { part: 'search index', bytes: this.#search.sizeBytes },
      { part: 'distinct texts', bytes: this.#machine.sizeBytes }
    ];
  }

  /** Writes what an import brought. Its closing block makes the others count: see SavedCase. */
  async #keep(): Promise<void> {
    if (this.#keeper === null) return;
    await this.#keeper.put('begin', beginBlock(this.#kept));
    for (const { kind, bytes } of blocksSince(this.store, this.#kept)) await this.#keeper.put(kind, bytes);
    this.#kept = markOf(this.store);
  }

  #changed(): void {
    this.#network.changed();
    this.#machine.evidenceChanged();
    this.#identity.evidenceChanged();
    this.#phones.changed();
    this.#selector.evidenceChanged();
  }

  /** Other parties count as one: whatever was counted by party is counted again. Messages keep their topics. */
  #partiesChanged(): void {
    this.#network.changed();
    this.#phones.changed();
    this.#selector.partiesChanged();
    void this.warm();
  }
}
