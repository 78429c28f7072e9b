/**
 * Writes the golden lines of tests/golden/language from what models/train/parity.py gave:
 *   npx tsx models/train/golden.ts PARITY.json models romance-en
 * `text` is PyTorch's by the beam; `chosen` is the output that the native runtime and src/lib/language/choose.ts take from
 * the same beam, mostly the same one. The product reads a line with hints, and that line stands in the list too where it is
 * another one, so that both are held against PyTorch; and it mixes in examples: `inProduct` is what is taken then.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { EngineOutput } from '../../src/lib/language/contract.ts';
import { chosenOutput } from '../../src/lib/language/choose.ts';
import { loadTransformersEngine } from '../../src/lib/language/engine-transformers.ts';
import { readContent } from '../../src/lib/language/deflated.ts';
import { HINTS_FILE, readHints } from '../../src/lib/language/hints.ts';
import { openEmbedded, readQualityRules } from '../../src/lib/language/open.ts';

interface ParityLine {
  readonly language: string;
  readonly source: string;
  readonly ids: readonly number[];
  readonly beam: { readonly ids: readonly number[]; readonly text: string; readonly meanLogProb: number };
}

const [from = '', modelsRoot = '', id = ''] = process.argv.slice(2);
const { lines } = JSON.parse(await readFile(from, 'utf8')) as { lines: readonly ParityLine[] };
const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(`${modelsRoot}/${path}`));
const { manifest, rules } = await readQualityRules(read, id);
const engine = await loadTransformersEngine({ modelsRoot, manifest, threads: 1 });
const outputs = await engine.translate(
  lines.map(({ source }) => source),
  new AbortController().signal
);
await engine.dispose();
const product = await openEmbedded(manifest, { read, modelsRoot, threads: 1 });
const inProduct = new Map<string, EngineOutput>();
for (const { language, source } of lines) {
  const [output] = await product.translate([source], new AbortController().signal, language);
  if (output !== undefined) inProduct.set(source, output);
}
await product.dispose();
const hints = readHints(await readContent(read, manifest, HINTS_FILE), manifest.runtime?.hintMarks ?? ['', '']);
const rows = lines.map(({ language, source, ids, beam }, i) => {
  const output = outputs[i];
  if (output === undefined || output.text !== beam.text) throw new Error(`${source}: ${output?.text} is not PyTorch's ${beam.text}`);
  const taken = (from: EngineOutput): string =>
    chosenOutput(from, { source, language, words: rules.words, weight: engine.unansweredWeight ?? 0 }).text;
  const read = hints.into(source, language);
  const made = inProduct.get(source);
  if (made === undefined || !lines.some((line) => line.source === read)) {
    throw new Error(`the product reads "${read}": romance-en.sources.tsv has to hold that line`);
  }
  const { ids: tokens, text, meanLogProb } = beam;
  return JSON.stringify({ language, source, ids, output: tokens, text, meanLogProb, chosen: taken(output), inProduct: taken(made) });
});
const about =
  'What PyTorch gives for invented lines with the shipped int8 weights expanded to float: token ids, output of a beam of four, ' +
  'mean log probability; and which output of the beam is taken. Made by models/train/parity.py and golden.ts from romance-en.sources.tsv.';
const file = new URL(`../../tests/golden/language/${id}.json`, import.meta.url);
await writeFile(file, `{\n  "about": ${JSON.stringify(about)},\n  "lines": [\n    ${rows.join(',\n    ')}\n  ]\n}\n`);
console.log(`${rows.length} lines`);
