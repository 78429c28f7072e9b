/** Sound as Whisper sees it: the logarithms of its mel bands, a hundred frames a second, always half a minute of them. */
import { WhisperFeatureExtractor } from '@huggingface/transformers';
import { SPEECH_RATE_HZ } from './contract.ts';
import { WINDOW_SAMPLES } from './window.ts';

/** What every Whisper model was trained on; only the number of bands differs between them. */
const FRAME = { n_fft: 400, hop_length: 160 } as const;
const FRAMES = WINDOW_SAMPLES / FRAME.hop_length;
/** Silence after the sound that is computed: past it no frame reaches back to the sound. */
const TAIL_FRAMES = 8;
/** Values lie on a scale of log10 / 4, cut off eight decades below the greatest and at 1e-10. */
const SPAN = 2;
const FLOOR = (-10 + 4) / 4;

/**
 * @param bands 80, or 128 in the newest models
 * @returns bands in rows of 3,000 frames; what is missing of half a minute is silence. That silence is filled in, not
 * computed: most voice notes are some seconds long, and the library takes as long over nothing as over speech.
 */
export function spectrogramOf(bands: number): (samples: Float32Array) => Promise<Float32Array> {
  const settings = {
    ...FRAME,
    feature_size: bands,
    sampling_rate: SPEECH_RATE_HZ,
    n_samples: WINDOW_SAMPLES,
    nb_max_frames: FRAMES
  };
  const extractor = new WhisperFeatureExtractor(settings);
  return async (samples) => {
    const frames = Math.min(FRAMES, Math.ceil(samples.length / FRAME.hop_length) + TAIL_FRAMES);
    const { input_features: found } = (await extractor(samples, { max_length: frames * FRAME.hop_length })) as {
      input_features: { data: Float32Array };
    };
    if (frames === FRAMES) return found.data;
    const loudest = found.data.reduce((most, value) => Math.max(most, value), FLOOR);
    const whole = new Float32Array(bands * FRAMES).fill(Math.max(FLOOR, loudest - SPAN));
    for (let band = 0; band < bands; band++) whole.set(found.data.subarray(band * frames, (band + 1) * frames), band * FRAMES);
    return whole;
  };
}
