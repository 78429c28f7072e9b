/**
 * Folders dropped on the page as the system drops them: walked through, told file by file, and accounted for to the last file
 * and the last item. The public samples beside the repository are such a folder, where they are there.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { createCase, restTranslation } from './journey.ts';

const SAMPLES = new URL('../../../shared/samples/', import.meta.url).pathname;
/** Those that hold what officers hold; the others are texts and numbers for measuring. */
const OF_PHONES = [
  'app_dbs',
  'case_uco',
  'cdr_csv',
  'discord',
  'hostile_zip',
  'ileapp_cases',
  'imessage',
  'meta_dyi',
  'signal',
  'sms_xml',
  'telegram_json',
  'ufed_cellebrite',
  'vcard',
  'whatsapp_txt'
];
const hasSamples = existsSync(join(SAMPLES, 'ileapp_cases'));
const UNDER_WAY = /^(?:looking|waiting|importing)/;

test.beforeEach(async ({ page }) => {
  await restTranslation(page);
  await page.goto('/');
  await createCase(page, 'Folder', 'kettle marsh orbit lantern');
});

/** Drops files and folders of the disk where an officer drops them. */
async function drop(page: Page, paths: readonly string[]): Promise<void> {
  const box = await page.getByText('Drop files').first().boundingBox();
  if (box === null) throw new Error('There is no place to drop files on.');
  const tools = await page.context().newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await tools.send('Input.dispatchDragEvent', { type, ...at, data });
}

/** The numbers of a line that is a sum: what it says in all, then its parts. */
async function numbersOf(line: Locator): Promise<number[]> {
  const text = ((await line.textContent()) ?? '').replaceAll(/(\d)[,\u202f\u00a0](?=\d{3})/g, '$1');
  return (text.replace(/in \d+ sources?/, '').match(/\d+/g) ?? []).map(Number);
}

test('a folder with folders in it is walked through, and every file has its place in the sum', async ({ page }) => {
  const root = mkdtempSync(join(tmpdir(), 'skein-drop-'));
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(join(root, 'phone', path, '..'), { recursive: true });
    writeFileSync(join(root, 'phone', path), content);
  };
  write('chats/Ana/_chat.txt', '[21/05/2025, 14:00:11] Ana: vin la 5\n[22/05/2025, 14:01:11] Dan: adu banii\n');
  write('tables/deep/er/one.csv', 'Date,From,To,Message\n2024-05-13 10:00:00,+447700900002,+447700900001,salut\n');
  write('media/a.jpg', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16));
  write('media/empty', '');
  try {
    await drop(page, [join(root, 'phone')]);
    const card = page.getByRole('article', { name: /^Contents of / });
    const files = card.getByLabel(/^Files of /);
    await expect(files).toBeVisible();
    expect(await numbersOf(files)).toEqual([4, 2, 2]);
    await card.getByRole('button', { name: 'Look at 2 sources' }).click();
    await page.getByRole('button', { name: 'Import 2 files' }).click();
    await expect(card.getByLabel(/^What became of /)).toContainText('2 of 2 sources imported');
    await expect(card.getByLabel(/^What became of /)).toHaveText(
      /3\s*seen\s*=\s*3\s*kept\s*\+\s*0\s*folded as copies\s*\+\s*0\s*refused/
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test('the folders of public samples are accounted for to the last file and the last item', async ({ page }) => {
  test.skip(!hasSamples, '../shared/samples is not there');
  // Some hundred sources out of a thousand files, each with its own card.
  test.setTimeout(1_800_000);
  const onDisk = OF_PHONES.flatMap((name) =>
    readdirSync(join(SAMPLES, name), { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  );
  await drop(
    page,
    OF_PHONES.map((name) => join(SAMPLES, name))
  );
  const card = page.getByRole('article', { name: /^Contents of / });
  const files = card.getByLabel(/^Files of /);
  await expect(files).toBeVisible({ timeout: 600_000 });
  const [all = 0, read = 0, unread = 0] = await numbersOf(files);
  expect(all).toBe(read + unread);
  // Zips count by what is in them.
  expect(all).toBeGreaterThanOrEqual(onDisk.length);
  await card.getByRole('button', { name: /^Look at \d+ sources$/ }).click();
  const stages = page.getByRole('article').getByText(UNDER_WAY);
  await expect(stages).toHaveCount(0, { timeout: 600_000 });
  await page.getByRole('button', { name: /^Import \d+ files$/ }).click();
  await expect(stages).toHaveCount(0, { timeout: 900_000 });
  const became = card.getByLabel(/^What became of /);
  const [imported = 0, sources = 0, seen = 0, kept = 0, folded = 0, refused = 0] = await numbersOf(became);
  console.log(
    `${onDisk.length} files dropped: ${all} = ${read} + ${unread}; ${imported} of ${sources} sources imported: ${seen} = ${kept} + ${folded} + ${refused}`
  );
  expect(imported).toBeGreaterThan(40);
  expect(seen).toBe(kept + folded + refused);
  expect(seen).toBeGreaterThan(3_000);
  // What was not imported says why, or what is asked: no card stands without a word.
  const cards = page.getByRole('article');
  const told = cards.filter({ hasText: /imported|needs an answer|cannot be read|ready/ });
  expect(await told.count()).toBe(await cards.count());
});
