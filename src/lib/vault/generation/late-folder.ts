/**
 * Files whose flushes wait until all is written. Of a generation that nothing points to no part counts before the whole
 * does, so one flush a file says as much as one a block, at a fraction of the time.
 */
import type { SegmentFile, SegmentFolder } from '../segments/ports.ts';

export class LateFolder implements SegmentFolder {
  readonly #folder: SegmentFolder;
  readonly #open = new Set<SegmentFile>();

  constructor(folder: SegmentFolder) {
    this.#folder = folder;
  }

  async open(name: string): Promise<SegmentFile> {
    const file = await this.#folder.open(name);
    this.#open.add(file);
    return {
      size: () => file.size(),
      read: (at, length) => file.read(at, length),
      write: (bytes, at) => file.write(bytes, at),
      truncate: (length) => file.truncate(length),
      flush: () => Promise.resolve(),
      close: () => {
        this.#open.delete(file);
        file.close();
      }
    };
  }

  peek(name: string): Promise<SegmentFile | null> {
    return this.#folder.peek(name);
  }

  remove(name: string): Promise<void> {
    return this.#folder.remove(name);
  }

  names(): Promise<string[]> {
    return this.#folder.names();
  }

  /** Resolves once all that was written is on disk, of files that are still open: parity too, which else has no flush. */
  async settle(): Promise<void> {
    for (const file of this.#open) await file.flush();
  }
}
