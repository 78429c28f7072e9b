/**
 * What a case can be asked. `CaseSession` (session.ts) implements it in the case worker and in Node;
 * views hold ids and ask for windows of rows. All types here are structured-cloneable; large arrays are typed
 * and move by transfer.
 */
import type { TopicsHow } from '../analysis/topics/topics.ts';
import type { Finding, SourceSum } from '../evidence/findings.ts';
import type { Sentence } from '../evidence/wording/sentence.ts';
import type { FolderFile, ReadOptions, SourceInput, SourceQuestion } from '../formats/contract.ts';
import type { InsideRoute } from '../formats/drop/route.ts';
import type { DropItem, DropProgress, DropSurvey } from '../formats/drop/survey.ts';
import type { UnreadKind } from '../formats/drop/unread.ts';
import type { ModelName } from '../language/contract.ts';
import type { SubsetOrigin } from '../records/origin.ts';
import type { AttributionApi } from './attribution-contract.ts';
import type { GlossaryApi, TermHint } from './glossary-contract.ts';
import type { CaseFilter, FilterResult } from './filter-contract.ts';
import type { LanguageApi, LinesToTranslate } from './language-contract.ts';
import type { MemberPeriod } from './membership-contract.ts';
import type { PatternApi } from './pattern-contract.ts';
import type { PlaceApi } from './place-contract.ts';
import type { ReconcileApi, TwinRow } from './reconcile-contract.ts';
import type { SearchesApi } from './searches-contract.ts';
import type { StructureApi } from './structure-contract.ts';
import type { TagApi, TagMark, TagName } from './tag-contract.ts';
import type { TieApi } from './tie-contract.ts';
import type { TimelineApi } from './timeline-contract.ts';
import type { IdentityApi } from './identity-contract.ts';
import type { UseLanesApi } from './lanes-contract.ts';
import type { CertifiedText, DiffPiece, TextVersion, TranslatorApi } from './translator-contract.ts';
import type { TranscriptRow, VoiceApi } from './voice-contract.ts';
import type { VectorModel } from './window-vectors.ts';

// ---------------------------------------------------------------- sources and import
export interface SourceRow {
  readonly id: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256Hex: string;
  /** Path inside the file of that hash, where the source is one of several that a container holds. */
  readonly inside?: string;
  readonly formatId: string;
  readonly formatLabel: string;
  readonly formatVersion: number;
  readonly options: ReadOptions;
  readonly sum: SourceSum;
  readonly importedAtMs: number;
  readonly facts: readonly Sentence[];
}

/** A file as it was dropped. */
export interface OfferedInput extends SourcePart {
  readonly file: File | Blob;
  readonly name: string;
}

export interface SourcePart {
  /** Files that are part of it: the write-ahead log of a database. */
  readonly beside?: SourceInput['beside'];
  /** The way to the source inside the file, as a survey found it. */
  readonly inside?: InsideRoute;
  /** The files of a folder that is the source; the file is then one of its documents. */
  readonly folder?: readonly FolderFile[];
  /** The number under which it may have been read ahead of its import. */
  readonly ahead?: number;
  /** Of the whole file, where its bytes were hashed before: they are not read once more for it. */
  readonly sha256Hex?: string;
}

export type { DropItem, DropProgress, DropSurvey, InsideRoute, UnreadKind };

export interface ImportPreview {
  readonly name: string;
  readonly sizeBytes: number;
  /** Null when no format recognises the file: `finding` then says why in one sentence. */
  readonly formatId: string | null;
  readonly formatLabel: string;
  readonly confidence: number;
  /** Other formats that might fit, best first. */
  readonly alternatives: readonly { readonly formatId: string; readonly label: string; readonly confidence: number }[];
  readonly facts: readonly Sentence[];
  readonly questions: readonly SourceQuestion[];
  /** First 20 records as they would be kept, read without writing. */
  readonly rows: readonly PreviewRow[];
  readonly finding: Finding | null;
}

export interface PreviewRow {
  readonly kind: string;
  readonly timeRaw: string;
  readonly utcMs: number | null;
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** 'laying': a sealed copy of the file is laid aside, from which the import goes on after a stop. */
export type ImportStage = 'laying' | 'hashing' | 'reading' | 'linking' | 'saving' | 'done';
export interface ImportProgress {
  readonly stage: ImportStage;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly items: number;
  readonly itemsPerSecond: number;
  /** Seconds left by the rate so far; null until there is one. */
  readonly left_s: number | null;
}

export interface ImportReport {
  readonly source: SourceRow | null;
  readonly sum: SourceSum;
  readonly findings: readonly Finding[];
  /** Set when the file was not imported at all; the case is untouched. */
  readonly failure: Finding | null;
}

// ---------------------------------------------------------------- rows of a set
export type { CaseFilter, FacetValue, FilterGroup, FilterParts, FilterResult, PartySide } from './filter-contract.ts';

export type RowOrder = 'time' | 'time-descending' | 'relevance' | 'source';

export interface TextHit {
  readonly side: 'original' | 'translation' | 'certified';
  /** Half-open UTF-16 ranges inside that side's text. */
  readonly ranges: readonly (readonly [number, number])[];
}

export interface MessageRow {
  readonly id: number;
  readonly utcMs: number | null;
  readonly timeRaw: string;
  readonly timeBasis: string;
  readonly timeAmbiguous: boolean;
  readonly service: string;
  readonly threadId: number;
  readonly threadName: string;
  readonly fromParty: number | null;
  readonly fromLabel: string;
  readonly toLabel: string;
  readonly direction: string;
  readonly body: string;
  readonly state: number;
  readonly confidence: string;
  readonly language: string;
  /** Machine English, never shown or copied without `body`; null where none. */
  readonly translation: string | null;
  readonly flags: number;
  /** What the model was about as ready to say, with other persons; stands with `translation` alone. */
  readonly otherReading: string | null;
  /** What `translation` would have been without the message before, where it was read behind it; else null. */
  readonly byItself: string | null;
  readonly modelId: string | null;
  /** A human translator's text, which counts before the machine's; null where none. */
  readonly certified: CertifiedText | null;
  /** Languages without a model, lines still waiting: why there is no translation. */
  readonly translationState: 'done' | 'waiting' | 'not-needed' | 'no-model';
  readonly attachments: readonly { readonly name: string; readonly contentType: string; readonly sizeBytes: number | null }[];
  /** What machines heard in its voice notes, the newest version of each; never shown or copied without its caveat. */
  readonly transcripts: readonly TranscriptRow[];
  /** Further places that hold the same message, beyond the first: 0 for most. */
  readonly copies: number;
  readonly hits: readonly TextHit[];
  /** Words with a second meaning; for the screen alone. */
  readonly hints: readonly TermHint[];
  /** What officers tagged it with; see records/tag-log.ts. */
  readonly tags: readonly TagName[];
}

export interface Provenance {
  readonly sourceId: number;
  readonly fileName: string;
  readonly sha256Hex: string;
  readonly formatId: string;
  readonly formatVersion: number;
  readonly path: string;
  readonly offset: number;
  readonly unit: string;
  readonly itemId: string;
}

export interface MessageDetail extends MessageRow {
  readonly provenance: readonly Provenance[];
  readonly members: readonly MemberRow[];
  /** What the files hold of it beside its text: earlier wordings, answers, reactions; in their own words. */
  readonly fields: readonly MessageField[];
  /** The very account that wrote, as the source names it; null where nobody is named. */
  readonly fromAccount: { readonly service: string; readonly identifier: string } | null;
  readonly meanLogProb: number | null;
  readonly modelSha256Hex: string | null;
  /** Every English text of the message: the machine's, then the certified ones, each oldest first. */
  readonly versions: readonly TextVersion[];
  /** Machine against certified text, word by word; null unless both are there. */
  readonly certifiedDiff: readonly DiffPiece[] | null;
  /** Transcripts of its voice notes that a later one stands for, newest first. */
  readonly earlierTranscripts: readonly TranscriptRow[];
  /** Its tags with who put each on. */
  readonly tagMarks: readonly TagMark[];
  /** The same message on other devices. */
  readonly twins: readonly TwinRow[];
}

/** One who belongs to a conversation, dated by what sources state and by what they wrote in it. */
export interface MemberRow extends PartyLabel {
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly written: number;
  /** In order of time; empty where no source dates this member. */
  readonly periods: readonly MemberPeriod[];
}

export interface MessageField {
  readonly name: string;
  readonly value: string;
  readonly fileName: string;
}

export interface PartyLabel {
  readonly id: number;
  readonly label: string;
}

// ---------------------------------------------------------------- people
export interface PartyRow {
  readonly id: number;
  readonly label: string;
  readonly identifiers: readonly string[];
  readonly services: readonly string[];
  /** Names with where each comes from: 'contact on phone-a.ufdr', 'shown in chat'. */
  readonly names: readonly { readonly name: string; readonly from: string }[];
  readonly isOwnerOf: readonly string[];
  /** Several numbers or handles that an officer confirmed as one person. */
  readonly isJoined: boolean;
  readonly sent: number;
  readonly received: number;
  readonly calls: number;
  readonly callSeconds: number;
  readonly threads: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly community: number | null;
}

export interface CallRow {
  readonly id: number;
  readonly utcMs: number | null;
  readonly timeRaw: string;
  readonly service: string;
  readonly fromLabel: string;
  readonly toLabel: string;
  readonly duration_s: number | null;
  readonly direction: string;
  readonly outcome: string;
  readonly provenance: readonly Provenance[];
}

// ---------------------------------------------------------------- network
export interface NetworkOptions {
  /** Keep only the nodes with the greatest degree; the result says how many there were. */
  readonly maxNodes: number;
  readonly includeCalls: boolean;
  readonly seed: number;
}

export interface NetworkView {
  /** Party id per node. */
  readonly party: Uint32Array;
  readonly labels: readonly string[];
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly community: Int32Array;
  /** Messages and calls over the node's edges (groups shared over their active members). */
  readonly weight: Float64Array;
  readonly degree: Uint32Array;
  readonly pageRank: Float64Array;
  readonly betweenness: Float64Array;
  readonly betweennessExact: boolean;
  readonly component: Uint32Array;
  /** Edge ends as node indices, with weight; undirected, each pair once. */
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly edgeWeight: Float64Array;
  readonly edgeMessages: Uint32Array;
  readonly edgeCalls: Uint32Array;
  readonly totalNodes: number;
  readonly totalEdges: number;
  readonly modularity: number;
  readonly communities: readonly {
    readonly id: number;
    readonly size: number;
    readonly name: string;
    readonly topMembers: readonly PartyLabel[];
    readonly terms: readonly string[];
  }[];
  readonly rule: { readonly id: 'network'; readonly version: number };
  readonly elapsed_ms: number;
}

export interface PathHop {
  readonly from: PartyLabel;
  readonly to: PartyLabel;
  readonly messages: number;
  readonly calls: number;
}

// ---------------------------------------------------------------- topics
export interface TopicRow {
  readonly id: number;
  readonly terms: readonly string[];
  readonly windows: number;
  readonly messages: number;
  readonly parties: readonly PartyLabel[];
  /** Three messages from the middle of the topic, quoted by id. */
  readonly quotes: readonly number[];
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

export interface TopicsView {
  readonly topics: readonly TopicRow[];
  readonly windows: number;
  readonly outlierWindows: number;
  /** With the model whose vectors were compared; null where they are those of words. */
  readonly how: TopicsHow & { readonly model: VectorModel | null };
  readonly plane: TopicPlane;
  readonly elapsed_ms: number;
}

/** Windows in a plane where like ones lie near each other; one window at the same place of every list. */
export interface TopicPlane {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** -1 for a window that fits no topic. */
  readonly topic: Int32Array;
  /** Number of the window's first message. */
  readonly message: Uint32Array;
}

// ---------------------------------------------------------------- overview
export interface LanguageCount {
  readonly language: string;
  readonly messages: number;
  readonly translated: number;
  readonly flagged: number;
  /** Lines with no English because a model for their language, or for a part of them, is not on this device. */
  readonly withoutModel: number;
}

export interface CaseOverview {
  readonly messages: number;
  readonly calls: number;
  readonly contacts: number;
  readonly accounts: number;
  readonly parties: number;
  readonly threads: number;
  readonly locations: number;
  readonly generic: number;
  readonly sources: readonly SourceRow[];
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly untimed: number;
  /** IANA zone in which times, days and months of this case are shown; messages keep their UTC time. */
  readonly zone: string;
  /** What the case says of itself where it is a part of another; null for any other case. */
  readonly origin: SubsetOrigin | null;
  /** Messages by month of that zone, ascending, `toMs` exclusive; silent months between two others are listed. */
  readonly months: readonly { readonly fromMs: number; readonly toMs: number; readonly messages: number }[];
  readonly languages: readonly LanguageCount[];
  readonly findings: readonly Finding[];
  readonly devices: readonly { readonly sourceId: number; readonly name: string; readonly value: string }[];
}

/** Machine text for one message, as it comes from a model and as the vault keeps it. */
export interface TranslationInput {
  readonly messageId: number;
  readonly language: string;
  readonly text: string | null;
  readonly flags: number;
  readonly meanLogProb: number;
  /** What made the text; null where there is none. */
  readonly model: ModelName | null;
  /** What the model was about as ready to say, with other persons: see [Note: Another reading] in language/persons.ts. */
  readonly otherReading?: string;
  /** What it would have been without the message before: see [Note: The message before] in language/before.ts. */
  readonly byItself?: string;
  /** Below this chrF an earlier line by another model disagrees with it; the general bound where it is absent. Not kept. */
  readonly leastAgreement?: number;
}

/** Lines in a language that shall have a version by a model. */
export interface VersionWish {
  readonly language: string;
  readonly modelSha256Hex: string;
  /** True: only lines for which there was no model so far. False: every line, beside the versions it has. */
  readonly isMissingOnly: boolean;
}

// ---------------------------------------------------------------- the case itself
export interface CaseApi
  extends
    GlossaryApi,
    TranslatorApi,
    PatternApi,
    StructureApi,
    TieApi,
    TimelineApi,
    PlaceApi,
    ReconcileApi,
    LanguageApi,
    IdentityApi,
    UseLanesApi,
    AttributionApi,
    VoiceApi,
    TagApi,
    SearchesApi {
  /**
   * What several files, a folder's or a zip's, hold: each source with its format, and what no reader takes. Writes nothing.
   * @param tell told with the number of files that were looked at, of those known so far.
   */
  surveyDrop(files: readonly OfferedInput[], tell: (progress: DropProgress) => void): Promise<DropSurvey>;
  /** Ends a survey; it rejects with an AbortError. */
  cancelSurvey(): Promise<void>;
  /**
   * @param formatId the officer's own choice of reader, or null to recognise the file.
   * @param part what else is known of the file: logs beside it, or the way to the source inside it.
   */
  preview(
    file: File | Blob,
    name: string,
    options: ReadOptions,
    formatId: string | null,
    part?: SourcePart
  ): Promise<ImportPreview>;
  /** Streamed SHA-256 of a file, and the name under which the case already holds the same bytes. */
  fingerprint(file: File | Blob, part?: SourcePart): Promise<{ sha256Hex: string; heldAs: string | null }>;
  importFile(
    file: File | Blob,
    name: string,
    formatId: string,
    options: ReadOptions,
    onProgress: (p: ImportProgress) => void,
    part?: SourcePart
  ): Promise<ImportReport>;
  cancelImport(): Promise<void>;
  overview(): Promise<CaseOverview>;
  /** Shows times in another zone from now on; kept with the case. Rejects where the zone is no IANA name. */
  setZone(zone: string): Promise<void>;
  /**
   * @param open the alternative (place in `anyOf`) whose own choices the facets leave open; null, also where it is
   *   absent, for the parts that all alternatives share. See [Note: Alternatives].
   */
  filter(filter: CaseFilter, open?: number | null): Promise<FilterResult>;
  /** A window of the set's rows. */
  rows(setId: number, order: RowOrder, start: number, count: number): Promise<MessageRow[]>;
  /** Position of a message in the set under an order, or -1 when the filter hides it. */
  positionOf(setId: number, order: RowOrder, messageId: number): Promise<number>;
  message(id: number): Promise<MessageDetail | null>;
  parties(filter: CaseFilter): Promise<PartyRow[]>;
  calls(filter: CaseFilter, start: number, count: number): Promise<{ total: number; rows: CallRow[] }>;
  /** A later call ends an earlier one. */
  network(filter: CaseFilter, options: NetworkOptions, onProgress?: (share: number) => void): Promise<NetworkView>;
  cancelNetwork(): Promise<void>;
  path(from: number, to: number, filter: CaseFilter): Promise<PathHop[] | null>;
  /** A later call ends an earlier one: minutes of work where there are a hundred thousand conversations. */
  /** `pack` names the sentence encoder whose vectors are compared, null those of words. */
  topics(filter: CaseFilter, seed: number, pack: string | null, onProgress: (share: number) => void): Promise<TopicsView>;
  cancelTopics(): Promise<void>;
  /**
   * Ids that still wait for translation, most wanted first: on-screen ids, then newest in busiest threads, then those
   * that `translateAgain` put in line.
   */
  untranslated(limit: number, first: readonly number[]): Promise<LinesToTranslate>;
  /** Puts lines in line for another version, in place of what was in line; gives their number. */
  translateAgain(wishes: readonly VersionWish[]): Promise<number>;
  storeTranslations(lines: readonly TranslationInput[]): Promise<void>;
}
