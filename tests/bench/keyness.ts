/**
 * New terms of a set against the rest, over the search index of generated chat: CPU time and memory of one pass at
 * full size, what a planted term costs to be found, and how often chance alone shows anything.
 */
import { bitsOf } from '../../src/lib/analysis/filter/bits.ts';
import { keyness, type Keyness } from '../../src/lib/analysis/keyness/keyness.ts';
import { SeededRandom } from '../../src/lib/analysis/random.ts';
import { SearchIndex } from '../../src/lib/analysis/search/search-index.ts';
import type { Figure } from './figure.ts';
import { cpu_ms } from './measure.ts';
import { generateTexts } from './messages.ts';
import { watchMemory } from './own-process.ts';

const TEXTS = 1_000_000;
const TARGET_S = 3;
/** Texts and repetitions of the null case. */
const NULL_TEXTS = 50_000;
const NULL_RUNS = 20;

interface Generated {
  readonly index: SearchIndex;
  /** Conversation of each text. */
  readonly thread: Uint32Array;
}

const threadsOf = (count: number): number => Math.min(50_000, Math.ceil(count / 20));

/** Conversation of each text: a twentieth as many as texts, 50,000 at most, few of them busy. */
function conversations(count: number): Uint32Array {
  const random = new SeededRandom(5);
  return Uint32Array.from({ length: count }, () => Math.floor(random.next() ** 2 * threadsOf(count)));
}

function indexed(texts: readonly string[]): SearchIndex {
  const index = new SearchIndex();
  for (let id = 0; id < texts.length; id++) index.add(id, 'original', texts[id] as string);
  index.commit();
  return index;
}

function find({ index, thread }: Generated, set: Iterable<number>): Promise<Keyness> {
  const count = thread.length;
  return keyness({ index, sideOf: new Uint8Array(count), set: bitsOf(count, set), threadOf: (id) => thread[id] as number });
}

export async function run(options: { scale?: number }): Promise<Figure[]> {
  const scale = options.scale ?? TEXTS;
  const figures: Figure[] = [];
  const { texts } = generateTexts(scale);
  // A pair of words in one of five hundred messages of the first tenth of the conversations.
  const thread = conversations(scale);
  const isIn = (id: number): boolean => thread[id]! < threadsOf(scale) / 10;
  const planted = texts.map((text, id) => (isIn(id) && id % 500 === 0 ? `${text} teasel gate` : text));
  const all: Generated = { index: indexed(planted), thread };
  for (const [name, meets] of [
    ['tenth-of-threads', isIn],
    ['half-of-threads', (id: number): boolean => thread[id]! % 2 === 0],
    ['one-thread', (id: number): boolean => thread[id] === 0]
  ] as const) {
    const set = [...thread.keys()].filter(meets);
    const memory = watchMemory();
    const start = cpu_ms();
    const found = await find(all, set);
    const spent_s = (cpu_ms() - start) / 1000;
    const peakBytes = memory.stop();
    figures.push({
      id: `keyness.${name}`,
      value: spent_s,
      unit: `s CPU, ${set.length} of ${scale} texts, ${found.tried} terms tried`,
      target: `<= ${TARGET_S}`,
      met: spent_s <= TARGET_S
    });
    figures.push({ id: `keyness.${name}.memory`, value: peakBytes / 1e6, unit: 'MB over the index, at its peak' });
    figures.push({
      id: `keyness.${name}.terms`,
      value: found.terms.length,
      unit: `terms: ${found.terms
        .slice(0, 3)
        .map(({ words }) => words.join(' '))
        .join(', ')}`
    });
  }
  return [...figures, ...(await falseAlarms(Math.min(scale, NULL_TEXTS)))];
}

/** Messages are dealt into set and rest by chance: whatever is shown is false. Then whole conversations are. */
async function falseAlarms(scale: number): Promise<Figure[]> {
  const all: Generated = { index: indexed(generateTexts(scale).texts), thread: conversations(scale) };
  const threads = threadsOf(scale);
  const random = new SeededRandom(9);
  const figures: Figure[] = [];
  const deals: readonly (readonly [string, () => number[]])[] = [
    ['messages', () => [...random.sample(scale, scale / 4)]],
    [
      'threads',
      () => {
        const chosen = new Set(random.sample(threads, threads / 4));
        return [...all.thread.keys()].filter((id) => chosen.has(all.thread[id]!));
      }
    ]
  ];
  for (const [what, deal] of deals) {
    let terms = 0;
    let tried = 0;
    let runs = 0;
    for (let i = 0; i < NULL_RUNS; i++) {
      const found = await find(all, deal());
      terms += found.terms.length;
      tried += found.tried;
      if (found.terms.length > 0) runs++;
    }
    figures.push({
      id: `keyness.false-alarms.${what}`,
      value: runs / NULL_RUNS,
      unit: `of ${NULL_RUNS} sets dealt by chance showed any term: ${terms} of ${tried} tried`,
      target: '<= 0.1',
      met: runs / NULL_RUNS <= 0.1
    });
  }
  return figures;
}
