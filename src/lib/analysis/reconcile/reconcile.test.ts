/** Two devices written as lines: what is paired, what is not, and what is said about it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from '../pace.ts';
import { assign } from './assign.ts';
import type { DevicePair, ReconcileFacts } from './facts.ts';
import { reconcile } from './reconcile.ts';
import { usualDistance } from './skew.ts';

interface Line {
  /** Devices that hold it: 0, 1, or both where it was one at import. */
  readonly on: readonly number[];
  readonly at: number;
  readonly text: string;
  readonly from?: number;
  readonly conversation?: number;
  readonly key?: string;
  readonly isServiceKey?: boolean;
  readonly isChanged?: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function factsOf(lines: readonly Line[], devicesOf: (conversation: number) => readonly number[] = () => [0, 1]): ReconcileFacts {
  const sets = [[0], [1], [0, 1]];
  return {
    rows: Uint32Array.from(lines.keys()).sort((x, y) => lines[x]!.at - lines[y]!.at || x - y),
    utcMs: Float64Array.from(lines, ({ at }) => at),
    from: Uint32Array.from(lines, ({ from }) => from ?? 0),
    conversation: Uint32Array.from(lines, ({ conversation }) => conversation ?? 0),
    conversations: Math.max(0, ...lines.map(({ conversation }) => conversation ?? 0)) + 1,
    heldSet: Uint16Array.from(lines, ({ on }) => sets.findIndex((set) => set.join() === on.join())),
    heldSets: sets,
    devicesOf,
    isChanged: (id) => lines[id]!.isChanged === true,
    key: (id) => lines[id]!.key ?? '',
    isServiceKey: (id) => lines[id]!.isServiceKey === true,
    text: (id) => lines[id]!.text
  };
}

async function pairOf(lines: readonly Line[], devicesOf?: (conversation: number) => readonly number[]): Promise<DevicePair> {
  const pairs = await reconcile(factsOf(lines, devicesOf), new Pace());
  expect(pairs).toHaveLength(1);
  return pairs[0]!;
}

/** Ten telling messages on both, B's clock ahead by `skew`. */
const talk = (skew: number): Line[] =>
  Array.from({ length: 10 }, (_, i) => [
    { on: [0], at: i * HOUR, text: `this is message number ${i}` },
    { on: [1], at: i * HOUR + skew, text: `this is message number ${i}` }
  ]).flat();
const named = (lines: readonly Line[], { matches }: DevicePair): string[] =>
  matches.map(({ a, b, kind }) => `${kind}: ${lines[a]!.text}@${lines[a]!.at} = ${lines[b]!.text}@${lines[b]!.at}`);

describe('pairs of two devices', () => {
  it('stand on the distance between their clocks', async () => {
    for (const skew of [0, 90 * SECOND, -37 * SECOND, 3 * HOUR + 7 * MINUTE]) {
      const pair = await pairOf(talk(skew));
      expect(pair.matches).toHaveLength(10);
      expect(pair.skews).toEqual([{ ms: skew, spread_ms: 0, byKey: 0, byText: 10, sameTime: 0 }]);
      expect([pair.onlyA, pair.onlyB]).toEqual(Array.from({ length: 2 }, () => ({ between: [], outside: [], without: [] })));
    }
  });

  it('find a clock that was set in between', async () => {
    const later = talk(3 * HOUR).map((line) => ({ ...line, at: line.at + 100 * HOUR, text: `${line.text} later` }));
    const pair = await pairOf([...talk(0), ...later]);
    expect(pair.matches).toHaveLength(20);
    expect(pair.skews.map(({ ms }) => ms).sort((x, y) => x - y)).toEqual([0, 3 * HOUR]);
  });

  it('come from ids first, whatever text and time say', async () => {
    const lines: Line[] = [
      { on: [0], at: 0, text: 'first words', key: 'whatsapp 1', isServiceKey: true },
      { on: [1], at: 5 * MINUTE, text: 'other words', key: 'whatsapp 1', isServiceKey: true },
      { on: [0], at: HOUR, text: 'the same words', key: 'whatsapp 2', isServiceKey: true },
      { on: [1], at: HOUR, text: 'the same words', key: 'whatsapp 3', isServiceKey: true }
    ];
    const pair = await pairOf(lines);
    expect(named(lines, pair)).toEqual(['key: first words@0 = other words@300000']);
    expect(pair.onlyA.between.length + pair.onlyA.outside.length).toBe(1);
  });

  it('take no id that a device holds twice', async () => {
    const lines: Line[] = [
      { on: [0], at: 0, text: 'one of these', key: 'x 1' },
      { on: [0], at: 60 * MINUTE, text: 'two of these', key: 'x 1' },
      { on: [1], at: 30 * MINUTE, text: 'three of these', key: 'x 1' }
    ];
    expect((await pairOf(lines)).matches).toEqual([]);
  });

  it('keep the order of a text that comes again and again, with one lost', async () => {
    const oks = [0, 20, 45, 80].map((second) => 30 * MINUTE + second * SECOND);
    const lines: Line[] = [
      ...talk(90 * SECOND),
      ...oks.map((at): Line => ({ on: [0], at, text: 'ok' })),
      ...oks.filter((_, i) => i !== 1).map((at): Line => ({ on: [1], at: at + 90 * SECOND, text: 'ok' }))
    ];
    const pair = await pairOf(lines);
    expect(pair.matches.filter(({ a }) => lines[a]!.text === 'ok')).toHaveLength(3);
    for (const { a, b } of pair.matches) expect(lines[b]!.at - lines[a]!.at).toBe(90 * SECOND);
    expect(pair.onlyA.between.map((id) => lines[id]!.at)).toEqual([oks[1]]);
  });

  it('leave alone, and name, what cannot be told apart', async () => {
    const at = 30 * MINUTE;
    const lines: Line[] = [
      ...talk(0),
      { on: [0], at, text: 'ok' },
      { on: [0], at: at + 400, text: 'ok' },
      { on: [1], at: at + 200, text: 'ok' }
    ];
    const pair = await pairOf(lines);
    expect(pair.ambiguous.map((id) => lines[id]!.text)).toEqual(['ok', 'ok', 'ok']);
    expect(pair.matches).toHaveLength(10);
  });

  it('know an edited message, and one that is only a mark on the other phone', async () => {
    const lines: Line[] = [
      ...talk(90 * SECOND),
      { on: [0], at: 10 * MINUTE, text: 'meet at eight' },
      { on: [1], at: 10 * MINUTE + 91 * SECOND, text: 'meet at nine', isChanged: true },
      { on: [0], at: 20 * MINUTE, text: 'burn this' },
      { on: [1], at: 20 * MINUTE + 90 * SECOND, text: '', isChanged: true }
    ];
    const pair = await pairOf(lines);
    expect(pair.matches.filter(({ kind }) => kind === 'changed').map(({ a }) => lines[a]!.text)).toEqual([
      'meet at eight',
      'burn this'
    ]);
    const unmarked = lines.map((line) => ({ ...line, isChanged: false }));
    expect((await pairOf(unmarked)).matches).toHaveLength(10);
  });

  it('are of one sender and one conversation', async () => {
    const lines: Line[] = [
      ...talk(0),
      { on: [0], at: MINUTE, text: 'said by one of them', from: 1 },
      { on: [1], at: MINUTE, text: 'said by one of them', from: 2 },
      { on: [0], at: MINUTE, text: 'said in one of them', conversation: 1 },
      { on: [1], at: MINUTE, text: 'said in one of them', conversation: 2 }
    ];
    expect((await pairOf(lines)).matches).toHaveLength(10);
  });

  it('say what the other device holds around a message that it lacks', async () => {
    const lines: Line[] = [
      ...talk(0),
      { on: [0], at: 90 * MINUTE, text: 'between' },
      { on: [0], at: 90 * HOUR, text: 'after' },
      { on: [0], at: 0, text: 'elsewhere', conversation: 1 }
    ];
    const { onlyA } = await pairOf(lines);
    const texts = (ids: readonly number[]): string[] => ids.map((id) => lines[id]!.text);
    expect([texts(onlyA.between), texts(onlyA.outside), texts(onlyA.without)]).toEqual([['between'], ['after'], ['elsewhere']]);
    expect(
      await reconcile(
        factsOf(lines, () => [0]),
        new Pace()
      )
    ).toEqual([]);
  });

  it('count copies at the very same time as clocks that agreed', async () => {
    const lines: Line[] = [
      ...Array.from({ length: 7 }, (_, i): Line => ({ on: [0, 1], at: i * HOUR, text: 'x' })),
      { on: [0], at: 30 * MINUTE, text: 'ok' },
      { on: [1], at: 30 * MINUTE + 3 * SECOND, text: 'ok' }
    ];
    const pair = await pairOf(lines);
    expect(pair).toMatchObject({ sameTime: 7, skews: [{ ms: 0, sameTime: 7 }] });
    expect(pair.matches).toHaveLength(1);
  });

  it('see through kinds of blanks and invisible marks, and through nothing else', async () => {
    const of = (a: string, b: string): Promise<DevicePair> =>
      pairOf([...talk(0), { on: [0], at: MINUTE, text: a }, { on: [1], at: MINUTE, text: b }]);
    expect((await of('caf\u00e9 at\u202f8', '\u200ecafe\u0301  at 8')).matches).toHaveLength(11);
    expect((await of('at 8!', 'at 8')).matches).toHaveLength(10);
    expect((await of('At 8', 'at 8')).matches).toHaveLength(10);
  });
});

describe('distances', () => {
  it('are none of fewer than five texts, of texts anywhere, or of clocks more than fourteen hours apart', () => {
    const texts = (list: readonly number[]) => list.map((ms) => ({ ms, isKey: false }));
    expect(usualDistance(texts([1, 2, 3, 4]))).toBeNull();
    expect(usualDistance(texts([1, 2, 3, 4, 5]))?.ms).toBe(3);
    expect(usualDistance(texts(Array.from({ length: 400 }, (_, i) => ((i * 7919) % 1680) * MINUTE - 14 * HOUR)))).toBeNull();
    expect(usualDistance(texts([1, 2, 3, 4, 5].map((n) => 15 * HOUR + n)))).toBeNull();
    expect(usualDistance([1, 2, 3].map((ms) => ({ ms, isKey: true })))?.byKey).toBe(3);
  });
});

describe('one-to-one pairs', () => {
  const times = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 30 }).map((list) => [...list].sort((x, y) => x - y));

  it('take everyone once, in order, within reach', () => {
    fc.assert(
      fc.property(times, times, fc.integer({ min: -50, max: 50 }), (a, b, ms) => {
        const { pairs, unsureA, unsureB } = assign(a, b, ms, 40, 5);
        expect(new Set(pairs.map(([i]) => i)).size).toBe(pairs.length);
        expect(pairs.map(([, j]) => j)).toEqual([...new Set(pairs.map(([, j]) => j))].sort((x, y) => x - y));
        for (const [i, j] of pairs) {
          expect(Math.abs(b[j]! - a[i]! - ms)).toBeLessThanOrEqual(40);
          expect(unsureA).not.toContain(i);
          expect(unsureB).not.toContain(j);
        }
      })
    );
  });

  it('are all of them where nothing was lost', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: -50, max: 50 }), (a, ms) => {
        const b = a.map((at) => at + ms);
        expect(assign(a, b, ms, 40, 5).pairs).toEqual(a.map((_, i) => [i, i]));
      })
    );
  });
});
