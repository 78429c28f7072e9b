/**
 * A dry run of one large operation: `npm run -s bench -- overnight [--scale 350000]`. All lines are made, identified,
 * split and masked; of the distinct segments two workers, side by side, translate a sample of their halves, by themselves and
 * behind the message before, and the whole is reckoned from that. No night is spent.
 */
import { inOwnProcess } from './own-process.ts';
import type { Figure } from './figure.ts';
import type { BenchOptions } from './index.ts';
import type { OvernightRun } from './overnight-run.ts';

const LINES = 350_000;
const SAMPLED = 3_000;
const WORKERS = 2;
const HOUR_MS = 3_600_000;
const NIGHT_H = 10;

export async function run({ scale = LINES }: BenchOptions): Promise<Figure[]> {
  const runs = await Promise.all(
    Array.from({ length: WORKERS }, (_, part) =>
      inOwnProcess<OvernightRun>(new URL('./overnight-run.ts', import.meta.url), [scale, SAMPLED, part, WORKERS].map(String))
    )
  );
  const first = runs[0] as OvernightRun;
  // The slower half decides when the work is done. Planning is done once a line, on either worker.
  const perSegment_ms = Math.max(...runs.map((run) => run.sampling_ms / run.sampled));
  const perBehind_ms = Math.max(...runs.map((run) => run.samplingBehind_ms / Math.max(1, run.sampledBehind)));
  const planning_ms = first.planning_ms / WORKERS;
  const hours = (segments: number, behind: number): number =>
    (planning_ms + (segments * perSegment_ms + behind * perBehind_ms) / WORKERS) / HOUR_MS;
  const whole = hours(first.distinct, first.distinctBehind);
  return [
    { id: 'overnight.lines', value: first.lines, unit: `lines, ${first.characters} characters` },
    {
      id: 'overnight.foreign',
      value: first.foreign,
      unit: `lines for the model, ${first.segments} segments, ${first.passages} times several together as well`
    },
    { id: 'overnight.phrases', value: first.fromBook, unit: 'of these stand whole in the phrase book' },
    { id: 'overnight.distinct', value: first.distinct, unit: 'distinct segments and passages, translated once each' },
    {
      id: 'overnight.behind',
      value: first.distinctBehind,
      unit: `different pairs of a line and the message before it, ${first.behind} lines, translated behind it as well`
    },
    { id: 'overnight.planning', value: first.planning_ms / 1000, unit: 's CPU to identify, split and mask all of them' },
    {
      id: 'overnight.rate',
      value: (1000 * WORKERS) / perSegment_ms,
      unit: `segments/s on ${WORKERS} cores (waits for a core taken off)`
    },
    {
      id: 'overnight.rate.behind',
      value: (1000 * WORKERS) / perBehind_ms,
      unit: 'lines behind a message a second'
    },
    {
      id: 'overnight.time',
      value: whole,
      unit: `hours on ${WORKERS} cores, reckoned from ${WORKERS * SAMPLED} segments and half as many lines behind a message`,
      target: `<= ${NIGHT_H}`,
      met: whole <= NIGHT_H
    },
    {
      id: 'overnight.time.unrepeated',
      value: hours(first.segments + first.passages, first.behind),
      unit: 'hours if no segment were ever repeated'
    },
    {
      id: 'overnight.memory',
      value: Math.max(...runs.map((run) => run.peakBytes)) / 2 ** 20,
      unit: 'MB over the start, one worker with all lines'
    }
  ];
}
