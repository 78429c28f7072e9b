/** Two cases of one device compared with the passphrase of the other, and by files as two devices do it. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { createCase, restTranslation } from './journey.ts';

const PASSPHRASES = { North: 'kettle marsh orbit lantern', South: 'violin quarry saddle thistle' } as const;
type Label = keyof typeof PASSPHRASES;

async function caseWith(page: Page, label: Label, numbers: readonly string[]): Promise<void> {
  await createCase(page, label, PASSPHRASES[label]);
  const lines = numbers.map(
    (n, i) => `<sms protocol="0" address="${n}" date="${1_758_700_000_000 + i}" type="1" body="ok" read="1" status="-1" />`
  );
  const text = `<?xml version='1.0' encoding='UTF-8' ?>\n<smses count="${lines.length}">\n${lines.join('\n')}\n</smses>`;
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: `${label}.xml`, mimeType: 'text/xml', buffer: Buffer.from(text) }]);
  const card = page.getByRole('article', { name: `${label}.xml` });
  await card.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(card.getByText('imported', { exact: true })).toBeVisible({ timeout: 30_000 });
}

async function openAs(page: Page, label: Label): Promise<void> {
  await page.locator('header a.home').click();
  await page.getByRole('link', { name: label }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASES[label]);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.locator('nav a[href$="/crosscase"]')).toBeVisible({ timeout: 60_000 });
}

async function toCrossCase(page: Page): Promise<void> {
  await page.locator('nav a[href$="/crosscase"]').click();
  await expect(page).toHaveURL(/\/crosscase$/);
  await expect(page.getByText('This case holds')).toBeVisible();
}

async function exchange(page: Page, purpose: string): Promise<void> {
  await page.getByRole('radiogroup', { name: 'Cross-case' }).getByText('With another device').click();
  await page.getByLabel('Purpose').first().fill(purpose);
  await page.getByLabel('Who compares').fill('DC 4411, a test');
}

/** The file that a step made. */
async function saved(page: Page): Promise<Buffer> {
  const button = page.getByRole('button', { name: /^Save skein-/ });
  await expect(button).toBeVisible({ timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFileSync(await download.path());
}

async function take(page: Page, bytes: Buffer): Promise<void> {
  await page.getByLabel('Take in a file from the other side').setInputFiles([{ name: 'x.skeinx', mimeType: '', buffer: bytes }]);
}

async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)).toEqual([]);
}

test.beforeEach(({ page }) => restTranslation(page));

test('two cases find the number that both hold, on one device and by files, and their logs say what for', async ({ page }) => {
  // Openings and key derivations took 4.4 minutes on two slow cores that did other things.
  test.setTimeout(600_000);
  await page.goto('/');
  await caseWith(page, 'North', ['07700900111', '07700900122', '60777']);
  await page.locator('header a.home').click();
  await caseWith(page, 'South', ['07700900122', '07700900144', '60777']);

  await toCrossCase(page);
  const compare = page.getByRole('button', { name: 'Record the purpose and compare' });
  await page.getByLabel('Passphrase of the other case').fill('wrong wrong wrong wrong');
  await expect(compare).toBeDisabled();
  await page.getByLabel('Purpose').fill('Operation HERON, one supplier');
  await compare.click();
  await expect(page.getByRole('alert')).toContainText('does not open', { timeout: 30_000 });
  await page.getByLabel('Passphrase of the other case').fill(PASSPHRASES.North);
  await compare.click();
  const row = page.getByRole('row', { name: /\+447700900122/ });
  await expect(row).toBeVisible({ timeout: 30_000 });
  await expect(row).toContainText('North.xml');
  await expect(row).toContainText('South.xml');
  await expect(page.getByRole('heading', { name: '1 identifier in both cases' })).toBeVisible();
  await axe(page);
  await page.screenshot({ path: test.info().outputPath('links.png'), fullPage: true });
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(row).toHaveCount(0);

  await exchange(page, 'Operation HERON');
  await page.getByRole('button', { name: 'Make a request file' }).click();
  const request = await saved(page);
  await openAs(page, 'North');
  await toCrossCase(page);
  await exchange(page, 'Asked by South');
  const damaged = Buffer.from(request);
  damaged[900] = (damaged[900] ?? 0) ^ 1;
  await take(page, damaged);
  await expect(page.getByRole('alert')).toContainText('was changed after it was written');
  await take(page, request);
  await expect(page.getByText('at most 256 identifiers')).toBeVisible();
  await axe(page);
  await page.screenshot({ path: test.info().outputPath('request.png'), fullPage: true });
  await page.getByRole('button', { name: 'Record the purpose and answer' }).click();
  const answer = await saved(page);
  await openAs(page, 'South');
  await toCrossCase(page);
  await page.getByRole('radiogroup', { name: 'Cross-case' }).getByText('With another device').click();
  await take(page, answer);
  await page.getByRole('button', { name: 'Find what both hold' }).click();
  await expect(page.getByRole('row', { name: /\+447700900122/ })).toContainText('stays on the other device', { timeout: 60_000 });
  const result = await saved(page);

  // The purpose, what was found and what was handed out stand in the log.
  await page.locator('nav a[href$="/safety"]').click();
  await expect(page.getByText(/purpose: Operation HERON, one supplier/).first()).toBeVisible();
  await expect(page.getByText(/skein-request-[\da-f]{8}\.skeinx, SHA-256/).first()).toBeVisible();

  await openAs(page, 'North');
  await toCrossCase(page);
  await page.getByRole('radiogroup', { name: 'Cross-case' }).getByText('With another device').click();
  await take(page, result);
  await page.getByRole('button', { name: 'Find what both hold' }).click();
  await expect(page.getByRole('row', { name: /\+447700900122/ })).toBeVisible({ timeout: 30_000 });
});
