/** The handful of HTML entities that exports write into texts. Others stay as they are: nothing is guessed. */
import { ownTable } from '../../evidence/own-table.ts';

const NAMED: Readonly<Record<string, string>> = ownTable({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' });

export function withoutEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));?/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return whole.endsWith(';') ? (NAMED[name] ?? whole) : whole;
      const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      return isCharacter && whole.endsWith(';') ? String.fromCodePoint(code) : whole;
    }
  );
}
