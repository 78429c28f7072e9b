/** Two builds, one after the other under one address: what waits, what loads, and what an old window still can do. */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { serveApp } from '../../tools/serve.ts';
import { createCase } from './journey.ts';

const PASSPHRASE = 'kettle marsh orbit lantern';

/** The version that a page runs, by the mark that the second build's page bears. */
const isSecond = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.innerHTML.includes('second build'));
const update = (page: Page): Promise<void> =>
  page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));

/** Puts another build in the first one's place: another page, another worker, and the first one's parts are gone. */
function publishSecond(dir: string): void {
  const replace = (name: string, change: (text: string) => string): void => {
    const path = join(dir, name);
    writeFileSync(`${path}.new`, change(readFileSync(path, 'utf8')));
    renameSync(`${path}.new`, path);
  };
  replace('200.html', (text) => text.replace('</head>', '<meta name="mark" content="second build"></head>'));
  replace('service-worker.js', (text) => {
    const changed = text.replace(/(\/200\.html["'`]\s*,\s*["'`])[0-9a-f]{64}/, `$1${'ab'.repeat(32)}`);
    if (changed === text) throw new Error('the worker does not list its page');
    return changed;
  });
}

test('a new version waits for a click, not for a job, and an old window goes on with what it was', async ({ context }) => {
  const dir = mkdtempSync(join(tmpdir(), 'skein-builds-'));
  cpSync('build', dir, { recursive: true });
  const server = await serveApp(dir, 0);
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  try {
    const page = await context.newPage();
    await page.goto(origin);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await createCase(page, 'Heron', PASSPHRASE);
    const old = await context.newPage();
    await old.goto(`${origin}/help`);

    publishSecond(dir);
    // A file that waits for its import is work that a reload would lose.
    const chat = '[21/05/2025, 14:00:11] Ana: vin la 5\n[21/05/2025, 14:01:11] Bogdan: ok\n';
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '_chat.txt', mimeType: 'text/plain', buffer: Buffer.from(chat) });
    const card = page.getByRole('article', { name: '_chat.txt' });
    await expect(card.getByRole('button', { name: 'Import', exact: true })).toBeVisible();
    await update(page);
    const load = page.getByRole('button', { name: 'Load it', exact: true });
    await expect(load).toBeDisabled({ timeout: 60_000 });
    // The other window has nothing to lose itself, and does not take it away from this one.
    await old.getByRole('button', { name: 'Load it', exact: true }).click();
    await expect(old.getByText('another window of Skein is working')).toBeVisible();
    expect(await isSecond(page)).toBe(false);

    await card.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(card.getByText('imported', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(load).toBeEnabled({ timeout: 60_000 });
    expect(await isSecond(page)).toBe(false);
    await load.click();
    await page.waitForURL(`${origin}/`);
    await expect(page.getByRole('link', { name: 'Heron' })).toBeVisible();
    expect(await isSecond(page)).toBe(true);

    // The old window runs the old version under the new worker: parts that it had not loaded yet come from the device.
    rmSync(join(dir, '_app'), { recursive: true, force: true });
    expect(await isSecond(old)).toBe(false);
    await old.getByRole('link', { name: 'Models' }).click();
    await expect(old.getByText('Licence').first()).toBeVisible();
    expect(await isSecond(old)).toBe(false);
    await old.getByRole('button', { name: 'Load it', exact: true }).click();
    await expect.poll(() => isSecond(old).catch(() => false)).toBe(true);
    await expect(old.getByRole('heading', { name: 'Models' }).first()).toBeVisible();
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
