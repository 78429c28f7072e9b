/**
 * What is done once more where an import was stopped: its reader begins at the file's start, the hash of the file is known.
 * Seconds of the processor for a stop at the very end, with the hash and as it would be without; and how many messages one
 * second reads, which is how large an import may be for no stop to cost more than that.
 */
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { formatById } from '../../src/lib/formats/registry.ts';
import { sha256Hex } from '../../src/lib/pipeline/hash.ts';
import { ingest } from '../../src/lib/pipeline/ingest.ts';
import { bytesInput } from '../fixtures/format-fixture.ts';
import { against, type Figure } from './figure.ts';
import { subjects } from './ingest-readers.ts';
import { leastCpu } from './measure.ts';

const MESSAGES = 20_000;
const RUNS = 2;
const { signal } = new AbortController();

export async function run({ scale = MESSAGES }: { scale?: number }): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { format: id, file, text, options } of subjects(scale)) {
    const format = formatById(id)!;
    const input = bytesInput(file, text);
    const known = { ...input, sha256Hex: await sha256Hex(input.blob, signal) };
    const read = async (source: typeof input): Promise<number> => {
      const store = new EvidenceStore();
      const report = await ingest(store, { input: source, format, options, facts: [], nowMs: 0 }, () => {}, signal);
      if (report.failure !== null) throw new Error(report.failure.message);
      return store.messages.length;
    };
    const once = await leastCpu(RUNS, () => read(known));
    const twice = await leastCpu(RUNS, () => read(input));
    const repeated_s = once.value_ms / 1000;
    const unit = `s CPU, ${once.result} messages in ${(input.sizeBytes / 1e6).toFixed(1)} MB`;
    figures.push(against(`resume.${id}`, repeated_s, unit, 'hashed once more', twice.value_ms / 1000), {
      id: `resume.${id}.within`,
      value: Math.floor(once.result / repeated_s),
      unit: 'messages are read again in 1 s of the processor'
    });
  }
  return figures;
}
