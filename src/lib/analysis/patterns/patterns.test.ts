/** Each rule on a case in which its pattern was planted, and on the same case without it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random.ts';
import { DAY, HOUR, MINUTE, factsOf, smallTalk, type Line } from './case.fixture.ts';
import type { PatternFacts, PatternFinding, RuleId } from './facts.ts';
import { findPatterns, PATTERN_RULES } from './library.ts';

const QUIET = [...smallTalk(0, 1, 40), ...smallTalk(2, 3, 40), ...smallTalk(0, 2, 40)];

async function found(rule: RuleId, facts: PatternFacts): Promise<PatternFinding[]> {
  return (await findPatterns(facts)).filter((finding) => finding.rule === rule);
}
const texts = (facts: PatternFacts, ids: Uint32Array): string[] => Array.from(ids, (id) => facts.text(id));

describe('an ordinary case', () => {
  it('meets no rule', async () => {
    expect(await findPatterns(factsOf(QUIET))).toEqual([]);
    expect(await findPatterns(factsOf([]))).toEqual([]);
  });
});

describe('one text to many', () => {
  const burst = (receivers: readonly number[], minutes: number): Line[] =>
    receivers.map((to, i) => ({ from: 0, to: [to], at: 50 * DAY + i * minutes * MINUTE, text: 'On till late. 2 for 15!' }));

  it('is found with whom it reached, and what was written to one of them alone', async () => {
    const facts = factsOf([...QUIET, ...burst([1, 4, 5, 6, 7], 2), { from: 0, to: [5], at: 51 * DAY, text: 'you still ok?' }]);
    const [finding, ...more] = await found('broadcast', facts);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [0], values: { times: 1, people: 5, messages: 5 } });
    expect(texts(facts, finding!.against)).toContain('you still ok?');
  });

  it('is none to four, over hours, or in a group', async () => {
    expect(await found('broadcast', factsOf([...QUIET, ...burst([1, 4, 5, 6], 2)]))).toEqual([]);
    expect(await found('broadcast', factsOf([...QUIET, ...burst([1, 4, 5, 6, 7], 60)]))).toEqual([]);
    const group = Array.from({ length: 6 }, (_, i) => ({ from: 0, to: [1, 2, 3], at: i * MINUTE, text: 'all of you come' }));
    expect(await found('broadcast', factsOf([...QUIET, ...group]))).toEqual([]);
  });
});

describe('times of day', () => {
  const rota = (days: number, every: number): Line[] =>
    Array.from({ length: days }, (_, i) => ({
      from: 4,
      to: [5],
      at: i * every * DAY + 20 * HOUR,
      text: `tomorrow 5.20 at the gate, back 17:30`
    }));

  it('are found where one sets them over weeks', async () => {
    const [finding, ...more] = await found('times-of-day', factsOf([...QUIET, ...rota(10, 3)]));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [4], values: { messages: 10, days: 10, usual: 5 * 60 + 20 } });
  });

  it('are none within two weeks, or where the figures are dates, sums or versions', async () => {
    expect(await found('times-of-day', factsOf([...QUIET, ...rota(10, 1)]))).toEqual([]);
    const dates = rota(10, 3).map((line) => ({ ...line, text: 'on 05.12.2025, 12.50.30 and 17:30:00/2, v1.10.12' }));
    expect(await found('times-of-day', factsOf([...QUIET, ...dates]))).toEqual([]);
  });
});

describe('a sum that returns', () => {
  const rent = (text: (i: number) => string, times = 6): Line[] =>
    Array.from({ length: times }, (_, i) => ({ from: 4, to: [5], at: i * 7 * DAY, text: text(i) }));

  it('is found with the messages that name other sums', async () => {
    const facts = factsOf([...QUIET, ...rent((i) => (i === 2 ? 'this week 85' : 'rent 60 pls'), 7)]);
    const [finding, ...more] = await found('repeated-sum', facts);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [4], values: { sum: 60, times: 6, days: 6, conversations: 1 } });
    expect(texts(facts, finding!.against)).toEqual(['this week 85']);
  });

  it('is none of times, dates, years, telephone numbers, or within days', async () => {
    for (const text of ['at 10:45 then', '12.45.2025', 'in 2025 it was', 'ring 07700 900123', 'no 7', '€1,450.00']) {
      expect(await found('repeated-sum', factsOf([...QUIET, ...rent(() => text)])), text).toEqual([]);
    }
    const soon = rent(() => 'rent 60').map((line) => ({ ...line, at: line.at / 7 }));
    expect(await found('repeated-sum', factsOf([...QUIET, ...soon]))).toEqual([]);
  });
});

describe('one who leads', () => {
  const orders = (days: number): Line[] =>
    Array.from({ length: days }, (_, i) => [
      { from: 4, to: [5], at: i * DAY + 9 * HOUR, text: 'go to the house and wait until I ring' },
      { from: 5, to: [4], at: i * DAY + 9 * HOUR + 5 * MINUTE, text: 'ok boss' }
    ]).flat();

  it('is found by who begins and how long each writes', async () => {
    const begunByOther: Line = { from: 5, to: [4], at: 60 * DAY, text: 'are you coming' };
    const [finding, ...more] = await found('one-sided', factsOf([...QUIET, ...orders(20), begunByOther]));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [4, 5], values: { begun: 20, all: 21, long: 9, short: 2 } });
    expect(finding!.against.length).toBe(1);
  });

  it('is none where the other begins as well or answers at length', async () => {
    const answers = orders(20).map((line) => (line.from === 5 ? { ...line, text: 'why should I go there again today' } : line));
    expect(await found('one-sided', factsOf([...QUIET, ...answers]))).toEqual([]);
    const inTurn = orders(20).map((line) => (line.at < 10 * DAY ? line : { ...line, from: line.to[0]!, to: [line.from] }));
    expect(await found('one-sided', factsOf([...QUIET, ...inTurn]))).toEqual([]);
  });
});

describe('people who are brought together', () => {
  const given: Line = { from: 6, to: [4], at: 10 * DAY, text: 'his number is #5' };

  it('are found with the number sent and the first message', async () => {
    const [finding, ...more] = await found('introduced', factsOf([...QUIET, given, ...smallTalk(4, 5, 3, 11)]));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [6, 4, 5] });
    expect(finding!.messages.length).toBe(2);
  });

  it('are none who wrote before, or much later', async () => {
    expect(await found('introduced', factsOf([...QUIET, given, ...smallTalk(4, 5, 3, 8)]))).toEqual([]);
    expect(await found('introduced', factsOf([...QUIET, given, ...smallTalk(4, 5, 3, 30)]))).toEqual([]);
  });
});

describe('contact that stops', () => {
  const others = [...smallTalk(4, 6, 60), ...smallTalk(5, 6, 60)];

  it('is found where both go on writing to others', async () => {
    const [finding, ...more] = await found('stopped', factsOf([...others, ...smallTalk(4, 5, 20)]));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [4, 5], values: { messages: 40, days: 20, silentDays: 40 } });
  });

  it('is none where a phone fell silent, or where pauses were usual', async () => {
    const oneLeft = others.filter(({ from, at }) => from !== 5 || at < 20 * DAY);
    expect(await found('stopped', factsOf([...oneLeft, ...smallTalk(4, 5, 20)]))).toEqual([]);
    const rare = smallTalk(4, 5, 20).map((line) => ({ ...line, at: line.at * 2 - (line.at % DAY) }));
    const withPause = rare.map((line) => (line.at > 20 * DAY ? { ...line, at: line.at + 14 * DAY } : line));
    expect(await found('stopped', factsOf([...others, ...withPause.filter(({ at }) => at < 45 * DAY)]))).toEqual([]);
  });
});

describe('nights', () => {
  const nights = (count: number, hour: number): Line[] =>
    Array.from({ length: count }, (_, i) => [
      { from: 4, to: [5], at: i * DAY + hour * HOUR, text: 'awake' },
      { from: 5, to: [4], at: i * DAY + hour * HOUR + MINUTE, text: 'yes' }
    ]).flat();

  it('are found by the clock of the case', async () => {
    const [finding, ...more] = await found('night', factsOf([...QUIET, ...smallTalk(4, 5, 5), ...nights(8, 3)]));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [4, 5], values: { nights: 8, messages: 16, all: 26 } });
    const eastern = factsOf([...QUIET, ...nights(8, 3)]);
    const later = { ...eastern, local: (ms: number) => eastern.local(ms + 6 * HOUR) };
    expect(await found('night', later)).toEqual([]);
  });

  it('are none where the whole case is awake then', async () => {
    const all = [
      ...nights(8, 3),
      ...QUIET.map((line) => ({ ...line, at: Math.floor(line.at / DAY) * DAY + 3 * HOUR + (line.at % HOUR) }))
    ];
    expect(await found('night', factsOf(all))).toEqual([]);
  });
});

describe('a text that several write', () => {
  const text = 'People wanted for packing, meals included, leave at once, no papers needed, write to me';
  it('is found with its first sender first', async () => {
    const lines = [4, 5, 6].map((from, i) => ({ from, to: [7 + i], at: i * DAY, text: i === 1 ? `>> ${text} <<` : text }));
    const [finding, ...more] = await found('equal-text', factsOf([...QUIET, ...lines]));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [4, 5, 6], values: { people: 3, conversations: 3, messages: 3 } });
    const one = lines.map((line) => ({ ...line, from: 4 }));
    expect(await found('equal-text', factsOf([...QUIET, ...one]))).toEqual([]);
  });
});

describe('two seized phones', () => {
  const owners = [
    { source: 0, party: 0 },
    { source: 1, party: 1 }
  ];
  const between = smallTalk(0, 1, 20);
  const rest = [
    ...smallTalk(0, 2, 30).map((line) => ({ ...line, sources: [0] })),
    ...smallTalk(1, 3, 30).map((line) => ({ ...line, sources: [1] }))
  ];

  it('lack what only one of them has, while it holds other things of that time', async () => {
    const wiped = between.map((line) => ({ ...line, sources: line.at < 10 * DAY ? [0, 1] : [1] }));
    const [finding, ...more] = await found('one-phone-only', factsOf([...wiped, ...rest], { owners }));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [0, 1], values: { messages: 20, both: 20 } });
    const late = rest.filter(({ from, to, at }) => !(from === 0 || to.includes(0)) || at > 25 * DAY);
    const beforeItsTime = wiped.map((line) => ({ ...line, sources: [1] }));
    expect(await found('one-phone-only', factsOf([...beforeItsTime, ...late], { owners }))).toEqual([]);
  });

  it('have clocks apart, which is no loss', async () => {
    const ahead = between.map((line) => ({ ...line, sources: [0] }));
    const behind = between.map((line) => ({ ...line, at: line.at + 187 * MINUTE, sources: [1] }));
    const facts = factsOf([...ahead, ...behind, ...rest], { owners });
    expect(await found('one-phone-only', facts)).toEqual([]);
    expect(await found('clock-apart', facts)).toMatchObject([{ people: [1, 0], values: { pairs: 40, minutes: 187, both: 0 } }]);
  });

  it('hold as one what one of them files under another of its own numbers', async () => {
    const twoNumbers = [...owners, { source: 1, party: 9 }];
    const one = between.map((line) => ({ ...line, sources: [0] }));
    const other = between.map((line) => ({
      ...line,
      from: line.from === 1 ? 9 : line.from,
      to: line.to.map((to) => (to === 1 ? 9 : to)),
      sources: [1]
    }));
    const facts = factsOf([...one, ...other, ...rest], { owners: twoNumbers });
    expect(await found('one-phone-only', facts)).toEqual([]);
    expect(await found('clock-apart', facts)).toEqual([]);
  });

  it('share contacts', async () => {
    const shared = [...between, ...smallTalk(0, 5, 3), ...smallTalk(1, 5, 3)];
    expect(await found('shared-contacts', factsOf([...shared, ...rest], { owners }))).toMatchObject([
      { people: [0, 1, 5], values: { people: 1, messages: 12 } }
    ]);
    expect(await found('shared-contacts', factsOf([...between, ...rest], { owners }))).toEqual([]);
  });
});

describe('all rules', () => {
  it('find as good as nothing where senders, times and texts are dealt by chance', async () => {
    const random = new SeededRandom(11);
    let alarms = 0;
    const rounds = 20;
    for (let round = 0; round < rounds; round++) {
      const lines = Array.from({ length: 1500 }, (_, i): Line => {
        const from = random.below(12);
        const to = (from + 1 + random.below(11)) % 12;
        // Times of day as people keep them: few at night.
        const hour = random.next() < 0.05 ? random.below(6) : 7 + random.below(17);
        const at = random.below(120) * DAY + hour * HOUR + random.below(HOUR);
        return { from, to: [to], at, text: `line ${i} of ${1 + random.below(2000)} things` };
      });
      alarms += (await findPatterns(factsOf(lines))).length;
    }
    expect(alarms / rounds).toBeLessThanOrEqual(0.5);
  });

  it('do not depend on how parties are numbered', async () => {
    const lines = [
      ...QUIET,
      ...[1, 4, 5, 6, 7].map((to, i) => ({ from: 0, to: [to], at: 50 * DAY + i * MINUTE, text: 'on till late 2 for 15' })),
      ...Array.from({ length: 6 }, (_, i) => ({ from: 4, to: [5], at: i * 7 * DAY, text: 'rent 60 pls' }))
    ];
    const shape = (findings: readonly PatternFinding[], names: readonly number[]): unknown =>
      findings
        .map(({ rule, people, values, messages }) =>
          [rule, people.map((p) => names[p]).join(), JSON.stringify(values), messages.length].join(' ')
        )
        .sort();
    const same = [0, 1, 2, 3, 4, 5, 6, 7];
    const expected = shape(await findPatterns(factsOf(lines)), same);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(same, { minLength: 8 }), async (names) => {
        const renamed = lines.map((line) => ({ ...line, from: names[line.from]!, to: line.to.map((to) => names[to]!) }));
        const back = same.map((party) => names.indexOf(party));
        expect(shape(await findPatterns(factsOf(renamed)), back)).toEqual(expected);
      }),
      { numRuns: 20 }
    );
  });

  it('have one version each and stop when they are told to', async () => {
    expect(new Set(PATTERN_RULES.map(({ id }) => id)).size).toBe(PATTERN_RULES.length);
    const signal = AbortSignal.abort(new DOMException('stopped', 'AbortError'));
    await expect(findPatterns(factsOf(QUIET), { signal })).rejects.toThrow('stopped');
  });
});
