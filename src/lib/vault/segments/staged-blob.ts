/** Bytes that lie sealed in pieces, as a Blob; see [Note: Staged file]. */
import { RangedBlob } from '../../evidence/ranged-blob.ts';

/** Of the bytes in clear; the last piece is as long as what is left. */
export const PIECE_BYTES = 1 << 20;

/** The bytes of a staged file, unsealed as they are asked for: they lie nowhere in clear. */
export class StagedBlob extends RangedBlob {
  readonly #pieces: (index: number) => Promise<Uint8Array<ArrayBuffer>>;

  constructor(pieces: (index: number) => Promise<Uint8Array<ArrayBuffer>>, from: number, to: number) {
    super(from, to);
    this.#pieces = pieces;
  }

  protected override range(from: number, to: number): Blob {
    return new StagedBlob(this.#pieces, from, to);
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const whole = new Uint8Array(this.size);
    let at = 0;
    for await (const part of this.#parts()) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const parts = this.#parts();
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      }
    });
  }

  async *#parts(): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    for (let at = this.from; at < this.to;) {
      const index = Math.floor(at / PIECE_BYTES);
      const piece = await this.#pieces(index);
      const part = piece.subarray(at - index * PIECE_BYTES, Math.min(PIECE_BYTES, this.to - index * PIECE_BYTES));
      // A piece that is too short would be read for ever.
      if (part.length === 0) throw new RangeError('The staged file is shorter than it says.');
      yield part;
      at += part.length;
    }
  }
}
