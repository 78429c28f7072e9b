/** Telephone calls: the organiser's main channel, and those of everyday life. */
import { END_MS, HOUR_MS, MINUTE_MS, START_MS, DAY_MS, londonOffsetMinutes } from './clock.ts';
import { castMember, type Person } from './people.ts';
import { Stream } from './random.ts';
import { ownerOf, type Device } from './threads.ts';

export interface Call {
  readonly atMs: number;
  readonly from: Person;
  readonly to: Person;
  readonly durationS: number;
  readonly missed: boolean;
}

/** Pairs of a phone's owner with someone: calls a day, share made by the owner, longest in seconds. */
const PAIRS: readonly [Device, string, number, number, number][] = [
  ['A', 'ray', 2.3, 0.2, 150],
  ['A', 'vitor', 0.7, 0.7, 120],
  ['A', 'carla', 0.35, 0.5, 300],
  ['A', 'mathieu', 0.1, 0.4, 240],
  ['A', 'kez', 0.08, 0.5, 60],
  ['A', 'costel', 0.12, 0.9, 60],
  ['A', 'duarte', 0.1, 0.9, 60],
  ['A', 'wilmer', 0.12, 0.9, 60],
  ['A', 'benoit', 0.08, 0.9, 60],
  ['A', 'craig', 0.12, 0.9, 60],
  ['A', 'mama-s', 0.4, 0.5, 1500],
  ['A', 'diana', 0.25, 0.5, 1200],
  ['A', 'gez', 0.1, 0.4, 90],
  ['A', 'helen', 0.1, 0.3, 200],
  ['A', 'nadia', 0.06, 0.6, 60],
  ['A', 'pell', 0.05, 0.4, 180],
  ['C', 'marlon', 1.2, 0.3, 120],
  ['C', 'ray', 0.04, 0, 60],
  ['C', 'pip', 0.4, 0.5, 90],
  ['C', 'shaun', 0.2, 0.4, 60],
  ['C', 'mum-k', 0.2, 0.3, 600],
  ['C', 'customer-0', 0.15, 0.1, 40],
  ['C', 'customer-4', 0.12, 0.1, 40],
  ['C', 'customer-9', 0.1, 0.1, 40]
];

/** All cellular calls of a phone, in time order. Independent of scale and of any language. */
export function callsOf(device: Device, seed: number): Call[] {
  const owner = ownerOf(device);
  const out: Call[] = [];
  for (const [where, id, perDay, byOwner, longest] of PAIRS) {
    if (where !== device) continue;
    const other = castMember(id);
    const r = new Stream(seed, 'calls', device, id);
    for (let day = START_MS; day < END_MS; day += DAY_MS) {
      if (id === 'wilmer' && day > Date.UTC(2026, 0, 8)) break;
      const whole = Math.floor(perDay) + (r.chance(perDay % 1) ? 1 : 0);
      for (let i = 0; i < whole; i++) {
        const local = day + r.int(8, 22) * HOUR_MS + r.int(0, 59) * MINUTE_MS + r.int(0, 59) * 1000;
        const made = r.chance(byOwner);
        const missed = r.chance(0.18);
        out.push({
          atMs: local - londonOffsetMinutes(local) * MINUTE_MS,
          from: made ? owner : other,
          to: made ? other : owner,
          durationS: missed ? 0 : r.int(4, longest),
          missed
        });
      }
    }
  }
  return out.sort((a, b) => a.atMs - b.atMs || a.durationS - b.durationS);
}
