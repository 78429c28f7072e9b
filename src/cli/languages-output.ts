/** The language report of a case as the summary holds it, and in one line for the terminal. */
import type { EvidenceStore } from '../lib/evidence/store.ts';
import type { LanguageRow } from '../lib/pipeline/language-contract.ts';
import { languageReport } from '../lib/pipeline/language-report.ts';
import { TextShapes } from '../lib/pipeline/text-shapes.ts';
import type { Translations } from '../lib/pipeline/translations.ts';
import { CertifiedLog } from '../lib/records/certified-log.ts';

/** A row of summary.json's `language_table`. Language '' stands for lines that nobody looked at. */
export interface LanguageEntry {
  readonly language: string;
  readonly lines: number;
  /** Of all lines of the case, 0..1, to four places. */
  readonly share: number;
  readonly distinct_lines: number;
  readonly characters: number;
  readonly translated: number;
  readonly by_model: Readonly<Record<string, number>>;
  readonly certified: number;
  readonly flagged: number;
  readonly without_english: {
    readonly no_model: number;
    readonly cannot_tell: number;
    readonly too_short: number;
    readonly waiting: number;
    readonly nothing_to_translate: number;
  };
}

/** Rows with most lines first. A terminal's case holds no certified translations. */
export async function languageTable(store: EvidenceStore, translations: Translations): Promise<LanguageEntry[]> {
  const shapes = new TextShapes();
  const { rows, lines } = await languageReport({ store, translations, certified: new CertifiedLog(), shapes });
  return rows.map((row) => entryOf(row, lines));
}

function entryOf(row: LanguageRow, all: number): LanguageEntry {
  const byModel: Record<string, number> = {};
  for (const { id, lines } of row.models) byModel[id] = (byModel[id] ?? 0) + lines;
  return {
    language: row.language,
    lines: row.lines,
    share: Math.round((1e4 * row.lines) / Math.max(1, all)) / 1e4,
    distinct_lines: row.distinctLines,
    characters: row.characters,
    translated: row.translated,
    by_model: byModel,
    certified: row.certified,
    flagged: row.flagged,
    without_english: {
      no_model: row.without['no-model'],
      cannot_tell: row.without['cannot-tell'],
      too_short: row.without['too-short'],
      waiting: row.without.waiting,
      nothing_to_translate: row.without['not-needed']
    }
  };
}

/** 'languages: ron 1204 (1180 translated, 90 in doubt), pol 12 (12 without a model)' */
export function languageLine(table: readonly LanguageEntry[]): string {
  const entries = table.map(({ language, lines, translated, flagged, without_english: without }) => {
    const told = [
      ...(translated > 0 ? [`${translated} translated`, `${flagged} in doubt`] : []),
      ...(without.no_model > 0 ? [`${without.no_model} without a model`] : []),
      ...(without.cannot_tell + without.too_short > 0 ? [`${without.cannot_tell + without.too_short} cannot be told`] : []),
      ...(without.waiting > 0 ? [`${without.waiting} not looked at`] : [])
    ];
    return `${language === '' ? 'unknown' : language} ${lines}${told.length === 0 ? '' : ` (${told.join(', ')})`}`;
  });
  return `languages: ${entries.join(', ')}`;
}

/** Machine lines of all languages, and what made them. */
export function translationTotals(table: readonly LanguageEntry[]): {
  readonly lines: number;
  readonly flagged: number;
  readonly by_model: Readonly<Record<string, number>>;
} {
  const byModel: Record<string, number> = {};
  for (const entry of table) {
    for (const [id, lines] of Object.entries(entry.by_model)) byModel[id] = (byModel[id] ?? 0) + lines;
  }
  const sum = (of: (entry: LanguageEntry) => number): number => table.reduce((total, entry) => total + of(entry), 0);
  return { lines: sum((entry) => entry.translated), flagged: sum((entry) => entry.flagged), by_model: byModel };
}
