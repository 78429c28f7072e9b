/**
 * Sample rate conversion in a stream: what comes out does not depend on how the input is cut into pieces.
 *
 * [Note: Resampling] A rate from / to is L / M in lowest terms. Output n stands at input place n * M / L; it is the sum of
 * the inputs around that place, each weighted by a low-pass filter: sinc, cut off at 95 % of the lower Nyquist rate, under a
 * Kaiser window of 16 zero crossings a side (beta 9: about 90 dB down). The place's fraction takes only L values, so
 * the weights are L rows of a table (Smith, "Digital Audio Resampling", https://ccrma.stanford.edu/~jos/resample/).
 */
const CROSSINGS = 16;
const BETA = 9;
/** Share of the lower Nyquist rate that passes: the window needs the rest to fall. */
const PASS = 0.95;

/** Rates that files of sound state; anything else is a lie or an error. */
export const RATES_HZ = { least: 4000, most: 384_000 } as const;

export class Resampler {
  readonly #up: number;
  readonly #down: number;
  /** Inputs that weigh in on each side of an output. */
  readonly #reach: number;
  readonly #weights: Float32Array;
  readonly #taps: number;
  /** Inputs not yet done with; `#first` is the number of its first one in the whole stream. */
  #held: Float32Array;
  #length: number;
  #first: number;
  #received = 0;
  /** Number of the next output. */
  #next = 0;

  /** @throws RangeError for a rate outside `RATES_HZ` */
  constructor(from_hz: number, to_hz: number) {
    for (const rate of [from_hz, to_hz]) {
      if (!Number.isInteger(rate) || rate < RATES_HZ.least || rate > RATES_HZ.most) throw new RangeError(`${rate} Hz`);
    }
    const common = divisor(from_hz, to_hz);
    this.#up = to_hz / common;
    this.#down = from_hz / common;
    const cutoff = PASS * Math.min(1, to_hz / from_hz);
    this.#reach = Math.ceil(CROSSINGS / cutoff);
    this.#taps = 2 * this.#reach;
    this.#weights = new Float32Array(this.#up * this.#taps);
    for (let phase = 0; phase < this.#up; phase++) {
      for (let tap = 0; tap < this.#taps; tap++) {
        const distance = tap - this.#reach + 1 - phase / this.#up;
        this.#weights[phase * this.#taps + tap] = filterAt(distance, cutoff);
      }
    }
    // Silence before the beginning, so that the first outputs have both their sides.
    this.#held = new Float32Array(this.#reach + 8192);
    this.#length = this.#reach;
    this.#first = -this.#reach;
  }

  /** Takes the next inputs and gives the outputs that they complete. */
  push(samples: Float32Array): Float32Array {
    this.#received += samples.length;
    this.#append(samples);
    return this.#outputs(Math.ceil(((this.#received - this.#reach) * this.#up) / this.#down));
  }

  /** The outputs that are left: as many in all as the input's length asks for. */
  end(): Float32Array {
    this.#append(new Float32Array(this.#reach + 1));
    return this.#outputs(Math.ceil((this.#received * this.#up) / this.#down));
  }

  #append(samples: Float32Array): void {
    if (this.#length + samples.length > this.#held.length) {
      const grown = new Float32Array((this.#length + samples.length) * 2);
      grown.set(this.#held.subarray(0, this.#length));
      this.#held = grown;
    }
    this.#held.set(samples, this.#length);
    this.#length += samples.length;
  }

  #outputs(until: number): Float32Array {
    const count = Math.max(0, until - this.#next);
    const out = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      const place = (this.#next + i) * this.#down;
      const whole = Math.floor(place / this.#up);
      const row = (place - whole * this.#up) * this.#taps;
      const from = whole - this.#reach + 1 - this.#first;
      let sum = 0;
      for (let tap = 0; tap < this.#taps; tap++) sum += (this.#weights[row + tap] as number) * (this.#held[from + tap] as number);
      out[i] = sum;
    }
    this.#next += count;
    const done = Math.floor((this.#next * this.#down) / this.#up) - this.#reach + 1 - this.#first;
    if (done > 0) {
      this.#held.copyWithin(0, done, this.#length);
      this.#length -= done;
      this.#first += done;
    }
    return out;
  }
}

/** The filter's weight for an input `distance` inputs away. */
export function filterAt(distance: number, cutoff: number): number {
  const x = (distance * cutoff) / CROSSINGS;
  if (Math.abs(x) >= 1) return 0;
  const angle = Math.PI * distance * cutoff;
  const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
  return (cutoff * sinc * bessel(BETA * Math.sqrt(1 - x * x))) / bessel(BETA);
}

/** Modified Bessel function of the first kind, order 0, by its series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
