import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../random.ts';
import { topicQuotes, topicTerms } from './labels.ts';
import { findTopics, type TopicResult } from './topics.ts';
import type { MessageStream } from './windows.ts';

const SUBJECTS = [
  'van driver pickup warehouse shift minibus morning rota factory overtime',
  'rent deposit landlord flat keys bedroom owed debt wages deduction',
  'football match goal stadium tickets referee penalty league striker season',
  'recipe onion garlic tomato soup kitchen bread cheese oven dinner'
].map((words) => words.split(' '));

/** Conversations of six messages, each of one subject, an hour apart; the last fifth is talk about nothing shared. */
function conversations(count: number, seed: number): { stream: MessageStream; subject: number[]; texts: string[] } {
  const random = new SeededRandom(seed);
  const texts: string[] = [];
  const subject: number[] = [];
  for (let w = 0; w < count; w++) {
    const s = w < count * 0.8 ? w % SUBJECTS.length : -1;
    for (let m = 0; m < 6; m++) {
      subject.push(s);
      const gibberish = (): string => Array.from({ length: 7 }, () => String.fromCharCode(97 + random.below(26))).join('');
      const words = Array.from({ length: 5 }, () => (s < 0 ? gibberish() : SUBJECTS[s]![random.below(10)]!));
      texts.push(words.join(' '));
    }
  }
  const stream = {
    count: texts.length,
    thread: Uint32Array.from(texts, (_, row) => Math.floor(row / 6) % 7),
    utcMs: Float64Array.from(texts, (_, row) => Math.floor(row / 6) * 3_600_000 + (row % 6) * 60_000),
    textOf: (row: number): string => texts[row]!
  };
  return { stream, subject, texts };
}

describe('findTopics', () => {
  test('finds the subjects, names them by their words, quotes them, and leaves the rest outside', async () => {
    const { stream, subject, texts } = conversations(200, 4);
    const found = await findTopics(stream);
    expect(found.topics.length).toBe(4);
    for (const [t, topic] of found.topics.entries()) {
      const rows = [...found.rowTopic.keys()].filter((row) => found.rowTopic[row] === t);
      const subjects = new Set(rows.map((row) => subject[row]));
      expect(subjects.size).toBe(1);
      const [s] = subjects;
      for (const term of topic.terms) expect(SUBJECTS[s!]).toContain(term);
      expect(topic.terms.length).toBe(8);
      expect(topic.quotes.length).toBe(3);
      expect(new Set(topic.quotes.map((row) => texts[row])).size).toBe(3);
      for (const row of topic.quotes) expect(found.rowTopic[row]).toBe(t);
      expect(topic.messages).toBe(rows.length);
      expect(topic.messages).toBe(6 * (topic.coreWindows + topic.nearWindows));
      expect(topic.firstMs).toBe(Math.min(...rows.map((row) => stream.utcMs[row]!)));
      expect(topic.lastMs).toBe(Math.max(...rows.map((row) => stream.utcMs[row]!)));
    }
    const outside = [...found.rowTopic.keys()].filter((row) => subject[row] === -1);
    expect(outside.every((row) => found.rowTopic[row] === -1)).toBe(true);
    expect(found.outlierWindows).toBeGreaterThanOrEqual(40);
  });

  test('the same seed gives the same topics', async () => {
    const { stream } = conversations(120, 9);
    const strip = ({ windowTopic, topics }: TopicResult): unknown => [windowTopic, topics];
    expect(strip(await findTopics(stream, { seed: 5 }))).toEqual(strip(await findTopics(stream, { seed: 5 })));
  });

  test('the number of topics is bounded', async () => {
    const { stream } = conversations(200, 4);
    expect((await findTopics(stream, { maxTopics: 2 })).topics.length).toBeLessThanOrEqual(2);
  });

  test('nothing, and next to nothing, has no topics and is no error', async () => {
    for (const texts of [[], ['ok'], ['hello there', 'van'], ['', '  ']]) {
      const found = await findTopics({
        count: texts.length,
        thread: new Uint32Array(texts.length),
        utcMs: new Float64Array(texts.length).fill(NaN),
        textOf: (row) => texts[row]!
      });
      expect(found.topics).toEqual([]);
      expect(found.rowTopic.every((topic) => topic === -1)).toBe(true);
    }
  });

  test('progress rises to 1, and an abort stops it', async () => {
    const { stream } = conversations(150, 2);
    const shares: number[] = [];
    await findTopics(stream, { every_ms: 0, onProgress: (share) => shares.push(share) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const stop = new AbortController();
    const run = findTopics(stream, {
      every_ms: 0,
      signal: stop.signal,
      onProgress: (share) => share > 0.3 && stop.abort(new Error('enough'))
    });
    await expect(run).rejects.toThrow('enough');
  });
});

describe('labels', () => {
  test('a term must stand in two windows and be rarer elsewhere', () => {
    const words = [
      ['van', 'rent', 'today'],
      ['van', 'today'],
      ['match', 'today'],
      ['match', 'once', 'once', 'today']
    ];
    const terms = topicTerms(words, Int32Array.of(0, 0, 1, 1), 2, 2);
    expect(terms.map((list) => list.map(({ term }) => term))).toEqual([
      ['van', 'today'],
      ['match', 'today']
    ]);
  });

  test('quotes come one a window, and no text twice', () => {
    const texts = ['the van is late', 'ok', 'van', 'the van is late', 'van keys'];
    const windows = [[0, 1], [2, 3], [4], [1]];
    const terms = [
      { term: 'van', weight: 1 },
      { term: 'late', weight: 0.5 }
    ];
    expect(
      topicQuotes(
        [0, 1, 2, 3],
        (w) => windows[w]!,
        (row) => texts[row]!,
        terms,
        3
      )
    ).toEqual([0, 2, 4]);
  });
});
