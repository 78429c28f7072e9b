/** The model was trained with hints that Python wrote; what the product writes has to be the same to the letter. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readContent } from '../../../src/lib/language/deflated.ts';
import type { ModelManifest } from '../../../src/lib/language/manifest.ts';
import { HINTS_FILE, readHints } from '../../../src/lib/language/hints.ts';

const model = new URL('../../../models/romance-en/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', model), 'utf8')) as ModelManifest;
const golden = readFileSync(new URL('romance-en.hints.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));

describe('the hints of the shipped model', () => {
  it('are those of its training, words and phrases, on held-out lines of every language', async () => {
    const marks = manifest.runtime?.hintMarks;
    if (marks === undefined) throw new Error('the manifest names no marks');
    const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(readFileSync(new URL(`../${path}`, model)));
    const file = await readContent(read, manifest, HINTS_FILE);
    const hints = readHints(file, marks);
    for (const language of manifest.languages) expect(golden.filter(([one]) => one === language).length, language).toBe(40);
    for (const [language, line = '', hinted] of golden) expect(hints.into(line, language)).toBe(hinted);
    // Phrases are among them: with the words alone many a line has other hints.
    const words = readHints(new TextEncoder().encode(new TextDecoder().decode(file).replace(/[^ "]*_[^ "]*/gu, '_')), marks);
    expect(golden.filter(([language, line = '', hinted]) => words.into(line, language) !== hinted).length).toBeGreaterThan(20);
  });
});
