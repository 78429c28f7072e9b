/**
 * A file on disk as a Blob. Node's own (`fs.openAsBlob`, up to at least version 20) keeps the size in 32 bits: of a file of
 * five gigabytes it holds one, and says nothing. Nothing is held open between two reads.
 */
import { open, stat } from 'node:fs/promises';

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

class DiskBlob extends Blob {
  readonly #file: DiskFile;
  readonly #from: number;
  readonly #to: number;

  constructor(file: DiskFile, from: number, to: number) {
    super();
    this.#file = file;
    this.#from = from;
    this.#to = to;
  }

  override get size(): number {
    return this.#to - this.#from;
  }

  override slice(start = 0, end = this.size): Blob {
    const at = (offset: number): number => Math.max(0, Math.min(this.size, offset < 0 ? this.size + offset : offset));
    return new DiskBlob(this.#file, this.#from + at(start), this.#from + Math.max(at(start), at(end)));
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(this.size);
    let done = 0;
    for await (const piece of this.#pieces()) {
      bytes.set(piece, done);
      done += piece.length;
    }
    return bytes;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const pieces = this.#pieces();
    return new ReadableStream({
      async pull(controller) {
        const { value, done } = await pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return(undefined);
      }
    });
  }

  /** @throws DOMException NotReadableError where the file is another since the Blob was made, as browsers do */
  async *#pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
    if (this.size === 0) return;
    const { path, sizeBytes, changedMs } = this.#file;
    const handle = await open(path);
    try {
      const now = await handle.stat();
      if (now.size !== sizeBytes || now.mtimeMs !== changedMs) throw changed(path);
      for (let at = this.#from; at < this.#to;) {
        const piece = new Uint8Array(Math.min(PIECE_BYTES, this.#to - at));
        const { bytesRead } = await handle.read(piece, 0, piece.length, at);
        if (bytesRead === 0) throw changed(path);
        yield bytesRead === piece.length ? piece : piece.slice(0, bytesRead);
        at += bytesRead;
      }
    } finally {
      await handle.close();
    }
  }
}

const changed = (path: string): DOMException => new DOMException(`${path} changed while it was being read.`, 'NotReadableError');
