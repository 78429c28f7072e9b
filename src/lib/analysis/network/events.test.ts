import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NONE } from '../../evidence/ids.ts';
import { aggregate, hyperEdges, type EventColumns, type ThreadMembers } from './events.ts';

interface Row {
  readonly from: number;
  readonly thread: number;
  readonly call?: boolean;
}

function columns(rows: readonly Row[]): EventColumns {
  return {
    count: rows.length,
    from: Uint32Array.from(rows, (row) => row.from),
    thread: Uint32Array.from(rows, (row) => row.thread),
    isCall: Uint8Array.from(rows, (row) => (row.call === true ? 1 : 0))
  };
}

function membership(threads: readonly (readonly number[])[]): ThreadMembers {
  const offsets = new Uint32Array(threads.length + 1);
  threads.forEach((ids, t) => (offsets[t + 1] = offsets[t]! + ids.length));
  return { offsets, ids: Uint32Array.from(threads.flat()) };
}

function table(result: ReturnType<typeof aggregate>): [number, number, number, number, number][] {
  return [...result.source.keys()].map((e) => [
    result.source[e]!,
    result.target[e]!,
    result.weight[e]!,
    result.messages[e]!,
    result.calls[e]!
  ]);
}

describe('aggregate', () => {
  test('a message between two weighs 1 even when one of them never wrote', () => {
    const result = aggregate(
      3,
      columns([
        { from: 2, thread: 0 },
        { from: 2, thread: 0, call: true }
      ]),
      membership([[0, 2]])
    );
    expect(table(result)).toEqual([[0, 2, 2, 1, 1]]);
  });

  test('a group message is shared over the other active members; silent ones get no tie', () => {
    const rows = [0, 0, 1, 2].map((from) => ({ from, thread: 0 }));
    const result = aggregate(5, columns(rows), membership([[0, 1, 2, 3, 4]]));
    expect(table(result)).toEqual([
      [0, 1, 1.5, 3, 0],
      [0, 2, 1.5, 3, 0],
      [1, 2, 1, 2, 0]
    ]);
  });

  test('the same two in several threads are one tie', () => {
    const rows = [
      { from: 0, thread: 0 },
      { from: 1, thread: 1 },
      { from: 0, thread: 1, call: true }
    ];
    expect(
      table(
        aggregate(
          2,
          columns(rows),
          membership([
            [0, 1],
            [1, 0]
          ])
        )
      )
    ).toEqual([[0, 1, 3, 2, 1]]);
  });

  test('a filter chooses the rows that count, and activity is still judged over all', () => {
    const rows = [0, 1, 2].map((from) => ({ from, thread: 0 }));
    const result = aggregate(3, columns(rows), membership([[0, 1, 2]]), { rows: Uint32Array.of(0) });
    expect(table(result)).toEqual([
      [0, 1, 0.5, 1, 0],
      [0, 2, 0.5, 1, 0]
    ]);
  });

  test('a sender who is no longer a member is one', () => {
    expect(table(aggregate(3, columns([{ from: 1, thread: 0 }]), membership([[2]])))).toEqual([[1, 2, 1, 1, 0]]);
  });

  test('what ties nobody is counted', () => {
    const rows = [
      { from: 0, thread: 0 },
      { from: NONE, thread: 1 },
      { from: 0, thread: NONE },
      { from: 0, thread: 2 }
    ];
    const result = aggregate(3, columns(rows), membership([[0], [0, 1], [0, 1, 2]]));
    expect(table(result)).toEqual([]);
    expect(result.untied).toBe(4);
  });

  test('threads with too many active members are left out and counted', () => {
    const rows = [0, 1, 2, 2].map((from) => ({ from, thread: 0 }));
    const result = aggregate(3, columns(rows), membership([[0, 1, 2]]), { maxActive: 2 });
    expect(table(result)).toEqual([]);
    expect([result.oversizedThreads, result.oversizedEvents]).toEqual([1, 4]);
  });

  test('a row that names nobody known is an error of the caller', () => {
    expect(() => aggregate(1, columns([{ from: 1, thread: 0 }]), membership([[0]]))).toThrow(RangeError);
    expect(() => aggregate(1, columns([{ from: 0, thread: 1 }]), membership([[0]]))).toThrow(RangeError);
    expect(() => aggregate(1, columns([]), membership([[1]]))).toThrow(RangeError);
  });
});

describe('aggregate on every input', () => {
  const parties = 40;
  const threads = fc.array(fc.array(fc.oneof(fc.nat(parties - 1), fc.constant(NONE)), { maxLength: 30 }), {
    minLength: 1,
    maxLength: 6
  });
  const cases = threads.chain((members) =>
    fc.tuple(
      fc.constant(members),
      fc.array(
        fc.record({
          from: fc.oneof({ weight: 9, arbitrary: fc.nat(parties - 1) }, { weight: 1, arbitrary: fc.constant(NONE) }),
          thread: fc.nat(members.length - 1),
          call: fc.boolean()
        }),
        { maxLength: 80 }
      )
    )
  );

  test('equals adding up message by message', () => {
    fc.assert(
      fc.property(cases, ([members, rows]) => {
        const wrote = members.map(
          (_, t) => new Set(rows.filter((row) => row.thread === t && row.from !== NONE).map((row) => row.from))
        );
        const all = members.map((ids, t) => new Set([...ids.filter((id) => id !== NONE), ...wrote[t]!]));
        const expected = new Map<string, number[]>();
        let untied = 0;
        for (const row of rows) {
          const active = all[row.thread]!.size === 2 ? all[row.thread]! : wrote[row.thread]!;
          const others = [...active].filter((id) => id !== row.from);
          if (row.from === NONE || others.length === 0) untied++;
          else
            for (const other of others) {
              const key = `${Math.min(row.from, other)} ${Math.max(row.from, other)}`;
              const sum = expected.get(key) ?? [0, 0, 0];
              expected.set(key, [sum[0]! + 1 / others.length, sum[1]! + (row.call ? 0 : 1), sum[2]! + (row.call ? 1 : 0)]);
            }
        }
        const result = aggregate(parties, columns(rows), membership(members));
        expect(result.untied).toBe(untied);
        expect(result.source.length).toBe(expected.size);
        let before = -1;
        for (const [a, b, weight, messages, calls] of table(result)) {
          expect(a * parties + b).toBeGreaterThan(before);
          before = a * parties + b;
          const sum = expected.get(`${a} ${b}`)!;
          expect(weight).toBeCloseTo(sum[0]!, 9);
          expect([messages, calls]).toEqual(sum.slice(1));
        }
      })
    );
  });

  test('the order of the events changes nothing', () => {
    fc.assert(
      fc.property(cases, ([members, rows]) => {
        expect(table(aggregate(parties, columns([...rows].reverse()), membership(members)))).toEqual(
          table(aggregate(parties, columns(rows), membership(members)))
        );
      })
    );
  });

  test('hyper-edges hold every event of a group, and sharing each out gives the ties of groups', () => {
    fc.assert(
      fc.property(cases, ([members, rows]) => {
        const edges = hyperEdges(parties, columns(rows), membership(members));
        const shared = new Map<string, number>();
        for (const { thread, members: all, active, messages, calls } of edges) {
          const inside = rows.filter((row) => row.thread === thread && row.from !== NONE);
          expect(all.length).toBeGreaterThan(2);
          expect([messages, calls]).toEqual([inside.filter((row) => !row.call).length, inside.filter((row) => row.call).length]);
          expect([...active].sort()).toEqual([...new Set(inside.map((row) => row.from))].sort());
          for (const { from } of inside) {
            const others = active.filter((id) => id !== from);
            for (const other of others) {
              const key = `${Math.min(from, other)} ${Math.max(from, other)}`;
              shared.set(key, (shared.get(key) ?? 0) + 1 / others.length);
            }
          }
        }
        // The same case with its groups alone.
        const isGroup = new Set(edges.map(({ thread }) => thread));
        const kept = rows.filter(({ thread }) => isGroup.has(thread));
        const ties = table(aggregate(parties, columns(kept), membership(members)));
        expect(ties.length).toBe(shared.size);
        for (const [a, b, weight] of ties) expect(weight).toBeCloseTo(shared.get(`${a} ${b}`)!, 9);
      })
    );
  });
});
