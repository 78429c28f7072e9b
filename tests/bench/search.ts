/**
 * Search: our index against SQLite FTS5, FlexSearch and MiniSearch on the same 100,000 texts in one run, then ours
 * alone at full size. Build times are CPU times; a query's time is the least of five.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Index as FlexIndex } from 'flexsearch';
import MiniSearch from 'minisearch';
import { highlight } from '../../src/lib/analysis/search/highlight.ts';
import { rank, search } from '../../src/lib/analysis/search/query-evaluate.ts';
import { parseQuery } from '../../src/lib/analysis/search/query-parse.ts';
import type { QueryNode } from '../../src/lib/analysis/search/query.ts';
import { SearchIndex } from '../../src/lib/analysis/search/search-index.ts';
import { against, type Figure } from './figure.ts';
import { growthFigures } from './growth.ts';
import { cpu_ms } from './measure.ts';
import { generateTexts, type GeneratedTexts } from './messages.ts';
import { storedFigures } from './stored-index.ts';

const PEER_TEXTS = 100_000;
const FULL_TEXTS = 1_000_000;
const REPEATS = 5;

const KINDS = ['words', 'and', 'prefix', 'phrase', 'number', 'name'] as const;
type Kind = (typeof KINDS)[number];

/** Questions over frequent, middling and rare words of every language. */
function questions({ vocabularies, texts }: GeneratedTexts): Record<Kind, string[]> {
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

function leastOf(work: () => unknown): number {
  let least = Infinity;
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * q)] ?? Number.NaN;

function parsed(query: string): QueryNode {
  const result = parseQuery(query);
  if (!result.ok || result.query === null) throw new Error(`not a query: ${query}`);
  return result.query;
}

function build(texts: readonly string[]): { index: SearchIndex; cpu: number } {
  const start = cpu_ms();
  const index = new SearchIndex();
  for (let id = 0; id < texts.length; id++) index.add(id, 'original', texts[id] as string);
  index.commit();
  return { index, cpu: cpu_ms() - start };
}

function peers(generated: GeneratedTexts, ours_ms: number): Figure[] {
  const { texts } = generated;
  const figures: Figure[] = [];
  let start = cpu_ms();
  const flex = new FlexIndex({ tokenize: 'strict' });
  for (let id = 0; id < texts.length; id++) flex.add(id, texts[id] as string);
  figures.push(against('search.build.100k', ours_ms, 'ms CPU', 'flexsearch', cpu_ms() - start));
  start = cpu_ms();
  const mini = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
  mini.addAll(texts.map((text, id) => ({ id, text })));
  figures.push(against('search.build.100k', ours_ms, 'ms CPU', 'minisearch', cpu_ms() - start));
  return figures;
}

/** FTS5 through Python's sqlite3; none where Python or FTS5 is missing. */
function fts5({ texts }: GeneratedTexts, asked: Record<Kind, string[]>, ours: { cpu: number; index: SearchIndex }): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'skein-bench-'));
  const quoted = (query: string): string => `"${query.replaceAll('"', '')}"`;
  // Han has no words for FTS5's tokenizer: only the spaced languages are compared.
  const isSpaced = (query: string): boolean => !/\p{Script=Han}/u.test(query);
  const expressions = {
    words: asked.words.filter(isSpaced).map(quoted),
    and: asked.and.map((query) => query.split(' ').map(quoted).join(' AND ')),
    prefix: asked.prefix.map((query) => `${quoted(query.slice(0, -1))}*`),
    phrase: asked.phrase
  };
  try {
    writeFileSync(join(folder, 'texts'), texts.join('\n'));
    writeFileSync(join(folder, 'queries'), JSON.stringify(expressions));
    const script = join(dirname(fileURLToPath(import.meta.url)), 'peers', 'fts5_peer.py');
    const out = execFileSync('python3', [script, join(folder, 'texts'), join(folder, 'queries')], { encoding: 'utf8' });
    const peer = JSON.parse(out) as { sqlite: string; build_s: number; bytes: number; queries_ms: Record<string, number[]> };
    const name = `FTS5 ${peer.sqlite}`;
    const figures = [
      {
        ...against('search.build.100k', ours.cpu, 'ms CPU', name, peer.build_s * 1000),
        target: 'ratio <= 0.3',
        met: ours.cpu <= 300 * peer.build_s
      },
      against('search.size.100k', ours.index.sizeBytes / 1e6, 'MB', name, peer.bytes / 1e6)
    ];
    for (const kind of ['words', 'and', 'prefix', 'phrase'] as const) {
      const times = asked[kind]
        .filter(isSpaced)
        .map((query) => leastOf(() => search(ours.index, parsed(query), { messageCount: texts.length })));
      figures.push(
        against(`search.p95.${kind}.100k`, quantile(times, 0.95), 'ms', name, quantile(peer.queries_ms[kind] ?? [], 0.95))
      );
    }
    return figures;
  } catch (error) {
    console.error(`FTS5 was not measured: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    return [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Figures at `scale` texts (a million unless told), after the peers at 100,000. */
export async function run(options: { scale?: number }): Promise<Figure[]> {
  const scale = options.scale ?? FULL_TEXTS;
  const small = generateTexts(Math.min(PEER_TEXTS, scale));
  const ours = build(small.texts);
  const figures = [...fts5(small, questions(small), ours), ...peers(small, ours.cpu)];
  const full = generateTexts(scale);
  const { index, cpu } = build(full.texts);
  figures.push(
    { id: 'search.build', value: cpu / 1000, unit: 's CPU', target: '<= 4', met: cpu <= 4000 },
    { id: 'search.size', value: index.sizeBytes / 1e6, unit: 'MB' },
    { id: 'search.segments', value: index.segments.length, unit: 'segments' }
  );
  const options_ = { messageCount: scale };
  for (const [kind, asked] of Object.entries(questions(full))) {
    const times = asked.map((query) => leastOf(() => search(index, parsed(query), options_)));
    const p95 = quantile(times, 0.95);
    figures.push({ id: `search.p50.${kind}`, value: quantile(times, 0.5), unit: 'ms' });
    figures.push({ id: `search.p95.${kind}`, value: p95, unit: 'ms', target: '<= 50', met: p95 <= 50 });
  }
  const frequent = parsed(full.vocabularies[0]?.[0] as string);
  const { bits, total } = search(index, frequent, options_);
  figures.push({
    id: 'search.rank.frequent',
    value: leastOf(() => rank(index, frequent, bits)),
    unit: `ms for ${total} messages`
  });
  figures.push({
    id: 'search.highlight',
    value: leastOf(() => full.texts.slice(0, 1000).map((text) => highlight(frequent, 'original', text))),
    unit: 'ms for 1,000 rows'
  });
  const pattern = parsed('/07\\d{3} ?9\\d{5}/');
  figures.push({
    id: 'search.pattern',
    value: leastOf(() =>
      search(index, pattern, {
        ...options_,
        text: (id, side) => (side === 'original' ? (full.texts[id] as string) : null),
        patternBudget_ms: 60_000
      })
    ),
    unit: 'ms over all texts'
  });
  figures.push(...(await storedFigures(scale)));
  return [...figures, ...(await growthFigures('search', scale, 'texts'))];
}
