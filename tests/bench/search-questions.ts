/** What search is asked in benchmarks, of every peer the same. */
import { parseQuery } from '../../src/lib/analysis/search/query-parse.ts';
import type { QueryNode } from '../../src/lib/analysis/search/query.ts';
import type { GeneratedTexts } from './messages.ts';

const REPEATS = 5;
const KINDS = ['words', 'and', 'prefix', 'phrase', 'number', 'name'] as const;
export type Kind = (typeof KINDS)[number];

/** Questions over frequent, middling and rare words of every language. */
export function questions({ vocabularies, texts }: GeneratedTexts): Record<Kind, string[]> {
  const ranks = [0, 5, 50, 300, 2000, 9000, 30_000];
  const at = (language: number, r: number): string => vocabularies[language]?.[r] as string;
  const spaced = [0, 1, 2, 3];
  // Rows of words that do occur, from the texts themselves.
  const pairs = [10, 333, 4444, 55_555].flatMap((n) =>
    texts
      .slice(n, n + 40)
      .filter((t) => /^\p{Script=Latin}+ \p{Script=Latin}+ /u.test(t))
      .slice(0, 5)
  );
  return {
    words: vocabularies.flatMap((_, language) => ranks.map((r) => at(language, r))),
    and: spaced.flatMap((l) =>
      [
        [0, 1],
        [0, 60],
        [5, 700],
        [200, 210]
      ].map(([a, b]) => `${at(l, a as number)} ${at(l, b as number)}`)
    ),
    prefix: spaced.flatMap((l) => ranks.slice(2).map((r) => `${at(l, r).slice(0, 3)}*`)),
    phrase: [
      ...pairs.map((t) => `"${t.split(' ').slice(0, 2).join(' ')}"`),
      `"${at(0, 0)} ${at(0, 1)}"`,
      `"${at(1, 0)} ${at(1, 2)}"`
    ],
    // Every word of the vocabulary is compared; how often it stands there counts for little.
    name: ['~jose', '~мухаммед', '~alexandru', ...spaced.map((l) => `~${at(l, 300)}`)],
    number: ['07700 900123', '+447700900456', '00447700900789', '*0123']
  };
}

export function leastOf(work: () => unknown): number {
  let least = Infinity;
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

export const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * q)] ?? Number.NaN;

export function parsed(query: string): QueryNode {
  const result = parseQuery(query);
  if (!result.ok || result.query === null) throw new Error(`not a query: ${query}`);
  return result.query;
}
