/**
 * The report's list of exported files, for the size and SHA-256 of attachments. A phone has hundreds of
 * thousands, so each is 40 bytes here: size, hash, and two 64-bit keys (its id and its path in the zip).
 */
import { HashSet64 } from '../hash-set.ts';

/** Beyond this many files no more are remembered (attachments then lack size and hash, nothing else). */
const MOST_FILES = 4_000_000;

export interface TaggedFile {
  readonly sizeBytes: number | null;
  readonly sha256Hex: string;
}

export class TaggedFiles {
  readonly #keys = new HashSet64();
  #sizes = new Float64Array(256);
  #hashes = new Uint8Array(256 * 32);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** `sha256Hex` may be '' where the report has none. */
  add(id: string, localPath: string, sizeBytes: number | null, sha256Hex: string): void {
    if (this.#count >= MOST_FILES || (id === '' && localPath === '')) return;
    const row = this.#count++;
    if (row === this.#sizes.length) {
      const sizes = new Float64Array(row * 2);
      sizes.set(this.#sizes);
      this.#sizes = sizes;
      const hashes = new Uint8Array(row * 64);
      hashes.set(this.#hashes);
      this.#hashes = hashes;
    }
    this.#sizes[row] = sizeBytes ?? -1;
    if (/^[0-9a-f]{64}$/i.test(sha256Hex)) {
      for (let i = 0; i < 32; i++) this.#hashes[row * 32 + i] = parseInt(sha256Hex.slice(i * 2, i * 2 + 2), 16);
    }
    if (id !== '') this.#keys.put(`id ${id}`, row);
    if (localPath !== '') this.#keys.put(`path ${normal(localPath)}`, row);
  }

  /** By the id of the file, else by its path in the zip. */
  find(id: string, localPath: string): TaggedFile | null {
    if (this.#count === 0) return null;
    let row = id === '' ? -1 : this.#keys.find(`id ${id}`);
    if (row < 0 && localPath !== '') row = this.#keys.find(`path ${normal(localPath)}`);
    if (row < 0) return null;
    const size = this.#sizes[row] as number;
    let hex = '';
    let any = 0;
    for (let i = 0; i < 32; i++) {
      const byte = this.#hashes[row * 32 + i] as number;
      any |= byte;
      hex += byte.toString(16).padStart(2, '0');
    }
    return { sizeBytes: size < 0 ? null : size, sha256Hex: any === 0 ? '' : hex };
  }
}

function normal(path: string): string {
  return path.replace(/\\/g, '/').toLowerCase();
}
