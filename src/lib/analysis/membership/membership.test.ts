/** [Note: Dated membership] and [Note: Rosters]: cases by hand, and any history against a reading moment by moment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membershipOf, type MembershipEvent } from './periods.ts';
import { rostersOf, type MemberGaps } from './rosters.ts';

const at = (row: number, atMs: number, isJoin: boolean): MembershipEvent => ({ row, atMs, isJoin });
const EVER = Number.POSITIVE_INFINITY;

describe('one account in one conversation', () => {
  it.each([
    ['nothing stated', [], [], [[null, null]], []],
    ['came', [at(0, 10, true)], [12], [[0, null]], [[-EVER, 10]]],
    ['went', [at(0, 10, false)], [5], [[null, 0]], [[10, EVER]]],
    [
      'came, went, came again',
      [at(2, 30, true), at(0, 10, true), at(1, 20, false)],
      [],
      [
        [0, 1],
        [2, null]
      ],
      [
        [-EVER, 10],
        [20, 30]
      ]
    ],
    ['told twice by two phones', [at(0, 10, true), at(1, 11, true)], [], [[0, null]], [[-EVER, 10]]],
    [
      'went twice: it came back at some time that nobody states',
      [at(0, 10, false), at(1, 20, false)],
      [],
      [
        [null, 0],
        [null, 1]
      ],
      [[20, EVER]]
    ],
    [
      'wrote before the coming that is stated',
      [at(0, 10, true)],
      [5],
      [
        [null, null],
        [0, null]
      ],
      []
    ],
    [
      'wrote after the going',
      [at(0, 10, false)],
      [15],
      [
        [null, 0],
        [null, null]
      ],
      []
    ],
    ['wrote in the very minute', [at(0, 10, false)], [10], [[null, 0]], [[10, EVER]]],
    [
      'came and went within a minute',
      [at(0, 10, true), at(1, 10, false)],
      [],
      [[0, 1]],
      [
        [-EVER, 10],
        [10, EVER]
      ]
    ],
    [
      'went and came within a minute',
      [at(0, 10, false), at(1, 10, true)],
      [],
      [
        [null, 0],
        [1, null]
      ],
      []
    ],
    [
      'at a time that cannot be read',
      [at(0, 10, true), at(1, Number.NaN, false)],
      [],
      [
        [0, null],
        [null, 1]
      ],
      []
    ]
  ] as const)('%s', (_, events, wrote, periods, gaps) => {
    const found = membershipOf(events, wrote);
    expect(found.periods.map(({ from, until }) => [from, until])).toEqual(periods);
    expect(found.gaps.map(({ afterMs, beforeMs }) => [afterMs, beforeMs])).toEqual(gaps);
  });

  const history = fc.tuple(
    fc.array(fc.record({ atMs: fc.nat(20), isJoin: fc.boolean() }), { maxLength: 8 }),
    fc.array(fc.nat(20), { maxLength: 8 })
  );

  it('is never out while it writes, nor where its last stated change is a coming', () => {
    fc.assert(
      fc.property(history, ([rows, wrote]) => {
        const events = rows.map(({ atMs, isJoin }, row) => at(row, atMs, isJoin));
        const times = [...wrote].sort((x, y) => x - y);
        const { gaps, periods } = membershipOf(events, times);
        const isOut = (ms: number): boolean => gaps.some(({ afterMs, beforeMs }) => ms > afterMs && ms < beforeMs);
        for (const ms of times) expect(isOut(ms)).toBe(false);
        for (const { atMs } of events) expect(isOut(atMs)).toBe(false);
        for (let ms = 0.5; ms < 21; ms++) {
          const before = events.filter(({ atMs }) => atMs < ms).sort((x, y) => x.atMs - y.atMs || x.row - y.row);
          if (before.at(-1)?.isJoin === true) expect(isOut(ms)).toBe(false);
        }
        for (let i = 1; i < gaps.length; i++) expect(gaps[i]!.afterMs).toBeGreaterThanOrEqual(gaps[i - 1]!.beforeMs);
        // Every going ends a period, and every row stands in at most one.
        const ends = periods.flatMap(({ until }) => until ?? []);
        expect(ends.sort((x, y) => x - y)).toEqual(events.filter(({ isJoin }) => !isJoin).map(({ row }) => row));
        const starts = periods.flatMap(({ from }) => from ?? []);
        expect(new Set(starts).size).toBe(starts.length);
      })
    );
  });
});

describe('rosters', () => {
  const gap = fc
    .tuple(fc.nat(12), fc.integer({ min: 1, max: 6 }))
    .map(([from, length]) => ({ afterMs: from, beforeMs: from + length }));
  const cases = fc.array(fc.uniqueArray(fc.nat(6), { maxLength: 5 }), { minLength: 1, maxLength: 4 }).chain((members) =>
    fc.tuple(
      fc.constant(members),
      fc.tuple(...members.map((ids) => fc.tuple(...ids.map(() => fc.option(gap))))),
      fc.array(fc.record({ thread: fc.nat(members.length - 1), ms: fc.oneof(fc.nat(20), fc.constant(Number.NaN)) }), {
        maxLength: 30
      })
    )
  );

  it('hold for each message exactly those who are in no gap', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(4, 1000), ([members, held, rows], mostListed) => {
        const gaps: MemberGaps[] = members.flatMap((ids, thread) =>
          ids.map((member, i) => ({ thread, member, gaps: held[thread]![i] === null ? [] : [held[thread]![i]!] }))
        );
        const offsets = new Uint32Array(members.length + 1);
        for (const [t, ids] of members.entries()) offsets[t + 1] = offsets[t]! + ids.length;
        const found = rostersOf(
          {
            members: { offsets, ids: Uint32Array.from(members.flat()) },
            gaps,
            thread: Uint32Array.from(rows, ({ thread }) => thread),
            utcMs: Float64Array.from(rows, ({ ms }) => ms)
          },
          mostListed
        );
        for (const [row, { thread, ms }] of rows.entries()) {
          const roster = found.of[row]!;
          expect(found.thread[roster]).toBe(thread);
          const isWhole = Number.isNaN(ms) || found.whole.includes(thread);
          const expected = members[thread]!.filter(
            (member) =>
              isWhole ||
              !gaps.some(
                (one) => one.thread === thread && one.member === member && one.gaps.some((g) => ms > g.afterMs && ms < g.beforeMs)
              )
          );
          expect([...found.ids.subarray(found.offsets[roster], found.offsets[roster + 1])]).toEqual(expected);
        }
        if (mostListed === 1000) expect(found.whole).toEqual([]);
      })
    );
  });

  it('are the conversations themselves where nobody is dated', () => {
    const members = { offsets: Uint32Array.of(0, 2), ids: Uint32Array.of(4, 5) };
    const thread = Uint32Array.of(0, 0);
    const found = rostersOf({ members, gaps: [], thread, utcMs: Float64Array.of(1, 2) });
    expect(found.of).toBe(thread);
    expect(found.ids).toBe(members.ids);
  });
});
