/** Tags, as an officer puts them: by a key, on everything found, filtered by, taken back, and as the rule of a part for another. */
import { expect, test, type Page } from '@playwright/test';
import { createCase, restTranslation } from './journey.ts';

const CHAT = [
  '25/11/2025, 10:00 - Ana: salut, adu banii la cinci',
  '25/11/2025, 10:01 - Bogdan: bine, vin cu duba',
  '25/11/2025, 10:02 - Ana: banii sunt la Marius',
  ''
].join('\n');

const place = (page: Page, name: string) => page.getByRole('navigation').first().getByRole('link', { name });

test('messages are tagged by a key and all at once, filtered by tag, and a part goes out by it', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  await restTranslation(page);
  await page.goto('/');
  await createCase(page, 'Heron', 'kettle marsh orbit lantern');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'WhatsApp Chat with Bogdan.txt', mimeType: 'text/plain', buffer: Buffer.from(CHAT) });
  const card = page.getByRole('article', { name: 'WhatsApp Chat with Bogdan.txt' });
  await card.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(card.getByText('imported', { exact: true })).toBeVisible();

  // By key, on the message under the cursor; the name is typed, Enter makes it.
  await place(page, 'Messages').click();
  await page.getByText('bine, vin cu duba').first().click();
  await page.keyboard.press('Shift+T');
  const dialog = page.getByRole('dialog', { name: 'Tags of 1 message' });
  await expect(dialog.getByText('No tags in this case yet.')).toBeVisible();
  await dialog.getByLabel('New tag').fill('transport');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('checkbox', { name: /transport/ })).toBeChecked();
  await page.keyboard.press('Escape');
  const bubble = page.getByRole('article').filter({ hasText: 'vin cu duba' });
  await expect(bubble.locator('[data-tags]')).toContainText('transport');

  // On everything that a search found.
  await page.keyboard.press('/');
  await page.keyboard.type('banii');
  await page.keyboard.press('Enter');
  await expect(page.locator('mark').first()).toBeVisible();
  await page.getByRole('button', { name: 'Tag all…' }).click();
  const all = page.getByRole('dialog', { name: 'Tags of 2 messages' });
  await all.getByLabel('New tag').fill('money');
  await all.getByRole('button', { name: 'Make and put on' }).click();
  await expect(all.getByRole('checkbox', { name: /money/ })).toBeChecked();
  await expect(all.getByText(/“money” put on 2 messages/).first()).toBeVisible();
  await page.keyboard.press('Escape');

  // The facet filters; taking the tagging back empties it.
  await page.getByRole('button', { name: 'Clear filter' }).first().click();
  const facets = page.getByRole('navigation', { name: 'Filter by' });
  await facets
    .getByRole('checkbox', { name: /^money/ })
    .first()
    .click();
  await expect(page.getByRole('article').filter({ hasText: 'bine, vin cu duba' })).toHaveCount(0);
  await expect(page.getByText('banii sunt la Marius').first()).toBeVisible();

  // A part for another officer by that tag.
  await page.getByRole('link', { name: 'Keys and audit' }).click();
  await page.getByLabel('Only the messages of the filter, for another officer').check();
  await expect(page.getByText(/tagged .*money/).first()).toBeVisible();
  await page.getByLabel('For whom').fill('DC 7788');
  await page.getByLabel('Passphrase of the file', { exact: true }).fill('walnut copper ladder breeze');
  await page.getByLabel('Passphrase of the file again').fill('walnut copper ladder breeze');
  await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name: 'Make a file of this part' }).click()
  ]);
  await expect(page.getByText('It holds 2 messages.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/tags version 4: put, tag 2/).first()).toBeVisible();

  await place(page, 'Messages').click();
  await page.getByText('banii sunt la Marius').first().click();
  await page.keyboard.press('Shift+T');
  const again = page.getByRole('dialog', { name: 'Tags of 1 message' });
  await again.getByRole('button', { name: 'Take back' }).click();
  await expect(again.getByRole('checkbox', { name: /money/ })).not.toBeChecked();
});
