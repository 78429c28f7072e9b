/** One size of one work in a process of its own: `growth-run.ts WORK SIZE` prints a GrowthRun as JSON. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { evaluate, topValues } from '../../src/lib/analysis/filter/evaluate.ts';
import { rowsInOrder, timeOrder } from '../../src/lib/analysis/filter/time-order.ts';
import { components } from '../../src/lib/analysis/network/components.ts';
import { suggestIdentities } from '../../src/lib/analysis/identity/suggest.ts';
import { buildGraph } from '../../src/lib/analysis/network/csr.ts';
import { aggregate } from '../../src/lib/analysis/network/events.ts';
import { coreNumbers } from '../../src/lib/analysis/network/kcore.ts';
import { ForceLayout } from '../../src/lib/analysis/network/layout.ts';
import { leiden } from '../../src/lib/analysis/network/leiden.ts';
import { pageRank } from '../../src/lib/analysis/network/pagerank.ts';
import { SearchIndex } from '../../src/lib/analysis/search/search-index.ts';
import { findTopics } from '../../src/lib/analysis/topics/topics.ts';
import { identityFacts } from '../../src/lib/pipeline/identity.ts';
import { adjustedRand, clusteredOnly } from './agreement.ts';
import { deskOf, sessionOf } from './case-at-scale.ts';
import { columnsOf, filterOf } from './filter-columns.ts';
import { cpu_ms, leastCpu } from './measure.ts';
import { generateTexts } from './messages.ts';
import { peakFromHere } from './own-process.ts';
import { socialCase } from './social.ts';
import { plantedTalk } from './subjects.ts';

export type GrowthWork = 'search' | 'filter' | 'network' | 'layout' | 'topics' | 'identity' | 'patterns';

export interface GrowthRun {
  readonly cpu_ms: number;
  readonly wall_ms: number;
  /** Resident over the start; what is worked on is there before the start. */
  readonly peakBytes: number;
  /** What the work found, where that is of interest. */
  readonly found: Readonly<Record<string, number>>;
}

/** Steps of a layout that are timed together. */
const LAYOUT_STEPS = 10;

type Work = () => Promise<Record<string, number>> | Record<string, number>;

/** Makes what is worked on, then gives the work. */
const WORKS: Readonly<Record<GrowthWork, (size: number) => Work | Promise<Work>>> = {
  search(size) {
    const { texts } = generateTexts(size);
    return () => {
      const index = new SearchIndex();
      for (let id = 0; id < texts.length; id++) index.add(id, 'original', texts[id]!);
      index.commit();
      return { bytes: index.sizeBytes };
    };
  },
  filter(size) {
    const columns = columnsOf(size);
    const filter = filterOf(columns, {});
    const order = timeOrder(columns.utcMs);
    return () => {
      const found = evaluate(filter);
      for (const counts of found.counts) topValues(counts, 50);
      return { rows: rowsInOrder(order, found.bits).length };
    };
  },
  network(size) {
    const parties = size / 10;
    const social = socialCase(parties, 3 * parties, size);
    return () => {
      const graph = buildGraph(parties, aggregate(parties, social.events, social.members));
      pageRank(graph);
      components(graph);
      coreNumbers(graph);
      return { modularity: leiden(graph, { starts: 1 }).modularity };
    };
  },
  layout(size) {
    const social = socialCase(size, 3 * size, 3 * size, 5);
    const graph = buildGraph(size, aggregate(size, social.events, social.members));
    return () => {
      const layout = new ForceLayout(graph);
      for (let i = 0; i < LAYOUT_STEPS; i++) layout.step();
      return { farthest: layout.x.reduce((most, x) => Math.max(most, Math.abs(x)), 0) };
    };
  },
  async identity(size) {
    const session = await sessionOf(size);
    const search = deskOf(session);
    // The index is the search's work and not that of suggestions.
    await search.warm();
    return async () => ({ pairs: (await suggestIdentities(await identityFacts(session.store, search))).length });
  },
  async patterns(size) {
    const session = await sessionOf(size);
    // Nor is the order of time that of the rules.
    await session.filter({});
    return async () => ({ findings: (await session.patterns({}, () => {})).findings.length });
  },
  topics(size) {
    const talk = plantedTalk(size);
    return async () => {
      const { windowTopic, topics, outlierWindows } = await findTopics(talk.stream);
      const { found, truth } = clusteredOnly(windowTopic, talk.subject);
      const ari = adjustedRand(found, truth);
      return { windows: windowTopic.length, topics: topics.length, outliers: outlierWindows / windowTopic.length, ari };
    };
  }
};

const [work, size] = [process.argv[2] as GrowthWork, Number(process.argv[3])];
const run = await WORKS[work](size);
setFlagsFromString('--expose-gc');
(runInNewContext('gc') as () => void)();
const peak = peakFromHere();
const began = performance.now();
const start = cpu_ms();
const first = await run();
const once = cpu_ms() - start;
const wall_ms = performance.now() - began;
const peakBytes = peak();
// What takes seconds is not measured twice; what takes less is, until the compiler has come to rest.
const more = once > 3000 ? null : await leastCpu(Math.min(20, Math.ceil(3000 / once)), run);
const answer: GrowthRun = { cpu_ms: Math.min(once, more?.value_ms ?? Infinity), wall_ms, peakBytes, found: first };
console.log(JSON.stringify(answer));
