/** The half minute of a recording that a speech model hears at a time, over a stream that is read no further than that. */
import { SPEECH_RATE_HZ } from './contract.ts';

/** Whisper was trained on half minutes and takes nothing else. */
export const WINDOW_SAMPLES = 30 * SPEECH_RATE_HZ;

export class SpeechWindow {
  readonly #pieces: AsyncIterator<Float32Array>;
  /** Room for a window and for what a piece reaches beyond it. */
  #held = new Float32Array(WINDOW_SAMPLES);
  #length = 0;
  #isEnded = false;
  #start = 0;

  constructor(pieces: AsyncIterable<Float32Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Number of the window's first sample in the whole recording. */
  get start(): number {
    return this.#start;
  }
  /** Samples in the window; fewer than a whole window only at the recording's end. */
  get length(): number {
    return Math.min(this.#length, WINDOW_SAMPLES);
  }
  /** Samples that came so far. */
  get received(): number {
    return this.#start + this.#length;
  }
  /** The window's samples; valid until the next call. */
  get samples(): Float32Array {
    return this.#held.subarray(0, this.length);
  }

  /** Reads on until the window is full or the recording has ended. */
  async fill(): Promise<void> {
    while (!this.#isEnded && this.#length < WINDOW_SAMPLES) {
      const step = await this.#pieces.next();
      if (step.done === true) this.#isEnded = true;
      else this.#append(step.value);
    }
  }

  /** Moves on by so many samples, at most to the window's end. */
  advance(samples: number): void {
    const by = Math.min(samples, this.length);
    this.#held.copyWithin(0, by, this.#length);
    this.#length -= by;
    this.#start += by;
  }

  /** Lets the stream go, so that its decoder ends. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  #append(piece: Float32Array): void {
    if (this.#length + piece.length > this.#held.length) {
      const grown = new Float32Array(this.#length + piece.length + SPEECH_RATE_HZ);
      grown.set(this.#held.subarray(0, this.#length));
      this.#held = grown;
    }
    this.#held.set(piece, this.#length);
    this.#length += piece.length;
  }
}
