/**
 * Takes a picture of every page of the built app, light and dark, at 1280 and 1600 pixels, for people to look at.
 * Usage: tsx tests/end-to-end/screens.ts [--out DIR] [--dir build] [--only home,overview] [--themes light,dark]
 *        [--widths 1280,1600] [--languages en,fr] [--translated]
 * With --translated the pictures are taken once the sample case is translated, with a message chosen.
 * Prints what the page's console complained of: a picture of a broken page is of no use.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from '@playwright/test';
import { findChromium } from '../../tools/chromium.ts';
import { serveApp } from '../../tools/serve.ts';
import { BROWSER_ARGS, openSampleCase } from './journey.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out/screens' },
    dir: { type: 'string', default: 'build' },
    only: { type: 'string', default: '' },
    themes: { type: 'string', default: 'light,dark' },
    widths: { type: 'string', default: '1280,1600' },
    languages: { type: 'string', default: 'en' },
    translated: { type: 'boolean', default: false }
  }
});
const list = (text: string): string[] => text.split(',').filter((part) => part !== '');

/** Pages of an open case, then those that need none; a path that starts with ':' stands inside the case. */
const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['overview', ':overview'],
  ['messages', ':messages'],
  ['people', ':people'],
  ['network', ':network'],
  ['timeline', ':timeline'],
  ['places', ':places'],
  ['topics', ':topics'],
  ['patterns', ':patterns'],
  ['phones', ':phones'],
  ['crosscase', ':crosscase'],
  ['searches', ':searches'],
  ['voice', ':voice'],
  ['translator', ':translator'],
  ['glossary', ':glossary'],
  ['import', ':import'],
  ['safety', ':safety'],
  ['home', '/'],
  ['models', '/models'],
  ['device', '/device'],
  ['verify', '/verify'],
  ['help', '/help']
];

/** How long a page may go on settling (layout of a graph, first rows) before its picture is taken. */
const SETTLE_MS = values.translated ? 5000 : 1500;
const STARTED_MS = 60_000;
const TRANSLATED_MS = 15 * 60_000;

/** Goes to a place by the app's own links, since loading a page anew would lock the case. */
async function goTo(page: Page, path: string): Promise<void> {
  const link = page.locator(path === '/' ? 'header a.home' : `nav a[href$="${path.replace(':', '/')}"]`);
  await link.click();
  await page.waitForTimeout(SETTLE_MS);
}

async function capture(browser: Browser, origin: string, language: string, theme: string): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    colorScheme: theme === 'dark' ? 'dark' : 'light'
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') console.log(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.log(`page error: ${error.stack ?? error.message}`));
  await page.addInitScript((value) => localStorage.setItem('PARAGLIDE_LOCALE', value), language);
  await page.goto(origin);
  const shoot = async (name: string): Promise<void> => {
    for (const width of list(values.widths)) {
      await page.setViewportSize({ width: Number(width), height: Number(width) > 1400 ? 1000 : 800 });
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(values.out, `${name}-${language}-${theme}-${width}.png`) });
    }
  };
  const wanted = list(values.only);
  const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
  if (isWanted('first')) await shoot('first');
  await openSampleCase(page);
  if (values.translated) {
    // The share of the job stands on its button: first there, then gone.
    const share = page.locator('header button').filter({ hasText: /\d%/ });
    await share.waitFor({ timeout: STARTED_MS });
    await share.waitFor({ state: 'detached', timeout: TRANSLATED_MS });
  }
  for (const [name, path] of PAGES) {
    if (!isWanted(name)) continue;
    await goTo(page, path);
    if (values.translated && name === 'messages') for (let i = 0; i < 4; i++) await page.keyboard.press('j');
    await shoot(name);
    if (name !== 'people') continue;
    await page
      .getByRole('radiogroup')
      .getByText(/Possibly|Peut-être/)
      .click();
    await page.waitForTimeout(SETTLE_MS);
    await shoot('people-same');
  }
  await page.close();
}

mkdirSync(values.out, { recursive: true });
const server = await serveApp(values.dir, 0);
const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: BROWSER_ARGS });
for (const language of list(values.languages)) {
  for (const theme of list(values.themes)) {
    await capture(browser, origin, language, theme);
    console.log(`${language} ${theme}: done`);
  }
}
await browser.close();
server.close();
