/**
 * The same messages on two phones: precision and recall against the sample maker's truth over ten seeds, and the time that
 * a million messages take. CPU times.
 */
import { Pace } from '../../src/lib/analysis/pace.ts';
import type { ReconcileFacts } from '../../src/lib/analysis/reconcile/facts.ts';
import { reconcile } from '../../src/lib/analysis/reconcile/reconcile.ts';
import { SeededRandom } from '../../src/lib/analysis/random.ts';
import { reconciliation } from '../../src/lib/pipeline/reconciliation.ts';
import { ISSUE_CASE, twoPhones, type TwoPhonesOptions } from '../../tools/sample/two-phones.ts';
import { qualityOf, storeOf, type Quality } from '../sample/two-phones-store.ts';
import type { Figure } from './figure.ts';

const ROWS = 1_000_000;
const SEEDS = 10;
/** "A million messages in seconds." */
const TARGET_S = 10;

export async function run(options: { scale?: number }): Promise<Figure[]> {
  return [
    ...(await quality('reconcile', {}, '90 s apart, 2 % lost on each')),
    ...(await quality('reconcile.minutes', { byMinute: true }, 'the same, one phone by the minute')),
    await speed(options.scale ?? ROWS)
  ];
}

async function quality(id: string, change: Partial<TwoPhonesOptions>, words: string): Promise<Figure[]> {
  const found: Quality[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const truth = twoPhones({ ...ISSUE_CASE, ...change, seed });
    const store = storeOf(truth);
    found.push(qualityOf(store, truth, (await reconciliation(store, {})).pairs));
  }
  const least = (of: (one: Quality) => number): number => Math.min(...found.map(of));
  const [precision, recall] = [least(({ precision: p }) => p), least(({ recall: r }) => r)];
  return [
    {
      id: `${id}.precision`,
      value: precision,
      unit: `least of ${SEEDS} seeds, ${words}`,
      target: '>= 0.99',
      met: precision >= 0.99
    },
    { id: `${id}.recall`, value: recall, unit: `least of ${SEEDS} seeds`, target: '>= 0.97', met: recall >= 0.97 }
  ];
}

/** Half of the rows on each of two phones, in 200 conversations, of 40,000 texts. */
async function speed(rows: number): Promise<Figure> {
  const random = new SeededRandom(9);
  const each = Math.floor(rows / 2);
  const utcMs = new Float64Array(each * 2);
  const conversation = new Uint32Array(each * 2);
  const from = new Uint32Array(each * 2);
  const words = new Uint32Array(each * 2);
  for (let i = 0; i < each; i++) {
    utcMs[i] = Math.floor(random.next() * 365 * 86_400_000);
    conversation[i] = random.below(200);
    from[i] = random.below(2);
    words[i] = random.below(40_000);
    utcMs[each + i] = utcMs[i]! + 90_000 + random.below(2000);
    for (const column of [conversation, from, words]) column[each + i] = column[i]!;
  }
  const facts: ReconcileFacts = {
    rows: Uint32Array.from(utcMs.keys()).sort((x, y) => utcMs[x]! - utcMs[y]!),
    utcMs,
    from,
    conversation,
    conversations: 200,
    heldSet: Uint16Array.from(utcMs, (_, i) => Number(i >= each)),
    heldSets: [[0], [1]],
    devicesOf: () => [0, 1],
    isChanged: () => false,
    key: () => '',
    isServiceKey: () => false,
    text: (id) => `what was said with number ${words[id]!}`
  };
  const before = process.cpuUsage();
  const [pair] = await reconcile(facts, new Pace());
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  return {
    id: 'reconcile.speed',
    value: seconds,
    unit: `s CPU, ${rows} messages, ${pair?.matches.length ?? 0} pairs`,
    target: `<= ${TARGET_S}`,
    met: seconds <= TARGET_S
  };
}
