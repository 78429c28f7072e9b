/** How well doubt finds the lines that readers found not quite right: see models/train/verdicts.ts. The half for reporting. */
import { areaUnderCurve, readLines, type ReadLine, type Verdict } from '../../models/train/verdicts.ts';
import { QualityFlag, type LanguageCode, type TranslatedLine } from '../../src/lib/language/contract.ts';
import type { LineToTranslate } from '../../src/lib/language/translate.ts';
import { percent, type Figure } from './figure.ts';

/** Share of the right lines at which likelihood and `unsureness` are compared. */
const RIGHT_DOUBTED = 0.15;
const VERDICTS: readonly Verdict[] = ['right', 'in part', 'wrong'];

type Judged = TranslatedLine & Pick<ReadLine, 'verdict'>;

export async function verdictsTable(
  languages: readonly LanguageCode[],
  translate: (lines: readonly LineToTranslate[]) => Promise<readonly TranslatedLine[]>
): Promise<{ readonly rows: string[][]; readonly figures: Figure[] }> {
  const lines = readLines(languages).filter(({ half }) => half === 'report');
  const outputs = await translate(lines.map(({ source, language }, id) => ({ id, text: source, usual: language })));
  const judged = outputs.flatMap((out, i): Judged[] => {
    const line = lines[i];
    // What the model says otherwise now nobody has read.
    return line === undefined || out.text !== line.read || !Number.isFinite(out.meanLogProb)
      ? []
      : [{ ...out, verdict: line.verdict }];
  });
  const of = (verdict: Verdict): Judged[] => judged.filter((line) => line.verdict === verdict);
  const figures: Figure[] = [];
  const rows = [
    [`read: ${judged.length} of ${lines.length} lines`, ...VERDICTS.map((verdict) => `${verdict} (${of(verdict).length})`)]
  ];
  const row = (id: string, name: string, has: (line: Judged) => boolean): void => {
    const shares = VERDICTS.map((verdict) => percent(of(verdict).filter(has).length, of(verdict).length));
    rows.push([name, ...shares.map((share) => `${share.toFixed(1)} %`)]);
    VERDICTS.forEach((verdict, i) => {
      const unit = `% of ${of(verdict).length} lines read as ${verdict}`;
      figures.push({ id: `flags.read.${id}.${verdict.replace(' ', '-')}`, value: shares[i] ?? Number.NaN, unit });
    });
  };
  const measures = { likelihood: (line: Judged) => -line.meanLogProb, scattered: (line: Judged) => line.unsure ?? 0 };
  for (const [id, doubt] of Object.entries(measures)) {
    const right = of('right')
      .map(doubt)
      .sort((a, b) => b - a);
    const limit = right[Math.floor(RIGHT_DOUBTED * right.length)] ?? Number.NaN;
    row(id, `beyond what ${100 * RIGHT_DOUBTED} % of the right lie beyond, by ${id}`, (line) => doubt(line) > limit);
    const notRight = judged.filter(({ verdict }) => verdict !== 'right').map(doubt);
    figures.push({
      id: `flags.read.${id}.area`,
      value: areaUnderCurve(notRight, right),
      unit: 'area under the curve, not quite right against right'
    });
  }
  row('unsure', 'flagged as unsure', ({ flags }) => (flags & QualityFlag.lowConfidence) !== 0);
  row('any', '**flagged**', ({ flags }) => flags !== 0);
  return { rows, figures };
}
