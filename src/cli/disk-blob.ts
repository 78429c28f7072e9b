/**
 * A file on disk as a Blob. Node's own (`fs.openAsBlob`, up to at least version 20) keeps the size in 32 bits: of a file of
 * five gigabytes it holds one, and says nothing. Nothing is held open between two reads.
 */
import { open, stat } from 'node:fs/promises';
import { RangedBlob } from '../lib/evidence/ranged-blob.ts';

/** As large as what readers take at once: a smaller piece costs a call more. */
const PIECE_BYTES = 1 << 20;

interface DiskFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly changedMs: number;
}

/** @throws the error of the system where there is no such file */
export async function diskBlob(path: string): Promise<Blob> {
  const { size, mtimeMs } = await stat(path);
  return new DiskBlob({ path, sizeBytes: size, changedMs: mtimeMs }, 0, size);
}

class DiskBlob extends RangedBlob {
  readonly #file: DiskFile;

  constructor(file: DiskFile, from: number, to: number) {
    super(from, to);
    this.#file = file;
  }

  protected override range(from: number, to: number): Blob {
    return new DiskBlob(this.#file, from, to);
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(this.size);
    for (let at = 0; at < bytes.length;) at += await this.#read(bytes.subarray(at), this.from + at);
    return bytes;
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let at = this.from;
    return new ReadableStream({
      pull: async (controller) => {
        if (at >= this.to) return controller.close();
        const piece = new Uint8Array(Math.min(PIECE_BYTES, this.to - at));
        const read = await this.#read(piece, at);
        at += read;
        controller.enqueue(read === piece.length ? piece : piece.slice(0, read));
      }
    });
  }

  /**
   * Opens, reads and closes: a stream that is left lying in the middle leaves nothing open.
   * @returns bytes read, one at least
   * @throws DOMException NotReadableError where the file is another since the Blob was made, as browsers do
   */
  async #read(into: Uint8Array, at: number): Promise<number> {
    const { path, sizeBytes, changedMs } = this.#file;
    const handle = await open(path);
    try {
      const now = await handle.stat();
      if (now.size !== sizeBytes || now.mtimeMs !== changedMs) throw changed(path);
      const { bytesRead } = await handle.read(into, 0, Math.min(into.length, PIECE_BYTES), at);
      if (bytesRead === 0) throw changed(path);
      return bytesRead;
    } finally {
      await handle.close();
    }
  }
}

const changed = (path: string): DOMException => new DOMException(`${path} changed while it was being read.`, 'NotReadableError');
