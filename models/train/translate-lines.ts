/**
 * Runs held-out lines through a model's engine, for models/train/score.py and for choosing quality thresholds:
 *   xzcat test_strict.tsv.xz | npx tsx models/train/translate-lines.ts MODELS_ROOT MODEL_ID fra,spa > out.tsv
 * In: language, source, English. Out: language, source, English, output, mean log probability, source tokens, output tokens.
 */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { loadTransformersEngine } from '../../src/lib/language/engine-transformers.ts';
import type { ModelManifest } from '../../src/lib/language/manifest.ts';

const [modelsRoot = '', id = '', languages = ''] = process.argv.slice(2);
const manifest = JSON.parse(await readFile(`${modelsRoot}/${id}/manifest.json`, 'utf8')) as ModelManifest;
const wanted = new Set(languages.split(','));
const rows = (await text(process.stdin))
  .split('\n')
  .map((line) => line.split('\t'))
  .filter(([language = '']) => wanted.has(language));
const engine = await loadTransformersEngine({ modelsRoot, manifest, threads: 1 });
const outputs = await engine.translate(
  rows.map(([, source = '']) => source),
  new AbortController().signal
);
rows.forEach(([language, source, english], i) => {
  const out = outputs[i];
  const columns = [language, source, english, out?.text, out?.meanLogProb.toFixed(4), out?.sourceTokens, out?.tokens];
  process.stdout.write(`${columns.join('\t')}\n`);
});
await engine.dispose();
