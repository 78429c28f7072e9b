/** One file read to a tape, away from the case: hash, questions' facts and every call of its reader. */
import { SourceError, type FindingCode } from '../evidence/findings.ts';
import type { SourcePlace } from '../evidence/records.ts';
import type { EvidenceSink } from '../evidence/sink.ts';
import { SinkTape, type TapeBlock } from '../evidence/sink-tape.ts';
import { ToldAgain } from '../evidence/told-again.ts';
import { sentence, type Sentence } from '../evidence/wording/sentence.ts';
import type { FolderOrigin, Format, InsideOrigin, ReadOptions, SourceInput } from '../formats/contract.ts';
import { formatById } from '../formats/registry.ts';
import type { ImportProgress } from './contract.ts';
import { openPart } from './drop-desk.ts';
import { sha256Hex } from './hash.ts';
import { progressTeller } from './import-progress.ts';
import type { AheadFile } from './read-ahead-contract.ts';

/** A file as its reader gets it. */
export type AsideFile = Omit<AheadFile, 'ahead' | 'sizeBytes'>;

/** How a reading ended: at the file's end, or with a sentence why not; as plain data. */
export interface AsideEnd {
  /** Of the source, which may be a part of the file. */
  readonly input: {
    readonly name: string;
    readonly sizeBytes: number;
    readonly inside?: InsideOrigin;
    readonly folder?: FolderOrigin;
  };
  readonly sha256Hex: string;
  readonly facts: readonly Sentence[];
  readonly stop: {
    readonly code: FindingCode;
    readonly sentence: Sentence;
    readonly file: string;
    readonly place: SourcePlace | null;
  } | null;
}

/** A file that was read whole before its import. */
export interface WholeReading extends AsideEnd {
  readonly blocks: readonly TapeBlock[];
}

/**
 * Reads a source to blocks.
 * @throws SourceError where the way to the source in its container is gone; RangeError for an unknown format; the signal's
 * reason on abort.
 */
export async function readAside(
  { file, name, formatId, options, part }: AsideFile,
  emit: (block: TapeBlock) => void,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal
): Promise<AsideEnd> {
  const format = formatById(formatId);
  if (format === undefined) throw new RangeError(`There is no format ${formatId}.`);
  const input = await openPart(file, name, part, signal, options.password);
  const tell = progressTeller(input.sizeBytes, onProgress);
  const facts = await factsOf(format, input, options, signal);
  const { inside, folder } = input;
  const hash =
    inside?.sha256Hex ?? folder?.sha256Hex ?? (await sha256Hex(input.blob, signal, (done) => tell('hashing', done, 0)));
  let items = 0;
  const tape = new SinkTape(emit);
  const stopped = await format
    .read(
      input,
      options,
      watched(
        tape,
        (done) => tell('reading', done, items),
        () => items++
      ),
      signal
    )
    .then(
      () => null,
      (error: unknown) => {
        if (signal.aborted || !(error instanceof SourceError)) throw error;
        const { code, sentence, file: of, place } = error;
        return { code, sentence, file: of, place };
      }
    );
  signal.throwIfAborted();
  tape.end();
  const shape = {
    name: input.name,
    sizeBytes: input.sizeBytes,
    ...(inside === undefined ? {} : { inside }),
    ...(folder === undefined ? {} : { folder })
  };
  return { input: shape, sha256Hex: hash, facts, stop: stopped };
}

/** What the reader says of the source before it reads it, and what is said of a folder. */
export async function factsOf(
  format: Pick<Format, 'probe'>,
  input: SourceInput,
  options: ReadOptions,
  signal: AbortSignal
): Promise<readonly Sentence[]> {
  const { facts } = await format.probe(input, options, signal).catch(() => ({ facts: [] }));
  return input.folder === undefined ? facts : [...facts, sentence('folder-hashed', { files: input.folder.documents.length })];
}

/** The tape with a look at items and progress; bound once, so that the hot calls stay direct. */
function watched(tape: SinkTape, onProgress: (bytesDone: number) => void, onItem: () => void): EvidenceSink {
  const seen = tape.seen.bind(tape);
  const progress = tape.progress.bind(tape);
  tape.seen = (kind) => {
    onItem();
    seen(kind);
  };
  tape.progress = (bytesDone) => {
    progress(bytesDone);
    onProgress(bytesDone);
  };
  return tape;
}

/** Other work of the worker gets its turn after this. */
const TURN_MS = 40;

/**
 * A reading told to a sink as its reader would have told it.
 * @throws SourceError where the reader stopped with one; the signal's reason on abort.
 */
export async function tellAgain({ blocks, stop }: WholeReading, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const again = new ToldAgain(sink);
  let turn = performance.now();
  for (const block of blocks) {
    again.tell(block);
    if (performance.now() - turn < TURN_MS) continue;
    // A message that tells us to stop can only come in between.
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal.throwIfAborted();
    turn = performance.now();
  }
  if (stop !== null) throw new SourceError(stop.code, stop.sentence, stop.file, stop.place);
}
