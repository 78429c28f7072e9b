import { expect, test, type Page } from '@playwright/test';
import { createCase, openSampleCase, restTranslation } from './journey.ts';

const PASSPHRASE = 'kettle marsh orbit lantern';

test.beforeEach(({ page }) => restTranslation(page));

test('a case is made, locked, and opened again with its passphrase alone', async ({ page }) => {
  await page.goto('/');
  await createCase(page, 'Door 14', PASSPHRASE);
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByRole('link', { name: 'Door 14' })).toBeVisible();

  await page.getByRole('link', { name: 'Door 14' }).click();
  await page.getByLabel('Passphrase').fill('not the passphrase');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('does not open the case');
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nothing is in this case yet' })).toBeVisible();
});

test('a case that another window holds is read there, which says so, and changed again once that one is gone', async ({
  page,
  context
}) => {
  await page.goto('/');
  await createCase(page, 'Two windows', PASSPHRASE);
  const banner = (one: Page) => one.getByText('Another window holds this case. Here it can be read, not changed.').first();
  const second = await context.newPage();
  const open = async (): Promise<void> => {
    await second.goto('/');
    await second.getByRole('link', { name: 'Two windows' }).click();
    await second.getByLabel('Passphrase').fill(PASSPHRASE);
    await second.getByRole('button', { name: 'Open', exact: true }).click();
    await second.getByRole('navigation').first().waitFor();
  };
  await open();
  await expect(banner(second)).toBeVisible({ timeout: 30_000 });
  await second.getByRole('link', { name: 'Import' }).first().click();
  // Nothing can be handed in where nothing can be written.
  await expect(second.getByText('Drop files or folders here')).toHaveCount(0);
  await expect(banner(page)).toHaveCount(0);
  await page.close();
  await open();
  await expect(
    second.getByText('Drop files or folders here').or(second.getByText('Nothing is in this case yet')).first()
  ).toBeVisible({
    timeout: 30_000
  });
  await expect(banner(second)).toHaveCount(0);
});

test('a weak passphrase and a mistyped repeat are stopped in words', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'New case' }).click();
  await page.getByLabel('Label on the door').fill('X');
  await page.getByLabel('Your name or number').fill('DC 4411');
  const passphrase = page.getByLabel('Passphrase', { exact: true });
  const create = page.getByRole('button', { name: 'Create the case' });
  await passphrase.fill('short');
  await expect(page.getByText('Too short')).toBeVisible();
  await passphrase.fill('aaaaaaaaaaaaaaaa');
  await expect(page.getByText('Weak')).toBeVisible();
  await passphrase.fill(PASSPHRASE);
  await page.getByLabel('Passphrase again').fill('kettle marsh orbit lanterm');
  await expect(page.getByText('The two differ.')).toBeVisible();
  await expect(create).toBeDisabled();
  await page.getByLabel('Passphrase again').fill(PASSPHRASE);
  await expect(create).toBeEnabled();
});

test('the sample opens in one click, says that it is one, and comes back after a reload', async ({ page }) => {
  await page.goto('/');
  await openSampleCase(page);
  await expect(page.getByText('SAMPLE', { exact: true })).toBeVisible();
  const messages = page.getByRole('button', { name: /messages in .* conversations/ });
  const sentence = await messages.textContent();
  await page.reload();
  await openSampleCase(page);
  await expect(messages).toHaveText(sentence ?? '');
  // One sample, not two.
  await page.getByRole('link', { name: 'All cases' }).click();
  await expect(page.getByRole('link', { name: /\(sample\)/ })).toHaveCount(2);
});

test('deleting takes the typed label, leaves no case, and a stub of it', async ({ page }) => {
  await page.goto('/');
  await createCase(page, 'Gone soon', PASSPHRASE);
  await page.getByRole('link', { name: 'All cases' }).click();
  await page.getByRole('button', { name: 'Delete Gone soon' }).click();
  const remove = page.getByRole('button', { name: 'Delete for good' });
  await expect(remove).toBeDisabled();
  await page.getByLabel(/to confirm/).fill('Gone soon');
  await page.getByLabel('Your name or number').fill('DC 4411');
  await remove.click();
  await expect(page.getByText('No case on this device yet.')).toBeVisible();
  await page.getByRole('link', { name: 'This device', exact: true }).click();
  await page.getByText('What stays').click();
  await expect(page.getByText(/"op":"erasure".*audit log: \d+ lines with root [0-9a-f]{64}/)).toBeVisible();
});
