/** A pack's first lines, before any of a case: they show that it runs, what it says, and how fast. */
import type { TranslationEngine } from '../contract.ts';
import type { ModelManifest } from '../manifest.ts';

/** Enough for two batches of the usual size, short enough for a slow device. */
const LINES = 48;

/**
 * Runs the manifest's probe line alone, then many lines made of its words, timed.
 * @returns every text in order, so that two devices can be compared
 * @throws ModelFault when the model answers nonsense
 */
export async function tryPack(
  manifest: ModelManifest,
  engine: TranslationEngine
): Promise<{ texts: readonly string[]; messagesPerSecond: number }> {
  const { text, language } = manifest.probe ?? { text: 'ok', language: manifest.languages[0] ?? 'und' };
  const signal = new AbortController().signal;
  const words = text.split(/\s+/u).filter((word) => word !== '');
  // Rotations of the line of all lengths: different lines, so that batches are as mixed as a phone's.
  const lines = Array.from({ length: LINES }, (_, i) => {
    const from = i % words.length;
    return [...words.slice(from), ...words.slice(0, from)].slice(0, 1 + (i % Math.max(1, words.length))).join(' ');
  });
  // The first run pays for compiling, which a case pays once.
  const first = await engine.translate([text], signal, language);
  const started = performance.now();
  const outputs = await engine.translate(lines, signal, language);
  const messagesPerSecond = (1000 * LINES) / Math.max(1, performance.now() - started);
  return { texts: [...first, ...outputs].map((output) => output.text), messagesPerSecond };
}
