/**
 * Exact lists of neighbours on a graphics card beside WebAssembly, in one page of one browser:
 *   npm run -s bench -- nearest [--scale POINTS]
 * Without SKEIN_CARD=1 the adapter is one in software, which the app itself refuses: its time says nothing of a card's.
 * That the lists are the same counts either way.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build, type Rollup } from 'vite';
import { findChromium, SOFTWARE_WEBGPU } from '../../tools/chromium.ts';
import { BROWSER_ARGS } from '../end-to-end/journey.ts';
import { against, type Figure } from './figure.ts';
import type { NearestRun } from './browser/nearest-on.ts';

const POINTS = 3000;
/** As wide as the words' vectors, and as those of the small sentence models. */
const DIMS = [64, 384] as const;
const FLAGS = process.env['SKEIN_CARD'] === '1' ? ['--enable-unsafe-webgpu', '--enable-features=Vulkan'] : SOFTWARE_WEBGPU;

export async function run({ scale = POINTS }: { scale?: number }): Promise<Figure[]> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium was found: set SKEIN_CHROMIUM to one.');
  const script = await bundled(fileURLToPath(new URL('./browser/nearest-on.ts', import.meta.url)));
  // WebGPU is for secure pages: localhost is one, a blank page is none.
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html>'));
  await new Promise<void>((ready) => server.listen(0, 'localhost', ready));
  const browser = await chromium.launch({ executablePath, args: [...BROWSER_ARGS, ...FLAGS] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}`);
    await page.addScriptTag({ content: script });
    const figures: Figure[] = [];
    for (const dims of DIMS) {
      const done = await page.evaluate(
        (asked) => (globalThis as unknown as { skeinNearestOn(asked: object): Promise<NearestRun> }).skeinNearestOn(asked),
        { count: scale, dims }
      );
      const id = `nearest.${dims}`;
      const size = `exact lists of ${scale.toLocaleString('en')} points of ${dims} numbers`;
      figures.push(
        {
          id: `${id}.same`,
          value: done.same,
          unit: `of ${done.places} places hold the same point at the same distance`,
          target: `${done.places}`,
          met: done.same === done.places
        },
        against(
          `${id}.${done.isSoftware ? 'software' : 'card'}`,
          done.card_ms,
          `ms, ${size}, on ${done.adapter}`,
          'WebAssembly',
          done.wasm_ms
        )
      );
    }
    return figures;
  } finally {
    await browser.close();
    server.close();
  }
}

/** A module with all that it imports as one script. */
async function bundled(entry: string): Promise<string> {
  const lib = { entry, formats: ['iife' as const], name: 'skeinNearest', fileName: 'nearest' };
  const made = await build({ configFile: false, logLevel: 'error', build: { write: false, target: 'es2023', lib } });
  const [output] = made as Rollup.RollupOutput[];
  const chunk = output?.output[0];
  if (chunk?.type !== 'chunk') throw new Error(`${entry} gave no script.`);
  return chunk.code;
}
