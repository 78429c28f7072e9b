/**
 * The embedded model on WebGPU beside WebAssembly, in the built app's own worker:
 *   npm run -s bench -- graphics [--scale LINES]
 * The adapter here is one in software, which the app itself refuses as too slow: what counts is that the same file runs
 * there and says the same. Its rate says nothing of a card's.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SOFTWARE_WEBGPU } from '../../tools/chromium.ts';
import { withApp } from './browser/app.ts';
import type { Figure } from './figure.ts';

const GOLDEN = new URL('../golden/language/romance-en.sources.tsv', import.meta.url);
const WORKERS = join('build', '_app', 'immutable', 'workers');
const ON_PAGE = fileURLToPath(new URL('./browser/translate-on.js', import.meta.url));
const LINES = 10;

interface Run {
  readonly texts: readonly (string | null)[];
  readonly seconds: number;
}

export async function run({ scale = LINES }: { scale?: number }): Promise<Figure[]> {
  const rows = readFileSync(GOLDEN, 'utf8').trim().split('\n');
  // Every fourth: the file goes language by language.
  const texts = rows.filter((_, i) => i % Math.max(1, Math.floor(rows.length / scale)) === 0).slice(0, scale);
  const lines = texts.map((row, id) => ({ id, text: row.split('\t')[1] ?? '' }));
  const worker = readdirSync(WORKERS).find((name) => name.startsWith('translate.worker'));
  if (worker === undefined) throw new Error(`There is no translation worker in ${WORKERS}: run npm run build first.`);
  const runs = await withApp(async ({ page }) => {
    const adapter = await page.evaluate(async () => {
      const { gpu } = navigator as unknown as { gpu?: { requestAdapter(): Promise<unknown> } };
      return ((await gpu?.requestAdapter()) ?? null) !== null;
    });
    if (!adapter) throw new Error('This browser offers no WebGPU adapter, not even one in software.');
    await page.addInitScript({ path: ON_PAGE });
    await page.reload();
    const on = (device: string): Promise<Run> =>
      page.evaluate(
        (asked) => (globalThis as unknown as { skeinTranslateOn(asked: object): Promise<Run> }).skeinTranslateOn(asked),
        {
          script: `/_app/immutable/workers/${worker}`,
          device,
          lines
        }
      );
    return { wasm: await on('wasm'), webgpu: await on('webgpu') };
  }, SOFTWARE_WEBGPU);
  const same = runs.wasm.texts.filter((text, i) => text === runs.webgpu.texts[i]).length;
  return [
    {
      id: 'graphics.same',
      value: same,
      unit: `of ${lines.length} lines with the same text`,
      target: `${lines.length}`,
      met: same === lines.length
    },
    { id: 'graphics.wasm', value: lines.length / runs.wasm.seconds, unit: 'lines/s, WebAssembly, loading within' },
    { id: 'graphics.software', value: lines.length / runs.webgpu.seconds, unit: 'lines/s, WebGPU in software, loading within' }
  ];
}
