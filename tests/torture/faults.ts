/** Every call to files, commit records and heads fails once, in three ways, before or after it took effect. */
import { blockKey, callsOfRun, faultRun } from '../fixtures/fault-run.ts';
import type { TortureSeries } from './series.ts';

const KINDS = ['quota', 'abort', 'unknown'] as const;
const MOMENTS = ['before', 'after'] as const;
const SHORT_EVERY = 9;

export const series: TortureSeries = {
  name: 'faults',
  // As many as the run makes calls, in each way: known once it was run.
  tries: Number.NaN,
  figure: 'the Nth storage call fails (quota, abort, unknown), for all N: readable to the last commit',
  async run({ short, report }) {
    const key = await blockKey();
    const calls = await callsOfRun(key);
    const failures: string[] = [];
    let tried = 0;
    for (const kind of KINDS) {
      for (const when of MOMENTS)
        for (let at = 1; at <= calls; at += short ? SHORT_EVERY : 1) {
          const failure = await faultRun({ at, kind, when }, key);
          if (failure !== '') failures.push(failure);
          tried++;
        }
      report(`${tried} tries`);
    }
    return {
      tried,
      failures,
      words: `${calls} calls in a run of 19 blocks, each failed in ${KINDS.length * MOMENTS.length} ways`
    };
  }
};
