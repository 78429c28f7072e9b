/** Text as documents can hold it, and when two such texts are the same. */
import { ownTable } from '../../evidence/own-table.ts';

/** What XML 1.0 forbids or discourages, and what writers of documents drop for that reason. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd\p{Noncharacter_Code_Point}]/gu;

/**
 * The text with everything that a document cannot hold made visible: controls as their pictures (U+2400), broken
 * characters and non-characters as a box, line ends as '\n'. The evidence itself is left as it is.
 */
export function shownText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(UNFIT, (character) => {
      const code = character.charCodeAt(0);
      if (code === 0x7f) return '\u2421';
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\u25a1';
    });
}

/**
 * Same words and signs, whatever an office program made of white space: it adds, drops and exchanges it, and a
 * missing hyphen sign or direction mark shows on no page.
 */
export function isSameText(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

function bare(text: string): string {
  return shownText(text)
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .trim();
}

/** Characters of one spreadsheet cell, below Excel's limit of 32,767. */
const CELL_CHARACTERS = 32_000;

export const isTooLongForCell = (text: string): boolean => shownText(text).length > CELL_CHARACTERS;

/** The text as a spreadsheet cell holds it: whole, or cut with `mark` behind it. */
export function cellText(text: string, mark: string): string {
  const shown = shownText(text);
  return isTooLongForCell(text) ? `${shown.slice(0, CELL_CHARACTERS).toWellFormed()} ${mark}` : shown;
}

/** True where `cell` is what a spreadsheet may hold of a text that was cut. */
export function isCutOf(cell: string, text: string): boolean {
  return isTooLongForCell(text) && bare(cell).startsWith(bare(shownText(text).slice(0, CELL_CHARACTERS - 1)));
}

const ENTITIES: Readonly<Record<string, string>> = ownTable({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;'
});

/** For element content and attribute values alike. */
export function escapeXml(text: string): string {
  return shownText(text).replace(/[&<>"\r]/g, (character) => ENTITIES[character] as string);
}
