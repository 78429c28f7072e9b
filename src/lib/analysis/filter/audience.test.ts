import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Audiences, type AudienceColumns, type PartySide } from './audience.ts';

const PARTIES = 5;
const THREADS = 3;
const party = fc.nat(PARTIES - 1);
const members = fc.array(fc.uniqueArray(party), { minLength: THREADS, maxLength: THREADS });
/** A sender of PARTIES is nobody; named recipients may repeat and may hold the sender. */
const row = fc.record({ from: fc.nat(PARTIES), thread: fc.nat(THREADS - 1), named: fc.array(party, { maxLength: 3 }) });
type Row = { from: number; thread: number; named: number[] };

function columnsOf(rows: readonly Row[], threads: readonly number[][]): AudienceColumns {
  const ends: number[] = [];
  for (const { named } of rows) ends.push((ends.at(-1) ?? 0) + named.length);
  const offsets = [0];
  for (const ids of threads) offsets.push((offsets.at(-1) ?? 0) + ids.length);
  return {
    parties: PARTIES,
    from: Uint32Array.from(rows, (r) => r.from),
    thread: Uint32Array.from(rows, (r) => r.thread),
    named: { ends: Uint32Array.from(ends), ids: Uint32Array.from(rows.flatMap((r) => r.named)) },
    members: { offsets: Uint32Array.from(offsets), ids: Uint32Array.from(threads.flat()) }
  };
}

/** Whether a party stands on a side of one message, by the definition. */
function stands(r: Row, threads: readonly number[][], who: number, side: PartySide): boolean {
  const isFrom = r.from === who;
  const to = r.named.length > 0 ? r.named : (threads[r.thread] ?? []);
  const isTo = !isFrom && to.includes(who);
  return (side !== 'to' && isFrom) || (side !== 'from' && isTo);
}

describe('audiences', () => {
  it('agree with asking each message by itself, for every side', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 40 }),
        members,
        fc.constantFrom<PartySide>('from', 'to', 'either'),
        fc.uniqueArray(party, { minLength: 1 }),
        fc.nat(40),
        (rows, threads, side, chosen, turn) => {
          const audiences = new Audiences(columnsOf(rows, threads));
          audiences.extend(turn);
          expect(audiences.rowsDone).toBe(Math.min(turn, rows.length));
          const mask = audiences.mask(chosen, side);
          expect(mask.length).toBe(audiences.size);
          expect(Array.from(audiences.pairs, (pair) => mask[pair] === 1)).toEqual(
            rows.map((r) => chosen.some((who) => stands(r, threads, who, side)))
          );
          const counts = new Uint32Array(audiences.size);
          for (const pair of audiences.pairs) counts[pair]! += 1;
          expect([...audiences.perParty(counts, side)]).toEqual(
            Array.from({ length: PARTIES }, (_, who) => rows.filter((r) => stands(r, threads, who, side)).length)
          );
        }
      )
    );
  });

  it('stay few where many write in few conversations', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => ({ from: i % 3, thread: 0, named: i % 2 === 0 ? [] : [4, 3] }));
    expect(new Audiences(columnsOf(rows, [[0, 1, 2, 3], [], []])).size).toBe(6);
  });

  it('hold however many pairs there are', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({ from: i % 5, thread: 0, named: [(i >> 3) % 5, (i >> 6) % 5] }));
    const audiences = new Audiences(columnsOf(rows, [[], [], []]));
    const sizes = new Set(rows.map((r) => `${r.from} ${[...new Set(r.named)].sort().join(' ')}`));
    expect(audiences.size).toBe(sizes.size);
  });
});
