import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsOf, hasBit } from '../filter/bits.ts';
import { SeededRandom } from '../random.ts';
import { SearchIndex } from '../search/search-index.ts';
import { keyness, KEYNESS_RULES, type Keyness, type KeynessRules } from './keyness.ts';
import { ReadSide } from './token-rows.ts';
import { isMoreInside, likelihoodBound, logLikelihood } from './statistics.ts';

interface Case {
  readonly texts: readonly string[];
  readonly thread: readonly number[];
  readonly set: readonly number[];
}

/** @param cuts commits in between, so that the words lie in several segments. */
function run({ texts, thread, set }: Case, rules: KeynessRules, cuts: readonly number[] = []): Promise<Keyness> {
  const index = new SearchIndex();
  texts.forEach((text, id) => {
    index.add(id, 'original', text);
    // What is heard in a voice note stands in the same index and is not read.
    index.add(id, 'transcript', texts[(id * 7 + 3) % texts.length] as string);
    if (cuts.includes(id)) index.commit();
  });
  index.commit();
  return keyness(
    { index, sideOf: new Uint8Array(texts.length), set: bitsOf(texts.length, set), threadOf: (id) => thread[id] as number },
    rules
  );
}

/** The definition, word by word, over the texts themselves. */
function slow({ texts, thread, set }: Case, rules: KeynessRules) {
  const bits = bitsOf(texts.length, set);
  const read = texts.flatMap((text, id) => (text === '' ? [] : [{ id, words: text.split(' ') }]));
  const inside = read.filter(({ id }) => hasBit(bits, id));
  const outside = read.filter(({ id }) => !hasBit(bits, id));
  const total = new Map<string, number>();
  for (const { words } of read) for (const word of new Set(words)) total.set(word, (total.get(word) ?? 0) + 1);
  const terms = new Set(read.flatMap(({ words }) => [...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)]));
  const holds = (words: readonly string[], term: string): boolean => ` ${words.join(' ')} `.includes(` ${term} `);
  const isWhole = (term: string): boolean => term.split(' ').every((word) => (total.get(word) ?? 0) >= rules.leastMessages);
  const tested = [...terms].filter(isWhole).flatMap((term) => {
    const held = inside.filter(({ words }) => holds(words, term)).map(({ id }) => id);
    if (held.length < rules.leastMessages) return [];
    const counts = {
      inside: held.length,
      insideOf: inside.length,
      outside: outside.filter(({ words }) => holds(words, term)).length,
      outsideOf: outside.length
    };
    return [{ term, held, counts }];
  });
  const bound = likelihoodBound(tested.length, rules.familyError);
  const sizes = new Map<number, number[]>();
  for (const { id } of inside) sizes.set(thread[id]!, [...(sizes.get(thread[id]!) ?? []), id]);
  const passing = tested.filter(({ held, counts }) => {
    if (logLikelihood(counts) < bound || !isMoreInside(counts)) return false;
    const holding = new Set(held.map((id) => thread[id]!));
    if (holding.size < Math.min(rules.leastThreads, sizes.size)) return false;
    if (sizes.size === 1) return true;
    const holdsIn = (t: number): number => held.filter((id) => thread[id] === t).length;
    const most = Math.max(...[...holding].map(holdsIn));
    return [...holding]
      .filter((t) => holdsIn(t) === most)
      .every((t) => {
        const without = { ...counts, inside: counts.inside - most, insideOf: counts.insideOf - (sizes.get(t)?.length ?? 0) };
        return without.insideOf > 0 && isMoreInside(without) && logLikelihood(without) >= bound;
      });
  });
  return { tried: tested.length, passing: new Map(passing.map(({ term, held, counts }) => [term, { held, counts }])) };
}

describe('keyness', () => {
  it('reads nothing of a message that is read by no side, whatever was heard in it', async () => {
    const index = new SearchIndex();
    for (let id = 0; id < 40; id++) {
      index.add(id, 'original', 'plain words');
      index.add(id, 'transcript', id < 20 ? 'heard here' : 'heard there');
    }
    index.commit();
    const sideOf = new Uint8Array(40).fill(ReadSide.none);
    const set = bitsOf(
      40,
      Array.from({ length: 20 }, (_, id) => id)
    );
    const found = await keyness({ index, sideOf, set, threadOf: (id) => id % 4 }, KEYNESS_RULES);
    expect([found.tried, found.insideOf, found.outsideOf]).toEqual([0, 0, 0]);
  });

  it('counts as the definition does, over any cut into segments', async () => {
    const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '12', 'g');
    const cases = fc
      .array(fc.record({ words: fc.array(word, { maxLength: 5 }), thread: fc.nat(3), isIn: fc.boolean() }), {
        minLength: 5,
        maxLength: 60
      })
      .map((rows) => ({
        texts: rows.map(({ words }) => words.join(' ')),
        thread: rows.map(({ thread }) => thread),
        set: rows.flatMap(({ isIn }, id) => (isIn ? [id] : []))
      }));
    // Lax rules, so that small cases have terms at all.
    const rules = { leastMessages: 2, leastThreads: 2, familyError: 3, most: 1000 };
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(cases, fc.array(fc.nat(59), { maxLength: 3 }), async (one, cuts) => {
        const found = await run(one, rules, cuts);
        if (found.insideOf === 0 || found.outsideOf === 0) return;
        const oracle = slow(one, rules);
        expect(found.tried).toBe(oracle.tried);
        for (const { words, messages, inside, insideOf, outside, outsideOf, logLikelihood: g2 } of found.terms) {
          shown++;
          const expected = oracle.passing.get(words.join(' '));
          expect([...messages], words.join(' ')).toEqual(expected?.held);
          expect({ inside, insideOf, outside, outsideOf }).toEqual(expected?.counts);
          expect(g2).toBeCloseTo(logLikelihood({ inside, insideOf, outside, outsideOf }), 9);
        }
        // What passes is shown, or stands inside something shown, or says less than a word of its own that passes.
        const listed = found.terms.map(({ words }) => words.join(' '));
        for (const [term, { counts }] of oracle.passing) {
          const isEcho = term.includes(' ')
            ? term
                .split(' ')
                .some((one) => logLikelihood(oracle.passing.get(one)?.counts ?? { ...counts, inside: 0, outside: 0 }) > 0)
            : listed.some((other) => other.split(' ').length === 2 && other.split(' ').includes(term));
          expect(listed.includes(term) || isEcho, term).toBe(true);
        }
      }),
      { numRuns: 150 }
    );
    expect(shown).toBeGreaterThan(20);
  });

  /** Talk of `threads` conversations from one vocabulary, Zipf's way; a term is planted by the tests. */
  function talk(messages: number, threads: number, seed: number): { texts: string[]; thread: number[]; random: SeededRandom } {
    const random = new SeededRandom(seed);
    const texts = Array.from({ length: messages }, () =>
      Array.from({ length: 3 + random.below(8) }, () => `w${Math.floor(400 * random.next() ** 3)}`).join(' ')
    );
    return { texts, thread: texts.map(() => random.below(threads)), random };
  }

  it('finds a word and a pair that only the set uses, with the messages that hold them', async () => {
    const { texts, thread } = talk(4000, 40, 3);
    const set = texts.flatMap((_, id) => (thread[id]! < 10 ? [id] : []));
    const planted = set.filter((_, i) => i % 25 === 0);
    for (const [i, id] of planted.entries()) texts[id] += i % 2 === 0 ? ' teasel' : ' the gate';
    const { terms } = await run({ texts, thread, set }, KEYNESS_RULES);
    const list = terms.map(({ words }) => words.join(' '));
    expect(list.sort()).toEqual(['teasel', 'the gate']);
    const teasel = terms.find(({ words }) => words[0] === 'teasel');
    expect([...(teasel?.messages ?? [])]).toEqual(planted.filter((_, i) => i % 2 === 0));
  });

  it('shows no habit of one conversation, however often it comes', async () => {
    const { texts, thread } = talk(4000, 40, 4);
    const set = texts.flatMap((_, id) => (thread[id]! < 10 ? [id] : []));
    for (const id of set) if (thread[id] === 2) texts[id] += ' innit';
    for (const id of set.filter((one) => thread[one] === 3 || thread[one] === 4).slice(0, 4)) texts[id] += ' innit';
    const { terms } = await run({ texts, thread, set }, KEYNESS_RULES);
    expect(terms.map(({ words }) => words.join(' '))).not.toContain('innit');
  });

  it('shows about nothing where messages are dealt out by chance', async () => {
    let shown = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { texts, thread, random } = talk(3000, 40, seed);
      const set = [...random.sample(texts.length, 900)];
      shown += (await run({ texts, thread, set }, KEYNESS_RULES)).terms.length;
    }
    // The rule allows one term in a hundred such cases; three in twenty would be a fault.
    expect(shown).toBeLessThan(3);
  });

  it('does not know the order or the numbers of conversations, nor who wrote', async () => {
    const { texts, thread } = talk(2000, 20, 5);
    const set = texts.flatMap((_, id) => (thread[id]! < 6 ? [id] : []));
    for (const id of set.filter((_, i) => i % 20 === 0)) texts[id] += ' teasel';
    const plain = await run({ texts, thread, set }, KEYNESS_RULES);
    const renamed = await run({ texts, thread: thread.map((t) => 100 - t), set }, KEYNESS_RULES);
    expect(renamed.terms).toEqual(plain.terms);
    expect(plain.terms.length).toBeGreaterThan(0);
  });

  it('stops when it is told to, and says how far it is', async () => {
    const { texts, thread } = talk(3000, 20, 6);
    const index = new SearchIndex();
    texts.forEach((text, id) => index.add(id, 'original', text));
    index.commit();
    const input = {
      index,
      sideOf: new Uint8Array(texts.length),
      set: bitsOf(texts.length, [1, 2, 3]),
      threadOf: (id: number) => thread[id] as number
    };
    const stop = new AbortController();
    const shares: number[] = [];
    const running = keyness(input, KEYNESS_RULES, {
      signal: stop.signal,
      every_ms: 0,
      onProgress: (share) => {
        shares.push(share);
        if (shares.length === 3) stop.abort(new Error('enough'));
      }
    });
    await expect(running).rejects.toThrow('enough');
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });
});
