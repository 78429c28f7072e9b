/**
 * Topics: quality on labelled texts (banking77, CLINC150 small, where ../shared/samples is present) beside
 * scikit-learn's KMeans, told the true number, and HDBSCAN on the same vectors in the same run; time of the whole on
 * generated chat. Labels of those sets are fine intents of single sentences, harder than topics of talk: the numbers
 * compare methods and settings, they do not say how good topics are on a phone.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { likelyNeighbours, nearestNeighbours } from '../../src/lib/analysis/topics/knn.ts';
import { adoptNear, cluster, findTopics, neighboursOf } from '../../src/lib/analysis/topics/topics.ts';
import { truncatedSvd, unitRows, type DensePoints } from '../../src/lib/analysis/topics/svd.ts';
import { topicWords } from '../../src/lib/analysis/topics/words.ts';
import { vectorise } from '../../src/lib/analysis/topics/vectorise.ts';
import { SeededRandom } from '../../src/lib/analysis/random.ts';
import type { Exchange } from '../../tools/sample/exchange.ts';
import { messagesOf } from '../../tools/sample/talk.ts';
import { coreThreads } from '../../tools/sample/threads.ts';
import { adjustedRand, clusteredOnly, normalisedMutualInformation } from './agreement.ts';
import { against, type Figure } from './figure.ts';
import { growth } from './growth.ts';
import { cpu_ms, leastCpu } from './measure.ts';
import { runPeer } from './peers/python.ts';
import { SUBJECTS, WITHOUT_SUBJECT } from './subjects.ts';

interface SklearnAnswer {
  readonly version: string;
  readonly kmeans: { readonly labels: number[]; readonly seconds: number };
  readonly knn_s: number;
  readonly hdbscan: { readonly labels: number[]; readonly seconds: number } | null;
}

interface Labelled {
  readonly name: string;
  readonly texts: readonly string[];
  readonly truth: readonly number[];
}

const FOLDER = new URL('../../../shared/samples/text_cluster/', import.meta.url);
const NEIGHBOURS = 15;
const MIN_SAMPLES = 5;

export async function run(options: { scale?: number } = {}): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const set of labelledSets()) figures.push(...(await quality(set)));
  figures.push(...(await kernelFigures()), ...(await wholeOnChat(6000)));
  return [...figures, ...(await atScale(options.scale ?? 100_000))];
}

/** Points of the kernel's comparison with plain TypeScript; the kernel alone is then timed at the most that it takes exactly. */
const KERNEL_POINTS = 10_000;
const EXACT_POINTS = 30_000;
const DIMS = 64;
const TARGET_S = 180;

/** Exact lists by the WebAssembly kernel, and by the loop in double precision that it took the place of. */
async function kernelFigures(): Promise<Figure[]> {
  const random = new SeededRandom(4);
  const pointsOf = (count: number): DensePoints =>
    unitRows({ count, dims: DIMS, values: Float32Array.from({ length: count * DIMS }, () => random.normal()) }).points;
  const some = pointsOf(KERNEL_POINTS);
  const kernel = await leastCpu(2, () => nearestNeighbours(some, NEIGHBOURS));
  const plain = await leastCpu(1, () => plainNeighbours(some, NEIGHBOURS));
  let equal = 0;
  kernel.result.index.forEach((other, at) => (equal += Number(other === plain.result[at])));
  const many = pointsOf(EXACT_POINTS);
  const most = await leastCpu(1, () => nearestNeighbours(many, NEIGHBOURS));
  const size = `${KERNEL_POINTS.toLocaleString('en')} points of ${DIMS} numbers`;
  return [
    against(
      'topics.kernel',
      kernel.value_ms,
      `ms CPU, exact lists of ${size}`,
      'plain TypeScript, double precision',
      plain.value_ms
    ),
    {
      id: 'topics.kernel.equal',
      value: equal / kernel.result.index.length,
      unit: 'of the places in the lists hold the same point'
    },
    {
      id: 'topics.kernel.most',
      value: most.value_ms / 1000,
      unit: `s CPU, exact lists of ${EXACT_POINTS.toLocaleString('en')} points, the most that are compared in full`
    }
  ];
}

function plainNeighbours({ count, dims, values }: DensePoints, k: number): Uint32Array {
  const index = new Uint32Array(count * k);
  const square = new Float64Array(count * k).fill(Infinity);
  const keep = (p: number, other: number, found: number): void => {
    let at = (p + 1) * k - 1;
    if (found >= square[at]!) return;
    for (; at > p * k && square[at - 1]! > found; at--) {
      square[at] = square[at - 1]!;
      index[at] = index[at - 1]!;
    }
    square[at] = found;
    index[at] = other;
  };
  for (let a = 1; a < count; a++) {
    for (let b = 0; b < a; b++) {
      let sum = 0;
      for (let d = 0; d < dims; d++) sum += (values[a * dims + d]! - values[b * dims + d]!) ** 2;
      keep(a, b, sum);
      keep(b, a, sum);
    }
  }
  return index;
}

/** The whole on windows about planted subjects, three sizes, each in a process of its own. */
async function atScale(windows: number): Promise<Figure[]> {
  const { figures, largest } = await growth('topics', windows, 'windows');
  const { found, cpu_ms: spent, wall_ms } = largest;
  const id = `topics.windows.${windows}`;
  return [
    {
      id,
      value: spent / 1000,
      unit: `s CPU (${Math.round(wall_ms / 1000)} s by the clock on the wall)`,
      target: `<= ${TARGET_S}`,
      met: spent / 1000 <= TARGET_S
    },
    { id: `${id}.topics`, value: found['topics']!, unit: `topics of ${SUBJECTS} planted` },
    { id: `${id}.outliers`, value: found['outliers']!, unit: `share of windows; ${WITHOUT_SUBJECT} are about nothing` },
    { id: `${id}.ari`, value: found['ari']!, unit: 'ari of the clustered' },
    ...figures
  ];
}

function labelledSets(): Labelled[] {
  const banking = new URL('PolyAI-LDN+task-specific-datasets/banking_data/test.csv', FOLDER);
  const clinc = new URL('clinc+oos-eval/data/data_small.json', FOLDER);
  if (!existsSync(banking) || !existsSync(clinc)) {
    console.error('no labelled texts in ../shared/samples/text_cluster: quality is not measured');
    return [];
  }
  const bankingRows = readFileSync(banking, 'utf8')
    .trim()
    .split(/\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .slice(1)
    .map((line): [string, string] => {
      const comma = line.lastIndexOf(',');
      return [line.slice(0, comma).replace(/^"|"$/g, ''), line.slice(comma + 1).trim()];
    });
  const clincRows = (JSON.parse(readFileSync(clinc, 'utf8')) as { train: [string, string][] }).train;
  return [number('banking77', bankingRows), number('clinc150', clincRows)];
}

function number(name: string, rows: readonly (readonly [string, string])[]): Labelled {
  const labels = [...new Set(rows.map(([, label]) => label))];
  const numbers = new Map(labels.map((label, i) => [label, i]));
  return { name, texts: rows.map(([text]) => text), truth: rows.map(([, label]) => numbers.get(label)!) };
}

async function quality(set: Labelled): Promise<Figure[]> {
  const { name, truth } = set;
  const { points } = unitRows(await truncatedSvd(vectorise(set.texts.map(topicWords))));
  const knn = await leastCpu(2, () => nearestNeighbours(points, NEIGHBOURS));
  // The product bounds the number of topics for the reader's sake; the bench lets it find as many as there are.
  const options = { maxTopics: Infinity };
  const clusters = await cluster(points, await neighboursOf(points, options), options);
  const found = clusteredOnly(clusters.label, truth);
  const near = clusteredOnly(adoptNear(points, clusters).label, truth);
  const minClusterSize = Math.max(5, Math.min(100, Math.round(Math.sqrt(points.count) / 3)));
  const peer = askSklearn(points, new Set(truth).size, minClusterSize);

  const figures: Figure[] = [
    { id: `topics.${name}.clusters`, value: clusters.count, unit: `of ${new Set(truth).size} true ones` },
    { id: `topics.${name}.outliers.near`, value: near.outlierShare, unit: 'share, near ones counted with their topic' }
  ];
  const kmeans =
    peer === null ? null : { peer: `KMeans told the true number, scikit-learn ${peer.version}`, labels: peer.kmeans.labels };
  for (const [measure, judge] of [
    ['ari', adjustedRand],
    ['nmi', normalisedMutualInformation]
  ] as const) {
    const value = judge(near.found, near.truth);
    const id = `topics.${name}.${measure}.near`;
    figures.push(
      kmeans === null ? { id, value, unit: measure } : against(id, value, measure, kmeans.peer, judge(kmeans.labels, truth))
    );
  }
  const dense = peer?.hdbscan == null ? null : clusteredOnly(peer.hdbscan.labels, truth);
  if (peer !== null && dense === null)
    console.error(`scikit-learn ${peer.version} has no HDBSCAN (1.3 brought it): not compared`);
  const rows: [string, number, string, number | undefined][] = [
    ['outliers', found.outlierShare, 'share', dense?.outlierShare],
    [
      'ari',
      adjustedRand(found.found, found.truth),
      'ari of the clustered',
      dense === null ? undefined : adjustedRand(dense.found, dense.truth)
    ],
    [
      'nmi',
      normalisedMutualInformation(found.found, found.truth),
      'nmi of the clustered',
      dense === null ? undefined : normalisedMutualInformation(dense.found, dense.truth)
    ]
  ];
  for (const [measure, value, unit, peerValue] of rows) {
    const id = `topics.${name}.${measure}`;
    figures.push(
      peerValue === undefined
        ? { id, value, unit }
        : against(id, value, unit, `HDBSCAN, scikit-learn ${peer!.version}`, peerValue)
    );
  }
  figures.push(
    peer === null
      ? { id: `topics.${name}.knn`, value: knn.value_ms, unit: 'ms CPU' }
      : against(`topics.${name}.knn`, knn.value_ms, 'ms CPU', `brute force, scikit-learn ${peer.version}`, peer.knn_s * 1000)
  );
  const likely = await leastCpu(2, () => likelyNeighbours(points, NEIGHBOURS));
  figures.push(against(`topics.${name}.knn.likely`, likely.value_ms, 'ms CPU', 'our exact lists', knn.value_ms));
  let shared = 0;
  for (let p = 0; p < points.count; p++) {
    const exact = new Set(knn.result.index.subarray(p * NEIGHBOURS, (p + 1) * NEIGHBOURS));
    for (const other of likely.result.index.subarray(p * NEIGHBOURS, (p + 1) * NEIGHBOURS)) if (exact.has(other)) shared++;
  }
  const recall = shared / (NEIGHBOURS * points.count);
  figures.push({
    id: `topics.${name}.knn.likely.recall`,
    value: recall,
    unit: 'of the exact lists',
    target: '>= 0.95',
    met: recall >= 0.95
  });
  return figures;
}

function askSklearn(points: DensePoints, clusters: number, minClusterSize: number): SklearnAnswer | null {
  const folder = mkdtempSync(join(tmpdir(), 'skein-bench-'));
  try {
    const file = join(folder, 'vectors.f32');
    writeFileSync(file, new Uint8Array(points.values.buffer, points.values.byteOffset, points.values.byteLength));
    const numbers = [points.count, points.dims, clusters, minClusterSize, MIN_SAMPLES, NEIGHBOURS];
    return runPeer<SklearnAnswer>('sklearn_peer.py', [file, ...numbers.map(String)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The story of the sample case with every line in English, as perfect translation would leave it. */
async function wholeOnChat(messages: number): Promise<Figure[]> {
  const texts: string[] = [];
  const thread: number[] = [];
  const time: number[] = [];
  const inEnglish: Exchange = { language: () => 'en', name: (person) => person.name };
  coreThreads(messages).forEach((held, t) => {
    for (const message of messagesOf(held, 7, inEnglish)) {
      texts.push(message.text);
      thread.push(t);
      time.push(message.atMs);
    }
  });
  const start = cpu_ms();
  const found = await findTopics({
    count: texts.length,
    thread: Uint32Array.from(thread),
    utcMs: Float64Array.from(time),
    textOf: (row) => texts[row]!
  });
  const spent = cpu_ms() - start;
  const topics = found.topics.length;
  const id = `topics.chat.${texts.length}`;
  return [
    { id, value: spent, unit: `ms CPU, ${found.windowTopic.length} windows` },
    {
      id: `${id}.topics`,
      value: topics,
      unit: 'topics',
      target: '8 to 30 for about 6,000 messages',
      met: topics >= 8 && topics <= 30
    },
    { id: `${id}.outliers`, value: found.outlierWindows / found.windowTopic.length, unit: 'share of windows' }
  ];
}
