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

/** Enough to keep the disk and the cipher busy, at a few megabytes each. */
const BLOCKS_AHEAD = 4;

export interface StoredBlock {
  readonly seq: number;
  readonly kind: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
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

  /** Seals and commits one block; resolves only once the browser says that it is on disk. */
  put(kind: string, bytes: Uint8Array): Promise<number> {
    if (this.#isReadOnly) return Promise.reject(new TypeError('This case is open for writing in another window.'));
    const turn = this.#queue.then(() => this.#put(kind, bytes));
    // A failed write must not stop the next: it goes on from the last commit that stands.
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /** Kinds of the blocks, in order, without reading them. */
  kinds(): Promise<string[]> {
    return this.#port.kinds();
  }

  /** All blocks in the order of their commits. Throws DamagedBlock at the first that is missing, changed or moved. */
  async *readAll(): AsyncGenerator<StoredBlock> {
    let previous = '';
    const last = this.lastSeq;
    const ahead: Promise<{ commit: CommitRecord; bytes: Uint8Array<ArrayBuffer> }>[] = [];
    for (let seq = 1; seq <= last; seq++) {
      // The next blocks are fetched and unsealed, off this thread, while the caller works on this one.
      while (ahead.length < BLOCKS_AHEAD && seq + ahead.length <= last) {
        const loading = this.#load(seq + ahead.length);
        // A caller that stops early must leave no rejection that nobody hears.
        loading.catch(() => {});
        ahead.push(loading);
      }
      const { commit, bytes } = await ahead.shift()!;
      if (commit.previous !== previous) throw new DamagedBlock(seq, commit.kind, 'does not follow the one before it');
      previous = commit.sha256Hex;
      yield { seq, kind: commit.kind, bytes };
    }
  }

  async #load(seq: number): Promise<{ commit: CommitRecord; bytes: Uint8Array<ArrayBuffer> }> {
    const { block, commit } = await this.#port.read(seq);
    if (block === undefined || commit === undefined)
      throw new DamagedBlock(seq, block?.kind ?? commit?.kind ?? 'unknown', 'is missing');
    if ((await sha256Hex(block.cipher)) !== commit.sha256Hex) throw new DamagedBlock(seq, commit.kind, 'is not what was written');
    return { commit, bytes: await this.#unseal(block, commit.kind) };
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
    const seq = this.lastSeq + 1;
    const deflated = await deflate(bytes);
    const isDeflated = deflated.length < bytes.length;
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
