/**
 * [Note: Encrypted blocks]
 * A block is deflated where that helps, then sealed with AES-256-GCM. The nonce is eight random bytes of this writer
 * and a counter, so that no two blocks under one key ever share it. What a block is (case, kind, schema, place in
 * the sequence) is bound into the seal: a block moved, renamed or taken from another case does not open.
 */
import type { BlockPort } from './block-port.ts';
import { randomBytes, wrapWith, type Wrapped } from './keys.ts';
import type { BlockRecord, CommitRecord } from './schema.ts';

/** What a sealed block is; bound into every seal, and apart from the schema of the database around it. */
const BLOCK_SCHEMA = 1;

/** A line of the log or a decision: what deflating would save is less than what it costs. */
const SMALL_BYTES = 512;

/** Enough to keep the disk and the cipher busy, at a few megabytes each. */
const BLOCKS_AHEAD = 4;

export interface StoredBlock {
  readonly seq: number;
  readonly kind: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A block that was damaged and came back from what is kept beside it. */
export interface MendedBlock {
  readonly seq: number;
  readonly kind: string;
}

/** A block that cannot be trusted, named so that a person can be told which. */
export class DamagedBlock extends Error {
  override readonly name = 'DamagedBlock';
  readonly seq: number;
  readonly kind: string;
  constructor(seq: number, kind: string, reason: string) {
    super(`Block ${seq} (${kind}) ${reason}.`);
    this.seq = seq;
    this.kind = kind;
  }
}

/** What was found under a number. */
type Loaded =
  | { readonly commit: CommitRecord; readonly bytes: Uint8Array<ArrayBuffer>; readonly damage: null }
  | { readonly commit: CommitRecord | undefined; readonly bytes: null; readonly damage: DamagedBlock };

export interface BlockAccess {
  /** The device's clock, milliseconds since 1970. */
  readonly now: () => number;
  /** True in a window that does not hold the case's lock: every `put` is refused. */
  readonly isReadOnly: boolean;
}

export class BlockStore {
  readonly #port: BlockPort;
  readonly #caseId: string;
  readonly #key: CryptoKey;
  readonly #now: () => number;
  readonly #isReadOnly: boolean;
  readonly #writer = randomBytes(8);
  #counter = 0;
  #last: CommitRecord | null;
  /** After a write that failed it is not known what stands. */
  #isUnsure = false;
  readonly #mended: MendedBlock[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(port: BlockPort, caseId: string, key: CryptoKey, access: BlockAccess, last: CommitRecord | null) {
    this.#port = port;
    this.#caseId = caseId;
    this.#key = key;
    this.#now = access.now;
    this.#isReadOnly = access.isReadOnly;
    this.#last = last;
  }

  static async open(port: BlockPort, caseId: string, key: CryptoKey, access: BlockAccess): Promise<BlockStore> {
    return new BlockStore(port, caseId, key, access, await port.last());
  }

  /** Number of the last committed block, 0 when there is none. */
  get lastSeq(): number {
    return this.#last?.seq ?? 0;
  }

  /** Blocks that came back while they were read. */
  get mended(): readonly MendedBlock[] {
    return this.#mended;
  }

  /** How many newer blocks this device once knew of and has no more. */
  get beyond(): number {
    return this.#port.beyond;
  }

  /** Seals and commits one block; resolves only once the browser says that it is on disk. */
  put(kind: string, bytes: Uint8Array): Promise<number> {
    if (this.#isReadOnly) return Promise.reject(new TypeError('This case is open for writing in another window.'));
    const turn = this.#queue.then(() => this.#put(kind, bytes));
    // A failed write must not stop the next: it goes on from the last commit that stands.
    this.#queue = turn.catch(() => {
      this.#isUnsure = true;
    });
    return turn;
  }

  /** Kinds of the blocks, in order, without reading them. */
  kinds(): Promise<string[]> {
    return this.#port.kinds();
  }

  /**
   * All blocks in the order of their commits. A block that is missing, changed or moved is told to `onLost` in its turn
   * and passed over; without it, DamagedBlock is thrown at the first.
   */
  async *readAll(onLost?: (damage: DamagedBlock) => void): AsyncGenerator<StoredBlock> {
    let previous: string | null = '';
    const last = this.lastSeq;
    const ahead: Promise<Loaded>[] = [];
    for (let seq = 1; seq <= last; seq++) {
      // The next blocks are fetched and unsealed, off this thread, while the caller works on this one.
      while (ahead.length < BLOCKS_AHEAD && seq + ahead.length <= last) {
        const loading = this.#load(seq + ahead.length);
        // A caller that stops early must leave no rejection that nobody hears.
        loading.catch(() => {});
        ahead.push(loading);
      }
      const { commit, bytes, damage } = await ahead.shift()!;
      const isMoved = commit !== undefined && previous !== null && commit.previous !== previous;
      previous = commit?.sha256Hex ?? null;
      if (damage === null && !isMoved) yield { seq, kind: commit.kind, bytes };
      else {
        const lost = damage ?? new DamagedBlock(seq, commit?.kind ?? 'unknown', 'does not follow the one before it');
        if (onLost === undefined) throw lost;
        onLost(lost);
      }
    }
  }

  async #load(seq: number): Promise<Loaded> {
    const { block, commit } = await this.#port.read(seq);
    try {
      if (commit === undefined) throw new DamagedBlock(seq, block?.kind ?? 'unknown', 'is missing');
      if (block === undefined) throw new DamagedBlock(seq, commit.kind, 'is missing');
      const sound = (await sha256Hex(block.cipher)) === commit.sha256Hex ? block : await this.#mend(block, commit);
      return { commit, bytes: await this.#unseal(sound, commit.kind), damage: null };
    } catch (error) {
      if (!(error instanceof DamagedBlock)) throw error;
      return { commit, bytes: null, damage: error };
    }
  }

  /** The block as it was, put together from what is kept beside it, and written back where that can be. */
  async #mend(block: BlockRecord, commit: CommitRecord): Promise<BlockRecord> {
    const cipher = await this.#port.rebuilt(block.seq);
    if (cipher === null || (await sha256Hex(cipher)) !== commit.sha256Hex)
      throw new DamagedBlock(block.seq, commit.kind, 'is not what was written');
    // Where it cannot be written back it comes back again at the next opening.
    await this.#port.rewrite(block.seq, cipher).catch(() => {});
    this.#mended.push({ seq: block.seq, kind: commit.kind });
    return { ...block, cipher };
  }

  /** Seals a few bytes that stand outside of the case, as the key of a case file. @param purpose bound into the seal */
  wrap(bytes: Uint8Array<ArrayBuffer>, purpose: string): Promise<Wrapped> {
    return wrapWith(this.#key, bytes, purpose);
  }

  /** Blocks and bytes at rest. */
  size(): Promise<{ blocks: number; bytes: number }> {
    return this.#port.size();
  }

  async #put(kind: string, bytes: Uint8Array): Promise<number> {
    if (this.#isUnsure) {
      await this.#port.refresh();
      this.#last = await this.#port.last();
      this.#isUnsure = false;
    }
    const seq = this.lastSeq + 1;
    const deflated = bytes.length < SMALL_BYTES ? null : await deflate(bytes);
    const isDeflated = deflated !== null && deflated.length < bytes.length;
    const nonce = new Uint8Array(12);
    nonce.set(this.#writer);
    new DataView(nonce.buffer).setUint32(8, this.#counter++);
    const plain = isDeflated ? deflated : new Uint8Array(bytes);
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: nonce, additionalData: this.#context(kind, seq) },
      this.#key,
      plain
    );
    const cipher = new Uint8Array(sealed);
    const commit: CommitRecord = {
      caseId: this.#caseId,
      seq,
      kind,
      sha256Hex: await sha256Hex(cipher),
      previous: this.#last?.sha256Hex ?? '',
      committedAtMs: this.#now()
    };
    await this.#port.append({ caseId: this.#caseId, seq, kind, nonce, isDeflated, cipher }, commit);
    this.#last = commit;
    return seq;
  }

  async #unseal(block: BlockRecord, kind: string): Promise<Uint8Array<ArrayBuffer>> {
    try {
      const context = this.#context(kind, block.seq);
      const plain = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: block.nonce, additionalData: context },
        this.#key,
        block.cipher
      );
      return block.isDeflated ? await inflate(new Uint8Array(plain)) : new Uint8Array(plain);
    } catch {
      throw new DamagedBlock(block.seq, kind, 'does not open with the key of this case');
    }
  }

  #context(kind: string, seq: number): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(`skein block|${this.#caseId}|${kind}|${BLOCK_SCHEMA}|${seq}`);
  }
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const deflate = (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => through(bytes, new CompressionStream('deflate-raw'));
const inflate = (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => through(bytes, new DecompressionStream('deflate-raw'));

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  // Not by way of a Blob and a Response: those pass the bytes through another process and back.
  const writer = (stream.writable as WritableStream<Uint8Array>).getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  // What fails on this side fails on the readable one too, and is heard there.
  written.catch(() => {});
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
