import { topicWords } from './words.ts';

/**
 * The words that set each topic apart, by class TF-IDF (Grootendorst 2022): how common a word is in the topic, times
 * how rare it is in all of them. A word must stand in two windows of the topic, so that one talker names nothing.
 * @param words the words of each window
 * @param topicOf topic per window, -1 for none
 * @returns per topic its words with their weights, heaviest first
 */
export function topicTerms(
  words: readonly (readonly string[])[],
  topicOf: Int32Array,
  topics: number,
  howMany: number
): { term: string; weight: number }[][] {
  const inTopic = Array.from({ length: topics }, () => new Map<string, { times: number; windows: number }>());
  const everywhere = new Map<string, number>();
  const wordsOf = new Float64Array(topics);
  let all = 0;
  words.forEach((list, w) => {
    const topic = topicOf[w]!;
    const seen = new Set<string>();
    for (const word of list) {
      everywhere.set(word, (everywhere.get(word) ?? 0) + 1);
      all++;
      if (topic < 0) continue;
      wordsOf[topic]!++;
      const counts = inTopic[topic]!;
      const known = counts.get(word) ?? { times: 0, windows: 0 };
      known.times++;
      if (!seen.has(word)) known.windows++;
      seen.add(word);
      counts.set(word, known);
    }
  });
  const perTopic = all / Math.max(1, topics);
  return inTopic.map((counts, topic) =>
    [...counts]
      .filter(([, { windows }]) => windows > 1)
      .map(([term, { times }]) => ({ term, weight: (times / wordsOf[topic]!) * Math.log1p(perTopic / everywhere.get(term)!) }))
      // Equal weights in the order of the alphabet, so that the label never depends on the order of the data.
      .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
      .slice(0, howMany)
  );
}

/**
 * Messages that show a topic: from its most central windows, one each, the message whose words weigh most for their
 * number; no text twice.
 * @param central windows of the topic, most central first
 * @returns rows, at most `howMany`
 */
export function topicQuotes(
  central: readonly number[],
  rowsOf: (window: number) => ArrayLike<number>,
  textOf: (row: number) => string,
  terms: readonly { readonly term: string; readonly weight: number }[],
  howMany: number
): number[] {
  const weight = new Map(terms.map(({ term, weight: w }) => [term, w]));
  const quotes: number[] = [];
  const texts = new Set<string>();
  for (const window of central) {
    if (quotes.length === howMany) break;
    let best = -1;
    let bestWeight = 0;
    let bestText = '';
    for (const row of Array.from(rowsOf(window))) {
      const words = new Set(topicWords(textOf(row)));
      let sum = 0;
      for (const word of words) sum += weight.get(word) ?? 0;
      // The root lets a telling sentence beat a single telling word.
      sum /= Math.sqrt(Math.max(3, words.size));
      const text = [...words].join(' ');
      if (sum > bestWeight && !texts.has(text)) {
        best = row;
        bestWeight = sum;
        bestText = text;
      }
    }
    if (best < 0) continue;
    quotes.push(best);
    texts.add(bestText);
  }
  return quotes;
}
