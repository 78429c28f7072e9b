/**
 * What the doubts about machine lines are worth:
 *   npm run -s bench -- flags
 * Human translations are made wrong in ten ways; each flag's share of the wrong lines stands beside its share of the
 * untouched ones. Then the model translates the same lines and messages: does its confidence know when it is wrong, and where
 * it speaks of other persons than people do, does it know that? Thresholds come from
 * the model's manifest and were chosen on one half of the lines (models/train/thresholds.ts); this is the other half.
 * Lines: tests/bench/chat, and the held-out textbook lines of the optional ../shared. The tables go to standard error, so
 * that --json stays one line.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { heldOutLines, heldOutMessages, twofoldTranslations, type HeldOutLine } from '../../models/train/held-out.ts';
import { chrF, enginesDisagree } from '../../src/lib/language/agreement.ts';
import { QualityFlag } from '../../src/lib/language/contract.ts';
import { carriesTokens } from '../../src/lib/language/mask.ts';
import { openIdentifier, openTranslator, readQualityRules } from '../../src/lib/language/open.ts';
import { textFlags, type QualitySources } from '../../src/lib/language/quality.ts';
import { CORRUPTIONS } from './corruptions.ts';
import type { Figure } from './figure.ts';
import { personsTable } from './persons-table.ts';
import { verdictsTable } from './verdicts-table.ts';

const root = new URL('../../', import.meta.url).pathname;
const modelsRoot = join(root, 'models');
const MODEL = 'romance-en';
/** Flags that two texts alone give; what the model says of itself is measured on its own lines below. */
const TEXT_FLAGS = [
  ['length', QualityFlag.lengthRatio],
  ['repetition', QualityFlag.repetition],
  ['tokens', QualityFlag.tokensLost],
  ['names', QualityFlag.namesChanged],
  ['negation', QualityFlag.negationChanged],
  ['question', QualityFlag.questionChanged],
  ['unchanged', QualityFlag.untranslated],
  ['not English', QualityFlag.notEnglish],
  ['unanswered', QualityFlag.wordsUnanswered],
  // Counted apart: it needs a second engine, here the human translation.
  ['engines', QualityFlag.enginesDisagree]
] as const;
const NEEDS_NO_SECOND = ~QualityFlag.enginesDisagree;
const MODEL_FLAGS = [
  ...TEXT_FLAGS.slice(0, -1),
  ['low confidence', QualityFlag.lowConfidence],
  ['persons', QualityFlag.personsUnsure],
  ['cut', QualityFlag.cut]
] as const;
const BAD_CHRF = 30;
const GOOD_CHRF = 50;
const DECILES = 10;
const TWOFOLD = 2000;

const share = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);
const say = (rows: readonly (readonly string[])[]): void => {
  const [head = [], ...rest] = rows;
  console.error(
    ['', head, head.map(() => '---'), ...rest].map((row) => (row === '' ? row : `| ${[...row].join(' | ')} |`)).join('\n')
  );
};

function corruptionTable(lines: readonly HeldOutLine[], from: QualitySources): Figure[] {
  const judge = ({ source, english, language }: HeldOutLine, text: string): number =>
    textFlags(source, text, language, from) |
    (carriesTokens(text, source) ? 0 : QualityFlag.tokensLost) |
    (enginesDisagree(text, english, from.thresholds) ? QualityFlag.enginesDisagree : 0);
  const rowOf = (name: string, flags: readonly number[]): string[] => [
    name,
    String(flags.length),
    share(flags.filter((f) => (f & NEEDS_NO_SECOND) !== 0).length, flags.length),
    ...TEXT_FLAGS.map(([, bit]) => share(flags.filter((f) => (f & bit) !== 0).length, flags.length))
  ];
  const figures: Figure[] = [];
  const any = (flags: readonly number[]): number =>
    (100 * flags.filter((f) => (f & NEEDS_NO_SECOND) !== 0).length) / flags.length;
  const rows = [['made wrong by', 'lines', 'any flag', ...TEXT_FLAGS.map(([name]) => name)]];
  for (const kind of ['textbook', 'chat'] as const) {
    const mine = lines.filter((line) => line.kind === kind);
    if (mine.length === 0) continue;
    const untouched = mine.map((line) => judge(line, line.english));
    rows.push(rowOf(`**nothing (${kind})**`, untouched));
    figures.push({ id: `flags.${kind}.false-alarms`, value: any(untouched), unit: '% of human translations' });
    for (const { name, apply } of CORRUPTIONS) {
      const flags = mine.flatMap((line, i) => {
        const wrong = apply(line, i, mine);
        return wrong === null || wrong === line.english ? [] : [judge(line, wrong)];
      });
      rows.push(rowOf(name, flags));
      figures.push({
        id: `flags.${kind}.${name.replaceAll(' ', '-')}`,
        value: any(flags),
        unit: `% of ${flags.length} wrong lines`
      });
    }
  }
  say(rows);
  return figures;
}

interface Judged {
  readonly logProb: number;
  readonly flags: number;
  readonly chrF: number;
}
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The reliability curve: deciles of the model's confidence, the least sure first, beside how good their lines are. */
function reliability(kind: string, all: readonly Judged[]): Figure[] {
  const figures: Figure[] = [];
  const sorted = [...all].sort((a, b) => a.logProb - b.logProb);
  const rows = [
    [`${kind}: mean log probability`, 'lines', 'mean chrF2', `chrF2 below ${BAD_CHRF}`, `chrF2 ${GOOD_CHRF} and more`]
  ];
  for (let d = 0; d < DECILES; d++) {
    const part = sorted.slice(Math.floor((d * sorted.length) / DECILES), Math.floor(((d + 1) * sorted.length) / DECILES));
    const span = `${part[0]?.logProb.toFixed(2)} to ${part.at(-1)?.logProb.toFixed(2)}`;
    const chrF = mean(part.map((l) => l.chrF));
    const bad = share(part.filter((l) => l.chrF < BAD_CHRF).length, part.length);
    const good = share(part.filter((l) => l.chrF >= GOOD_CHRF).length, part.length);
    rows.push([span, String(part.length), chrF.toFixed(1), bad, good]);
    figures.push({
      id: `flags.${kind}.confidence.${d + 1}`,
      value: chrF,
      unit: `mean chrF2 of ${part.length} lines of log probability ${span}; ${bad} below ${BAD_CHRF}, ${good} at ${GOOD_CHRF} and more`
    });
  }
  say(rows);
  return figures;
}

function ownLinesTable(kind: string, all: readonly Judged[]): Figure[] {
  const bad = all.filter((l) => l.chrF < BAD_CHRF);
  const good = all.filter((l) => l.chrF >= GOOD_CHRF);
  const rows = [
    [`${kind}: flag`, 'all lines', `chrF2 below ${BAD_CHRF}`, `chrF2 ${GOOD_CHRF} and more`, 'mean chrF2 flagged', 'unflagged']
  ];
  const row = (name: string, has: (line: Judged) => boolean): void => {
    const part = (lines: readonly Judged[]): string => share(lines.filter(has).length, lines.length);
    const chrFOf = (lines: readonly Judged[]): string => (lines.length === 0 ? '-' : mean(lines.map((l) => l.chrF)).toFixed(1));
    rows.push([name, part(all), part(bad), part(good), chrFOf(all.filter(has)), chrFOf(all.filter((line) => !has(line)))]);
  };
  for (const [name, bit] of MODEL_FLAGS) row(name, ({ flags }) => (flags & bit) !== 0);
  row('**any**', ({ flags }) => flags !== 0);
  row('two and more', ({ flags }) => (flags & (flags - 1)) !== 0);
  say(rows);
  const hit = (lines: readonly Judged[]): number => (100 * lines.filter((l) => l.flags !== 0).length) / Math.max(1, lines.length);
  return [
    { id: `flags.${kind}.model.bad`, value: hit(bad), unit: `% flagged of ${bad.length} lines below chrF2 ${BAD_CHRF}` },
    { id: `flags.${kind}.model.good`, value: hit(good), unit: `% flagged of ${good.length} lines of chrF2 ${GOOD_CHRF} and more` }
  ];
}

export async function run(): Promise<Figure[]> {
  const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(join(modelsRoot, path)));
  const { manifest, rules } = await readQualityRules(read, MODEL);
  const from: QualitySources = { ...rules, identifier: await openIdentifier(read) };
  const all = [...heldOutLines(manifest.languages), ...heldOutMessages(manifest.languages)];
  const lines = all.filter(({ half }) => half === 'report');
  const figures = corruptionTable(lines, from);
  const twofold = twofoldTranslations(manifest.languages, TWOFOLD).filter((_, i) => i % 2 === 1);
  if (twofold.length > 0) {
    const apart = twofold.filter(([one, other]) => enginesDisagree(one, other, rules.thresholds));
    const shifted = twofold.filter(([one], i) =>
      enginesDisagree(one, twofold[(i + 1) % twofold.length]?.[1] ?? '', rules.thresholds)
    );
    figures.push(
      {
        id: 'flags.engines.two-humans',
        value: (100 * apart.length) / twofold.length,
        unit: '% of lines translated by two people'
      },
      {
        id: 'flags.engines.other-line',
        value: (100 * shifted.length) / twofold.length,
        unit: '% of two texts of different lines'
      }
    );
  }
  const translator = await openTranslator({ read, modelsRoot, threads: 1, translationModel: MODEL });
  const outputs = await translator.translate(
    lines.map(({ source }, id) => ({ id, text: source })),
    { signal: new AbortController().signal }
  );
  const verdicts = await verdictsTable(manifest.languages, (asked) =>
    translator.translate(asked, { signal: new AbortController().signal })
  );
  await translator.dispose();
  for (const kind of ['textbook', 'chat'] as const) {
    const judged = lines.flatMap((line, i): Judged[] => {
      const out = outputs[i];
      if (line.kind !== kind || out === undefined || out.text === null) return [];
      return [{ logProb: out.meanLogProb, flags: out.flags, chrF: chrF(out.text, line.english) }];
    });
    if (judged.length === 0) continue;
    // Of lines from the phrase book no probability is known.
    const confident = judged.filter(({ logProb }) => Number.isFinite(logProb));
    figures.push(...reliability(kind, confident), ...ownLinesTable(kind, judged));
  }
  const persons = personsTable(lines, outputs);
  say(persons.rows);
  say(verdicts.rows);
  return [...figures, ...persons.figures, ...verdicts.figures];
}
