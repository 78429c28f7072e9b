import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { createCase, openSampleCase, restTranslation } from './journey.ts';

const PASSPHRASE = 'kettle marsh orbit lantern';

test.beforeEach(({ page }) => restTranslation(page));

test('hints stand beside quotes in the sample case; new terms are found, opened and written down', async ({ page }) => {
  await page.goto('/');
  await openSampleCase(page);
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/\/glossary$/);
  await expect(page.getByRole('heading', { name: 'No terms in this case yet' })).toBeVisible();

  // The built-in list counts its uses, and a count opens as many messages.
  await page.getByText('Built-in list', { exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search the list' }).fill('2 for 15');
  const uses = page.getByRole('button', { name: /^Open [\d,]+ messages? with 2 for 15$/ });
  const count = await uses.innerText();
  await uses.click();
  await expect(page).toHaveURL(/\/messages$/);
  await expect(page.locator('.sentence')).toContainText(`${count} message`);
  const hint = page.locator('article [data-hints]').first();
  await expect(hint).toContainText('May mean');
  await expect(hint).toContainText('In everyday talk');
  await expect(hint).toContainText('court report, 2018');

  // New terms of that set; one goes into the glossary, and leads to a hint with the officer's name.
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByText('New terms', { exact: true }).click();
  await page.getByText('As written', { exact: true }).click();
  await page.getByRole('button', { name: 'Find terms' }).click();
  await expect(page.locator('tbody tr').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('blockquote').first()).toBeVisible();
  await page.getByRole('button', { name: 'Add to the glossary' }).click();
  const term = await page.getByLabel('Term', { exact: true }).inputValue();
  await page.getByLabel('May mean').fill('a price of the line');
  await page.getByLabel('Everyday meaning').fill('any shop offer');
  await page.getByLabel('Written by').fill('DC Example');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Terms of the case', { exact: true }).click();
  await expect(page.getByRole('rowheader', { name: term })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page.locator('article [data-hints]', { hasText: 'DC Example' }).first()).toBeVisible();

  // Off by one setting.
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByText('Off', { exact: true }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page.locator('article').first()).toBeVisible();
  await expect(page.locator('[data-hints]')).toHaveCount(0);
});

test('a glossary stays in its case after locking, and goes out and in as a file without the case', async ({ page }) => {
  await page.goto('/');
  await createCase(page, 'Heron', PASSPHRASE);
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('button', { name: 'Add a term' }).click();
  await page.getByLabel('Term', { exact: true }).fill('=duba');
  await page.getByLabel('May mean').fill('the debt for the van');
  await page.getByLabel('Everyday meaning').fill('a van');
  await page.getByLabel('Written by').fill('DC Example');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('rowheader', { name: '=duba' })).toBeVisible();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const path = await (await downloading).path();
  const csv = readFileSync(path, 'utf8');
  expect(csv).toContain("'=duba,");
  expect(csv).not.toContain('Heron');

  await page.getByRole('button', { name: 'Remove =duba' }).click();
  await expect(page.getByRole('heading', { name: 'No terms in this case yet' })).toBeVisible();
  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByText('1 read = 1 added + 0 kept out')).toBeVisible();

  await page.keyboard.press('Control+Shift+L');
  await page.getByRole('link', { name: 'Heron' }).click();
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Glossary' })).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page.getByRole('rowheader', { name: '=duba' })).toBeVisible();
  await expect(page.getByText('3 changes recorded')).toBeVisible();
});
