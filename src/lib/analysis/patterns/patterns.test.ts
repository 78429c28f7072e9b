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

describe('lists of sums', () => {
  const weeks = (to: readonly number[], text: (i: number) => string, times = 6): Line[] =>
    Array.from({ length: times }, (_, i) => ({ from: 4, to, at: i * 7 * DAY + 19 * HOUR, text: text(i) }));
  const list = (i: number): string => `Costel 60+35, paid ${75 + i}, owes ${700 - 10 * i}`;

  it('are found with how many sums they hold, and are never added up', async () => {
    const rest = [{ from: 5, to: [4], at: 9 * DAY, text: 'I gave you 80 yesterday' }];
    const facts = factsOf([...QUIET, ...weeks([5], list), ...rest]);
    const [finding, ...more] = await found('ledger', facts);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [4, 5], values: { messages: 6, days: 6, sums: 18, least: 60, most: 700 } });
    expect(texts(facts, finding!.against)).toEqual(['I gave you 80 yesterday']);
    expect(Object.keys(finding!.values)).not.toContain('balance');
  });

  it('name the sender alone where they go to a group', async () => {
    const [finding] = await found('ledger', factsOf([...QUIET, ...weeks([5, 6], list)]));
    expect(finding).toMatchObject({ people: [4] });
  });

  it('are none of one or two sums, of times and years, within days, or where one list goes to many', async () => {
    expect(await found('ledger', factsOf([...QUIET, ...weeks([5], (i) => `rent 60, fuel ${35 + i}`)]))).toEqual([]);
    expect(await found('ledger', factsOf([...QUIET, ...weeks([5], (i) => `05:20 06:40 17:30, 2025 and 1${i}`)]))).toEqual([]);
    const soon = weeks([5], list).map((line) => ({ ...line, at: line.at / 7 }));
    expect(await found('ledger', factsOf([...QUIET, ...soon]))).toEqual([]);
    const prices = [5, 6, 7].flatMap((to) => weeks([to], (i) => `menu ${20 + i} 45 60`));
    expect(await found('ledger', factsOf([...QUIET, ...prices]))).toEqual([]);
  });
});

describe('places that one sends another', () => {
  const PLACES = ['M14 5TQ', '53.4808,-2.2426', 'https://maps.app.goo.gl/abc123', '9C5RFQ2C+8V'];
  const sentTo = (to: number, places = PLACES): Line[] =>
    places.map((place, i) => ({ from: 4, to: [to], at: i * 5 * DAY + 10 * HOUR, text: `go now ${place}` }));
  const replies = PLACES.map((_, i) => ({ from: 5, to: [4], at: i * 5 * DAY + 11 * HOUR, text: 'ok' }));

  it('are found, with how many were answered soon and the places that came the other way', async () => {
    const five = sentTo(5, [...PLACES, 'm14 5tq']);
    const back = { from: 5, to: [4], at: 11 * DAY, text: 'I am at M1 1AE' };
    const facts = factsOf([...QUIET, ...five, ...replies, back]);
    const [finding, ...more] = await found('movement', facts);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [4, 5], values: { messages: 5, days: 5, places: 4, answered: 4 } });
    expect(texts(facts, finding!.against)).toEqual(['I am at M1 1AE']);
  });

  it('are the same in other words, other letters and another script', async () => {
    const shape = async (words: string): Promise<unknown> => {
      const lines = sentTo(5).map((line) => ({ ...line, text: line.text.replace('go now', words) }));
      return (await found('movement', factsOf([...QUIET, ...lines, ...replies]))).map(({ values }) => values);
    };
    expect(await shape('اذهب الآن إلى')).toEqual(await shape('go now'));
    expect(await shape('du-te acum la')).toEqual(await shape('go now'));
    expect(await shape('go now')).toHaveLength(1);
  });

  it('are none where both send them, where one place goes to many, within days, or where it is no place', async () => {
    const both = sentTo(5).map((line, i) => (i % 2 === 0 ? line : { ...line, from: 5, to: [4] }));
    expect(await found('movement', factsOf([...QUIET, ...both, ...sentTo(5).map((l) => ({ ...l, from: 5, to: [4] }))]))).toEqual(
      []
    );
    expect(await found('movement', factsOf([...QUIET, ...[5, 6, 7].flatMap((to) => sentTo(to))]))).toEqual([]);
    const soon = sentTo(5).map((line) => ({ ...line, at: line.at / 5 }));
    expect(await found('movement', factsOf([...QUIET, ...soon]))).toEqual([]);
    const words = sentTo(5, ['be4 5pm', '12.5, 13.5', 'v1.10.12', 'at 5.30 and 6.40', 'https://example.org/maps']);
    expect(await found('movement', factsOf([...QUIET, ...words]))).toEqual([]);
  });
});

describe('a number that takes over', () => {
  const before = [5, 6, 7].flatMap((contact) => smallTalk(4, contact, 20));
  const after = [5, 6, 7].flatMap((contact) => smallTalk(8, contact, 20, 22));

  it('is found with the last message of the one and the first of the other, and who stayed away', async () => {
    const stayed = smallTalk(4, 9, 20);
    const facts = factsOf([...QUIET, ...before, ...after, ...stayed]);
    const [finding, ...more] = await found('number-succession', facts);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ people: [4, 8], values: { contacts: 3, of: 4, days: 3 } });
    expect(finding!.messages).toHaveLength(6);
    expect(finding!.against).toHaveLength(1);
  });

  it('is none with two contacts, after a long silence, or while both are in use', async () => {
    const two = [...before, ...after].filter(({ from, to }) => from !== 7 && !to.includes(7));
    expect(await found('number-succession', factsOf([...QUIET, ...two]))).toEqual([]);
    const late = after.map((line) => ({ ...line, at: line.at + 30 * DAY }));
    expect(await found('number-succession', factsOf([...QUIET, ...before, ...late]))).toEqual([]);
    const together = [5, 6, 7].flatMap((contact) => smallTalk(4, contact, 42));
    expect(await found('number-succession', factsOf([...QUIET, ...together, ...after]))).toEqual([]);
  });

  it('has messages between the two numbers against it', async () => {
    const talk = smallTalk(4, 8, 1, 21);
    const [finding] = await found('number-succession', factsOf([...QUIET, ...before, ...after, ...talk]));
    expect(finding).toMatchObject({ people: [4, 8] });
    expect(finding!.against).toHaveLength(2);
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

  it('find as good as no lists, places and new numbers where these are dealt by chance', async () => {
    const random = new SeededRandom(12);
    const ofNew = new Set<RuleId>(['ledger', 'movement', 'number-succession']);
    let alarms = 0;
    const rounds = 20;
    for (let round = 0; round < rounds; round++) {
      const lines = Array.from({ length: 1500 }, (_, i): Line => {
        const from = random.below(12);
        const to = (from + 1 + random.below(11)) % 12;
        const text =
          i % 20 === 0
            ? `paid ${20 + random.below(80)}, rent ${60 + random.below(9)}, rest ${100 + random.below(900)}`
            : i % 20 === 1
              ? `M${1 + random.below(9)} ${random.below(9)}AB`
              : `line ${i}`;
        return { from, to: [to], at: random.below(120) * DAY + (7 + random.below(15)) * HOUR + random.below(HOUR), text };
      });
      alarms += (await findPatterns(factsOf(lines))).filter(({ rule }) => ofNew.has(rule)).length;
    }
    expect(alarms / rounds).toBeLessThanOrEqual(0.5);
  });

  it('do not depend on how parties are numbered', async () => {
    const lines = [
      ...QUIET,
      ...Array.from({ length: 5 }, (_, i) => ({
        from: 6,
        to: [7],
        at: i * 7 * DAY + HOUR,
        text: `${40 + i} 60 ${90 + i} at M1${i % 3} 1AE`
      })),
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
