/** A Blob of ours: a range of bytes that are fetched when they are asked for. What stands for it says how. */
export abstract class RangedBlob extends Blob {
  protected readonly from: number;
  protected readonly to: number;

  constructor(from: number, to: number) {
    super();
    this.from = from;
    this.to = to;
  }

  /** The same bytes from one place of the whole to another. */
  protected abstract range(from: number, to: number): Blob;
  abstract override bytes(): Promise<Uint8Array<ArrayBuffer>>;
  abstract override stream(): ReadableStream<Uint8Array<ArrayBuffer>>;

  override get size(): number {
    return this.to - this.from;
  }

  override slice(start = 0, end = this.size): Blob {
    const at = (offset: number): number => Math.max(0, Math.min(this.size, offset < 0 ? this.size + offset : offset));
    return this.range(this.from + at(start), this.from + Math.max(at(start), at(end)));
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }
}
