/** Between an inflater, which gives small pieces as it goes, and a reader, which asks for large ones. */

/** Inflated bytes that a reader gets in one piece: what it waits for at the end of one is looked at again in the next. */
const GIVEN_AT_ONCE = 256 * 1024;

/**
 * A stream to write to and a row of larger pieces to read. The writer waits while a piece is with the reader. A stream
 * through a TransformStream took two promises more for every sixteen kilobytes.
 */
export class Outflow {
  readonly writable: WritableStream<Uint8Array>;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  readonly #lent: Uint8Array | null;
  #isEnded = false;
  #wakeReader: (() => void) | null = null;
  #wakeWriter: (() => void) | null = null;

  /**
   * @param accept sees every part first; what it throws fails the stream.
   * @param lends one buffer serves for all pieces: each is good until the next is asked for.
   */
  constructor(accept: (part: Uint8Array) => void, lends: boolean) {
    this.#lent = lends ? new Uint8Array(GIVEN_AT_ONCE) : null;
    this.writable = new WritableStream<Uint8Array>({
      write: (part) => {
        // A reader that left in the middle leaves some parts on their way.
        if (this.#isEnded) return;
        try {
          accept(part);
        } catch (error) {
          // The inflater may be long in noticing; the reader is told at once.
          this.end();
          throw error;
        }
        this.#parts.push(part);
        this.#bytes += part.length;
        if (this.#bytes < GIVEN_AT_ONCE) return;
        this.#wakeReader?.();
        return new Promise<void>((resolve) => (this.#wakeWriter = resolve));
      }
    });
  }

  /** Nothing more will be written, or nothing more will be read: nobody waits from here on. */
  end(): void {
    this.#isEnded = true;
    this.#wakeReader?.();
    this.#wakeWriter?.();
  }

  /** The next piece; empty when the stream has ended and all is given. */
  async next(): Promise<Uint8Array> {
    if (this.#bytes < GIVEN_AT_ONCE && !this.#isEnded) {
      await new Promise<void>((resolve) => (this.#wakeReader = resolve));
      this.#wakeReader = null;
    }
    return this.rest();
  }

  /** What was written and not given yet; may be empty. */
  rest(): Uint8Array {
    const [first] = this.#parts;
    if (first === undefined) return new Uint8Array(0);
    let whole = first;
    if (this.#parts.length > 1) {
      const lent = this.#lent;
      whole = lent !== null && this.#bytes <= lent.length ? lent.subarray(0, this.#bytes) : new Uint8Array(this.#bytes);
      let at = 0;
      for (const part of this.#parts) {
        whole.set(part, at);
        at += part.length;
      }
    }
    [this.#parts, this.#bytes] = [[], 0];
    this.#wakeWriter?.();
    this.#wakeWriter = null;
    return whole;
  }
}
