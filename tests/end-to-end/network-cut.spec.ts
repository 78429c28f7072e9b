/**
 * The whole journey with the server gone and the network cut: sample case, a file of one's own, machine text beside
 * its original, search on both sides, network and path, topics, lock and unlock. One request to another origin or one
 * refusal by the security policy fails it.
 */
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { serveApp } from '../../tools/serve.ts';
import { wholeJourney } from './journey.ts';

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

  await wholeJourney(page);

  expect(elsewhere).toEqual([]);
  expect(faults).toEqual([]);
});
