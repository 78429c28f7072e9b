import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { serveApp } from '../../tools/serve.ts';
import { openSampleCase } from './journey.ts';

test('after the first load the sample opens with the server gone, and no request went elsewhere', async ({ page }) => {
  const server = await serveApp('build', 0);
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('blob:')) elsewhere.push(request.url());
  });
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy|TrustedTypes|Refused to/.test(message.text()) && message.type() === 'error')
      violations.push(message.text());
  });

  await page.goto(origin);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  server.closeAllConnections();
  await new Promise((done) => server.close(done));

  const response = await page.goto(`${origin}/help`);
  expect(response?.fromServiceWorker()).toBe(true);
  expect(response?.headers()['content-security-policy']).toContain("connect-src 'self'");
  await expect(page.getByRole('heading', { name: 'Help' })).toBeVisible();

  await page.goto(origin);
  await openSampleCase(page);
  await expect(page.getByRole('button', { name: /messages in .* conversations/ })).toBeVisible();
  await page.getByRole('link', { name: 'Models' }).click();
  await expect(page.getByText('Licence').first()).toBeVisible();
  await expect(page.getByRole('link', { name: /0 requests sent by Skein/ })).toBeVisible();
  expect(elsewhere).toEqual([]);
  expect(violations).toEqual([]);
});
