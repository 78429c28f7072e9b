/** The built app in a real browser for benchmarks: its own server, a profile on disk, and a clock inside the page. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../../../tools/chromium.ts';
import { serveApp } from '../../../tools/serve.ts';
import { BROWSER_ARGS, createCase } from '../../end-to-end/journey.ts';
import { workerTimes } from './processes.ts';

const PASSPHRASE = 'kettle marsh orbit lantern';
const LABEL = 'Bench';
/** Another folder than build/ can be measured: another version, beside the one being worked on. */
const BUILD = process.env['SKEIN_BUILD'] ?? 'build';
const IMPORT_MS = 30 * 60_000;
const OPEN_MS = 2 * 60_000;
const CLOCK = fileURLToPath(new URL('./unlocking-clock.js', import.meta.url));

export interface App {
  readonly page: Page;
  readonly origin: string;
  /** Folder of the browser's profile: names its processes. */
  readonly profile: string;
  /** Ends the server; what is loaded from then on comes from the service worker. */
  stopServer(): Promise<void>;
}

/** Serves the built app and opens it in a fresh profile; everything is gone afterwards. */
export async function withApp<R>(work: (app: App) => Promise<R>, flags: readonly string[] = []): Promise<R> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium was found: set SKEIN_CHROMIUM to one.');
  if (!existsSync(join(BUILD, '200.html'))) throw new Error(`There is no built app in ${BUILD}: run npm run build first.`);
  const server = await serveApp(BUILD, 0);
  const profile = mkdtempSync(join(tmpdir(), 'skein-bench-'));
  // A profile on disk: a private window would keep its database in memory.
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...BROWSER_ARGS, ...flags],
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 }
  });
  let isServing = true;
  const stopServer = async (): Promise<void> => {
    if (!isServing) return;
    isServing = false;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    await page.goto(origin);
    return await work({ page, origin, profile, stopServer });
  } finally {
    await context.close();
    await stopServer();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** A case with one imported file, locked again. `path` is its place in the app, without a view. */
export async function lockedCase(app: App, file: string): Promise<{ path: string; import_s: number }> {
  const { page, origin } = app;
  await createCase(page, LABEL, PASSPHRASE);
  const path = new URL(page.url()).pathname.replace(/\/import$/, '');
  await page.locator('input[type=file]').setInputFiles(file);
  const card = page.getByRole('article').first();
  await card.getByRole('button', { name: 'Import', exact: true }).click({ timeout: IMPORT_MS });
  const from = performance.now();
  await card.getByText('imported', { exact: true }).waitFor({ timeout: IMPORT_MS });
  const import_s = (performance.now() - from) / 1000;
  // Loading anew ends the workers with their keys, as the lock does.
  await page.goto(origin);
  return { path, import_s };
}

/** Moments of one unlocking, milliseconds from the press of the button. */
export interface Unlocking {
  /** The key is derived and the first block is read. */
  readonly key_ms: number;
  /** The case's pages are there, counts and all. */
  readonly opened_ms: number;
  /** The first message stands on the screen. */
  readonly rows_ms: number;
  /** The busiest worker until then (it holds the case): running, and waiting for a core that other programs held. */
  readonly ran_ms: number;
  readonly waited_ms: number;
}

/** Types the passphrase at the place's door and waits for its first messages. */
export async function unlock({ page, origin, profile }: App, place: string): Promise<Unlocking> {
  await page.addInitScript({ path: CLOCK });
  await page.goto(`${origin}${place}`);
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  const before = workerTimes(profile);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.locator('article time, [role="gridcell"]').first().waitFor({ timeout: OPEN_MS });
  const spent = [...workerTimes(profile)].map(([thread, { ran_ms, waited_ms }]) => ({
    ran_ms: ran_ms - (before.get(thread)?.ran_ms ?? 0),
    waited_ms: waited_ms - (before.get(thread)?.waited_ms ?? 0)
  }));
  const busiest = spent.sort((a, b) => b.ran_ms - a.ran_ms)[0] ?? { ran_ms: Number.NaN, waited_ms: Number.NaN };
  const marks = await page.evaluate(() => (globalThis as unknown as { skeinMarks: Record<string, number> }).skeinMarks);
  const since = (name: string): number => (marks[name] ?? Number.NaN) - (marks['pressed'] ?? Number.NaN);
  return { key_ms: since('key'), opened_ms: since('opened'), rows_ms: since('rows'), ...busiest };
}
