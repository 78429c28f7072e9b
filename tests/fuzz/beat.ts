/**
 * The file that a run is at, where another process can read it while the run is busy or after it died: two numbers in a
 * small file, written in place. A message for each would cost more than many a file.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

const BEAT_BYTES = 8;

export class Beat {
  readonly #file: number;
  readonly #numbers = new Uint32Array(2);

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** @param part place of the reader in the run's job. @param n number of its mutant. */
  at(part: number, n: number): void {
    this.#numbers[0] = part;
    this.#numbers[1] = n;
    writeSync(this.#file, this.#numbers, 0, BEAT_BYTES, 0);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Null before the first file. */
export function beatOf(path: string): { readonly part: number; readonly n: number } | null {
  try {
    const bytes = readFileSync(path);
    if (bytes.length < BEAT_BYTES) return null;
    const [part = 0, n = 0] = new Uint32Array(new Uint8Array(bytes).buffer);
    return { part, n };
  } catch {
    return null;
  }
}
