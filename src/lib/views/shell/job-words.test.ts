import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { JobList } from '$lib/case/jobs.svelte.ts';
import { jobFailure, jobLine } from './job-words.ts';

it.each([
  [
    'token-outside: 99',
    'Translation stopped: the model for one of the languages failed. The model answers with words outside its own vocabulary.'
  ],
  [
    'damaged-here: onnx/encoder_model.onnx',
    'Translation stopped: the model for one of the languages failed. A file of the pack changed on this device'
  ],
  ['The translation worker failed: out of memory', 'The translation worker failed: out of memory']
])('says %j in words', (message, words) => {
  const job = new JobList().start('translation', '', {});
  job.end('failed', message);
  expect(jobFailure(job)).toContain(words);
});

describe('a job’s line', () => {
  beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));
  afterAll(() => vi.unstubAllGlobals());
  const start = () => new JobList().start('translation', '', { pause: () => {}, resume: () => {} });
  const time = { span_s: 250, linesPerSecond: 48.2, from: 'run' as const, measuredAtMs: 0, isAtMost: false };

  it('says before the first lines what waits and how long it will take here, and where that comes from', () => {
    const job = start();
    expect(jobLine(job)).toBe('starting');
    job.expect({ lines: 12_050, characters: 433_800, time });
    expect(jobLine(job)).toMatch(
      /^starting · 12,050 lines wait for translation \(433,800 characters\): about 4 mins? at 48 lines a second \(measured on this device in an earlier run, 1 Jan 1970, .*\)$/
    );
    job.expect({ lines: 1, characters: 9, time: { ...time, from: 'trial', isAtMost: true } });
    expect(jobLine(job)).toContain('1 line waits for translation (9 characters): 4 min');
    expect(jobLine(job)).toMatch(/at most, at 48 lines a second or more \(an estimate from a short trial on this device/);
    job.expect({ lines: 1, characters: 9, time: null });
    expect(jobLine(job)).toContain('how long is not known yet');
    job.report({ done: 5, total: 10, rate: 50, left_s: 0.1 });
    expect(jobLine(job)).toBe('5 of 10 · 50 lines/s · 1 sec left');
  });

  it('says who paused it', () => {
    const job = start();
    job.report({ done: 5, total: 10, rate: 50, left_s: 60 });
    job.pause('battery');
    expect(jobLine(job)).toBe('5 of 10 · paused: on battery');
    job.resume();
    job.pause();
    expect(jobLine(job)).toBe('5 of 10 · paused');
  });
});
