/**
 * [Note: Segments]
 * Blocks in files of the origin's private file system: block n lies in segment (n - 1) mod 16, after the one that was
 * there before. A block is written and flushed, then committed by a record in IndexedDB; that record is the moment from
 * which the block counts. The journal's line, the parity and the head come after it: where a crash cuts them off they lag,
 * and are written again when the case is next opened, or with the next block. See [Note: Three heads], [Note: Parity].
 */
import type { BlockPort } from '../block-port.ts';
import type { BlockRecord, CommitRecord } from '../schema.ts';
import { fromHex, toHex } from '../audit/merkle.ts';
import { isSoundCommit, journalCommits, journalLine, rootAfter, type SegmentCommit } from './commit.ts';
import { compareHeads } from './heads.ts';
import { addToParity, isSound, makeParity, mended, segmentOf, staleGroups } from './parity.ts';
import type { CommitShelf, HeadSlot, SegmentFile, SegmentFolder } from './ports.ts';
import { Reserve } from './room.ts';

const JOURNAL = 'journal';
const PARITY = 'parity';

export interface SegmentParts {
  readonly caseId: string;
  readonly folder: SegmentFolder;
  readonly shelf: CommitShelf;
  readonly heads: HeadSlot;
  /** A window that only reads looks at what the writing one has committed, and mends nothing. */
  readonly isReadOnly: boolean;
  /** Room that is kept for what officers write; see [Note: Reserve]. */
  readonly reserveBytes?: number;
  /** True while blocks come from another generation: none of them may take the reserve, whatever its kind. */
  readonly isCopy?: boolean;
  /** What the older generation has of a block, as long as it stands: see [Note: Generations]. */
  older?(seq: number): Promise<Uint8Array<ArrayBuffer> | null>;
}

export class SegmentBlocks implements BlockPort {
  readonly #parts: SegmentParts;
  readonly #reserve: Reserve;
  readonly #files = new Map<string, Promise<SegmentFile | null>>();
  /** Where the next block of each segment begins. */
  readonly #ends: number[] = [];
  #commits: (SegmentCommit | undefined)[] = [];
  #beyond = 0;
  #isJournalWhole = true;
  #isParityKnown = false;

  private constructor(parts: SegmentParts) {
    this.#parts = parts;
    this.#reserve = new Reserve(parts.folder, parts.reserveBytes);
  }

  /** Holds the three heads together and, where this window writes, mends whichever lags. */
  static async open(parts: SegmentParts): Promise<SegmentBlocks> {
    const blocks = new SegmentBlocks(parts);
    await blocks.#compare();
    if (!parts.isReadOnly) await blocks.#reserve.hold();
    return blocks;
  }

  get beyond(): number {
    return this.#beyond;
  }

  last(): Promise<CommitRecord | null> {
    return Promise.resolve(this.#commits.at(-1) ?? null);
  }

  kinds(): Promise<string[]> {
    return Promise.resolve(this.#commits.map((commit) => commit?.kind ?? 'unknown'));
  }

  async read(seq: number): Promise<{ block: BlockRecord | undefined; commit: CommitRecord | undefined }> {
    const commit = this.#commits[seq - 1];
    if (commit === undefined || !isSoundCommit(commit)) return { block: undefined, commit: undefined };
    const { caseId, kind, isDeflated, nonceHex } = commit;
    return { block: { caseId, seq, kind, nonce: fromHex(nonceHex), isDeflated, cipher: await this.#cipher(commit) }, commit };
  }

  async append(block: BlockRecord, commit: CommitRecord): Promise<void> {
    const made = await this.#reserve.spend(block.kind, () => this.#commit(block, commit), this.#parts.isCopy);
    this.#commits[made.seq - 1] = made;
    this.#ends[made.segment] = made.offset + made.length;
    // The block stands. What follows may lag and is caught up later.
    await this.#tell(made, block.cipher);
  }

  async rebuilt(seq: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const parity = await this.#file(PARITY);
    const made = parity === null ? null : await mended(parity, this.#commits, seq, (commit) => this.#cipher(commit));
    return made ?? (await this.#parts.older?.(seq)) ?? null;
  }

  async rewrite(seq: number, cipher: Uint8Array<ArrayBuffer>): Promise<void> {
    const commit = this.#commits[seq - 1];
    if (this.#parts.isReadOnly || commit === undefined) return;
    const file = await this.#segment(commit.segment);
    await file?.write(cipher, commit.offset);
    await file?.flush();
  }

  size(): Promise<{ blocks: number; bytes: number }> {
    let blocks = 0;
    let bytes = 0;
    for (const commit of this.#commits) {
      if (commit === undefined) continue;
      blocks++;
      bytes += commit.length;
    }
    return Promise.resolve({ blocks, bytes });
  }

  close(): void {
    for (const opening of this.#files.values()) void opening.then((file) => file?.close()).catch(() => {});
    this.#files.clear();
  }

  /** Also after a failure that left it open whether a commit stands. */
  async refresh(): Promise<void> {
    await this.#compare();
  }

  async #compare(): Promise<void> {
    const { caseId, shelf, heads, isReadOnly } = this.#parts;
    const [held, journal, head] = await Promise.all([shelf.all(), this.#journal(), heads.get(caseId).catch(() => null)]);
    const { commits, missingOnShelf, isJournalWhole, beyond } = compareHeads(held, journal.commits, head);
    this.#commits = [...commits];
    this.#beyond = Math.max(this.#beyond, beyond);
    this.#isJournalWhole = isJournalWhole && journal.isClean;
    this.#isParityKnown = false;
    this.#ends.length = 0;
    for (const commit of commits)
      if (commit !== undefined && isSoundCommit(commit)) this.#ends[commit.segment] = commit.offset + commit.length;
    if (isReadOnly) return;
    // What cannot be mended now, for want of room, lags on and hinders nobody from reading.
    if (missingOnShelf.length > 0) await shelf.add(missingOnShelf).catch(() => {});
    await this.#mendJournal().catch(() => {});
    const last = commits.at(-1);
    if (last !== undefined && (head?.seq !== last.seq || head.root !== last.root)) this.#tellHead(last);
  }

  /** Writes block and record. A record that fails and stands all the same counts. */
  async #commit(block: BlockRecord, commit: CommitRecord): Promise<SegmentCommit> {
    const segment = segmentOf(commit.seq);
    const offset = this.#ends[segment] ?? 0;
    const file = await this.#segment(segment);
    if (file === null) throw new Error('The segment cannot be written.');
    await file.write(block.cipher, offset);
    await file.flush();
    const made: SegmentCommit = {
      ...commit,
      segment,
      offset,
      length: block.cipher.length,
      nonceHex: toHex(block.nonce),
      isDeflated: block.isDeflated,
      root: await rootAfter(this.#commits.at(-1)?.root ?? '', commit.seq, commit.sha256Hex)
    };
    try {
      await this.#parts.shelf.add([made]);
    } catch (error) {
      const held = await this.#parts.shelf.all().catch(() => []);
      if (!held.some(({ seq, root }) => seq === made.seq && root === made.root)) throw error;
    }
    return made;
  }

  /** The journal's line, the parity and the head; each by itself. */
  async #tell(made: SegmentCommit, cipher: Uint8Array): Promise<void> {
    try {
      if (this.#isJournalWhole) {
        const journal = await this.#file(JOURNAL);
        // Counts as lagging until the line stands.
        this.#isJournalWhole = false;
        await journal?.write(journalLine(made), await journal.size());
        await journal?.flush();
        this.#isJournalWhole = true;
      } else await this.#mendJournal();
    } catch {
      this.#isJournalWhole = false;
    }
    try {
      const parity = await this.#file(PARITY);
      if (parity !== null) {
        if (this.#isParityKnown) await addToParity(parity, this.#commits, made.seq, cipher);
        else await this.#mendParity(parity);
        this.#isParityKnown = true;
      }
    } catch {
      this.#isParityKnown = false;
    }
    this.#tellHead(made);
  }

  /** Nobody waits for the page: a head that lags is told again with the next block. */
  #tellHead({ seq, root }: SegmentCommit): void {
    this.#parts.heads.set(this.#parts.caseId, { seq, root }).catch(() => {});
  }

  async #journal(): Promise<ReturnType<typeof journalCommits>> {
    const file = await this.#file(JOURNAL);
    return journalCommits(file === null ? new Uint8Array(0) : await file.read(0, await file.size()));
  }

  /** Writes the whole journal anew where it lags. A crash half-way leaves fewer lines, and the database's records. */
  async #mendJournal(): Promise<void> {
    if (this.#isJournalWhole) return;
    const file = await this.#file(JOURNAL);
    if (file === null) return;
    const lines = this.#commits.flatMap((commit) => (commit === undefined ? [] : [journalLine(commit)]));
    const length = lines.reduce((sum, line) => sum + line.length, 0);
    const whole = new Uint8Array(length);
    let at = 0;
    for (const line of lines) {
      whole.set(line, at);
      at += line.length;
    }
    await file.write(whole, 0);
    await file.truncate(length);
    await file.flush();
    this.#isJournalWhole = true;
  }

  /** A group with a damaged block keeps the parity that it has, which may still mend it. */
  async #mendParity(parity: SegmentFile): Promise<void> {
    for (const group of await staleGroups(parity, this.#commits)) {
      await makeParity(parity, this.#commits, group, (commit) => this.#sound(commit)).catch((error: unknown) => {
        if (!(error instanceof UnsoundBlock)) throw error;
      });
    }
  }

  async #cipher(commit: SegmentCommit): Promise<Uint8Array<ArrayBuffer>> {
    if (!isSoundCommit(commit)) return new Uint8Array(0);
    const { segment, offset, length } = commit;
    const file = await this.#segment(segment);
    return file === null ? new Uint8Array(0) : file.read(offset, length);
  }

  async #sound(commit: SegmentCommit): Promise<Uint8Array<ArrayBuffer>> {
    const cipher = await this.#cipher(commit);
    if (!(await isSound(commit, cipher))) throw new UnsoundBlock();
    return cipher;
  }

  #segment(segment: number): Promise<SegmentFile | null> {
    return this.#file(`segment-${String(segment).padStart(2, '0')}`);
  }

  /** Each file is opened once; one that could not be opened is tried again. */
  #file(name: string): Promise<SegmentFile | null> {
    const { folder, isReadOnly } = this.#parts;
    let opening = this.#files.get(name);
    if (opening === undefined) {
      opening = isReadOnly ? folder.peek(name) : folder.open(name);
      this.#files.set(name, opening);
      opening.catch(() => this.#files.delete(name));
    }
    return opening;
  }
}

class UnsoundBlock extends Error {
  override readonly name = 'UnsoundBlock';
}
