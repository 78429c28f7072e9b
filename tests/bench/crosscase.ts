/** How long an exchange of 10,000 identifiers takes on either side, in one thread; a browser uses up to four workers. */
import { blinderHere } from '../../src/lib/analysis/crosscase/blinder.ts';
import { newSecret } from '../../src/lib/analysis/crosscase/group.ts';
import { blindedSet, commonKeys } from '../../src/lib/analysis/crosscase/protocol.ts';
import type { Figure } from './figure.ts';

const IDENTIFIERS = 10_000;
/** Of ten identifiers one is on both sides. */
const SHARED = 10;

export async function run({ scale = IDENTIFIERS }: { readonly scale?: number }): Promise<Figure[]> {
  const keys = (side: number): string[] =>
    Array.from({ length: scale }, (_, i) => `number:+4477009${String(i % SHARED === 0 ? i : i + side * scale).padStart(8, '0')}`);
  const blinder = blinderHere();
  const session = new Uint8Array(16).fill(1);
  const [a, b] = [newSecret(), newSecret()];
  const told = (): void => {};
  const seconds: Record<string, number> = {};
  const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const from = process.cpuUsage().user;
    const value = await work();
    seconds[step] = (process.cpuUsage().user - from) / 1e6;
    return value;
  };
  const request = await timed('request', () => blindedSet(blinder, session, keys(1), a, told));
  const answer = await timed('answer', async () => ({
    raised: await blinder.raise(request.points, b, told),
    set: await blindedSet(blinder, session, keys(2), b, told)
  }));
  const found = await timed('result', async () => {
    const raised = await blinder.raise(answer.set.points, a, told);
    return commonKeys(request.keys, answer.raised, raised);
  });
  const expected = Math.ceil(scale / SHARED);
  if (found.length !== expected) throw new Error(`${found.length} identifiers were found in place of ${expected}.`);
  return [
    { id: 'crosscase.identifiers', value: scale, unit: 'identifiers on either side' },
    { id: 'crosscase.points', value: request.keys.length, unit: 'points on either side, padding included' },
    { id: 'crosscase.request', value: seconds['request']!, unit: 's CPU' },
    { id: 'crosscase.answer', value: seconds['answer']!, unit: 's CPU' },
    { id: 'crosscase.result', value: seconds['result']!, unit: 's CPU' },
    {
      id: 'crosscase.found',
      value: found.length / expected,
      unit: 'of those that both have',
      target: '1',
      met: found.length === expected
    }
  ];
}
