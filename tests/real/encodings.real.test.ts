/** Texts of node-chardet's tests, each in the encoding that its name says: read without being told which. */
import { existsSync, openAsBlob, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blobChunks, decodeText } from '../../src/lib/formats/text/decode.ts';

const FOLDER = new URL('../../../shared/samples/encodings/runk+node-chardet/src/test/data/encodings/', import.meta.url).pathname;
const isHere = existsSync(FOLDER);
if (!isHere) console.log('skipped: ../shared/samples/encodings is not there');

/** As TextDecoder calls what the file's name says; the texts by language are in UTF-8. */
function encodingOf(name: string): string {
  if (name.startsWith('lang_') || name === 'ascii') return 'utf-8';
  return name
    .replace(/_(?:en|cs|ru|ar|el|he|tr|et|lt|lv)$/, '')
    .replace(/^iso8859(\d+)$/, 'iso-8859-$1')
    .replace(/^windows_/, 'windows-')
    .replace(/^utf(8|16)/, 'utf-$1')
    .replace(/^koi8r$/, 'koi8-r')
    .replace(/^shiftjis$/, 'shift-jis')
    .replaceAll('_', '-');
}

/** Seven bits with escapes, which nothing that officers are handed is written in, and four bytes a character. */
const NOT_READ = new Set(['iso2022cn', 'iso2022jp', 'iso2022kr', 'utf32be', 'utf32le']);

describe.skipIf(!isHere)('texts in forty encodings', () => {
  const names = isHere ? readdirSync(FOLDER) : [];
  it.each(names.filter((name) => !NOT_READ.has(name)))('%s', async (name) => {
    let text = '';
    for await (const piece of decodeText(
      blobChunks(await openAsBlob(join(FOLDER, name)), new AbortController().signal),
      () => undefined
    ))
      text += piece;
    // Node reads windows-1252 right as a stream alone.
    expect(text).toBe(new TextDecoder(encodingOf(name)).decode(readFileSync(join(FOLDER, name)), { stream: true }));
  });
});
