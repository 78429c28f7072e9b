/**
 * [Note: Reserve]
 * A file of a few megabytes beside the segments that holds nothing. Where the disk or the browser's quota is full, an
 * import stops and says so; what an officer writes (a note, a decision, a line of the audit log) gives the file up and is
 * tried once more. It is put back as soon as there is room.
 */
import { randomBytes } from '../keys.ts';
import type { SegmentFile, SegmentFolder } from './ports.ts';

const NAME = 'reserve';
/** Thousands of lines of the audit log, or an officer's notes of weeks. */
const RESERVE_BYTES = 4 * 2 ** 20;
/** What may be asked of the browser's random numbers at once. */
const PIECE_BYTES = 2 ** 16;

/** Blocks that come in bulk: they are read from a file or made by a model again, so the reserve is not for them. */
const BULK: ReadonlySet<string> = new Set(['begin', 'messages', 'calls', 'rest', 'directory', 'translations']);

/** The block was not kept, because there is no room for it. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
  constructor() {
    super('There is no room left on this device, or in what the browser gives to Skein. What was saved before is safe.');
  }
}

/** Also where a transaction was aborted for it, or a file took fewer bytes than it was given. */
export const isFull = (error: unknown): boolean => error instanceof Error && error.name === 'QuotaExceededError';

export class Reserve {
  readonly #folder: SegmentFolder;
  readonly #bytes: number;
  #isHeld = false;

  constructor(folder: SegmentFolder, bytes = RESERVE_BYTES) {
    this.#folder = folder;
    this.#bytes = bytes;
  }

  /** Makes the file as long as it should be; where there is no room for all of it, it takes what there is. */
  async hold(): Promise<void> {
    let file: SegmentFile | null = null;
    try {
      file = await this.#folder.open(NAME);
      const piece = randomBytes(Math.min(PIECE_BYTES, this.#bytes));
      // Written and not only lengthened: some disks give no room to a file of nothing.
      for (let at = await file.size(); at < this.#bytes; at += piece.length) await file.write(piece, at);
      this.#isHeld = true;
    } catch {
      this.#isHeld = false;
    } finally {
      file?.close();
    }
  }

  /** Gives the room back. @returns false where there was none to give */
  async release(): Promise<boolean> {
    const file = await this.#folder.open(NAME);
    try {
      this.#isHeld = false;
      if ((await file.size()) === 0) return false;
      await file.truncate(0);
      await file.flush();
      return true;
    } finally {
      file.close();
    }
  }

  /**
   * Does `write`; where that has no room and the kind of block may, the reserve is given up for a second try.
   * @param isBulk true where it may not
   */
  async spend<R>(kind: string, write: () => Promise<R>, isBulk = BULK.has(kind)): Promise<R> {
    // Room that was given up for notes is not for the next import.
    if (isBulk && !this.#isHeld) await this.hold();
    if (isBulk && !this.#isHeld) throw new DiskFull();
    try {
      return await write();
    } catch (error) {
      if (!isFull(error)) throw error;
      if (isBulk || !(await this.release().catch(() => false))) throw new DiskFull();
    }
    try {
      return await write();
    } catch (error) {
      throw isFull(error) ? new DiskFull() : error;
    }
  }
}
