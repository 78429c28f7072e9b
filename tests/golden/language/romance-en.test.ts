import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AutoTokenizer } from '@huggingface/transformers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TranslationEngine } from '../../../src/lib/language/contract.ts';
import { readContent } from '../../../src/lib/language/deflated.ts';
import { loadTransformersEngine } from '../../../src/lib/language/engine-transformers.ts';
import { HINTS_FILE, readHints } from '../../../src/lib/language/hints.ts';
import { modelSha256Hex, type ModelManifest } from '../../../src/lib/language/manifest.ts';
import { openEmbedded } from '../../../src/lib/language/open.ts';

const folder = new URL('../../../models/', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(`${folder}romance-en/manifest.json`, 'utf8')) as ModelManifest;
const golden = JSON.parse(readFileSync(new URL('./romance-en.json', import.meta.url), 'utf8')) as {
  lines: { source: string; ids: number[]; text: string; meanLogProb: number }[];
};
const never = new AbortController().signal;

let engine: TranslationEngine;
beforeAll(async () => {
  engine = await loadTransformersEngine({ modelsRoot: folder, manifest, threads: 1 });
}, 120_000);
afterAll(() => engine.dispose());

describe('the shipped model against PyTorch with the same int8 weights', () => {
  it('is the model its manifest lists', async () => {
    for (const file of manifest.files) {
      const digest = createHash('sha256').update(readFileSync(`${folder}romance-en/${file.path}`)).digest('hex');
      expect(digest, file.path).toBe(file.sha256Hex);
    }
    expect(engine.modelSha256Hex).toBe(await modelSha256Hex(manifest));
  });

  it('reads every line into the same tokens', async () => {
    const tokenizer = await AutoTokenizer.from_pretrained('romance-en', { local_files_only: true });
    for (const line of golden.lines) expect(tokenizer.encode(line.source), line.source).toEqual(line.ids);
  });

  it('gives the same English and the same log probability', async () => {
    const outputs = await engine.translate(
      golden.lines.map((x) => x.source),
      never
    );
    expect(outputs.map((x) => x.text)).toEqual(golden.lines.map((x) => x.text));
    outputs.forEach((x, i) => expect(x.meanLogProb).toBeCloseTo(golden.lines[i]?.meanLogProb ?? 0, 4));
  });

  it.each([1, 8, 32])('gives every line the same text in batches of %i, shuffled', async (rows) => {
    // A fixed stride walks all lines in another order.
    const shuffled = golden.lines.map((_, i) => golden.lines[(i * 17 + rows) % golden.lines.length] as (typeof golden.lines)[0]);
    const texts: string[] = [];
    for (let i = 0; i < shuffled.length; i += rows) {
      const batch = shuffled.slice(i, i + rows).map((x) => x.source);
      texts.push(...(await engine.translate(batch, never)).map((x) => x.text));
    }
    expect(texts).toEqual(shuffled.map((x) => x.text));
  });

  it('gives a line the same text and probability in any company, cut into any batches, on any number of threads', {
    timeout: 600_000
  }, async () => {
    const others = await Promise.all(
      [
        { threads: 2, batch: { maxRows: 5, maxTokens: 512 } },
        { threads: 3, batch: { maxRows: 32, maxTokens: 4096 } }
      ].map((how) => loadTransformersEngine({ modelsRoot: folder, manifest, ...how }))
    );
    const alone = await engine.translate(
      golden.lines.map((line) => line.source),
      never
    );
    const scatters = new Map(golden.lines.map((line, i) => [line.source, alone[i]?.scatter]));
    const company = fc.shuffledSubarray([...golden.lines, ...golden.lines], { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(company, fc.constantFrom(engine, ...others), async (lines, one) => {
        const outputs = await one.translate(
          lines.map((line) => line.source),
          never
        );
        expect(outputs.map(({ text }) => text)).toEqual(lines.map(({ text }) => text));
        outputs.forEach((output, i) => expect(output.meanLogProb).toBeCloseTo(lines[i]?.meanLogProb ?? 0, 4));
        outputs.forEach((output, i) => expect(output.scatter).toBeCloseTo(scatters.get(lines[i]?.source ?? '') ?? Number.NaN, 4));
      }),
      { numRuns: 12 }
    );
    await Promise.all(others.map((one) => one.dispose()));
  });

  it('reads the hints of its own table with a line, where there is room for them and the language is known', async () => {
    const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(readFileSync(`${folder}${path}`));
    const marks = manifest.runtime?.hintMarks ?? ['', ''];
    const bytes = await readContent(read, manifest, HINTS_FILE);
    const hints = readHints(bytes, marks);
    const { ron } = JSON.parse(new TextDecoder().decode(bytes)) as Record<'ron', Record<string, string>>;
    const known = Object.values(ron)
      .flatMap((forms) => forms.split(' '))
      .filter((form) => !form.includes('_'));
    const whole = await openEmbedded(manifest, { read, modelsRoot: folder, threads: 1, examples: null });
    const texts = async (by: TranslationEngine, line: string, language?: string): Promise<string | undefined> =>
      (await by.translate([line], never, language))[0]?.text;
    try {
      const short = `am vazut ${known[100]} si ${known[200]}`;
      const hinted = hints.into(short, 'ron');
      expect(hinted.split(marks[0]).length).toBe(3);
      expect(await texts(whole, short, 'ron')).toBe(await texts(engine, hinted));
      expect(await texts(whole, short)).toBe(await texts(engine, short));
      const long = known.slice(100, 116).join(' ');
      expect(await texts(whole, long, 'ron')).toBe(await texts(engine, long));
    } finally {
      await whole.dispose();
    }
  });

  it('invents nothing for lines without words', async () => {
    const outputs = await engine.translate(['', '   ', '\n'], never);
    expect(outputs.map((x) => x.text)).toEqual(['', '', '']);
  });

  it('stops when asked', async () => {
    const reason = new Error('enough');
    await expect(engine.translate(['unde ești?'], AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
