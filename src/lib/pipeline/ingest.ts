/** One file into the store: hash, read, sum. The same in the case worker and in a terminal. */
import { SourceError, told, type Finding } from '../evidence/findings.ts';
import { accountId, sourceId } from '../evidence/ids.ts';
import { SourceIntake } from '../evidence/intake.ts';
import type { EvidenceStore, SourceInfo } from '../evidence/store.ts';
import { sentence, type Sentence } from '../evidence/wording/sentence.ts';
import type { Format, ReadOptions, SourceInput } from '../formats/contract.ts';
import { e164Of } from '../formats/phone-number.ts';
import type { ImportProgress, ImportReport, SourceRow } from './contract.ts';
import { sha256Hex } from './hash.ts';
import { progressTeller } from './import-progress.ts';
import { documentFindings } from './packed-folder.ts';
import { placedIn, placeIn } from './placed-sink.ts';

export interface IngestRequest {
  readonly input: SourceInput;
  readonly format: Pick<Format, 'id' | 'version' | 'label' | 'read'>;
  readonly options: ReadOptions;
  /** Of the file, where it was hashed before. */
  readonly sha256Hex?: string;
  readonly facts: readonly Sentence[];
  /** Milliseconds since 1970, told by the caller: the layers read no clock for records. */
  readonly nowMs: number;
}

/**
 * Reads one source. On abort or when nothing at all could be kept the store is as it was; a file that breaks
 * half-way keeps what was read, with the break among its findings.
 * @param save writes what is new to disk; when it rejects, the store is as it was and the report says so.
 */
export async function ingest(
  store: EvidenceStore,
  request: IngestRequest,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
  save: () => Promise<void> = () => Promise.resolve()
): Promise<ImportReport> {
  const { input, format, options } = request;
  const tell = progressTeller(input.sizeBytes, onProgress);
  const { inside } = input;
  // A part of a container is held by the hash of the container, which was taken once for all of its parts.
  const hash =
    request.sha256Hex ??
    inside?.sha256Hex ??
    input.folder?.sha256Hex ??
    (await sha256Hex(input.blob, signal, (done) => tell('hashing', done, 0)));
  // With its log a database says more than it said alone; what both hold folds.
  const hasMore = (input.beside ?? []).length > 0;
  const held = hasMore ? undefined : store.sources.find((source) => isHeldAs(source, hash, inside?.path));
  if (held !== undefined) {
    const failure: Finding = {
      code: 'duplicate-folded',
      severity: 'failure',
      ...told(sentence('file-held', { file: input.name, held: held.name })),
      file: input.name,
      place: null
    };
    return { source: null, sum: held.sum, findings: [], failure };
  }
  const intake = new SourceIntake(store, store.sources.length, input.name);
  const watched = watch(intake, () => tell('reading', intake.bytesDone, intake.sum.seen));
  let failure: Finding | null = null;
  try {
    await format.read(input, options, placedIn(watched, inside?.placesFrom ?? ''), signal);
    signal.throwIfAborted();
  } catch (error) {
    if (signal.aborted) {
      intake.rollback();
      throw error;
    }
    if (!(error instanceof SourceError)) {
      intake.rollback();
      throw error;
    }
    const place = error.place === null ? null : placeIn(inside?.placesFrom ?? '', error.place);
    failure = { code: error.code, severity: 'failure', ...told(error.sentence), file: input.name, place };
    if (intake.sum.kept + intake.sum.folded === 0) {
      intake.rollback();
      return { source: null, sum: intake.sum, findings: intake.findings, failure };
    }
    intake.findings.push(failure);
  }
  if (input.folder !== undefined) intake.findings.push(...documentFindings(input.folder, input.name));
  nameOwner(store, options);
  intake.summarise();
  const info: SourceInfo = {
    name: input.name,
    sizeBytes: input.sizeBytes,
    sha256Hex: hash,
    ...(inside === undefined ? {} : { inside: inside.path }),
    formatId: format.id,
    formatVersion: format.version,
    // A password is for opening the file once; it is no part of the record.
    options: { ...options, password: undefined },
    sum: intake.sum,
    importedAtMs: request.nowMs,
    facts: request.facts,
    findings: intake.findings,
    devices: intake.devices
  };
  store.sources.push(info);
  tell('saving', input.sizeBytes, intake.sum.seen, true);
  try {
    await save();
  } catch (error) {
    store.sources.pop();
    intake.rollback();
    const reason = error instanceof Error ? error.message : String(error);
    const said = told(sentence('file-not-saved', { file: input.name, reason }));
    return {
      source: null,
      sum: intake.sum,
      findings: [],
      failure: { code: 'not-saved', severity: 'failure', ...said, file: input.name, place: null }
    };
  }
  intake.commit();
  tell('done', input.sizeBytes, intake.sum.seen, true);
  return {
    source: sourceRow(info, store.sources.length - 1, format.label),
    sum: intake.sum,
    findings: intake.findings,
    failure: null
  };
}

/** True where the source is the same bytes at the same place. @param path inside a container. */
export function isHeldAs(source: Pick<SourceInfo, 'sha256Hex' | 'inside'>, hash: string, path: string | undefined): boolean {
  return source.sha256Hex === hash && source.inside === path;
}

export function sourceRow(info: SourceInfo, index: number, formatLabel: string): SourceRow {
  const { name, sizeBytes, sha256Hex: hash, inside, formatId, formatVersion, sum, importedAtMs, facts } = info;
  return {
    id: sourceId(index),
    name,
    sizeBytes,
    sha256Hex: hash,
    ...(inside === undefined ? {} : { inside }),
    formatId,
    formatLabel,
    formatVersion,
    options: info.options as ReadOptions,
    sum,
    importedAtMs,
    facts
  };
}

/** Marks the accounts that carry the officer's number or handle for this device as its own. */
function nameOwner(store: EvidenceStore, { owner, region }: ReadOptions): void {
  if (owner === null || owner.identifier === '') return;
  const number = e164Of(owner.identifier, region);
  for (const [id, account] of store.directory.accounts.entries()) {
    const isOwn = number === undefined ? account.identifier === owner.identifier : account.e164 === number;
    if (isOwn) store.directory.setOwner(accountId(id), store.sources.length);
  }
}

/** The intake with a look at each progress call; bound once, so that the hot calls stay direct. */
function watch(intake: SourceIntake, onProgress: () => void): SourceIntake {
  const progress = intake.progress.bind(intake);
  intake.progress = (bytesDone: number): void => {
    progress(bytesDone);
    onProgress();
  };
  return intake;
}
