/** The parts that a language's lines fall into, in the order of a bar: every line is in exactly one. */
import { m } from '$lib/paraglide/messages.js';
import type { CaseFilter } from '$lib/pipeline/contract.ts';
import type { LanguageReport, LanguageRow, NoEnglish } from '$lib/pipeline/language-contract.ts';

export type PartId = 'translated' | 'doubtful' | 'certified' | NoEnglish;

export interface LanguagePart {
  readonly id: PartId;
  readonly lines: number;
}

export const PART_WORDS: Readonly<Record<PartId, () => string>> = {
  translated: () => m.overview_part_translated(),
  doubtful: () => m.overview_part_doubtful(),
  certified: () => m.overview_part_certified(),
  'no-model': () => m.overview_part_no_model(),
  'cannot-tell': () => m.overview_part_cannot_tell(),
  'too-short': () => m.overview_part_too_short(),
  waiting: () => m.overview_part_waiting(),
  'not-needed': () => m.overview_part_not_needed()
};
const REASONS: readonly NoEnglish[] = ['no-model', 'cannot-tell', 'too-short', 'waiting', 'not-needed'];

type Counts = Pick<LanguageRow, 'translated' | 'flagged' | 'certifiedAlone' | 'without'>;

/** All parts that hold lines. */
export function partsOf({ translated, flagged, certifiedAlone, without }: Counts): LanguagePart[] {
  const parts: LanguagePart[] = [
    { id: 'translated', lines: translated - flagged },
    { id: 'doubtful', lines: flagged },
    { id: 'certified', lines: certifiedAlone },
    ...REASONS.map((id) => ({ id, lines: without[id] }))
  ];
  return parts.filter(({ lines }) => lines > 0);
}

/** Reasons for lines without English, with how many lines each has. */
export function reasonsOf({ without }: Pick<LanguageRow, 'without'>): { readonly id: NoEnglish; readonly lines: number }[] {
  return REASONS.map((id) => ({ id, lines: without[id] })).filter(({ lines }) => lines > 0);
}

/** What stands under the table: all rows together. */
export interface ReportTotal extends Counts {
  readonly lines: number;
  readonly characters: number;
  readonly certified: number;
}

/** Rows together. */
export function totalOf(rows: readonly LanguageRow[]): ReportTotal {
  const sum = (of: (row: LanguageRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    lines: sum((row) => row.lines),
    characters: sum((row) => row.characters),
    translated: sum((row) => row.translated),
    flagged: sum((row) => row.flagged),
    certified: sum((row) => row.certified),
    certifiedAlone: sum((row) => row.certifiedAlone),
    without: {
      'no-model': sum((row) => row.without['no-model']),
      'cannot-tell': sum((row) => row.without['cannot-tell']),
      'too-short': sum((row) => row.without['too-short']),
      waiting: sum((row) => row.without.waiting),
      'not-needed': sum((row) => row.without['not-needed'])
    }
  };
}

export interface Bar extends Counts {
  readonly key: string;
  readonly lines: number;
  /** Languages behind the bar: one, or all that share the last. */
  readonly languages: readonly string[];
}

/** A bar for each of the greatest languages, and one for the others together. */
export function barsOf({ rows }: LanguageReport, most: number): Bar[] {
  const apart = rows.length > most ? most - 1 : rows.length;
  const bars: Bar[] = rows.slice(0, apart).map((row) => ({ ...row, key: row.language, languages: [row.language] }));
  const rest = rows.slice(apart);
  if (rest.length > 0) bars.push({ ...totalOf(rest), key: 'rest', languages: rest.map((row) => row.language) });
  return bars;
}

/** The filter that shows the lines behind a count. */
export function filterOf(languages: readonly string[], part: PartId | 'all' | 'by-machine' | 'by-hand'): CaseFilter {
  if (part === 'all') return { languages };
  if (part === 'doubtful') return { languages, lines: ['flagged'] };
  if (part === 'by-machine') return { languages, lines: ['translated'] };
  if (part === 'by-hand') return { languages, lines: ['certified'] };
  if (part === 'certified') return { languages, lines: ['certified'], not: { lines: ['translated'] } };
  // Machine text without a doubt is machine text less the doubtful.
  if (part === 'translated') return { languages, lines: ['translated'], not: { lines: ['flagged'] } };
  return { languages, lines: [part] };
}
