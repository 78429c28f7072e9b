/** An encoder's first texts, before any of a case: they show that it runs, that it tells texts apart, and how fast. */
import type { ModelManifest } from '../manifest.ts';
import { ModelFault } from '../model-fault.ts';
import type { SentenceEncoder } from './contract.ts';

const TEXTS = 12;

/**
 * @returns the first numbers of the probe's vector, as text, and texts of a dozen words a second
 * @throws ModelFault when the vectors are no numbers, nothing, or the same for every text
 */
export async function tryEncoder(
  manifest: ModelManifest,
  encoder: SentenceEncoder
): Promise<{ texts: readonly string[]; messagesPerSecond: number }> {
  const probe = manifest.probe?.text ?? 'where are you now';
  const { signal } = new AbortController();
  // The first run pays for compiling, which a case pays once.
  const first = await encoder.embed(probe, signal);
  const words = `${probe} ok 12 yes no`.split(/\s+/u);
  const lines = Array.from({ length: TEXTS }, (_, i) =>
    Array.from(words, (__, j) => words[(i + j * (i + 1)) % words.length]).join(' ')
  );
  const started = performance.now();
  let isAnother = false;
  for (const line of lines) {
    const vector = await encoder.embed(line, signal);
    if (vector.some((value, d) => value !== first[d])) isAnother = true;
  }
  const messagesPerSecond = (1000 * TEXTS) / Math.max(1, performance.now() - started);
  if (!isAnother || first.every((value) => value === 0))
    throw new ModelFault('not-a-model', 'onnx/model: one vector for every text');
  return { texts: [Array.from(first.subarray(0, 4), (value) => value.toFixed(3)).join(' ')], messagesPerSecond };
}
