/**
 * What stands in a case file, one frame after the other: type u8, flags u8, length of the name u16, bytes as they
 * stand u32, bytes before deflating u32 (big-endian), then the name and the bytes.
 */
import { RefusedFile } from './layout.ts';
import type { FileSealer, OpenedFile } from './seal-file.ts';

const FRAME_TYPES = ['manifest', 'block', 'checkpoint', 'end'] as const;
export type FrameType = (typeof FRAME_TYPES)[number];

export interface Frame {
  readonly type: FrameType;
  /** Kind of a block; '' for the other frames. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const HEAD_BYTES = 12;
const DEFLATED = 1;
/** A block holds 16,384 rows; the largest seen has some 40 MB. What states more was made by nobody's Skein. */
const MOST_FRAME_BYTES = 1 << 30;

export async function writeFrame(sealer: FileSealer, { type, name, bytes }: Frame): Promise<void> {
  const deflated = await through(bytes, new CompressionStream('deflate-raw'), bytes.length);
  const stored = deflated ?? bytes;
  const label = new TextEncoder().encode(name);
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  head[0] = FRAME_TYPES.indexOf(type);
  head[1] = deflated === null ? 0 : DEFLATED;
  view.setUint16(2, label.length);
  view.setUint32(4, stored.length);
  view.setUint32(8, bytes.length);
  await sealer.write(head);
  await sealer.write(label);
  await sealer.write(stored);
}

/** Frames in order, the end among them. @throws RefusedFile for damage, and where the content is no row of frames */
export async function* readFrames(file: OpenedFile): AsyncGenerator<Frame> {
  const reader = new ContentReader(file);
  while (await reader.hasMore()) {
    const startedAt = reader.offset;
    const refuse = (): RefusedFile => new RefusedFile({ code: 'damaged', part: 'content', ...file.placeOf(startedAt) });
    const head = await reader.take(HEAD_BYTES);
    const view = new DataView(head.buffer);
    const type = FRAME_TYPES[head[0] ?? -1];
    const stored_bytes = view.getUint32(4);
    const plain_bytes = view.getUint32(8);
    if (type === undefined || stored_bytes > MOST_FRAME_BYTES || plain_bytes > MOST_FRAME_BYTES) throw refuse();
    const name = new TextDecoder().decode(await reader.take(view.getUint16(2)));
    const stored = await reader.take(stored_bytes);
    const isDeflated = (head[1] ?? 0) === DEFLATED;
    const bytes = isDeflated ? await through(stored, new DecompressionStream('deflate-raw'), plain_bytes + 1) : stored;
    if (bytes?.length !== plain_bytes) throw refuse();
    yield { type, name, bytes };
  }
}

/** Takes pieces of stated lengths out of the chunks. */
class ContentReader {
  readonly #file: OpenedFile;
  readonly #chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>;
  #piece = new Uint8Array();
  /** Bytes that were taken. */
  offset = 0;

  constructor(file: OpenedFile) {
    this.#file = file;
    this.#chunks = file.content();
  }

  async hasMore(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return false;
      this.#piece = next.value;
    }
    return true;
  }

  /** A copy. @throws RefusedFile where the content ends before */
  async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array[] = [];
    // Memory is taken for what has come, and not for what a frame states.
    for (let filled = 0; filled < length;) {
      if (!(await this.hasMore())) {
        throw new RefusedFile({ code: 'damaged', part: 'content', ...this.#file.placeOf(this.offset) });
      }
      const part = this.#piece.subarray(0, length - filled);
      parts.push(part);
      this.#piece = this.#piece.subarray(part.length);
      filled += part.length;
      this.offset += part.length;
    }
    return joined(parts);
  }
}

/** Null once more than `most` bytes come out, which are then not made. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number
): Promise<Uint8Array<ArrayBuffer> | null> {
  const writer = (stream.writable as WritableStream<Uint8Array<ArrayBuffer>>).getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  // What fails on this side fails on the readable one too, and is heard there.
  written.catch(() => {});
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  try {
    for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) {
      length += part.value.length;
      if (length >= most) {
        await reader.cancel();
        return null;
      }
      parts.push(part.value);
    }
  } catch {
    // No deflated bytes.
    return null;
  }
  return joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
