/** The human round trip, as two people make it: lines out in three formats, one of them filled in, certified text back. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { fillIn } from '../fixtures/returned-sheets.ts';
import { createCase } from './journey.ts';

const CHAT = [
  '25/11/2025, 10:00 - Ana: salut, adu banii la cinci',
  '25/11/2025, 10:01 - Bogdan: bine, vin cu duba',
  '25/11/2025, 10:02 - Ana: nu uita cheile',
  ''
].join('\n');

async function importChat(page: Page): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'WhatsApp Chat with Bogdan.txt', mimeType: 'text/plain', buffer: Buffer.from(CHAT) });
  const card = page.getByRole('article', { name: 'WhatsApp Chat with Bogdan.txt' });
  await card.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(card.getByText('imported', { exact: true })).toBeVisible();
}

const place = (page: Page, name: string) => page.getByRole('navigation').first().getByRole('link', { name });

test('lines go out, a filled file comes back, certified text counts, and undo takes it back', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Security Policy|Trusted|Refused to/.test(message.text())) faults.push(message.text());
  });
  await page.goto('/');
  await createCase(page, 'Round trip', 'kettle marsh orbit lantern');
  await importChat(page);
  await place(page, 'Messages').click();
  await expect(page.locator('[data-machine]').first()).toBeVisible({ timeout: 150_000 });

  // Two lines are marked, and go out with one line around them.
  await page.getByText('salut, adu banii la cinci').first().click();
  await page.keyboard.press('J');
  await page.getByRole('link', { name: 'For a translator' }).click();
  await expect(page.getByLabel(/the 2 marked messages/)).toBeChecked();
  await page.getByLabel('Lines of context before and after').fill('1');
  await expect(page.getByText('2 lines to translate with 1 of context')).toBeVisible();
  await page.getByLabel('Spreadsheet (XLSX)').check();
  await page.getByLabel('Translation program (XLIFF 2.1)').check();
  await page.getByLabel('Your name or number').first().fill('DC 4411');
  await page.getByRole('button', { name: 'Make the files' }).click();
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const ending of ['docx', 'xlsx', 'xlf']) {
    const link = page.getByRole('link', { name: `translation-T1.${ending}` });
    await expect(link).toBeVisible({ timeout: 60_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    files[ending] = new Uint8Array(await readFile(await download.path()));
  }

  // The translator fills in line 2 of the Word file.
  const statement = { translator: 'Ioana Pop', qualification: 'DPSI 1234', date: '2025-11-28' };
  const back = await fillIn(
    'docx',
    files['docx'] as Uint8Array<ArrayBuffer>,
    (line) => (line === 2 ? { translation: 'all right, I come with the <b>van</b>' } : undefined),
    statement
  );
  const give = (bytes: Uint8Array, name: string) =>
    page.getByLabel('Choose a file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
  await give(back, 'back.docx');
  await expect(page.getByText('all right, I come with the <b>van</b>').first()).toBeVisible();
  await expect(page.locator('[data-diff] ins').first()).toBeVisible();
  await expect(page.getByLabel('Translator’s name')).toHaveValue('Ioana Pop');
  await expect(page.getByLabel('Date of translation')).toHaveValue('2025-11-28');
  // Nothing is written before it is confirmed.
  await expect(page.getByText('1 line certified by')).toHaveCount(0);
  await page.getByRole('button', { name: 'Take 1 line in' }).click();
  await expect(page.getByText('1 line by Ioana Pop was taken in.')).toBeVisible();
  await expect(page.getByText('T1: 2 lines sent, 1 certified by now')).toBeVisible();

  // On screen, with the machine text one key away; in search.
  await place(page, 'Messages').click();
  await expect(page.getByText('certified by Ioana Pop, 28 Nov 2025').first()).toBeVisible();
  const certified = page.locator('[data-certified]').first();
  await expect(certified).toContainText('all right, I come with the <b>van</b>');
  await page.getByText('bine, vin cu duba').first().click();
  await page.keyboard.press('c');
  await expect(page.getByText('certified text by Ioana Pop stands').first()).toBeVisible();
  await page.keyboard.press('c');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Certified translation' })).toBeVisible();
  await expect(page.locator('[data-diff]').first()).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('"I come with"');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-certified] mark').first()).toBeVisible();

  // A file whose original was changed is refused, and its row is named.
  await place(page, 'Translator').click();
  const edited = new TextDecoder()
    .decode(await fillIn('xliff', files['xlf'] as Uint8Array<ArrayBuffer>, () => ({ translation: 'x' })))
    .replaceAll('adu banii', 'adu cheile');
  await give(new TextEncoder().encode(edited), 'edited.xlf');
  await expect(page.getByText('1 row does not fit')).toBeVisible();
  await expect(page.getByText('The original was changed in the file.')).toBeVisible();
  await expect(page.getByText('T1-0001', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Another file' }).first().click();

  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(page.getByText(/undone by DC 4411/)).toBeVisible();
  await place(page, 'Messages').click();
  await page.getByRole('button', { name: 'Clear' }).first().click();
  await expect(page.locator('[data-machine]').first()).toBeVisible();
  await expect(page.locator('[data-certified]')).toHaveCount(0);
  expect(faults).toEqual([]);
});
