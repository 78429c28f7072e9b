/**
 * Search: our index against SQLite FTS5, FlexSearch and MiniSearch on the same texts in one run, 100,000 and the full
 * size. Build times are CPU times; a query's time is the least of five.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { highlight } from '../../src/lib/analysis/search/highlight.ts';
import { rank, search } from '../../src/lib/analysis/search/query-evaluate.ts';
import { SearchIndex } from '../../src/lib/analysis/search/search-index.ts';
import { against, type Figure } from './figure.ts';
import { growthFigures } from './growth.ts';
import { cpu_ms } from './measure.ts';
import { generateTexts, type GeneratedTexts } from './messages.ts';
import { peerFigures } from './search-peers.ts';
import { leastOf, parsed, quantile, questions, type Kind } from './search-questions.ts';
import { storedFigures } from './stored-index.ts';

const PEER_TEXTS = 100_000;
const FULL_TEXTS = 1_000_000;

function build(texts: readonly string[]): { index: SearchIndex; cpu: number } {
  const start = cpu_ms();
  const index = new SearchIndex();
  for (let id = 0; id < texts.length; id++) index.add(id, 'original', texts[id] as string);
  index.commit();
  return { index, cpu: cpu_ms() - start };
}

/** FTS5 through Python's sqlite3; none where Python or FTS5 is missing. */
function fts5(
  { texts }: GeneratedTexts,
  asked: Record<Kind, string[]>,
  ours: { cpu: number; index: SearchIndex },
  at: string
): Figure[] {
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
        ...against(`search.build${at}`, ours.cpu, 'ms CPU', name, peer.build_s * 1000),
        target: 'ratio <= 0.3',
        met: ours.cpu <= 300 * peer.build_s
      },
      against(`search.size${at}`, ours.index.sizeBytes / 1e6, 'MB', name, peer.bytes / 1e6)
    ];
    for (const kind of ['words', 'and', 'prefix', 'phrase'] as const) {
      const times = asked[kind]
        .filter(isSpaced)
        .map((query) => leastOf(() => search(ours.index, parsed(query), { messageCount: texts.length })));
      for (const q of [50, 95]) {
        const theirs = quantile(peer.queries_ms[kind] ?? [], q / 100);
        figures.push(against(`search.p${q}.${kind}${at}`, quantile(times, q / 100), 'ms', name, theirs));
      }
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
  const figures = [...fts5(small, questions(small), ours, '.100k'), ...(await peerFigures(small.texts.length, '.100k'))];
  const full = generateTexts(scale);
  const { index, cpu } = build(full.texts);
  figures.push(
    { id: 'search.build', value: cpu / 1000, unit: 's CPU', target: '<= 4', met: cpu <= 4000 },
    { id: 'search.size', value: index.sizeBytes / 1e6, unit: 'MB' },
    { id: 'search.segments', value: index.segments.length, unit: 'segments' }
  );
  figures.push(...fts5(full, questions(full), { index, cpu }, '.full'), ...(await peerFigures(scale, '.full')));
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
