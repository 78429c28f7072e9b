/**
 * Two officers on one laptop, a changed passphrase, the audit log and its check, and 1,000 canaries that the browser's
 * profile folder must not hold.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Page } from '@playwright/test';
import { BlobReader, TextWriter, ZipReader, type FileEntry } from '@zip.js/zip.js';
import { findChromium } from '../../tools/chromium.ts';
import { BROWSER_ARGS, createCase } from './journey.ts';

const PASSPHRASE = 'kettle marsh orbit lantern';
const SECOND = 'violin quarry saddle thistle';
const CHANGED = 'pepper glacier tunnel walnut';
const CANARIES = 1_000;
/** Canaries in one message: a hundred messages are read and translated in the time of the test, a thousand are not. */
const A_LINE = 10;

/** Random, so that no compression of the profile's own files can hide one; in the control of two scripts. */
const random = (): string => `q${crypto.randomUUID().replaceAll('-', '')}`;

async function addOfficer(page: Page, name: string, passphrase: string): Promise<void> {
  await page.getByRole('button', { name: 'Add an officer' }).click();
  await page.getByLabel('Your passphrase').fill(PASSPHRASE);
  await page.getByLabel('Your name or number').fill(name);
  await page.getByLabel('New passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('New passphrase again').fill(passphrase);
  await page.getByRole('button', { name: 'Do it' }).click();
  await expect(page.getByRole('cell', { name, exact: true })).toBeVisible({ timeout: 30_000 });
}

async function unlockAs(page: Page, name: string, passphrase: string): Promise<void> {
  await page.getByLabel('Whose passphrase').selectOption({ label: name });
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

test('two officers, one changed passphrase, one log that says who, and not one canary on the disk', async () => {
  test.setTimeout(180_000);
  const profile = mkdtempSync(join(tmpdir(), 'skein-profile-'));
  const out = mkdtempSync(join(tmpdir(), 'skein-log-'));
  const label = random();
  const canaries = Array.from({ length: CANARIES }, random);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium() ?? '',
    args: BROWSER_ARGS,
    locale: 'en-GB',
    acceptDownloads: true,
    downloadsPath: out,
    baseURL: 'http://localhost:4174'
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto('/');
    await createCase(page, label, PASSPHRASE);
    // Canaries as words, as names and as numbers of a file that is imported, read and searched.
    const chat = Array.from({ length: CANARIES / A_LINE }, (_, i) => {
      const words = canaries.slice(i * A_LINE, (i + 1) * A_LINE);
      return `[21/05/2025, 14:${String(i % 60).padStart(2, '0')}:11] n${words[0]}: ${words.join(' ')} vii la ${i}`;
    });
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '_chat.txt', mimeType: 'text/plain', buffer: Buffer.from(chat.join('\n')) });
    const card = page.getByRole('article', { name: '_chat.txt' });
    await expect(card.getByRole('button', { name: 'Import', exact: true })).toBeVisible();
    await card.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(card.getByText('imported', { exact: true })).toBeVisible({ timeout: 60_000 });
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await expect(page.getByText(canaries[0] ?? '').first()).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type(canaries[7] ?? '');
    await page.keyboard.press('Enter');
    await expect(page.locator('mark').first()).toBeVisible();

    // A second officer, who then opens the case and changes the passphrase of their own slot.
    await page.getByRole('link', { name: 'Keys and audit' }).click();
    await addOfficer(page, 'DC 5522', SECOND);
    await page.getByRole('button', { name: 'Lock now' }).click();
    await page.getByRole('link', { name: label }).click();
    await unlockAs(page, 'DC 4411', SECOND);
    await expect(page.getByRole('alert')).toContainText('does not open the case');
    await unlockAs(page, 'DC 5522', SECOND);
    await page.getByRole('link', { name: 'Keys and audit' }).click({ timeout: 30_000 });
    await expect(page.getByText(/lines up to the last checkpoint are there and unchanged/)).toBeVisible();
    await page.getByRole('row', { name: 'DC 5522' }).getByRole('button', { name: 'Change passphrase' }).click();
    await page.getByLabel('Your passphrase').fill(SECOND);
    await page.getByLabel('New passphrase', { exact: true }).fill(CHANGED);
    await page.getByLabel('New passphrase again').fill(CHANGED);
    const began = Date.now();
    await page.getByRole('button', { name: 'Do it' }).click();
    await expect(page.getByLabel('New passphrase again')).toHaveCount(0, { timeout: 30_000 });
    console.log(`passphrase changed in ${((Date.now() - began) / 1000).toFixed(1)} s, dialog to dialog`);

    // The log is handed out, is whole, and names both.
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the log' }).click()
    ]);
    const zip = new ZipReader(new BlobReader(new Blob([new Uint8Array(readFileSync(await download.path()))])));
    const texts = new Map<string, string>();
    for (const entry of await zip.getEntries()) texts.set(entry.filename, await (entry as FileEntry).getData(new TextWriter()));
    await zip.close();
    const lines = (texts.get('audit.jsonl') ?? '').trim().split('\n');
    const said = lines.map((line) => JSON.parse(line) as { op: string; who: string; what: string; n: number; build: string });
    const by = (who: string): string[] => said.filter((line) => line.who === who).map(({ op, what }) => `${op}: ${what}`);
    expect(by('DC 4411')).toContain('consultation: case made and opened');
    expect(by('DC 4411')).toContain('alteration: key slot added: DC 5522');
    expect(by('DC 4411').some((line) => /^collection: file 0, SHA-256 [0-9a-f]{64}, read as whatsapp-text$/.test(line))).toBe(
      true
    );
    expect(by('DC 4411').some((line) => /^consultation: conversation \d+$/.test(line))).toBe(true);
    expect(by('DC 5522')).toEqual([
      'consultation: case opened',
      'alteration: passphrase changed: DC 5522',
      'disclosure: audit log'
    ]);
    for (const { build } of said) expect(build).toMatch(/^[0-9a-f]{16}$/);
    for (const word of canaries) expect(lines.join()).not.toContain(word);

    // Its own page finds it whole, and a changed line at its place.
    await page.getByRole('link', { name: 'Check an audit log' }).first().click();
    const give = async (log: string): Promise<void> => {
      const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
      await page.getByLabel('audit.jsonl').setInputFiles(file('audit.jsonl', log));
      await page.getByLabel('checkpoint.json').setInputFiles(file('checkpoint.json', texts.get('checkpoint.json') ?? ''));
    };
    await give(texts.get('audit.jsonl') ?? '');
    await expect(page.getByText(/The log is whole/)).toBeVisible();
    await give((texts.get('audit.jsonl') ?? '').replace('key slot added', 'key slot abbed'));
    await expect(page.getByRole('alert')).toContainText('does not follow the one before it');
  } finally {
    await context.close();
  }

  const found = wordsIn(profile, [label, ...canaries], [PASSPHRASE, SECOND, CHANGED]);
  rmSync(profile, { recursive: true, force: true });
  rmSync(out, { recursive: true, force: true });
  console.log(`profile: ${found.files} files, ${(found.bytes / 1e6).toFixed(1)} MB searched`);
  // The label stands in clear and is found, so the search sees what is there.
  expect(found.words).toEqual([label]);
});

/** A canary is found by its first 17 characters, so that one that is cut over two places is found as well. */
const HEAD = 17;

/** Words that some file of a folder holds, as UTF-8 or as UTF-16 of either order. */
function wordsIn(
  folder: string,
  canaries: readonly string[],
  phrases: readonly string[]
): { words: string[]; files: number; bytes: number } {
  const heads = new Map(canaries.map((word) => [word.slice(0, HEAD), word]));
  const found = new Set<string>();
  let files = 0;
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
    const data = readFileSync(path);
    files++;
    bytes += data.length;
    const text = data.toString('latin1');
    for (const pattern of [/q[0-9a-f]{16}/g, /q\0(?:[0-9a-f]\0){16}/g, /\0q(?:\0[0-9a-f]){16}/g]) {
      for (const [match] of text.matchAll(pattern)) {
        const word = heads.get(match.replaceAll('\0', ''));
        if (word !== undefined) found.add(word);
      }
    }
    for (const phrase of phrases) {
      const little = Buffer.from(phrase, 'utf16le');
      if (data.includes(phrase) || data.includes(little) || data.includes(Buffer.from(little).swap16())) found.add(phrase);
    }
  }
  return { words: [...found], files, bytes };
}
