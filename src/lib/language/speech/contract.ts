/** The contract of speech models: samples in, time-coded lines with their doubts out. */
import type { LanguageCode } from '../contract.ts';

/** Samples a second that speech models hear. */
export const SPEECH_RATE_HZ = 16_000;

export interface SpokenLine {
  /** Milliseconds from the beginning of the recording. */
  readonly from_ms: number;
  readonly to_ms: number;
  readonly text: string;
  /** `QualityFlag` bits. */
  readonly flags: number;
  /** Mean natural-log probability of the line's tokens, as the model gave them under the rules of its time codes. */
  readonly meanLogProb: number;
  /** The model's own probability that the stretch holds no speech, 0 to 1. */
  readonly noSpeech: number;
}

export interface Heard {
  /** As the model names it, from the first half minute; 'und' where the model knows only one language and says none. */
  readonly language: LanguageCode;
  /** The model's probability for that language among those it knows; 1 where it knows but one. */
  readonly languageProb: number;
  readonly duration_ms: number;
  readonly lines: readonly SpokenLine[];
}

export interface Transcriber {
  readonly id: string;
  readonly modelSha256Hex: string;
  /**
   * @param samples 16 kHz, one channel, in pieces of any length; asked for as they are needed and held for half a minute
   * @param onProgress milliseconds of the recording that are done
   * @throws what `samples` throws, ModelFault; rejects with the signal's reason on abort
   */
  transcribe(
    samples: AsyncIterable<Float32Array>,
    signal: AbortSignal,
    onProgress?: (done_ms: number, lines: readonly SpokenLine[]) => void
  ): Promise<Heard>;
  dispose(): Promise<void>;
}
