/**
 * Chooses where the doubts about a translation model's lines begin, and writes them into its facts.json and manifest.json:
 *   npx tsx models/train/thresholds.ts models/romance-en
 * The weights of `unsureness` and where it begins to be a doubt are chosen on one half of the lines of verdicts.ts, the
 * others on one half of the held-out textbook lines of the optional ../shared/corpora and of tests/bench/chat; the other
 * halves are for `npm run -s bench -- flags`, which reports what they do. Run it again after every change of the model.
 * The model's hash does not change by it: thresholds stand beside its files.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { chrF, agreementOf } from '../../src/lib/language/agreement.ts';
import type { EngineOutput } from '../../src/lib/language/contract.ts';
import type { LanguageIdentifier } from '../../src/lib/language/identify.ts';
import { wordsUnanswered, type WordTable } from '../../src/lib/language/word-table.ts';
import type { ModelManifest } from '../../src/lib/language/manifest.ts';
import { wordsOf } from '../../src/lib/language/ngrams.ts';
import { openEmbedded, openIdentifier, openTranslator, readQualityRules } from '../../src/lib/language/open.ts';
import { unsureness, type QualityThresholds } from '../../src/lib/language/quality.ts';
import { heldOutLines, twofoldTranslations, type HeldOutLine } from './held-out.ts';
import { areaUnderCurve, readLines } from './verdicts.ts';

/** A machine line with chrF2 of this and more against the human one is called good here. */
const GOOD_CHRF = 50;
/** Share of good lines that may be called doubtful by the model's own confidence. */
const GOOD_DOUBTED = 0.15;
/** Share of the lines that readers found right that may be called unsure. */
const RIGHT_DOUBTED = 0.25;
/** Share of human translations that each rule on texts may call doubtful. */
const HUMAN_DOUBTED = 0.01;
/** The same for unanswered words, which catch far more: a free translation answers few words by the book. */
const HUMAN_UNANSWERED = 0.02;
/** The same for two human translations of one line: people choose other words for one sense. */
const HUMANS_DISAGREE = 0.1;
/** Source lengths where the band of length ratios changes; below the first a ratio says nothing. */
const RATIO_FROM = [8, 16, 30, 60];
const ENGLISH_FROM = 8;
const WORDS_FROM = 2;
const TWOFOLD = 2000;
/** Weights of `unsureness` that are tried. */
const WEIGHTS_PER_NAT = Array.from({ length: 21 }, (_, i) => i / 10);
const WEIGHTS_PER_LOG_STEP = Array.from({ length: 21 }, (_, i) => i / 50);

type Scattered = NonNullable<QualityThresholds['scattered']>;

/** Value below which `share` of the values lie. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
const rounded = (x: number): number => Math.round(x * 1000) / 1000;

/** The wider of the bounds that the two kinds of line give: chat is shorter and freer. */
function ratiosOf(lines: readonly HeldOutLine[]): QualityThresholds['ratios'] {
  return RATIO_FROM.map((from, i) => {
    const to = RATIO_FROM[i + 1] ?? Number.POSITIVE_INFINITY;
    const within = lines.filter(({ source }) => source.length >= from && source.length < to);
    const ratios = (['textbook', 'chat'] as const)
      .map((kind) => within.filter((line) => line.kind === kind).map(({ source, english }) => english.length / source.length))
      .filter((of) => of.length > 0);
    return {
      from,
      least: rounded(Math.min(...ratios.map((of) => quantile(of, HUMAN_DOUBTED / 2)))),
      most: rounded(Math.max(...ratios.map((of) => quantile(of, 1 - HUMAN_DOUBTED / 2))))
    };
  });
}

/** Over the words that the source does not hold as well, as the rule looks at them. */
function leastEnglishOf(lines: readonly HeldOutLine[], identifier: LanguageIdentifier): number {
  const own = lines.map(({ source, english }) => {
    const copied = new Set(wordsOf(source));
    return [...new Set(wordsOf(english))].filter((word) => !copied.has(word));
  });
  const answers = own
    .filter((words) => words.join('').length >= ENGLISH_FROM)
    .map((words) => identifier.identify(words.join(' ')));
  return rounded(
    quantile(
      answers.map((answer) => answer.familiarity).filter((familiarity) => Number.isFinite(familiarity)),
      HUMAN_DOUBTED
    )
  );
}

function mostUnansweredOf(lines: readonly HeldOutLine[], words: WordTable): number {
  const shares = lines
    .map(({ source, english, language }) => wordsUnanswered(source, english, language, words))
    .filter(({ known }) => known >= WORDS_FROM)
    .map(({ known, unanswered }) => unanswered / known);
  return rounded(quantile(shares, 1 - (HUMAN_UNANSWERED * lines.length) / shares.length));
}

/** Weights of `unsureness` by which lines that readers found not quite right lie most clearly above the right ones, and the
 * limit that `RIGHT_DOUBTED` of these lie above. */
async function scatteredOf(folder: string, manifest: ModelManifest): Promise<Scattered> {
  const engine = await openEmbedded(manifest, { read, modelsRoot: dirname(folder), threads: 1 });
  const judged: { readonly said: Pick<EngineOutput, 'scatter' | 'meanLogProb' | 'tokens'>; readonly isRight: boolean }[] = [];
  for (const language of manifest.languages) {
    const all = readLines([language]).filter(({ half }) => half === 'choose');
    const sources = all.map(({ source }) => source);
    const outputs = await engine.translate(sources, new AbortController().signal, language);
    outputs.forEach(({ alternatives = [], ...first }, i) => {
      const said = [first, ...alternatives].find(({ text }) => text === all[i]?.read);
      if (said !== undefined) judged.push({ said, isRight: all[i]?.verdict === 'right' });
    });
  }
  await engine.dispose();
  const of = (isRight: boolean, weights: Omit<Scattered, 'most'>): number[] =>
    judged
      .filter((line) => line.isRight === isRight)
      .map(({ said }) => unsureness(said, { scattered: { most: 0, ...weights } }) ?? Number.NaN);
  const apart = (weights: Omit<Scattered, 'most'>): number =>
    areaUnderCurve(of(false, weights), of(true, weights));
  const tried = WEIGHTS_PER_NAT.flatMap((perNat) => WEIGHTS_PER_LOG_STEP.map((perLogStep) => ({ perNat, perLogStep })));
  const best = tried.reduce((a, b) => (apart(b) > apart(a) ? b : a));
  const area = apart(best).toFixed(3);
  console.log(`${judged.length} lines that were read: ${JSON.stringify(best)} tells not quite right from right with an area of ${area}`);
  return { most: rounded(quantile(of(true, best), 1 - RIGHT_DOUBTED)), ...best };
}

/** The likelihood that `GOOD_DOUBTED` of good lines lie below: for engines that know no scatter. */
async function leastMeanLogProbOf(folder: string, lines: readonly HeldOutLine[]): Promise<number> {
  const root = dirname(folder);
  const translator = await openTranslator({ read, modelsRoot: root, threads: 1, translationModel: basename(folder) });
  const outputs = await translator.translate(
    lines.map(({ source }, id) => ({ id, text: source })),
    { signal: new AbortController().signal }
  );
  await translator.dispose();
  const good = outputs.filter((out, i) => out.text !== null && chrF(out.text, lines[i]?.english ?? '') >= GOOD_CHRF);
  // Lines from the phrase book have no probability.
  const spoken = good.filter((out) => Number.isFinite(out.meanLogProb));
  return rounded(quantile(spoken.map((out) => out.meanLogProb), GOOD_DOUBTED));
}

const [given = ''] = process.argv.slice(2);
const folder = given.replace(/\/+$/u, '');
const facts = JSON.parse(await readFile(join(folder, 'facts.json'), 'utf8')) as Record<string, unknown>;
const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as ModelManifest;
const lines = heldOutLines(manifest.languages).filter(({ half }) => half === 'choose');
const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(join(dirname(folder), path)));
const identifier = await openIdentifier(read);
const words = (await readQualityRules(read, basename(folder))).rules.words ?? {};
const twofold = twofoldTranslations(manifest.languages, TWOFOLD).filter((_, i) => i % 2 === 0);

const quality: QualityThresholds = {
  leastMeanLogProb: await leastMeanLogProbOf(folder, lines),
  scattered: await scatteredOf(folder, manifest),
  ratios: ratiosOf(lines),
  // These three by eye on short chat lines: what they catch is rare and plain.
  mostUnknown: 0.2,
  mostCopied: 0.6,
  untranslatedFrom: 3,
  leastEnglish: leastEnglishOf(lines, identifier),
  englishFrom: ENGLISH_FROM,
  mostUnanswered: mostUnansweredOf(lines, words),
  wordsFrom: WORDS_FROM,
  leastAgreement: rounded(
    quantile(
      twofold.map(([one, other]) => agreementOf(one, other)),
      HUMANS_DISAGREE
    )
  )
};
for (const [file, content] of [
  ['facts.json', { ...facts, quality }],
  ['manifest.json', { ...manifest, quality }]
] as const) {
  await writeFile(join(folder, file), `${JSON.stringify(content, null, 2)}\n`);
}
console.log(`${lines.length} lines`, JSON.stringify(quality));
