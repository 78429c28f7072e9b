/** Patterns: the time of all rules over a whole case, what they find of the sample's truth, and alarms by chance. */
import type { RuleId } from '../../src/lib/analysis/patterns/facts.ts';
import { findPatterns } from '../../src/lib/analysis/patterns/library.ts';
import { DAY, factsOf, HOUR, type Line } from '../../src/lib/analysis/patterns/case.fixture.ts';
import { SeededRandom } from '../../src/lib/analysis/random.ts';
import type { PatternRow } from '../../src/lib/pipeline/pattern-contract.ts';
import { sessionOf } from './case-at-scale.ts';
import type { Figure } from './figure.ts';
import { growthFigures } from './growth.ts';
import { cpu_ms } from './measure.ts';
import { sampleWithTruth, TRUTH_SEEDS } from './sample-truth.ts';

const ROWS = 1_000_000;
const NULL_CASES = 100;
/** Rules whose findings the story of the sample plants, each with whom it names. */
const PLANTED: Readonly<Partial<Record<RuleId, readonly string[]>>> = {
  'one-phone-only': ['Sorin, Vitor'],
  broadcast: ['T line', 'T line new'],
  ledger: ['Carla'],
  'number-succession': ['T line, T line new']
};

export async function run({ scale = ROWS }: { readonly scale?: number }): Promise<Figure[]> {
  const figures = [
    ...(await truthFigures()),
    ...(await chanceFigures(5, 'patterns.false-alarms', 'that the rules were chosen on')),
    ...(await chanceFigures(77, 'patterns.false-alarms.others', 'that nobody looked at before'))
  ];
  const session = await sessionOf(scale);
  // The order of time is kept by the filter and not the rules' work.
  await session.filter({});
  const start = cpu_ms();
  const { findings } = await session.patterns({}, () => {});
  const value = (cpu_ms() - start) / 1000;
  return [
    ...figures,
    { id: 'patterns.all-rules', value, unit: `s CPU, ${scale} messages, ${findings.length} findings` },
    ...(await growthFigures('patterns', scale, 'messages, all rules'))
  ];
}

const labels = ({ people }: PatternRow): string => people.map(({ label }) => label).join(', ');

async function truthFigures(): Promise<Figure[]> {
  let right = 0;
  let found = 0;
  let planted = 0;
  for (const seed of TRUTH_SEEDS) {
    const { session } = await sampleWithTruth(seed);
    const { findings } = await session.patterns({}, () => {});
    for (const [rule, people] of Object.entries(PLANTED)) {
      const ofRule = findings.filter((finding) => finding.rule === rule).map(labels);
      planted += people.length;
      found += ofRule.length;
      right += people.filter((one) => ofRule.includes(one)).length;
    }
  }
  const of = `${Object.keys(PLANTED).length} rules that the story plants, ${TRUTH_SEEDS.length} sample cases`;
  return [
    {
      id: 'patterns.precision',
      value: right / Math.max(1, found),
      unit: `of ${found} findings; ${of}`,
      target: '1',
      met: right === found
    },
    { id: 'patterns.recall', value: right / planted, unit: `of ${planted} planted; ${of}`, target: '1', met: right === planted }
  ];
}

/** Senders, receivers, times, numbers, places and lists of sums dealt by chance: nothing of it is a pattern. */
async function chanceFigures(seed: number, id: string, of: string): Promise<Figure[]> {
  const random = new SeededRandom(seed);
  const text = (i: number): string =>
    i % 20 === 0
      ? `paid ${20 + random.below(80)}, rent ${60 + random.below(9)}, rest ${100 + random.below(900)}`
      : i % 20 === 1
        ? `M${1 + random.below(9)} ${random.below(9)}AB`
        : `line ${i} of ${1 + random.below(2000)} things`;
  const alarms = new Map<string, number>();
  for (let round = 0; round < NULL_CASES; round++) {
    const lines = Array.from({ length: 1500 }, (_, i): Line => {
      const from = random.below(12);
      const hour = random.next() < 0.05 ? random.below(6) : 7 + random.below(17);
      const at = random.below(120) * DAY + hour * HOUR + random.below(HOUR);
      return { from, to: [(from + 1 + random.below(11)) % 12], at, text: text(i) };
    });
    for (const { rule } of await findPatterns(factsOf(lines))) alarms.set(rule, (alarms.get(rule) ?? 0) + 1);
  }
  const total = [...alarms.values()].reduce((sum, n) => sum + n, 0);
  const named = [...alarms].map(([rule, n]) => `${rule} ${n}`).join(', ');
  return [
    {
      id,
      value: total / NULL_CASES,
      unit: `a case dealt by chance (1,500 messages, 12 people, all rules, ${NULL_CASES} cases ${of}${named === '' ? '' : `: ${named}`})`,
      target: '<= 0.5',
      met: total / NULL_CASES <= 0.5
    }
  ];
}
