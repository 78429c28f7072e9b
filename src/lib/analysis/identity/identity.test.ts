import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IdentityFacts, ReasonAgainst, ReasonFor, Suggestion } from './facts.ts';
import { neighboursOf, tieAt } from './neighbours.ts';
import { isShown, suggestIdentities } from './suggest.ts';

const DAY = 86_400_000;

interface Tie {
  readonly a: number;
  readonly b: number;
  readonly from: number;
  readonly to: number;
}

function factsOf(parties: number, ties: readonly Tie[], rest: Partial<IdentityFacts> = {}): IdentityFacts {
  return {
    parties,
    dyads: {
      a: Uint32Array.from(ties, ({ a }) => a),
      b: Uint32Array.from(ties, ({ b }) => b),
      count: Uint32Array.from(ties, () => 5),
      firstMs: Float64Array.from(ties, ({ from }) => from * DAY),
      lastMs: Float64Array.from(ties, ({ to }) => to * DAY)
    },
    names: [],
    entries: [],
    statements: [],
    spellings: [],
    owners: [],
    groups: { offsets: Uint32Array.of(0), ids: new Uint32Array() },
    ...rest
  };
}

/** Party 0 falls silent on day 50, party 1 begins on day 51 with three of its four contacts; 6 and 7 talk on. */
const HAND_OVER: readonly Tie[] = [
  ...[2, 3, 4, 5].map((b) => ({ a: 0, b, from: 0, to: 50 })),
  ...[2, 3, 4].map((b) => ({ a: 1, b, from: 51, to: 90 })),
  { a: 2, b: 6, from: 0, to: 90 },
  { a: 3, b: 6, from: 0, to: 90 },
  { a: 6, b: 7, from: 10, to: 90 }
];
const pairsOf = (suggestions: readonly Suggestion[]): string[] => suggestions.map(({ a, b }) => `${a}-${b}`);

describe('a number that takes over another', () => {
  it('is found with the contacts that went over and those there were', async () => {
    const [found, ...more] = await suggestIdentities(factsOf(8, HAND_OVER));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ a: 0, b: 1, shown: true, reasonsAgainst: [] });
    expect(found?.reasonsFor[0]).toEqual({
      kind: 'takes-over',
      earlier: 0,
      later: 1,
      contacts: [2, 3, 4],
      of: 4,
      silentFromMs: 50 * DAY,
      firstMs: 51 * DAY
    });
  });

  it('is none while the old number is still in use, with fewer than half its contacts, or after months', async () => {
    const stillUsed = HAND_OVER.map((tie) => (tie.a === 0 && tie.b === 2 ? { ...tie, to: 80 } : tie));
    expect(pairsOf(await suggestIdentities(factsOf(8, stillUsed)))).toEqual([]);
    const few = HAND_OVER.filter(({ a, b }) => !(a === 1 && b > 2));
    expect(pairsOf(await suggestIdentities(factsOf(8, few)))).toEqual([]);
    const late = HAND_OVER.map((tie) => (tie.a === 1 ? { ...tie, from: 120, to: 150 } : tie));
    expect(pairsOf(await suggestIdentities(factsOf(8, late)))).toEqual([]);
  });

  it('stands by itself with three contacts; with two it needs a reason of another kind, and shared contacts are none', () => {
    const over = (contacts: number[]): ReasonFor => ({
      kind: 'takes-over',
      earlier: 0,
      later: 1,
      contacts,
      of: 3,
      silentFromMs: 0,
      firstMs: 0
    });
    const apart: ReasonAgainst = { kind: 'named-apart', source: 0, names: ['r', 'u'] };
    const name: ReasonFor = { kind: 'one-shown-name', folded: 'ray' };
    const wrote: ReasonAgainst = { kind: 'wrote-to-each-other', count: 1 };
    expect(isShown([over([2, 3, 4])], [apart])).toBe(true);
    expect(isShown([over([2, 3])], [])).toBe(false);
    expect(isShown([over([2, 3]), { kind: 'shared-contacts', contacts: [2, 3] }], [])).toBe(false);
    expect(isShown([over([2, 3]), name], [apart])).toBe(true);
    expect(isShown([over([2, 3]), name], [wrote])).toBe(false);
    expect(isShown([name], [])).toBe(false);
  });

  it('does not depend on how parties are numbered or ties are ordered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
        fc.shuffledSubarray([...HAND_OVER], { minLength: HAND_OVER.length }),
        async (names, ties) => {
          const renamed = ties.map((tie) => ({ ...tie, a: names[tie.a]!, b: names[tie.b]! }));
          const [found, ...more] = await suggestIdentities(factsOf(8, renamed));
          expect(more).toEqual([]);
          expect([found?.a, found?.b]).toEqual([names[0]!, names[1]!].sort((x, y) => x - y));
          const [reason] = found!.reasonsFor;
          expect(reason).toMatchObject({ kind: 'takes-over', earlier: names[0], later: names[1] });
        }
      )
    );
  });
});

describe('reasons', () => {
  const name = (party: number, folded: string, source: number, isContact = true) => ({ party, folded, source, isContact });

  it('that stand alone are shown, unless the two wrote to each other', async () => {
    const facts = factsOf(8, [{ a: 4, b: 5, from: 0, to: 9 }], {
      entries: [{ parties: [0, 1, 1], source: 0, record: 7 }],
      owners: [
        { source: 1, party: 4 },
        { source: 1, party: 5 }
      ],
      statements: [
        { message: 9, speaker: 2, named: 3, isOwn: true },
        { message: 8, speaker: 6, named: 7, isOwn: false }
      ]
    });
    const found = await suggestIdentities(facts);
    expect(pairsOf(found.filter(({ shown }) => shown))).toEqual(['0-1', '2-3']);
    // "His new number is ..." may be about anyone.
    expect(pairsOf(found.filter(({ shown }) => !shown))).toEqual(['4-5', '6-7']);
    expect(found.find(({ a }) => a === 4)?.reasonsAgainst).toEqual([{ kind: 'wrote-to-each-other', count: 5 }]);
  });

  it('of names need a second one and few bearers', async () => {
    const ties = [2, 3].flatMap((b) => [0, 1].map((a) => ({ a, b, from: 0, to: 9 })));
    const named = { names: [name(0, 'dorin barber', 0), name(1, 'dorin barber', 1), name(4, 'mama', 0), name(5, 'mama', 1)] };
    const found = await suggestIdentities(factsOf(8, ties, named));
    expect(found.map(({ a, b, shown }) => [a, b, shown])).toEqual([
      [0, 1, true],
      [4, 5, false]
    ]);
    expect(found[0]?.reasonsFor).toEqual([
      { kind: 'one-name', folded: 'dorin barber', sources: [0, 1] },
      { kind: 'shared-contacts', contacts: [2, 3] }
    ]);
    const common = { names: [0, 1, 6].map((party) => name(party, 'dorin', party)) };
    expect((await suggestIdentities(factsOf(8, ties, common))).every(({ shown }) => !shown)).toBe(true);
  });

  it('against name an address book that tells the two apart, but not one that adds a word', async () => {
    const spelt = { spellings: [[0, 1]] };
    const apart = { ...spelt, names: [name(0, 'ana', 0), name(1, 'vasile', 0)] };
    expect((await suggestIdentities(factsOf(2, [], apart)))[0]?.reasonsAgainst).toEqual([
      { kind: 'named-apart', source: 0, names: ['ana', 'vasile'] }
    ]);
    const added = { ...spelt, names: [name(0, 't line', 0), name(1, 't line new', 0)] };
    expect((await suggestIdentities(factsOf(2, [], added)))[0]?.reasonsAgainst).toEqual([]);
  });

  it('stop when they are told to', async () => {
    const signal = AbortSignal.abort(new DOMException('stopped', 'AbortError'));
    await expect(suggestIdentities(factsOf(8, HAND_OVER), { signal })).rejects.toThrow('stopped');
  });
});

describe('direct contacts as rows', () => {
  it('hold each tie at both ends, ascending', () => {
    const tie = fc.record({ a: fc.nat(9), b: fc.nat(9), from: fc.nat(50), to: fc.nat(50) });
    const key = ({ a, b }: Tie): number => Math.min(a, b) * 10 + Math.max(a, b);
    fc.assert(
      fc.property(
        fc.uniqueArray(
          tie.filter(({ a, b }) => a !== b),
          { selector: key }
        ),
        (ties) => {
          const rows = neighboursOf(10, factsOf(10, ties).dyads);
          expect(rows.ids.length).toBe(2 * ties.length);
          for (const { a, b, from, to } of ties) {
            for (const [x, y] of [
              [a, b],
              [b, a]
            ] as const) {
              const at = tieAt(rows, x, y);
              expect([rows.ids[at], rows.firstMs[at], rows.lastMs[at]]).toEqual([y, from * DAY, to * DAY]);
            }
          }
          for (let p = 0; p < 10; p++) {
            const row = rows.ids.subarray(rows.offsets[p], rows.offsets[p + 1]);
            expect([...row]).toEqual([...row].sort((x, y) => x - y));
            const firsts = ties.filter(({ a, b }) => a === p || b === p).map(({ from }) => from * DAY);
            expect(rows.partyFirstMs[p]).toBe(firsts.length === 0 ? Number.NaN : Math.min(...firsts));
          }
          expect(tieAt(rows, 0, 0)).toBe(-1);
        }
      )
    );
  });
});
