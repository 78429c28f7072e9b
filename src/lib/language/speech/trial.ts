/** A speech pack's first sound, before any of a case: it shows that the pack runs, and how fast. */
import { SPEECH_RATE_HZ, type Transcriber } from './contract.ts';

const SECONDS = 3;

/** A tone that rises through the range of voices: no speech, and the same on every device. */
function rising(): Float32Array {
  return Float32Array.from({ length: SECONDS * SPEECH_RATE_HZ }, (_, i) => {
    const t = i / SPEECH_RATE_HZ;
    return 0.3 * Math.sin(2 * Math.PI * (150 * t + 200 * t * t));
  });
}

/**
 * @returns what was written, as one text, so that two devices can be compared, and half-minute windows a second. A good
 * model may rightly write nothing.
 * @throws ModelFault when the model answers nonsense
 */
export async function trySpeech(model: Transcriber): Promise<{ texts: readonly string[]; messagesPerSecond: number }> {
  const signal = new AbortController().signal;
  const hear = async (): Promise<string> => {
    async function* sound(): AsyncGenerator<Float32Array> {
      yield rising();
    }
    const { language, lines } = await model.transcribe(sound(), signal);
    return `${language}: ${lines.map(({ from_ms, to_ms, text }) => `${from_ms}-${to_ms} ${text}`).join(' ')}`;
  };
  // The first run pays for compiling, which a case pays once.
  const first = await hear();
  const started = performance.now();
  const second = await hear();
  return { texts: [first, second], messagesPerSecond: 1000 / Math.max(1, performance.now() - started) };
}
