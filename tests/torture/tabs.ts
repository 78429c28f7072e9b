/**
 * Windows open, close and die in any order. A model says who may write: whatever the order, there are never two, and once
 * all are gone the next one writes. The windows are workers of one page, each with the app's own lock.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from '@playwright/test';
import fc from 'fast-check';
import ts from 'typescript';
import { findChromium } from '../../tools/chromium.ts';
import type { TortureSeries } from './series.ts';

const RUNS = 1_000;
const SHORT_RUNS = 60;
const PART_RUNS = 50;
const WINDOWS = 4;
const LOCKS = new URL('../../src/lib/vault/locks.ts', import.meta.url);

interface Step {
  readonly act: 'open' | 'close' | 'kill';
  readonly window: number;
}

/** A worker that takes the case's lock when it is told to, and says whether it writes. */
const WINDOW = `
const { takeLock } = await import('/locks.js');
let release = null;
onmessage = async ({ data: { act, name } }) => {
  if (act === 'open') { release = await takeLock(name); postMessage(release === null ? 'reads' : 'writes'); }
  else { release?.(); release = null; postMessage('closed'); }
};
postMessage('ready');`;

export const series: TortureSeries = {
  name: 'tabs',
  tries: RUNS,
  figure: '1,000 model-based runs (fast-check): never two writers',
  async run({ short, seed, before, keep, isOver, report }) {
    const compiled = ts.transpileModule(readFileSync(LOCKS, 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 }
    });
    const files: Readonly<Record<string, readonly [string, string]>> = {
      '/': ['text/html', '<!doctype html><title>windows</title>'],
      '/locks.js': ['text/javascript', compiled.outputText],
      '/window.js': ['text/javascript', WINDOW]
    };
    const server = createServer(({ url }, response) => {
      const [type, body] = files[url ?? ''] ?? ['text/plain', ''];
      response.setHeader('content-type', type).end(body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] });
    const failures = [...(before?.failures ?? [])];
    let tried = before?.tried ?? 0;
    let most = before?.seen['most'] ?? 0;
    const runs = short ? SHORT_RUNS : RUNS;
    try {
      const page = await browser.newPage();
      // The runner of this script marks named functions, also those that are sent to the page.
      await page.addInitScript('globalThis.__name = (one) => one');
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const step = fc.record({ act: fc.constantFrom('open', 'open', 'close', 'kill'), window: fc.nat(WINDOWS - 1) });
      const property = fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
        const seen = await page.evaluate(runWindows, { steps: steps as Step[], name: `case-${++tried}` });
        most = Math.max(most, seen.most);
        if (seen.most > 1) throw new Error(`two windows wrote: ${JSON.stringify(steps)}`);
        if (!seen.nextWrites) throw new Error(`nobody could write after all were gone: ${JSON.stringify(steps)}`);
      });
      // In parts of their own seeds, so that a series that was stopped goes on with the next part.
      while (tried < runs && !isOver()) {
        const from = tried;
        await fc
          .assert(property, { numRuns: Math.min(PART_RUNS, runs - tried), seed: seed * RUNS + tried })
          .catch((error: unknown) =>
            failures.push(error instanceof Error ? `${String(error.cause)} ${error.message}` : String(error))
          );
        // Tries that only shrink a failure are none of the thousand.
        tried = Math.min(runs, from + PART_RUNS);
        keep({ tried, failures, seen: { most } }, wordsOf(most));
        report(`${tried} runs`);
      }
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
    }
    return { tried, failures, words: wordsOf(most) };
  }
};

const wordsOf = (most: number): string => `up to ${WINDOWS} windows that open, close and die; at most ${most} wrote at a time`;

/** Runs in the page. Counts the windows that were told that they write and have neither closed nor died. */
async function runWindows({ steps, name }: { steps: Step[]; name: string }): Promise<{ most: number; nextWrites: boolean }> {
  const live = new Map<number, Worker>();
  const writers = new Set<number>();
  let most = 0;
  const heard = (worker: Worker): Promise<string> =>
    new Promise((resolve) =>
      worker.addEventListener('message', ({ data }: MessageEvent<string>) => resolve(data), { once: true })
    );
  const start = async (): Promise<Worker> => {
    const worker = new Worker('/window.js', { type: 'module' });
    await heard(worker);
    return worker;
  };
  const ask = (worker: Worker, act: string): Promise<string> => {
    const answer = heard(worker);
    worker.postMessage({ act, name });
    return answer;
  };
  for (const { act, window } of steps) {
    const worker = live.get(window);
    if (act === 'open' && worker === undefined) {
      const opened = await start();
      live.set(window, opened);
      if ((await ask(opened, 'open')) === 'writes') writers.add(window);
      most = Math.max(most, writers.size);
    } else if (act !== 'open' && worker !== undefined) {
      // Gone from the model before it is gone: the next may write from this moment on, and not before.
      writers.delete(window);
      live.delete(window);
      if (act === 'close') await ask(worker, 'close');
      worker.terminate();
    }
  }
  for (const worker of live.values()) worker.terminate();
  let nextWrites = false;
  const last = await start();
  // A worker that was ended lets its lock go a moment later.
  for (let patience = 0; patience < 200 && !nextWrites; patience++) {
    nextWrites = (await ask(last, 'open')) === 'writes';
    if (!nextWrites) await new Promise((over) => setTimeout(over, 10));
  }
  last.terminate();
  return { most, nextWrites };
}
