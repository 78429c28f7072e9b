/**
 * A case as frames: what it is, its blocks, the signed roots of its audit log, and an end that counts them. The root is
 * over the blocks' content and not over their seals, so that it is the same on every device.
 */
import * as v from 'valibot';
import { leafHash, MerkleTree, toHex } from '../audit/merkle.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { readFrames, writeFrame, type FrameType } from './frames.ts';
import { RefusedFile } from './layout.ts';
import type { FileSealer, OpenedFile } from './seal-file.ts';

/** Of what stands in a case file, and not of the database: where blocks lie on a device says nothing in a file. */
const SCHEMA = 3;

/** A block as it goes in and out: the kind and the bytes that the layer above packed. */
export interface PlainBlock {
  readonly kind: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface CaseManifest {
  readonly label: string;
  readonly createdAtMs: number;
  readonly isSample: boolean;
}

export interface ContentSum {
  readonly blocks: number;
  /** RFC 6962 root over kind and SHA-256 of each block, in order. */
  readonly root: string;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const MANIFEST = v.object({ schema: count, label: v.string(), createdAtMs: v.number(), isSample: v.boolean() });
const SUM = v.object({ blocks: count, root: v.string() });
const CHECKPOINT = v.object({
  size: count,
  root: v.string(),
  t: v.string(),
  build: v.string(),
  key: v.string(),
  signature: v.string()
});

/** Who has the key may have written anything: a frame is looked at before it is believed. */
function parsed<T>(shape: v.GenericSchema<unknown, T>, bytes: Uint8Array, refusal: RefusedFile): T {
  try {
    return v.parse(shape, JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw refusal;
  }
}

/** The root over blocks, while they go by. */
export class ContentRoot {
  readonly #tree = new MerkleTree();

  async add({ kind, bytes }: PlainBlock): Promise<void> {
    const hash = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    await this.#tree.add(await leafHash(JSON.stringify([kind, hash])));
  }

  async sum(): Promise<ContentSum> {
    return { blocks: this.#tree.size, root: await this.#tree.root() };
  }
}

export async function writeCase(
  sealer: FileSealer,
  manifest: CaseManifest,
  blocks: AsyncIterable<PlainBlock> | Iterable<PlainBlock>,
  checkpoints: readonly Checkpoint[],
  onBlock: (done: number) => void
): Promise<ContentSum> {
  const json = (type: FrameType, value: unknown): Promise<void> =>
    writeFrame(sealer, { type, name: '', bytes: new TextEncoder().encode(JSON.stringify(value)) });
  await json('manifest', { schema: SCHEMA, ...manifest });
  const root = new ContentRoot();
  let done = 0;
  for await (const { kind, bytes } of blocks) {
    await root.add({ kind, bytes });
    await writeFrame(sealer, { type: 'block', name: kind, bytes });
    onBlock(++done);
  }
  for (const checkpoint of checkpoints) await json('checkpoint', checkpoint);
  const sum = await root.sum();
  await json('end', sum);
  return sum;
}

export interface CaseTaker {
  manifest(manifest: CaseManifest): Promise<void>;
  block(block: PlainBlock): Promise<void>;
  checkpoint(checkpoint: Checkpoint): Promise<void>;
}

/**
 * Hands everything on in order and checks the end against it.
 * @throws RefusedFile for damage, and for a case that a newer version wrote
 */
export async function readCase(file: OpenedFile, taker: CaseTaker): Promise<ContentSum> {
  const root = new ContentRoot();
  const unlike = new RefusedFile({ code: 'damaged', part: 'content', ...file.placeOf(0) });
  let expected: FrameType[] = ['manifest'];
  let sum: ContentSum | null = null;
  for await (const { type, name, bytes } of readFrames(file)) {
    if (!expected.includes(type)) throw unlike;
    if (type === 'block') {
      await root.add({ kind: name, bytes });
      await taker.block({ kind: name, bytes });
      continue;
    }
    if (type === 'manifest') {
      const { schema, ...manifest } = parsed(MANIFEST, bytes, unlike);
      if (schema > SCHEMA) throw new RefusedFile({ code: 'newer-version' });
      await taker.manifest(manifest);
      expected = ['block', 'checkpoint', 'end'];
    } else if (type === 'checkpoint') {
      await taker.checkpoint(parsed(CHECKPOINT, bytes, unlike));
      expected = ['checkpoint', 'end'];
    } else {
      sum = parsed(SUM, bytes, unlike);
      expected = [];
    }
  }
  const found = await root.sum();
  if (sum === null || sum.root !== found.root || sum.blocks !== found.blocks) throw unlike;
  return found;
}
