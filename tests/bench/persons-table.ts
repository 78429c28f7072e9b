/** Whether the doubt about who is meant comes where the model speaks of other persons than the human translation does. */
import type { HeldOutLine } from '../../models/train/held-out.ts';
import { QualityFlag, type TranslatedLine } from '../../src/lib/language/contract.ts';
import { personsOf } from '../../src/lib/language/persons.ts';
import { percent, type Figure } from './figure.ts';

const KINDS = ['textbook', 'chat', 'message'] as const;

/**
 * Of the lines whose persons are other than the human's, the share that is flagged, and the share of the flagged ones whose
 * other reading has the human's persons; of the lines with the same persons, the share that is flagged all the same. Two
 * people do not always name the same persons either ("got it", "I've got it"), so not every difference is a mistake.
 */
export function personsTable(
  lines: readonly HeldOutLine[],
  outputs: readonly TranslatedLine[]
): { readonly rows: string[][]; readonly figures: Figure[] } {
  const rows = [
    ['machine lines', 'other persons than the human', 'flagged', 'of these right in the other reading', 'same persons', 'flagged']
  ];
  const figures: Figure[] = [];
  for (const kind of KINDS) {
    const all = lines.flatMap((line, i) => {
      const out = outputs[i];
      if (line.kind !== kind || out === undefined || out.text === null) return [];
      const human = personsOf(line.english);
      const isFlagged = (out.flags & QualityFlag.personsUnsure) !== 0;
      return [{ differs: personsOf(out.text) !== human, isFlagged, isMended: personsOf(out.otherReading ?? '') === human }];
    });
    if (all.length === 0) continue;
    const [other, same] = [all.filter(({ differs }) => differs), all.filter(({ differs }) => !differs)];
    const hits = other.filter(({ isFlagged }) => isFlagged);
    const alarms = same.filter(({ isFlagged }) => isFlagged);
    const hit = percent(hits.length, other.length);
    const mended = percent(hits.filter(({ isMended }) => isMended).length, hits.length);
    const alarm = percent(alarms.length, same.length);
    const said = (value: number): string => `${value.toFixed(1)} %`;
    rows.push([kind, String(other.length), said(hit), said(mended), String(same.length), said(alarm)]);
    const figure = (name: string, value: number, unit: string): Figure => ({ id: `flags.persons.${kind}.${name}`, value, unit });
    figures.push(
      figure('hit', hit, `% flagged of ${other.length} lines with other persons than the human's`),
      figure('false-alarms', alarm, `% flagged of ${same.length} lines with the same persons`),
      figure('mended', mended, "% of the rightly flagged whose other reading has the human's persons")
    );
  }
  return { rows, figures };
}
