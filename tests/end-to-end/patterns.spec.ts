import { expect, test } from '@playwright/test';
import { openSampleCase, restTranslation } from './journey.ts';

test.beforeEach(({ page }) => restTranslation(page));

test('patterns are found in the sample case, quote their messages, and open those for and against', async ({ page }) => {
  await page.goto('/');
  await openSampleCase(page);
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/\/patterns$/);
  const findings = page.getByRole('listbox', { name: 'Findings' });
  await expect(findings.getByRole('option').first()).toBeVisible({ timeout: 60_000 });

  // The conversation that one of two phones no longer has.
  const panel = page.getByRole('article', { name: 'Finding', exact: true });
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Possible: On one of two phones only');
  await expect(panel).toContainText('110 messages between the owners of two phones stand on one phone only');
  await expect(panel).toContainText('It may well be innocent.');
  await expect(panel.locator('blockquote')).toHaveCount(5);

  // By keyboard to the broadcasts, and from there to the messages that speak against them.
  await findings.getByRole('option').first().focus();
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowDown');
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Possible: One text to many');
  await panel.getByRole('button', { name: /that speaks? against it$/ }).click();
  await expect(page).toHaveURL(/\/messages$/);
  await expect(page.locator('.sentence')).toContainText('against: One text to many: T line');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await panel.getByRole('button', { name: 'Show all 242 messages' }).click();
  await expect(page.locator('.sentence')).toContainText('242 messages');
});
