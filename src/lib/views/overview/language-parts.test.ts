import { describe, expect, it } from 'vitest';
import type { LanguageRow, NoEnglish } from '$lib/pipeline/language-contract.ts';
import { barsOf, filterOf, partsOf, reasonsOf, totalOf } from './language-parts.ts';

function rowOf(language: string, lines: number, without: Partial<Record<NoEnglish, number>> = {}): LanguageRow {
  const none = { waiting: 0, 'no-model': 0, 'cannot-tell': 0, 'too-short': 0, 'not-needed': 0, ...without };
  const left = Object.values(none).reduce((sum, count) => sum + count, 0);
  return {
    language,
    lines,
    distinctLines: lines,
    characters: lines * 10,
    translated: lines - left,
    models: [],
    certified: 0,
    certifiedAlone: 0,
    flagged: Math.min(2, lines - left),
    without: none
  };
}
const rows = Array.from({ length: 15 }, (_, i) => rowOf(`l${i}`, 100 - i, i === 0 ? { 'no-model': 10, 'too-short': 1 } : {}));

describe('parts of a language', () => {
  it('hold every line once', () => {
    for (const row of [...rows, totalOf(rows)]) {
      expect(partsOf(row).reduce((sum, part) => sum + part.lines, 0)).toBe(row.lines);
    }
    expect(partsOf(rows[0] as LanguageRow).map(({ id }) => id)).toEqual(['translated', 'doubtful', 'no-model', 'too-short']);
    expect(reasonsOf(rows[0] as LanguageRow)).toEqual([
      { id: 'no-model', lines: 10 },
      { id: 'too-short', lines: 1 }
    ]);
  });

  it('of many languages are drawn for the greatest, and together for the others', () => {
    const bars = barsOf({ rows, lines: 0, distinctLines: 0, elapsed_ms: 0 }, 12);
    expect(bars).toHaveLength(12);
    expect(bars.at(-1)).toMatchObject({ key: 'rest', languages: ['l11', 'l12', 'l13', 'l14'], lines: 89 + 88 + 87 + 86 });
    expect(
      barsOf({ rows: rows.slice(0, 12), lines: 0, distinctLines: 0, elapsed_ms: 0 }, 12).map(({ key }) => key)
    ).not.toContain('rest');
  });

  it('open the filter that holds their lines and no others', () => {
    expect(filterOf(['ron'], 'all')).toEqual({ languages: ['ron'] });
    expect(filterOf(['ron'], 'translated')).toEqual({ languages: ['ron'], lines: ['translated'], not: { lines: ['flagged'] } });
    expect(filterOf(['ron'], 'doubtful')).toEqual({ languages: ['ron'], lines: ['flagged'] });
    expect(filterOf(['ron'], 'by-hand')).toEqual({ languages: ['ron'], lines: ['certified'] });
    expect(filterOf(['ron'], 'certified')).toEqual({ languages: ['ron'], lines: ['certified'], not: { lines: ['translated'] } });
    expect(filterOf(['pol'], 'no-model')).toEqual({ languages: ['pol'], lines: ['no-model'] });
  });
});
