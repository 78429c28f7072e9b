/**
 * A translator's sheet as XLIFF 2.1 (OASIS): a unit a line, machine text as a candidate of type "mt" (module
 * Translation Candidates) and never as the target, context as units that are not to be translated.
 */
import { spokenCode } from './language-code.ts';
import { lineNumber } from './line-check.ts';
import { escapeXml } from './plain-text.ts';
import { aboutOf, fieldLabel, FIELDS, type SheetRow, type TranslatorSheet } from './sheet.ts';

/** The language that everything is translated into. */
const TARGET = 'en';

export function writeXliff(sheet: TranslatorSheet): Uint8Array<ArrayBuffer> {
  const { words, rows } = sheet;
  const source = sourceLanguage(rows);
  const note = (category: string, text: string): string => `<note category="${category}">${escapeXml(text)}</note>`;
  const unit = (row: SheetRow): string => {
    const notes = [note('when-and-from', aboutOf(row, words)), ...(row.caveat === '' ? [] : [note('caveat', row.caveat)])];
    const id = lineNumber(row.request, row.line);
    // Matches come before notes in a unit (schema of the core, section 4.2.2.5).
    const match =
      row.machineText === null
        ? ''
        : `<mtc:matches><mtc:match ref="#s" type="mt" origin="${escapeXml(row.caveat)}">` +
          `<source>${escapeXml(row.original)}</source><target>${escapeXml(row.machineText)}</target></mtc:match></mtc:matches>`;
    const segment = `<segment id="s" state="initial"><source>${escapeXml(row.original)}</source>${
      row.isContext ? '' : '<target></target>'
    }</segment>`;
    return (
      `<unit id="${id}" name="${row.check}" canResegment="no"${row.isContext ? ' translate="no"' : ''} xml:space="preserve">` +
      `${match}<notes>${notes.join('')}</notes>${segment}</unit>`
    );
  };
  const head = [
    ...sheet.head.map((line) => note('head', line)),
    ...words.instructions.map((line) => note('instruction', line)),
    ...FIELDS.map((mark) => note('form', `${fieldLabel(words, mark)}:`))
  ];
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" version="2.1" srcLang="${source}" trgLang="${TARGET}">`,
    `<file id="T${sheet.request}">`,
    `<notes>${head.join('')}</notes>`,
    ...rows.map(unit),
    '</file>',
    '</xliff>',
    ''
  ].join('\n');
  return new TextEncoder().encode(text);
}

/** XLIFF knows one source language a document: several are 'mul' (ISO 639-2), none known is 'und'. */
function sourceLanguage(rows: readonly SheetRow[]): string {
  const found = new Set(rows.filter((row) => !row.isContext).map((row) => row.language));
  found.delete('und');
  found.delete('');
  found.delete('zxx');
  if (found.size === 0) return 'und';
  return found.size === 1 ? spokenCode([...found][0] as string) : 'mul';
}
