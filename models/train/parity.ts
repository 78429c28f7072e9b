/**
 * Compares an exported model with PyTorch, token by token:
 *   npx tsx models/train/parity.ts REFERENCE.json MODELS_ROOT MODEL_ID [q8|fp32] [WIDTH,LENGTH_POWER]
 * REFERENCE.json is made by models/train/parity.py. Greedy search: q8 must equal the int8 weights, fp32 the checkpoint
 * itself. With a beam's shape that search instead, q8 against the int8 weights.
 */
import { readFile } from 'node:fs/promises';
import { AutoTokenizer } from '@huggingface/transformers';
import { loadTransformersEngine } from '../../src/lib/language/engine-transformers.ts';

interface Output {
  readonly ids: number[];
  readonly text: string;
  readonly meanLogProb: number;
}
interface Reference {
  readonly lines: readonly { language: string; source: string; ids: number[]; float: Output; int8: Output; beam: Output }[];
  readonly characters?: readonly (readonly [string, number[]])[];
}

const [referencePath = '', root = '', id = '', dtype = 'q8', shape] = process.argv.slice(2);
const [width = 1, lengthPower = 1] = (shape ?? '').split(',').map(Number);
const reference = JSON.parse(await readFile(referencePath, 'utf8')) as Reference;
const manifest = {
  id,
  version: '',
  kind: 'translation',
  title: id,
  languages: [],
  targetLanguage: 'eng',
  licence: '',
  attribution: '',
  revision: '',
  files: []
} as const;
const engine = await loadTransformersEngine({
  modelsRoot: root,
  manifest,
  threads: 1,
  beam: shape === undefined ? null : { width, lengthPower },
  dtype: dtype === 'fp32' ? 'fp32' : 'q8'
});
const tokenizer = await AutoTokenizer.from_pretrained(id, { local_files_only: true });
const same = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((x, i) => x === b[i]);

const { lines, characters = [] } = reference;
const misread = lines.filter((x) => !same(tokenizer.encode(x.source), x.ids));
console.log(`tokenizer: ${lines.length - misread.length} of ${lines.length} lines have the same ids`);
const misreadCharacters = characters.filter(([text, ids]) => !same(tokenizer.encode(text), ids));
if (characters.length > 0) {
  const points = misreadCharacters.map(([text]) => text.codePointAt(1)?.toString(16));
  console.log(`tokenizer: ${characters.length - points.length} of ${characters.length} characters; not: ${points.slice(0, 60).join(' ')}`);
}

const started = performance.now();
const outputs = await engine.translate(
  lines.map((x) => x.source),
  new AbortController().signal
);
const seconds = (performance.now() - started) / 1000;
const compared = shape === undefined ? (['float', 'int8'] as const) : (['beam'] as const);
for (const against of compared) {
  const differing = lines.filter((x, i) => x[against].text.trim() !== outputs[i]?.text);
  const drift = Math.max(...lines.map((x, i) => (differing.includes(x) ? 0 : Math.abs(x[against].meanLogProb - (outputs[i]?.meanLogProb ?? 0)))));
  console.log(`${dtype} against ${against} weights: ${lines.length - differing.length} of ${lines.length} lines the same; greatest difference of their mean log probabilities ${drift.toExponential(1)}`);
  for (const x of against !== (dtype === 'fp32' ? 'int8' : 'float') ? differing.slice(0, 5) : []) {
    console.log(`  ${x.source}\n    ${x[against].text}\n    ${outputs[lines.indexOf(x)]?.text}`);
  }
}
console.log(`${(lines.length / seconds).toFixed(0)} lines/s, one thread`);
await engine.dispose();
