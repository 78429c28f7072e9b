import { expect, it } from 'vitest';
import { JobList } from '$lib/case/jobs.svelte.ts';
import { jobFailure } from './job-words.ts';

it.each([
  ['token-outside: 99', "Translation stopped: the model for one of the languages failed. The model answers with words outside its own vocabulary."],
  ['damaged-here: onnx/encoder_model.onnx', 'Translation stopped: the model for one of the languages failed. A file of the pack changed on this device'],
  ['The translation worker failed: out of memory', 'The translation worker failed: out of memory']
])('says %j in words', (message, words) => {
  const job = new JobList().start('translation', '', {});
  job.end('failed', message);
  expect(jobFailure(job)).toContain(words);
});
