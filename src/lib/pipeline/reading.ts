/** The two ways in which an import comes by the records of its file: read now, or read ahead and told again. */
import type { Format, ReadOptions } from '../formats/contract.ts';
import type { SourcePart } from './contract.ts';
import { openPart } from './drop-desk.ts';
import type { IngestRequest } from './ingest.ts';
import { factsOf, tellAgain, type WholeReading } from './read-aside.ts';

type Reading = Pick<IngestRequest, 'input' | 'format' | 'facts' | 'sha256Hex'>;

/** @throws SourceError where a container no longer gives what a survey found in it. */
export async function readingNow(
  format: Format,
  asked: {
    readonly file: Blob;
    readonly name: string;
    readonly options: ReadOptions;
    readonly part: SourcePart | undefined;
  },
  signal: AbortSignal
): Promise<Reading> {
  const { file, name, options, part } = asked;
  const input = await openPart(file, name, part, signal, options.password);
  return { input, format, facts: await factsOf(format, input, options, signal) };
}

/** The bytes are not asked for again. */
export function readingOf(format: Format, whole: WholeReading, file: Blob): Reading {
  const { id, version, label } = format;
  return {
    input: { ...whole.input, blob: file },
    format: { id, version, label, read: (_input, _options, sink, signal) => tellAgain(whole, sink, signal) },
    facts: whole.facts,
    sha256Hex: whole.sha256Hex
  };
}
