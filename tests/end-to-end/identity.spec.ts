/** Two numbers that may be one person, as an officer meets them: reasons, confirm, filter, undo, and after reopening. */
import { expect, test, type Page } from '@playwright/test';
import { createCase, restTranslation } from './journey.ts';

const PASSPHRASE = 'kettle marsh orbit lantern';
const DAY_MS = 86_400_000;
/** Ray has two numbers and says so; 144 is somebody else. */
const LINES = [
  ['07700900111', 'Ray', 'hello from the old phone'],
  ['07700900111', 'Ray', 'this is my new number 07700 900122'],
  ['07700900122', 'Ray', 'got the van'],
  ['07700900144', 'Bogdan', 'all quiet']
] as const;
const SMS = `<?xml version='1.0' encoding='UTF-8' ?>
<smses count="${LINES.length}">
${LINES.map(
  ([number, name, body], i) =>
    `<sms protocol="0" address="${number}" date="${Date.UTC(2025, 8, 1) + i * DAY_MS}" type="1" body="${body}" read="1" status="-1" contact_name="${name}" />`
).join('\n')}
</smses>
`;

const place = (page: Page, name: string) => page.getByRole('navigation').first().getByRole('link', { name });

async function toPairs(page: Page): Promise<void> {
  await place(page, 'People').click();
  await page.getByText('Possibly the same person', { exact: true }).click();
}

const rows = (page: Page) => page.getByRole('grid', { name: 'People by volume' }).locator('[role=row][aria-selected]');

test.beforeEach(({ page }) => restTranslation(page));

test('a pair is confirmed, counts as one, is taken back, and the decisions outlive the session', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto('/');
  await createCase(page, 'Two phones', PASSPHRASE);
  await page.locator('input[type=file]').setInputFiles({ name: 'sms.xml', mimeType: 'text/xml', buffer: Buffer.from(SMS) });
  const imported = page.getByRole('article', { name: 'sms.xml' });
  await imported.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(imported.getByText('imported', { exact: true })).toBeVisible();

  await place(page, 'People').click();
  await expect(rows(page).first()).toBeVisible();
  const people = await rows(page).count();
  await page.getByText('Possibly the same person', { exact: true }).click();
  const pair = page.getByRole('article', { name: /900111.* and .*900122.* may be the same person/ });
  await expect(pair).toBeVisible();
  // The reason is in words, with the very message under it, and what it is not: nothing is joined yet.
  await expect(pair.getByText(/wrote about a number of their own/)).toBeVisible();
  await expect(pair.getByText('this is my new number 07700 900122')).toBeVisible();
  await expect(page.getByText('No decision was made yet.')).toBeVisible();
  await expect(page.getByText(/%|score/i)).toHaveCount(0);

  // By keys: the cursor on the first pair, c for confirm; nothing is recorded before a name is given.
  await page.keyboard.press('k');
  await expect(pair).toBeFocused();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Confirm' })).toBeDisabled();
  await dialog.getByLabel('Your name or number').fill('DC 4411');
  await dialog.getByLabel('In your words').fill('his own message of 2 September');
  await page.keyboard.press('Enter');
  await expect(pair.getByText(/Confirmed by DC 4411/)).toBeVisible();
  await expect(page.getByText(/Decision 1: Confirmed by DC 4411/)).toBeVisible();

  // One person in the table, with both accounts and their file in the pane.
  await page.getByText('Accounts', { exact: true }).click();
  await expect(rows(page)).toHaveCount(people - 1);
  const ray = rows(page).filter({ hasText: 'joined' });
  await expect(ray).toContainText('+447700900111, +447700900122');
  await ray.click();
  const pane = page.getByRole('complementary', { name: 'Account' });
  await expect(pane.getByText(/Counted as one person by DC 4411/)).toBeVisible();
  await expect(pane.getByText('his own message of 2 September')).toBeVisible();
  // The filter means the person: what both numbers wrote.
  await page.keyboard.press('f');
  await place(page, 'Messages').click();
  for (const text of ['hello from the old phone', 'got the van']) await expect(page.getByText(text).first()).toBeVisible();
  await expect(page.getByText('all quiet')).toHaveCount(0);

  // Closed and opened: the decision is there, its name is asked for again, and undo brings both back.
  await page.getByRole('button', { name: 'Lock now' }).click();
  await page.getByRole('link', { name: 'Two phones' }).click();
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await toPairs(page);
  await expect(pair.getByText(/Confirmed by DC 4411/)).toBeVisible();
  await page.keyboard.press('k');
  await page.keyboard.press('u');
  await page.getByRole('dialog').getByLabel('Your name or number').fill('DS 12');
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
  await expect(pair.getByRole('button', { name: 'Confirm' })).toBeVisible();
  await expect(page.getByText(/undone by DS 12/)).toBeVisible();
  await page.getByText('Accounts', { exact: true }).click();
  await expect(rows(page)).toHaveCount(people);

  // Rejected, the pair stays apart, and the name is not asked for twice.
  await page.getByText('Possibly the same person', { exact: true }).click();
  await pair.getByRole('button', { name: 'Reject' }).click();
  await expect(page.getByRole('dialog').getByLabel('Your name or number')).toHaveValue('DS 12');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await expect(pair.getByText(/Rejected by DS 12/)).toBeVisible();
  await expect(page.getByText(/Decision 2: Rejected by DS 12/)).toBeVisible();
  expect(faults).toEqual([]);
});
