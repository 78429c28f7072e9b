/**
 * Pieces one after the other as one Blob, of which nothing is copied. The browser's own Blob takes the bytes of its pieces when
 * it is made, and finds none in Blobs of ours, which give their bytes when they are asked (a sealed copy, a file in Node).
 */
import { RangedBlob } from '../../evidence/ranged-blob.ts';

type Piece = Uint8Array<ArrayBuffer> | Blob;

interface Placed {
  readonly piece: Piece;
  readonly from: number;
  readonly to: number;
}

/** As large as what readers take at once. */
const STREAM_BYTES = 1 << 20;

export function joinedBlob(pieces: readonly Piece[]): Blob {
  let at = 0;
  const placed = pieces.map((piece): Placed => {
    const from = at;
    at += piece instanceof Blob ? piece.size : piece.length;
    return { piece, from, to: at };
  });
  return new JoinedBlob(placed, 0, at);
}

class JoinedBlob extends RangedBlob {
  /** Those that lie in it, in their order. */
  readonly #placed: readonly Placed[];

  constructor(placed: readonly Placed[], from: number, to: number) {
    super(from, to);
    this.#placed = placed.slice(firstBehind(placed, from), firstFrom(placed, to));
  }

  protected override range(from: number, to: number): Blob {
    return new JoinedBlob(this.#placed, from, to);
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const whole = new Uint8Array(this.size);
    for (const { piece, from, to } of this.#placed) {
      const [first, end] = [Math.max(from, this.from), Math.min(to, this.to)];
      const part = piece.slice(first - from, end - from);
      whole.set(part instanceof Blob ? new Uint8Array(await part.arrayBuffer()) : part, first - this.from);
    }
    return whole;
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let at = 0;
    return new ReadableStream({
      pull: async (controller) => {
        if (at >= this.size) return controller.close();
        controller.enqueue(new Uint8Array(await this.slice(at, (at += STREAM_BYTES)).arrayBuffer()));
      }
    });
  }
}

/** Of pieces in their order the first that ends behind a place. */
function firstBehind(placed: readonly Placed[], place: number): number {
  return search(placed, ({ to }) => to > place);
}

function firstFrom(placed: readonly Placed[], place: number): number {
  return search(placed, ({ from }) => from >= place);
}

/** The first for which it holds, where it holds for all after it. */
function search(placed: readonly Placed[], holds: (one: Placed) => boolean): number {
  let [low, high] = [0, placed.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(placed[middle] as Placed)) high = middle;
    else low = middle + 1;
  }
  return low;
}
