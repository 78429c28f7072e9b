/** Rows for the screen, made only for a window of ids. */
import { NONE } from '../evidence/ids.ts';
import { CALL_OUTCOMES, CONFIDENCES, DIRECTIONS, MessageState, TIME_BASES } from '../evidence/records.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { CopyTable, PlaceColumns } from '../evidence/message-table.ts';
import { QualityFlag } from '../language/contract.ts';
import { wordDiff, type DiffPiece } from '../language/word-diff.ts';
import type { CertifiedLog, CertifiedVersion } from '../records/certified-log.ts';
import type { CallRow, MessageDetail, MessageRow, Provenance, TextHit } from './contract.ts';
import type { EnglishSources } from './english.ts';
import { messageFields } from './message-history.ts';
import { accountRosters, rosterAt } from './rosters.ts';
import { threadMembersDated } from './thread-members-dated.ts';
import type { Transcript, Transcripts } from './transcripts.ts';
import type { CertifiedText, MachineVersion, TextVersion } from './translator-contract.ts';
import type { Translations } from './translations.ts';
import type { TranscriptRow } from './voice-contract.ts';

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** What a row's texts come from, beside the evidence. */
export interface TextSources extends EnglishSources {
  readonly transcripts: Transcripts;
}

/** Places in a text that meet the search, half-open UTF-16 ranges. */
export type FindInText = (text: string) => readonly (readonly [number, number])[];

const findNothing: FindInText = () => [];

/** @param find in transcripts, whose lines are many; the places in the two texts come as `hits` */
export function messageRow(
  store: EvidenceStore,
  { translations, certified, transcripts }: TextSources,
  id: number,
  hits: readonly TextHit[],
  find: FindInText = findNothing
): MessageRow {
  const { messages, directory, services } = store;
  const threadId = messages.thread.at(id);
  const from = messages.from.at(id);
  const state = messages.state.at(id);
  const [firstAttachment, endAttachment] = messages.attachmentRange(id);
  return {
    id,
    utcMs: known(messages.time.utcMs.at(id)),
    timeRaw: messages.time.raw.at(id),
    timeBasis: TIME_BASES[messages.time.basis.at(id)] ?? 'unknown',
    timeAmbiguous: (state & MessageState.timeAmbiguous) !== 0,
    service: services.at(messages.service.at(id)),
    threadId,
    threadName: threadName(store, threadId),
    fromParty: from === NONE ? null : directory.partyOf(from),
    fromLabel: from === NONE ? '' : directory.label(directory.partyOf(from)),
    toLabel: receivers(store, id)
      .map((party) => directory.label(party))
      .join(', '),
    direction: DIRECTIONS[messages.direction.at(id)] ?? 'unknown',
    body: messages.body.at(id),
    state,
    confidence: CONFIDENCES[messages.confidence.at(id)] ?? 'unstated',
    language: translations.languageOf(id),
    translation: translations.textOf(id),
    flags: translations.flagsOf(id),
    otherReading: translations.otherReadingOf(id),
    byItself: translations.byItselfOf(id),
    modelId: translations.modelOf(id)?.id ?? null,
    certified: certifiedText(certified, id),
    translationState: translations.stateOf(id),
    attachments: store.attachments.slice(firstAttachment, endAttachment).map(({ name, contentType, sizeBytes }) => ({
      name,
      contentType: contentType ?? '',
      sizeBytes: sizeBytes ?? null
    })),
    transcripts: transcripts.shown(id).map((one) => transcriptRow(store, transcripts, one, find)),
    copies: store.mirrors.of(id).reduce((sum, mirror) => sum + 1 + store.copyCount.at(mirror), store.copyCount.at(id)),
    hits,
    hints: [],
    tags: []
  };
}

export function messageDetail(
  store: EvidenceStore,
  sources: TextSources,
  id: number,
  hits: readonly TextHit[],
  find: FindInText = findNothing
): MessageDetail {
  const { translations, certified } = sources;
  const { messages, copies } = store;
  const provenance: Provenance[] = [];
  for (const place of [id, ...store.mirrors.of(id)]) {
    provenance.push(provenanceAt(store, messages.place, place));
    if (store.copyCount.at(place) > 0) provenance.push(...copiesOf(store, copies, place));
  }
  return {
    ...messageRow(store, sources, id, hits, find),
    provenance,
    members: threadMembersDated(store, messages.thread.at(id)),
    fields: messageFields(store, id),
    fromAccount: accountNamed(store, messages.from.at(id)),
    meanLogProb: known(translations.logProbOf(id)),
    modelSha256Hex: translations.modelOf(id)?.sha256Hex ?? null,
    versions: textVersions(translations, certified, id),
    certifiedDiff: certifiedDiff(translations, certified, id),
    earlierTranscripts: earlierTranscripts(store, sources.transcripts, id, find),
    tagMarks: [],
    twins: []
  };
}

function accountNamed({ directory }: EvidenceStore, account: number): MessageDetail['fromAccount'] {
  const found = account === NONE ? undefined : directory.accounts[account];
  if (found === undefined) return null;
  return { service: found.service, identifier: found.e164 ?? found.rawIdentifiers[0] ?? found.identifier };
}

/** The certified text that counts for a message; null where there is none. */
export function certifiedText(certified: CertifiedLog, id: number): CertifiedText | null {
  const standing = certified.standing(id);
  return standing === null ? null : asText(standing);
}

function asText({ line, intake }: Pick<CertifiedVersion, 'line' | 'intake'>): CertifiedText {
  const { translator, qualification, translatedOn, number } = intake;
  return {
    text: line.text,
    note: line.note,
    translator,
    qualification,
    translatedOn,
    intake: number,
    request: line.request,
    line: line.line
  };
}

/** The machine's texts, then the certified ones, each oldest first. */
function textVersions(translations: Translations, certified: CertifiedLog, id: number): TextVersion[] {
  const standing = certified.standing(id);
  return [
    ...machineVersions(translations, id, standing !== null).toReversed(),
    ...certified.versionsOf(id).map(({ line, intake, withdrawal }): TextVersion => ({
      kind: 'certified',
      certified: asText({ line, intake }),
      takenBy: intake.takenBy,
      takenAtMs: intake.takenAtMs,
      fileName: intake.fileName,
      fileSha256Hex: intake.fileSha256Hex,
      withdrawn: withdrawal === null ? null : { by: withdrawal.withdrawnBy, atMs: withdrawal.withdrawnAtMs },
      isShown: standing?.line === line
    }))
  ];
}

/** The newest machine text against the certified one, word by word; null unless both are there. */
function certifiedDiff(translations: Translations, certified: CertifiedLog, id: number): DiffPiece[] | null {
  const before = translations.textOf(id);
  const after = certified.textOf(id);
  return before === null || after === null ? null : wordDiff(before, after);
}

/** Newest first. */
function machineVersions(translations: Translations, id: number, isCertified: boolean): MachineVersion[] {
  return translations.versionsOf(id).flatMap(({ text, model, meanLogProb, madeAtMs, isShown, ...line }) => {
    if (text === null) return [];
    const name = { modelId: model?.id ?? '', modelSha256Hex: model?.sha256Hex ?? '' };
    const made = { meanLogProb: known(meanLogProb), madeAtMs: known(madeAtMs) };
    return [{ kind: 'machine', text, ...name, ...line, ...made, isShown: isShown && !isCertified }];
  });
}

function transcriptRow(store: EvidenceStore, transcripts: Transcripts, one: Transcript, find: FindInText): TranscriptRow {
  const { id: _id, english: _english, messageId, lines, ...rest } = one;
  const [first] = store.messages.attachmentRange(messageId);
  return {
    ...rest,
    name: store.attachments[first + one.attachment]?.name ?? '',
    lines: lines.map((line, i) => ({ ...line, ranges: find(line.text), english: englishLine(one, i, find) })),
    versions: transcripts.of(messageId).filter((other) => other.attachment === one.attachment).length,
    isUntranslated: one.english.length === 0 && lines.length > 0,
    withoutModel: withoutModel(one)
  };
}

/** Languages of the newest English's lines for which there was no model. */
function withoutModel({ english }: Transcript): string[] {
  const lines = english.at(-1)?.lines ?? [];
  return [...new Set(lines.filter(({ flags }) => (flags & QualityFlag.noModel) !== 0).map(({ language }) => language))];
}

/** Transcripts that another run or model has superseded, newest first. */
function earlierTranscripts(store: EvidenceStore, transcripts: Transcripts, id: number, find: FindInText): TranscriptRow[] {
  const shown = new Set(transcripts.shown(id));
  const earlier = transcripts.of(id).filter((one) => !shown.has(one));
  return earlier.toReversed().map((one) => transcriptRow(store, transcripts, one, find));
}

function englishLine({ english }: Transcript, line: number, find: FindInText): TranscriptRow['lines'][number]['english'] {
  const found = english.at(-1)?.lines[line];
  if (found?.text === undefined || found.text === null) return null;
  const { text, flags, model, otherReading = null } = found;
  return { text, flags, otherReading, modelId: model?.id ?? '', ranges: find(text) };
}

export function callRow(store: EvidenceStore, id: number): CallRow {
  const { calls, directory, services } = store;
  const label = (account: number): string => (account === NONE ? '' : directory.label(directory.partyOf(account)));
  return {
    id,
    utcMs: known(calls.time.utcMs.at(id)),
    timeRaw: calls.time.raw.at(id),
    service: services.at(calls.service.at(id)),
    fromLabel: label(calls.from.at(id)),
    toLabel: [...calls.to.at(id)].map(label).join(', '),
    duration_s: known(calls.duration_s.at(id)),
    direction: DIRECTIONS[calls.direction.at(id)] ?? 'unknown',
    outcome: CALL_OUTCOMES[calls.outcome.at(id)] ?? 'unknown',
    provenance: [provenanceAt(store, calls.place, id), ...copiesOf(store, store.callCopies, id)]
  };
}

/** Parties that a message went to: the named recipients, else the thread's other members, less those known to have been out. */
export function receivers(store: EvidenceStore, id: number): number[] {
  const { messages, directory } = store;
  const named = messages.to.at(id);
  const from = directory.partyOf(messages.from.at(id));
  const accounts = named.length > 0 ? named : rosterAt(accountRosters(store), id);
  const parties = new Set<number>();
  for (const account of accounts) {
    const party = directory.partyOf(account);
    if (party !== NONE && party !== from) parties.add(party);
  }
  return [...parties];
}

/** The thread's own name, or its people. */
export function threadName(store: EvidenceStore, id: number): string {
  const thread = store.directory.threads[id];
  if (thread === undefined) return '';
  if (thread.name !== null && thread.name !== '' && thread.isGroup) return thread.name;
  const parties = [...new Set(thread.members.map((account) => store.directory.partyOf(account)))];
  if (parties.length === 0) return thread.name ?? thread.key;
  const shown = parties.slice(0, 4).map((party) => store.directory.label(party));
  return shown.join(' · ') + (parties.length > 4 ? ` +${parties.length - 4}` : '');
}

function copiesOf(store: EvidenceStore, table: CopyTable, id: number): Provenance[] {
  const found: Provenance[] = [];
  for (let i = 0; i < table.length; i++) if (table.message.at(i) === id) found.push(provenanceAt(store, table.place, i));
  return found;
}

export function provenanceAt(store: EvidenceStore, columns: PlaceColumns, row: number): Provenance {
  const { source, place, itemId } = columns.at(row);
  const file = store.sources[source];
  return {
    sourceId: source,
    fileName: file?.name ?? '',
    sha256Hex: file?.sha256Hex ?? '',
    formatId: file?.formatId ?? '',
    formatVersion: file?.formatVersion ?? 0,
    path: place.path,
    offset: place.offset,
    unit: place.unit,
    itemId
  };
}
