/**
 * The index against a scan that shares no code with it: every operator, both sides, texts that come in batches, are
 * replaced, packed and read back; and against an index of the same texts that was built in one go.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOf } from '../filter/bits.ts';
import { highlight } from './highlight.ts';
import { rank, search } from './query-evaluate.ts';
import { parseQuery } from './query-parse.ts';
import type { QueryNode } from './query.ts';
import { SearchIndex, SIDES, type Side } from './search-index.ts';
import { packSegment, unpackSegment } from './segment.ts';

// ------------------------------------------------------------------ the scan
const strip = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\u200b]/gu, '')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/ß/g, 'ss');
/** Words, and Han letters one by one with a mark where a letter stands close to the one before. */
const split = (text: string): string[] =>
  (strip(text).match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []).flatMap((run) =>
    /\p{Script=Han}/u.test(run) ? [...run].map((letter, i) => (i === 0 ? '' : '~') + letter) : [run]
  );

const starts = (text: string, word: string): boolean => split(text).some((w) => w.startsWith(word));
const inRow = (text: string, row: readonly string[]): boolean => {
  const words = split(text);
  // What stands close in the question must stand close in the text; what stands apart may do either.
  return words.some((_, i) => row.every((word, k) => words[i + k] === word || words[i + k] === `~${word}`));
};

type Doc = Record<Side, string | null>;
type Ask = { readonly query: string; readonly meets: (doc: Doc) => boolean };
const either = (doc: Doc, side: Side | null, test: (text: string) => boolean): boolean =>
  SIDES.some((s) => (side === null || side === s) && doc[s] !== null && test(doc[s]));

// ------------------------------------------------------------------ random texts and questions
const WORDS = [
  'ana',
  'Ană',
  'anatol',
  'bani',
  'Łódź',
  'lodz',
  'straße',
  'ban',
  'x',
  'or',
  '12',
  'a1',
  '北',
  '北京',
  '京市',
  '市'
];
const word = fc.constantFrom(...WORDS);
const gap = fc.constantFrom(' ', ', ', ' \u200b', '! ', '\n');
const text = fc.array(fc.tuple(word, gap), { maxLength: 7 }).map((parts) => parts.map(([w, g]) => w + g).join(''));
const side = fc.constantFrom<(Side | null)[]>(null, null, null, ...SIDES);
const withSide = (s: Side | null, query: string): string => (s === null ? query : `${s}:${query}`);

const leaf: fc.Arbitrary<Ask> = fc.oneof(
  fc
    .tuple(word, side)
    .map(([w, s]) => ({ query: withSide(s, w), meets: (doc: Doc) => either(doc, s, (t) => inRow(t, split(w))) })),
  fc.tuple(fc.constantFrom('an', 'ana', 'ba', 'STRA', 'l', '1', 'q'), side).map(([w, s]) => ({
    query: withSide(s, `${w}*`),
    meets: (doc: Doc) => either(doc, s, (t) => starts(t, w.toLowerCase()))
  })),
  fc.tuple(fc.array(word, { minLength: 2, maxLength: 4 }), side).map(([row, s]) => ({
    query: withSide(s, `"${row.join(' ')}"`),
    meets: (doc: Doc) => either(doc, s, (t) => inRow(t, split(row.join(' '))))
  })),
  fc.tuple(fc.constantFrom('an[aă]', '^x', 'b.n', '\\d+', 'ana|or', '(ba)+n'), side).map(([source, s]) => ({
    query: withSide(s, `/${source}/`),
    meets: (doc: Doc) => either(doc, s, (t) => new RegExp(source, 'imu').test(t))
  }))
);
const { ask } = fc.letrec<{ ask: Ask }>((tie) => ({
  ask: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.tuple(tie('ask'), tie('ask'), fc.constantFrom(' ', ' AND ')).map(([a, b, op]) => ({
      query: `(${a.query})${op}(${b.query})`,
      meets: (doc: Doc) => a.meets(doc) && b.meets(doc)
    })),
    fc
      .tuple(tie('ask'), tie('ask'))
      .map(([a, b]) => ({ query: `(${a.query}) OR (${b.query})`, meets: (doc: Doc) => a.meets(doc) || b.meets(doc) })),
    fc
      .tuple(tie('ask'), fc.constantFrom('NOT ', '-'))
      .map(([a, not]) => ({ query: `${not}(${a.query})`, meets: (doc: Doc) => !a.meets(doc) }))
  )
}));

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      id: fc.nat(40),
      side: fc.constantFrom<Side[]>(...SIDES),
      text
    })
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('commit' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const) }) }
);

function parsed(query: string): QueryNode {
  const result = parseQuery(query);
  if (!result.ok || result.query === null) throw new Error(`${query}: ${JSON.stringify(result)}`);
  return result.query;
}

const textOf = (docs: readonly Doc[]) => (id: number, s: Side) => docs[id]?.[s] ?? null;

describe('search equals a scan', () => {
  it('for every operator, after any course of additions, replacements and reloads', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.array(ask, { minLength: 1, maxLength: 6 }), (steps, asks) => {
        const docs: Doc[] = Array.from({ length: 41 }, () => ({ original: null, translation: null, transcript: null }));
        let index = new SearchIndex();
        for (const s of steps) {
          if (s.do === 'add') {
            index.add(s.id, s.side, s.text);
            (docs[s.id] as Doc)[s.side] = s.text;
          } else if (s.do === 'commit') index.commit();
          else {
            index.commit();
            index = SearchIndex.of(index.segments.map(({ segment }) => unpackSegment(packSegment(segment))));
          }
        }
        index.commit();
        const anew = new SearchIndex();
        for (const [id, doc] of docs.entries()) for (const side of SIDES) if (doc[side] !== null) anew.add(id, side, doc[side]);
        anew.commit();
        for (const [id, doc] of docs.entries()) for (const side of SIDES) expect(index.holds(id, side)).toBe(doc[side] !== null);
        for (const { query, meets } of asks) {
          const node = parsed(query);
          const { bits, total, untried } = search(index, node, {
            messageCount: docs.length,
            text: textOf(docs),
            patternBudget_ms: 60_000
          });
          const expected = docs.flatMap((doc, id) => (meets(doc) ? [id] : []));
          expect([...rowsOf(bits)], query).toEqual(expected);
          expect(total).toBe(expected.length);
          expect(untried).toBe(0);
          const ranked = [...rank(index, node, bits)];
          expect(ranked.toSorted((a, b) => a - b)).toEqual(expected);
          expect(ranked).toEqual([...rank(anew, node, bits)]);
        }
      }),
      { numRuns: 400 }
    );
  });

  it('in few segments, however the texts came, and never more than half of one out of date', () => {
    const batch = fc.record({
      from: fc.nat(3000),
      count: fc.integer({ min: 1, max: 400 }),
      side: fc.constantFrom<Side[]>(...SIDES)
    });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 60 }), (batches) => {
        const index = new SearchIndex();
        for (const { from, count, side } of batches) {
          for (let id = from; id < from + count; id++) index.add(id, side, `w${id % 17}`);
          index.commit();
          const { segments } = index;
          const rows = segments.reduce((sum, one) => sum + one.rows, 0);
          expect(segments.length).toBeLessThanOrEqual(1 + Math.log(rows) / Math.log(3));
          for (const one of segments) expect(one.rows * 2).toBeGreaterThanOrEqual(one.segment.rowKey.length);
        }
      }),
      { numRuns: 30 }
    );
  });

  it('and highlights exactly the sides that match, for words, beginnings and phrases', () => {
    fc.assert(
      fc.property(text, leaf, (t, { query, meets }) => {
        const node = parsed(query);
        for (const s of ['original', 'translation'] as const) {
          const ranges = highlight(node, s, t);
          expect(ranges.length > 0, query).toBe(meets({ original: null, translation: null, transcript: null, [s]: t }));
          let end = -1;
          for (const [from, to] of ranges) {
            expect(from).toBeGreaterThan(end);
            expect(to).toBeGreaterThan(from);
            end = to;
          }
          expect(end).toBeLessThanOrEqual(t.length);
        }
      }),
      { numRuns: 1000 }
    );
  });
});

describe('numbers', () => {
  const digit = fc.constantFrom(...'0123456789');
  const national = fc
    .tuple(fc.constantFrom('7700900', '7700901', '2079460'), fc.array(digit, { minLength: 3, maxLength: 3 }))
    .map(([head, tail]) => head + tail.join(''));
  const spelt = national.chain((n) =>
    fc
      .constantFrom(
        `0${n}`,
        `+44${n}`,
        `0044${n}`,
        `+44 (0)${n}`,
        `0${n.slice(0, 4)} ${n.slice(4)}`,
        `(0${n.slice(0, 4)}) ${n.slice(4, 7)}-${n.slice(7)}`,
        `+44 ${n.slice(0, 4)} ${n.slice(4, 7)} ${n.slice(7)}`
      )
      .map((shown) => ({ n, shown }))
  );

  it('are found in any spelling, and no other number is', () => {
    fc.assert(
      fc.property(fc.array(spelt, { minLength: 1, maxLength: 12 }), spelt, (held, asked) => {
        const index = new SearchIndex();
        for (const [id, { shown }] of held.entries()) index.add(id, 'original', `ring ${shown}, ok?`);
        index.commit();
        const { bits } = search(index, parsed(asked.shown), { messageCount: held.length });
        const expected = held.flatMap(({ n }, id) => (n === asked.n ? [id] : []));
        expect([...rowsOf(bits)]).toEqual(expected);
        for (const id of expected)
          expect(highlight(parsed(asked.shown), 'original', `ring ${held[id]?.shown}, ok?`)).toHaveLength(1);
        const ending = search(index, parsed(`*${asked.n.slice(-4)}`), { messageCount: held.length });
        // A row of groups is a number and so is each row inside it: "07700 900" in "07700 900-735" ends with 0900.
        const endsSo = (shown: string): boolean => {
          const groups = shown.match(/\d+/g) ?? [];
          return groups.some((_, to) => {
            const rows = groups.slice(0, to + 1).map((_g, from) => groups.slice(from, to + 1).join(''));
            return rows.some((row) => row.length >= 7 && row.endsWith(asked.n.slice(-4)));
          });
        };
        expect([...rowsOf(ending.bits)]).toEqual(held.flatMap(({ shown }, id) => (endsSo(shown) ? [id] : [])));
      }),
      { numRuns: 300 }
    );
  });

  it('of two countries with one ending stay apart', () => {
    const index = new SearchIndex();
    const texts = ['+40 770 090 0123', '+44 7700 900123', '0700 900 123', '+45 79 46 01 23', '020 7946 0123'];
    for (const [id, t] of texts.entries()) index.add(id, 'original', t);
    index.commit();
    const found = (query: string): number[] => [...rowsOf(search(index, parsed(query), { messageCount: texts.length }).bits)];
    expect(found('+447700900123')).toEqual([1]);
    expect(found('+407700900123')).toEqual([0]);
    // Without a country the number may be either's.
    expect(found('07700 900123')).toEqual([0, 1]);
    expect(found('+40 700 900 123')).toEqual([2]);
    expect(found('+45 79460123')).toEqual([3]);
    expect(found('+44 20 7946 0123')).toEqual([4]);
  });

  it('of money are found with and without thousands marks', () => {
    const index = new SearchIndex();
    for (const [id, t] of ['paid 1,500 today', 'paid 1500 today', '1.500 lei', 'paid 15,00'].entries())
      index.add(id, 'original', t);
    index.commit();
    for (const query of ['1500', '1,500', '1.500'])
      expect([...rowsOf(search(index, parsed(query), { messageCount: 4 }).bits)], query).toEqual([0, 1, 2]);
  });
});

describe('ranking', () => {
  it('puts a short text with a rare word before a long one, and equal ones by id', () => {
    const index = new SearchIndex();
    const texts = ['money and a great many other words that say little', 'money money', 'rain', 'money money', 'money, rain'];
    for (const [id, t] of texts.entries()) index.add(id, 'original', t);
    index.commit();
    const query = parsed('money');
    expect([...rank(index, query, search(index, query, { messageCount: 5 }).bits)]).toEqual([1, 3, 4, 0]);
  });
});
