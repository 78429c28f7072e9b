/** The built app in a Chromium that can be killed, with a profile on disk that outlives it; and steps of an officer in it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { findChromium } from '../../tools/chromium.ts';
import { serveApp } from '../../tools/serve.ts';
import { BROWSER_ARGS, createCase } from '../end-to-end/journey.ts';

const START_MS = 60_000;
export const PATIENCE_MS = 120_000;
export const PASSPHRASE = 'kettle marsh orbit lantern';

export interface KillableBrowser {
  readonly page: Page;
  /** SIGKILL to the browser and all that it started. */
  kill(): Promise<void>;
}

export interface Site {
  readonly origin: string;
  readonly profile: string;
  launch(): Promise<KillableBrowser>;
  close(): Promise<void>;
}

/** Serves build/; everything is gone after `close`. */
export async function openSite(): Promise<Site> {
  const executable = findChromium();
  if (executable === undefined) throw new Error('No Chromium was found: set SKEIN_CHROMIUM to one.');
  if (!existsSync('build/200.html')) throw new Error('There is no built app: run npm run build first.');
  const server: Server = await serveApp('build', 0);
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const profile = mkdtempSync(join(tmpdir(), 'skein-torture-'));
  const running = new Set<KillableBrowser>();
  return {
    origin,
    profile,
    async launch() {
      const started = await launch(executable, profile);
      running.add(started);
      return started;
    },
    async close() {
      for (const one of running) await one.kill();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  };
}

async function launch(executable: string, profile: string): Promise<KillableBrowser> {
  const args = [
    '--headless=new',
    ...BROWSER_ARGS,
    // The one page is what an officer looks at: on a busy machine one that counts as hidden hardly gets a turn.
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
    '--disable-background-timer-throttling',
    '--lang=en-GB',
    `--user-data-dir=${profile}`,
    '--remote-debugging-port=0',
    'about:blank'
  ];
  // A group of its own: the kill reaches every process of the browser.
  const child = spawn(executable, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const browser: Browser = await chromium.connectOverCDP(await debuggerOf(child));
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('The browser has no window.');
  const page = context.pages()[0] ?? (await context.newPage());
  // Of every step, those of the shared journey too: a busy machine is slow, and nothing here is about speed.
  page.setDefaultTimeout(PATIENCE_MS);
  // The runner of this script marks named functions, also those that are sent to the page.
  await page.addInitScript('globalThis.__name = (one) => one');
  await page.setViewportSize({ width: 1280, height: 900 });
  let isAlive = true;
  return {
    page,
    async kill() {
      if (!isAlive || child.pid === undefined) return;
      isAlive = false;
      const gone = new Promise<void>((over) => child.once('exit', () => over()));
      process.kill(-child.pid, 'SIGKILL');
      await gone;
      await browser.close().catch(() => {});
    }
  };
}

function debuggerOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`Chromium did not start: ${said}`)), START_MS);
    child.stderr?.on('data', (piece: Buffer) => {
      said += piece.toString();
      const address = /ws:\/\/\S+/.exec(said)?.[0];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    });
  });
}

/** A case of its own; returns its place in the app, without a view. */
export async function makeCase({ page }: KillableBrowser, origin: string): Promise<string> {
  await page.goto(origin);
  await createCase(page, 'Torture', PASSPHRASE);
  return new URL(page.url()).pathname.replace(/\/import$/, '');
}

/** Opens the case at one of its pages. */
export async function openAt(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel('Passphrase').fill(PASSPHRASE, { timeout: PATIENCE_MS });
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('navigation').first().waitFor({ timeout: PATIENCE_MS });
  await page.getByLabel('Passphrase').waitFor({ state: 'detached', timeout: PATIENCE_MS });
}

/** Files of the overview with what was kept of each. */
export async function filesOf(page: Page): Promise<Map<string, number>> {
  const rows = await page
    .locator('tr:has(td.name)')
    .evaluateAll((all) =>
      all.map((row) => [
        row.querySelector('td.name')?.firstElementChild?.textContent ?? '',
        row.querySelectorAll('td')[2]?.textContent ?? ''
      ])
    );
  return new Map(rows.map(([name = '', kept = '']) => [name.trim(), Number(kept.replaceAll(/\D/g, ''))]));
}

/** Gives a file to the Import page and waits until it can be imported; returns its card's button. */
export async function offer(
  page: Page,
  name: string,
  text: string
): Promise<{ start(): Promise<void>; ended(): Promise<string> }> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/xml', buffer: Buffer.from(text) }, { timeout: PATIENCE_MS });
  const card = page.getByRole('article').filter({ hasText: name });
  const button = card.getByRole('button', { name: 'Import', exact: true });
  await button.waitFor({ timeout: PATIENCE_MS });
  return {
    start: () => button.click({ timeout: PATIENCE_MS }),
    async ended() {
      const word = card.getByText(/^(imported|not imported|cancelled)$/);
      await word.waitFor({ timeout: PATIENCE_MS });
      return `${(await word.textContent()) ?? ''}: ${(await card.textContent()) ?? ''}`;
    }
  };
}

/** A backup of text messages that no other number gives: each message once. */
export function smsBackup(number: number, messages: number): string {
  const lines = Array.from({ length: messages }, (_, i) => {
    const at = 1_700_000_000_000 + (number * 1_000_000 + i) * 1000;
    return `<sms protocol="0" address="+4477009${String(10_000 + ((number * 7 + i) % 900))}" date="${at}" type="${1 + (i % 2)}" body="message ${i} of file ${number}, ${'lorem ipsum '.repeat(i % 9)}" read="1" status="-1" />`;
  });
  return `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count="${messages}">\n${lines.join('\n')}\n</smses>\n`;
}

export const devTools = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page);
