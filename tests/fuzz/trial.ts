/** One damaged file through one reader: it ends in a sentence or with a sum that adds up, and in nothing else. */
import { CollectingSink } from '../fixtures/collecting-sink.ts';
import { NO_ABORT, type FormatFixture } from '../fixtures/format-fixture.ts';
import { MemoryBlob } from '../fixtures/memory-blob.ts';
import { SourceError } from '../../src/lib/evidence/findings.ts';
import { say } from '../../src/lib/evidence/wording/sentence.ts';
import type { Format } from '../../src/lib/formats/contract.ts';

/**
 * @param n number of the mutant: every twentieth is probed as well
 * @returns 'whole' where it was read to its end, 'stopped' where a sentence that names the file says why not
 * @throws Error that names mutant and fault: a bug of the reader
 */
export async function tryMutant(
  format: Format,
  fixture: FormatFixture,
  name: string,
  bytes: Uint8Array,
  n: number
): Promise<'whole' | 'stopped'> {
  const input = { name, sizeBytes: bytes.length, blob: new MemoryBlob(bytes) };
  const score = format.sniff({ name, sizeBytes: input.sizeBytes, bytes });
  if (!(score >= 0 && score <= 1)) throw new Error(`sniff gives ${score}`);
  const sink = new CollectingSink();
  let end: 'whole' | 'stopped' = 'whole';
  try {
    if (n % 20 === 0) await format.probe(input, fixture.options, NO_ABORT);
    await format.read(input, fixture.options, sink, NO_ABORT);
  } catch (error) {
    if (!(error instanceof SourceError)) throw new Error(String(error), { cause: error });
    // One clear sentence that names the file, in either language.
    if (!error.message.includes(name) || !say(error.sentence, 'fr').includes(name))
      throw new Error(`'${error.message}' does not name the file`, { cause: error });
    end = 'stopped';
  }
  sink.assertConserved();
  return end;
}
