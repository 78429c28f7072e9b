/**
 * One worker of the overnight bench, in a process of its own: `overnight-run.ts LINES SAMPLED PART PARTS`.
 * Plans every line as the product does, then translates a seeded sample of its share of the distinct segments and of those
 * that are read behind the message before them, and prints its figures as JSON.
 */
import { readFile } from 'node:fs/promises';
import { SeededRandom } from '../../src/lib/analysis/random.ts';
import { leadOf, reachOf, type Reach, type Reading } from '../../src/lib/language/before.ts';
import type { LanguageCode, Lead } from '../../src/lib/language/contract.ts';
import { LanguageIdentifier, type LanguageTableConfig } from '../../src/lib/language/identify.ts';
import { mask, maskingWays } from '../../src/lib/language/mask.ts';
import { normalForm } from '../../src/lib/language/memory.ts';
import { openEmbedded, readQualityRules } from '../../src/lib/language/open.ts';
import { passagesOf } from '../../src/lib/language/passages.ts';
import { planLine, type LinePlan } from '../../src/lib/language/plan.ts';
import { coreThreads, sizesOf } from '../../tools/sample/threads.ts';
import { crowdThreads } from '../../tools/sample/crowd.ts';
import { messagesOf } from '../../tools/sample/talk.ts';
import { waited_ms, watchMemory } from './own-process.ts';

const MODEL = 'romance-en';
const SEED = 1;

export interface OvernightRun {
  readonly lines: number;
  readonly characters: number;
  /** Lines with at least one segment for the model. */
  readonly foreign: number;
  /** Segments for the model, and how many of them differ. */
  readonly segments: number;
  /** Sentences of one message that are asked for together as well. */
  readonly passages: number;
  /** Segments that stand whole in the phrase book. */
  readonly fromBook: number;
  readonly distinct: number;
  /** Beginnings of lines that are read behind the message before as well, and how many of these differ in either. */
  readonly behind: number;
  readonly distinctBehind: number;
  readonly planning_ms: number;
  readonly sampled: number;
  readonly sampling_ms: number;
  readonly sampledBehind: number;
  readonly samplingBehind_ms: number;
  readonly peakBytes: number;
}

const root = new URL('../../models/', import.meta.url).pathname;
const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(root + path));

/** Time of this thread, without what it waited for a core that other programs held. */
async function timed<R>(work: () => Promise<R> | R): Promise<{ ms: number; result: R }> {
  const from = performance.now();
  const waited = waited_ms();
  const result = await work();
  return { ms: performance.now() - from - (waited_ms() - waited), result };
}

/** Characters a line in the operation that is the measure: 12.5 million over 350,000. Ours are shorter, so there are more. */
const CHARACTERS_A_LINE = 12_500_000 / 350_000;

interface TalkLine {
  readonly text: string;
  /** Of the same conversation; '' for its first. */
  readonly before: string;
}

/** The sample case's talk, until there are `count` lines and as many characters as so many lines of that operation had. */
function* linesOf(count: number): Generator<TalkLine> {
  let lines = 0;
  let characters = 0;
  const scale = count * 3;
  for (const threads of [coreThreads(scale), crowdThreads(SEED, sizesOf(scale).crowdRecords)]) {
    for (const thread of threads) {
      let before = '';
      for (const { text } of messagesOf(thread, SEED)) {
        if (lines >= count && characters >= count * CHARACTERS_A_LINE) return;
        lines++;
        characters += text.length;
        yield { text, before };
        if (text !== '') before = text;
      }
    }
  }
}

function shuffled<T>(all: T[]): T[] {
  const random = new SeededRandom(SEED);
  for (let i = all.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [all[i], all[j]] = [all[j] as T, all[i] as T];
  }
  return all;
}

function byLanguage<T extends { readonly language: LanguageCode }>(all: readonly T[]): Map<LanguageCode, T[]> {
  const groups = new Map<LanguageCode, T[]>();
  for (const one of all) {
    const own = groups.get(one.language);
    if (own === undefined) groups.set(one.language, [one]);
    else own.push(one);
  }
  return groups;
}

export async function overnightRun(count: number, most: number, part: number, parts: number): Promise<OvernightRun> {
  const memory = watchMemory();
  const { manifest, rules } = await readQualityRules(read, MODEL);
  const { phrases } = rules;
  const isPhrase = (language: string, text: string): boolean => (phrases?.find(language, normalForm(text)) ?? null) !== null;
  const engine = await openEmbedded(manifest, { read, modelsRoot: root, threads: 1 });
  const config = JSON.parse(await readFile(`${root}langid/config.json`, 'utf8')) as LanguageTableConfig;
  const table = await read('langid/table.bin');
  const identifier = new LanguageIdentifier(config, new Int8Array(table.buffer, table.byteOffset, table.length));
  const ways = maskingWays(engine);
  /** As it is first asked for. */
  const asked = (text: string): string => {
    for (const way of ways) {
      const masked = mask(text, way);
      if (masked !== null) return normalForm(masked.text);
    }
    return normalForm(text);
  };

  const lines = [...linesOf(count)];
  const distinct = new Map<string, LanguageCode>();
  const reaches = new Map<string, Reach>();
  let foreign = 0;
  let segments = 0;
  let passages = 0;
  let fromBook = 0;
  let behind = 0;
  const planOf = (text: string): LinePlan => planLine(text, identifier, engine.languages, isPhrase);
  const readingOf = (): Reading | null => (engine.before === undefined ? null : { shape: engine.before, way: ways[0] });
  const planning = await timed(() => {
    for (const { text, before } of lines) {
      const plan = planOf(text);
      const { parts: planned } = plan;
      const translated = planned.filter((p) => p.kind === 'translate');
      if (translated.length > 0) foreign++;
      segments += translated.length;
      for (const p of translated) {
        if (isPhrase(p.language, p.text)) fromBook++;
        else distinct.set(asked(p.text), p.language);
      }
      // Sentences that are taken together go through the engine both ways.
      const together = passagesOf(
        planned,
        () => engine.passages?.longest ?? 0,
        (p) => isPhrase(p.language, p.text)
      );
      passages += together.length;
      for (const passage of together) distinct.set(asked(passage.text), passage.language);
      if (translated.length === 0 || before === '') continue;
      const reach = reachOf(plan, planOf(before), readingOf, (p) => isPhrase(p.language, p.text));
      if (reach === null) continue;
      behind++;
      reaches.set(`${reach.language}\n${asked(reach.text)}\n${normalForm(reach.before.source)}`, reach);
    }
  });

  const never = new AbortController().signal;
  const isOwn = (_: unknown, i: number): boolean => i % parts === part;
  const sample = shuffled([...distinct].filter(isOwn).map(([text, language]) => ({ text, language }))).slice(0, most);
  const groups = byLanguage(sample);
  const translate = async (own: readonly { readonly text: string }[], language: LanguageCode, leads?: readonly (Lead | null)[]) =>
    engine.translate(
      own.map(({ text }) => text),
      never,
      language,
      leads
    );
  for (const [language, own] of groups) await translate(own.slice(0, 32), language);
  const sampling = await timed(async () => {
    for (const [language, own] of groups) await translate(own, language);
  });
  const behindSample = byLanguage(shuffled([...reaches.values()].filter(isOwn)).slice(0, most / 2));
  let sampledBehind = 0;
  let samplingBehind_ms = 0;
  for (const [language, own] of behindSample) {
    // The message before has its English by then; it is not counted here.
    const said = await translate(
      own.map(({ before }) => ({ text: asked(before.source) })),
      language
    );
    const leads = own.map((reach, i) => leadOf(reach, said[i]?.text ?? null));
    const read = own.map(({ text }) => ({ text: asked(text) }));
    sampledBehind += own.length;
    samplingBehind_ms += (await timed(() => translate(read, language, leads))).ms;
  }
  await engine.dispose();
  return {
    lines: lines.length,
    characters: lines.reduce((sum, { text }) => sum + text.length, 0),
    foreign,
    segments,
    passages,
    fromBook,
    distinct: distinct.size,
    behind,
    distinctBehind: reaches.size,
    planning_ms: planning.ms,
    sampled: sample.length,
    sampling_ms: sampling.ms,
    sampledBehind,
    samplingBehind_ms,
    peakBytes: memory.stop()
  };
}

const [count = '0', most = '0', part = '0', parts = '1'] = process.argv.slice(2);
console.log(JSON.stringify(await overnightRun(Number(count), Number(most), Number(part), Number(parts))));
