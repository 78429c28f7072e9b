/** Topics of the filtered messages, with the people and quotes behind each. */
import type { PaceOptions } from '../analysis/pace.ts';
import { findTopics, type TopicOptions } from '../analysis/topics/topics.ts';
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { PartyLabel, TopicsView } from './contract.ts';
import { englishOf, type EnglishSources } from './english.ts';
import type { VectorModel, WindowVectors } from './window-vectors.ts';

const PEOPLE_SHOWN = 5;

export interface FoundTopics {
  readonly view: TopicsView;
  /** Topic of each message of the case, -1 for none and for messages outside the filter. */
  readonly topicOf: Int32Array;
}

export interface TopicsViewOptions extends PaceOptions, Pick<TopicOptions, 'card'> {
  /** A pack that makes the vectors, and the desk that runs it; of words where there is none. */
  readonly by?: { readonly modelSha256Hex: string; readonly vectors: WindowVectors } | null;
}

/** @throws the signal's reason when aborted. The same messages, vectors and seed give the same topics. */
export async function topicsView(
  store: EvidenceStore,
  sources: EnglishSources,
  ids: Uint32Array,
  seed: number,
  { by = null, ...options }: TopicsViewOptions = {}
): Promise<FoundTopics> {
  const started = performance.now();
  const { messages, directory } = store;
  const stream = {
    count: ids.length,
    thread: ids.map((id) => messages.thread.at(id)),
    utcMs: Float64Array.from(ids, (id) => messages.time.utcMs.at(id)),
    textOf: (row: number): string => englishOf(store, sources, ids[row] as number)
  };
  let model: VectorModel | null = null;
  const vectorsOf: TopicOptions['vectorsOf'] = async (texts, pace) => {
    if (by === null) throw new Error('no model was asked for');
    const made = await by.vectors.of(by.modelSha256Hex, texts, pace);
    model = made.model;
    return { count: texts.length, dims: made.dims, values: made.values };
  };
  const found = await findTopics(stream, { ...options, seed, ...(by === null ? {} : { vectorsOf }) });
  const topicOf = new Int32Array(store.committed.messages).fill(-1);
  const writers = found.topics.map(() => new Map<number, number>());
  for (let row = 0; row < ids.length; row++) {
    const topic = found.rowTopic[row] as number;
    topicOf[ids[row] as number] = topic;
    const party = directory.partyOf(messages.from.at(ids[row] as number));
    const counts = writers[topic];
    if (counts !== undefined && party !== NONE) counts.set(party, (counts.get(party) ?? 0) + 1);
  }
  const known = (ms: number): number | null => (Number.isNaN(ms) ? null : ms);
  const topics = found.topics.map((topic, id) => ({
    id,
    terms: topic.terms,
    windows: topic.coreWindows + topic.nearWindows,
    messages: topic.messages,
    parties: busiest(writers[id] ?? new Map()).map((party): PartyLabel => ({ id: party, label: directory.label(party) })),
    quotes: topic.quotes.map((row) => ids[row] as number),
    firstMs: known(topic.firstMs),
    lastMs: known(topic.lastMs)
  }));
  const windows = found.windowTopic.length;
  const { plane, windowTopic, windowRows, windowOffsets, outlierWindows } = found;
  const message = plane.window.map((w) => ids[windowRows[windowOffsets[w] as number] as number] as number);
  const topic = Int32Array.from(plane.window, (w) => windowTopic[w] as number);
  const view = {
    topics,
    windows,
    outlierWindows,
    how: { ...found.how, model: model as VectorModel | null },
    plane: { x: plane.x, y: plane.y, topic, message }
  };
  return { view: { ...view, elapsed_ms: performance.now() - started }, topicOf };
}

function busiest(counts: ReadonlyMap<number, number>): number[] {
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, PEOPLE_SHOWN)
    .map(([party]) => party);
}
