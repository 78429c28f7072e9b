/** Short measurements of this device, in the order in which an import uses what is measured. */
import { startTranslateWorker } from '../jobs/translate.ts';
import { EVERYDAY_LINES } from '../language/everyday-lines.ts';

export interface PreflightFigure {
  readonly id: 'hash' | 'encrypt' | 'translate';
  /** MB/s for hash and encrypt, lines/s for translate. */
  readonly value: number;
}

const BYTES = 64e6;

/** Gives each figure as soon as it is measured. Rejects where translation cannot run here; earlier figures stand. */
export async function* preflight(): AsyncGenerator<PreflightFigure> {
  const bytes = new Uint8Array(BYTES);
  for (let at = 0; at < BYTES; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));

  let from = performance.now();
  await crypto.subtle.digest('SHA-256', bytes);
  yield { id: 'hash', value: megabytesPerSecond(from) };

  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  from = performance.now();
  await crypto.subtle.encrypt({ name: 'AES-GCM', iv: crypto.getRandomValues(new Uint8Array(12)) }, key, bytes);
  yield { id: 'encrypt', value: megabytesPerSecond(from) };

  const worker = await startTranslateWorker();
  try {
    // The first run pays for loading and compiling, which an import pays once.
    await worker.translate([{ id: 0, text: 'Bonjour à tous.' }]);
    from = performance.now();
    await worker.translate(EVERYDAY_LINES.map((text, id) => ({ id, text })));
    yield { id: 'translate', value: EVERYDAY_LINES.length / ((performance.now() - from) / 1000) };
  } finally {
    worker.end();
  }
}

function megabytesPerSecond(from: number): number {
  return BYTES / 1e6 / ((performance.now() - from) / 1000);
}
