import { expect, test, type Page } from '@playwright/test';
import { SMS_COLUMNS, smsDatabase } from '../fixtures/android-db.ts';
import { zipOf } from '../fixtures/format-fixture.ts';
import { databaseOf } from '../fixtures/sqlite.ts';
import { createCase, restTranslation } from './journey.ts';

const CHAT = [
  '[03/05/2025, 14:02:11] Mihai: Buna seara, vii maine?',
  '[03/05/2025, 14:03:40] Ana: Da, la opt.',
  '[21/05/2025, 09:15:00] Mihai: Ne vedem la gara'
].join('\n');

async function offer(page: Page, files: readonly { name: string; text: string | Buffer }[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(
    files.map(({ name, text }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: typeof text === 'string' ? Buffer.from(text) : text
    }))
  );
}

test.beforeEach(({ page }) => restTranslation(page));

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await createCase(page, 'Import', 'kettle marsh orbit lantern');
});

test('a chat is recognised, previewed, asked about, and written only after confirmation', async ({ page }) => {
  await offer(page, [{ name: '_chat.txt', text: CHAT }]);
  const card = page.getByRole('article', { name: '_chat.txt' });
  // The reader's name, and again where another can be chosen.
  await expect(card.getByText('WhatsApp exported chat').first()).toBeVisible();
  await expect(card.getByRole('cell', { name: 'Ne vedem la gara' })).toBeVisible();
  await expect(card.getByLabel('Time zone of stamps without one')).toHaveValue('Europe/London');
  // Shown in the zone of the case, which is London's, in summer.
  await expect(card.getByRole('columnheader', { name: 'Time (Europe/London)' })).toBeVisible();
  // The time as the file has it stands in a cell of its own behind it.
  const time = (text: string) => card.getByRole('row', { name: 'Buna seara' }).locator('td.time').filter({ hasText: text });
  await expect(time('03/05/2025, 14:02:11')).toBeVisible();
  await card.getByLabel('Time zone of stamps without one').selectOption('UTC');
  await expect(time('03/05/2025, 15:02:11')).toBeVisible();
  await expect(card.getByLabel('Country of numbers without a country code')).toHaveValue('GB');
  await expect(card.getByText('read as numbers of GB, which is assumed')).toBeVisible();
  await expect(page.getByText('Already in this case')).toHaveCount(0);

  await card.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(card.getByText('imported', { exact: true })).toBeVisible();
  await expect(card.getByLabel('What became of _chat.txt')).toHaveText(
    /3\s*seen\s*=\s*3\s*kept\s*\+\s*0\s*folded as copies\s*\+\s*0\s*refused/
  );
  await expect(page.getByRole('heading', { name: 'Already in this case' })).toBeVisible();
});

test('a chat whose days and months fit twice cannot be imported before the order is given', async ({ page }) => {
  await offer(page, [{ name: '_chat.txt', text: '[03/05/2025, 14:02:11] Mihai: unu\n[04/05/2025, 14:03:40] Ana: doi' }]);
  const card = page.getByRole('article', { name: '_chat.txt' });
  const order = card.getByLabel('Order of day and month');
  await expect(order).toBeVisible();
  await expect(card.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await order.selectOption('mdy');
  await expect(card.getByRole('cell', { name: /^05\/03\/2025/ })).toBeVisible();
  await expect(card.getByRole('button', { name: 'Import', exact: true })).toBeEnabled();
});

test('files that cannot be read are refused in one sentence and leave the case as it was', async ({ page }) => {
  await offer(page, [
    { name: 'empty.txt', text: '' },
    { name: 'picture.png', text: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') },
    { name: 'report.ufdr', text: Buffer.from('504b0304140000000800', 'hex') }
  ]);
  for (const name of ['empty.txt', 'picture.png', 'report.ufdr']) {
    const card = page.getByRole('article', { name });
    await expect(card.getByRole('alert')).toContainText(name);
    await expect(card.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  }
  await expect(page.getByRole('heading', { name: 'Already in this case' })).toHaveCount(0);
});

test('a database and its log dropped together are one file, read by SQLite under the policy of the page', async ({ page }) => {
  const { bytes, wal } = await databaseOf({
    ...smsDatabase([[1, '07700 900012', 1709316000123, 0, 1, -1, 1, 'salut', null, 0]], []),
    walRows: [['sms', SMS_COLUMNS, [[1, '07700 900012', 1709316060000, 0, 1, -1, 2, 'vin la 6', null, 0]]]]
  });
  await offer(page, [
    { name: 'mmssms.db', text: Buffer.from(bytes) },
    { name: 'mmssms.db-wal', text: Buffer.from(wal ?? []) }
  ]);
  const card = page.getByRole('article', { name: 'mmssms.db', exact: true });
  await expect(card.getByText('Android messages and calls (database)')).toBeVisible();
  await expect(card.getByRole('cell', { name: 'vin la 6' })).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(1);
  await card.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(card.getByLabel('What became of mmssms.db')).toHaveText(
    /2\s*seen\s*=\s*2\s*kept\s*\+\s*0\s*folded as copies\s*\+\s*0\s*refused/
  );
});

test('the columns of a table can be changed and the recipe is kept', async ({ page }) => {
  const csv =
    'Date,From,To,Text\n03/05/2025 14:02:11,07700900123,07700900456,unu\n21/05/2025 10:00:00,07700900456,07700900123,doi\n';
  await offer(page, [{ name: 'download.csv', text: csv }]);
  const card = page.getByRole('article', { name: 'download.csv' });
  await expect(card.getByLabel('Meaning of the column Text')).toHaveValue('body');
  await card.getByLabel('Meaning of the column Text').selectOption('status');
  await expect(card.getByRole('cell', { name: 'unu' })).toHaveCount(0);
  await card.getByLabel('Meaning of the column Text').selectOption('body');
  await expect(card.getByRole('cell', { name: 'unu' })).toBeVisible();
  await card.getByLabel('Name of the recipe').fill('Station download');
  await card.getByRole('button', { name: 'Save recipe' }).click();
  await expect(card.getByText('Saved on this device.')).toBeVisible();
  await expect(card.getByLabel('Use a saved recipe')).toContainText('Station download');
});

test('a Telegram export and contact cards come the same way', async ({ page }) => {
  const message = (n: number, from: string, id: string, text: string) => ({
    id: n,
    type: 'message',
    date: `2025-05-03T14:0${n}:00`,
    date_unixtime: String(1_746_280_800 + n * 60),
    from,
    from_id: id,
    text
  });
  const messages = [message(1, 'Ana', 'user11', 'vii maine?'), message(2, 'Dan', 'user12', 'Da, la opt.'), {}];
  const chat = { name: 'Ana', type: 'personal_chat', id: 11, messages };
  const cards = 'BEGIN:VCARD\nVERSION:3.0\nFN:Ana Pop\nTEL:07700 900123\nEND:VCARD\n';
  await offer(page, [
    { name: 'download', text: JSON.stringify(chat) },
    { name: 'people', text: cards }
  ]);
  const card = page.getByRole('article', { name: 'download' });
  await expect(card.getByText('Telegram export (JSON)')).toBeVisible();
  await expect(card.getByRole('cell', { name: 'Da, la opt.' })).toBeVisible();
  await card.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(card.getByLabel('What became of download')).toHaveText(
    /3\s*seen\s*=\s*2\s*kept\s*\+\s*0\s*folded as copies\s*\+\s*1\s*refused/
  );
  await expect(page.getByRole('article', { name: 'people' }).getByText('Contact cards (vCard)').first()).toBeVisible();
});

test('a zip of many exports is listed, chosen from, and accounted for to the last file', async ({ page }) => {
  const table = 'Date,From,To,Message\n2024-05-13 10:00:00,+447700900002,+447700900001,salut\n';
  const zip = await zipOf('case.zip', {
    'ana/_chat.txt': CHAT,
    'ana/IMG_1.jpg': new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
    'tables/one.csv': table,
    'tables/two.csv': table.replace('salut', 'hei'),
    'readme.txt': 'Dear all,\nthe meeting is moved.\n'
  });
  await offer(page, [{ name: 'case.zip', text: Buffer.from(await zip.blob.arrayBuffer()) }]);
  const drop = page.getByRole('article', { name: 'Contents of case.zip' });
  await expect(drop.getByLabel('Files of case.zip')).toHaveText(/5\s*files\s*=\s*4\s*in 4 sources\s*\+\s*1\s*not read/);
  await expect(drop.getByText('a JPEG picture')).toBeVisible();
  // A text beside exports is offered, and chosen by whoever wants it.
  await expect(drop.getByRole('checkbox', { name: 'readme.txt' })).not.toBeChecked();
  await drop.getByRole('checkbox', { name: 'two.csv' }).uncheck();
  await drop.getByRole('button', { name: 'Look at 2 sources' }).click();
  const chat = page.getByRole('article', { name: 'case.zip/ana/_chat.txt', exact: true });
  await expect(chat.getByRole('cell', { name: 'Ne vedem la gara' })).toBeVisible();
  const rows = page.getByRole('article', { name: 'case.zip/tables/one.csv', exact: true });
  await expect(rows.getByRole('cell', { name: 'salut' })).toBeVisible();
  await page.getByRole('button', { name: 'Import 2 files' }).click();
  await expect(chat.getByText('imported', { exact: true })).toBeVisible();
  await expect(rows.getByText('imported', { exact: true })).toBeVisible();
  await expect(drop.getByLabel('What became of case.zip')).toHaveText(
    /2 of 4 sources imported:\s*4\s*seen\s*=\s*4\s*kept\s*\+\s*0\s*folded as copies\s*\+\s*0\s*refused/
  );
  await expect(drop.getByRole('button', { name: 'Look at 0 sources' })).toBeDisabled();
});
