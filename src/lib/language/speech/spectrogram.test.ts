import { WhisperFeatureExtractor } from '@huggingface/transformers';
import { expect, it } from 'vitest';
import { tone } from '../../../../tests/fixtures/audio/wav.ts';
import { spectrogramOf } from './spectrogram.ts';

it.each([
  ['nothing', new Float32Array(0)],
  ['silence', new Float32Array(20_000)],
  ['a moment', tone(440, 16_000, 0.21)],
  ['two seconds that end loud', tone(1200, 16_000, 2)],
  ['nearly half a minute', tone(700, 16_000, 29.97)]
])('agrees with the library over half a minute: %s', async (_, samples) => {
  const settings = {
    feature_size: 80,
    n_fft: 400,
    hop_length: 160,
    sampling_rate: 16_000,
    n_samples: 480_000,
    nb_max_frames: 3000
  };
  const whole = (await new WhisperFeatureExtractor(settings)(samples)) as { input_features: { data: Float32Array } };
  const expected = whole.input_features.data;
  const found = await spectrogramOf(80)(samples);
  expect(found.length).toBe(240_000);
  const worst = found.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] as number))), 0);
  expect(worst).toBeLessThan(1e-5);
});
