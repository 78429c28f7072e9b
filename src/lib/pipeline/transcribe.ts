/** A voice note's file through decoder and model: what was heard, and why it ended early where it did. */
import { AudioFault } from '../audio/fault.ts';
import { monoSamples } from '../audio/mono-samples.ts';
import { SPEECH_RATE_HZ, type Heard, type Transcriber } from '../language/speech/contract.ts';
import type { TranscriptInput } from './voice-contract.ts';

export interface FileHeard extends Heard {
  readonly fault: TranscriptInput['fault'];
}

/**
 * Transcribes one file. A file that breaks off is heard as far as it goes, and `fault` says so.
 * @throws AudioFault where nothing of it can be heard, ModelFault; rejects with the signal's reason on abort
 */
export async function transcribeFile(
  transcriber: Transcriber,
  file: Blob,
  signal: AbortSignal,
  onProgress: (done_ms: number) => void = () => {}
): Promise<FileHeard> {
  let fault: AudioFault | null = null;
  async function* untilFault(): AsyncGenerator<Float32Array> {
    try {
      yield* monoSamples(file, SPEECH_RATE_HZ, signal);
    } catch (error) {
      if (!(error instanceof AudioFault)) throw error;
      fault = error;
    }
  }
  const heard = await transcriber.transcribe(untilFault(), signal, onProgress);
  const ended = fault as AudioFault | null;
  if (ended !== null && heard.duration_ms === 0) throw ended;
  return { ...heard, fault: ended === null ? null : { code: ended.code, detail: ended.detail } };
}
