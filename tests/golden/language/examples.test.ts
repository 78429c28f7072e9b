/** The shipped tables of examples: that they belong to these weights, and that a line's text still hangs on the line alone. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tsvRows } from '../../../models/train/held-out.ts';
import { readLines } from '../../../models/train/verdicts.ts';
import type { Lead, TranslationEngine } from '../../../src/lib/language/contract.ts';
import { loadTransformersEngine } from '../../../src/lib/language/engine-transformers.ts';
import { EXAMPLES_FOLDER, ExampleShelf } from '../../../src/lib/language/examples/shelf.ts';
import type { ModelManifest } from '../../../src/lib/language/manifest.ts';
import { openEmbedded } from '../../../src/lib/language/open.ts';

const folder = new URL('../../../models/', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(`${folder}romance-en/manifest.json`, 'utf8')) as ModelManifest;
const shape = manifest.runtime?.examples as NonNullable<NonNullable<ModelManifest['runtime']>['examples']>;
const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(readFileSync(`${folder}${path}`));
const never = new AbortController().signal;
const EACH = 40;

/** Every `step`-th line by hand of a language from the first on, and those whose machine English was read left out. */
function taught(language: string): { source: string; english: string }[] {
  const left = new Set(readLines([language]).map(({ source }) => source));
  const rows = tsvRows(new URL(`../../../models/train/chat/${language}.tsv`, import.meta.url))
    .map((row) => row.map((part) => part.trim()))
    .flatMap(([source = '', english = '']) => (left.has(source) || source.split(' ').length < 5 ? [] : [{ source, english }]));
  const step = Math.floor(rows.length / EACH);
  return rows.filter((_, i) => i % step === 0).slice(0, EACH);
}

let withExamples: TranslationEngine;
let without: TranslationEngine;
beforeAll(async () => {
  withExamples = await openEmbedded(manifest, { read, modelsRoot: folder, threads: 1 });
  without = await openEmbedded(manifest, { read, modelsRoot: folder, threads: 1, examples: null });
}, 120_000);
afterAll(async () => {
  await withExamples.dispose();
  await without.dispose();
});

describe('the shipped examples', () => {
  it.each(manifest.languages)('of %s bring lines by hand nearer to the English that a person gave them', async (language) => {
    const lines = taught(language);
    const exact = async (engine: TranslationEngine): Promise<number> => {
      const made = await engine.translate(
        lines.map(({ source }) => source),
        never,
        language
      );
      return made.filter(({ text }, i) => text === lines[i]?.english).length;
    };
    // Those of other weights, or of another order, would bring them further away.
    const [more, fewer] = [await exact(withExamples), await exact(without)];
    expect(more).toBeGreaterThanOrEqual(fewer + EACH / 10);
  });

  it('give a line the same text in any company, in any batches, on any number of threads and behind the same message', { timeout: 240_000 }, async () => {
    const own = async (path: string): Promise<Uint8Array<ArrayBuffer>> => read(`romance-en/${path}`);
    const others = await Promise.all(
      [
        { threads: 2, batch: { maxRows: 5, maxTokens: 512 } },
        { threads: 3, batch: { maxRows: 1, maxTokens: 64 } },
        { threads: 1, batch: { maxRows: 64, maxTokens: 4096 } }
      ].map((how) =>
        loadTransformersEngine({ modelsRoot: folder, manifest, ...how, examples: new ExampleShelf(manifest, shape, own) })
      )
    );
    const lines = taught('ron').map(({ source }) => source);
    // Two of three stand behind a message, short or longer: leads of all lengths in one batch, and lines without.
    const said = [null, { source: 'unde esti?', english: 'Where are you?' }, { source: 'mi-a luat actele si banii.', english: 'He took my papers and my money.' }];
    const leadOf = (line: string): Lead | null => said[line.length % said.length] ?? null;
    const texts = async (engine: TranslationEngine, order: readonly string[]): Promise<Map<string, string>> => {
      const made = await engine.translate(order, never, 'ron', order.map(leadOf));
      return new Map(order.map((line, i) => [line, made[i]?.text ?? '']));
    };
    const [first, ...rest] = others as [TranslationEngine, ...TranslationEngine[]];
    const wanted = await texts(first, lines);
    const inOrder = (found: Map<string, string>): (string | undefined)[] => lines.map((line) => found.get(line));
    for (const engine of [first, ...rest]) {
      expect(inOrder(await texts(engine, [...lines].reverse()))).toEqual(inOrder(wanted));
      expect(inOrder(await texts(engine, lines.map((_, i) => lines[(i * 17) % lines.length] as string)))).toEqual(inOrder(wanted));
    }
    await Promise.all(others.map((engine) => engine.dispose()));
  });

  it('are refused with the file named where they are damaged or of another model', async () => {
    const path = `${EXAMPLES_FOLDER}fra.bin`;
    const trust = `${EXAMPLES_FOLDER}trust.json`;
    const bytes = await read(`romance-en/${path}`);
    const shelf = (table: Uint8Array<ArrayBuffer>, believed?: Uint8Array<ArrayBuffer>): ExampleShelf =>
      new ExampleShelf(manifest, shape, async (asked) =>
        asked === trust ? (believed ?? read(`romance-en/${trust}`)) : table
      );
    const sizes = { vocabulary: 12_000, width: 256 };
    await expect(shelf(bytes.slice(0, -1)).of('fra', sizes)).rejects.toThrow(path);
    await expect(shelf(bytes).of('fra', { ...sizes, width: 512 })).rejects.toThrow(`${path} is of another model`);
    await expect(shelf(bytes, new Uint8Array(3)).of('fra', sizes)).rejects.toThrow(`${trust} is no trust in examples`);
    expect(await shelf(bytes).of('deu', sizes)).toBeUndefined();
    expect(await shelf(bytes).of(undefined, sizes)).toBeUndefined();
    expect(await shelf(bytes).of('fra', sizes)).toBeDefined();
  });

  it('say nothing for a line whose language is not known', async () => {
    const line = taught('spa')[0]?.source ?? '';
    expect(await withExamples.translate([line], never)).toEqual(await without.translate([line], never));
  });
});
