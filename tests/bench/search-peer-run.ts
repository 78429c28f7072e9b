/** One search engine on one size of texts in a process of its own: `search-peer-run.ts PEER SIZE` prints a PeerRun. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Index as FlexIndex } from 'flexsearch';
import MiniSearch from 'minisearch';
import { search } from '../../src/lib/analysis/search/query-evaluate.ts';
import { SearchIndex } from '../../src/lib/analysis/search/search-index.ts';
import { cpu_ms } from './measure.ts';
import { generateTexts } from './messages.ts';
import { peakFromHere } from './own-process.ts';
import { leastOf, parsed, questions, type Kind } from './search-questions.ts';

export type PeerName = 'own' | 'flexsearch' | 'minisearch';

export interface PeerRun {
  readonly build_ms: number;
  /** Over where the process stood with the texts alone. */
  readonly peakBytes: number;
  /** Least of five for each question, by kind; kinds that the engine has no question for are left out. */
  readonly queries_ms: Partial<Record<Kind, number[]>>;
}

type Ask = (query: string) => unknown;

/** Builds the index, then gives how it is asked; every engine gives all that it finds. */
const ENGINES: Readonly<Record<PeerName, (texts: readonly string[]) => Partial<Record<Kind, Ask>>>> = {
  own(texts) {
    const index = new SearchIndex();
    for (let id = 0; id < texts.length; id++) index.add(id, 'original', texts[id]!);
    index.commit();
    const ask: Ask = (query) => search(index, parsed(query), { messageCount: texts.length });
    return { words: ask, and: ask, prefix: ask };
  },
  flexsearch(texts) {
    const index = new FlexIndex({ tokenize: 'strict' });
    for (let id = 0; id < texts.length; id++) index.add(id, texts[id]!);
    const ask: Ask = (query) => index.search(query, { limit: texts.length });
    return { words: ask, and: ask };
  },
  minisearch(texts) {
    const index = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
    index.addAll(texts.map((text, id) => ({ id, text })));
    return {
      words: (query) => index.search(query),
      and: (query) => index.search(query, { combineWith: 'AND' }),
      prefix: (query) => index.search(query.slice(0, -1), { prefix: true })
    };
  }
};

const [name, size] = [process.argv[2] as PeerName, Number(process.argv[3])];
const generated = generateTexts(size);
const asked = questions(generated);
setFlagsFromString('--expose-gc');
(runInNewContext('gc') as () => void)();
const peak = peakFromHere();
const start = cpu_ms();
const engine = ENGINES[name](generated.texts);
const build_ms = cpu_ms() - start;
const peakBytes = peak();
// Han has no words for the peers' tokenizers: only the spaced languages are compared.
const isSpaced = (query: string): boolean => !/\p{Script=Han}/u.test(query);
const queries_ms: PeerRun['queries_ms'] = Object.fromEntries(
  Object.entries(engine).map(([kind, ask]) => [
    kind,
    asked[kind as Kind].filter(isSpaced).map((query) => leastOf(() => ask(query)))
  ])
);
const answer: PeerRun = { build_ms, peakBytes, queries_ms };
console.log(JSON.stringify(answer));
