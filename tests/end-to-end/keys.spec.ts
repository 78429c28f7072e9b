/**
 * Two officers on one laptop, a changed passphrase, the audit log and its check, approved algorithms only, and 1,000
 * canaries that the browser's profile folder must not hold.
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

/** Runs in the page: whether any case has a search index on disk. */
async function hasStoredIndex(): Promise<boolean> {
  const cases = await (await navigator.storage.getDirectory()).getDirectoryHandle('cases');
  for await (const folder of cases.values()) {
    if (folder.kind !== 'directory') continue;
    const list = await folder.getFileHandle('search-list').catch(() => null);
    if (list !== null && (await list.getFile()).size > 0) return true;
  }
  return false;
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

    // The search index is on disk, too, before the disk is looked at.
    await expect.poll(() => page.evaluate(hasStoredIndex), { timeout: 60_000 }).toBe(true);

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
      // The wrong passphrase was tried on the other officer's slot; it is written down by whoever opened next.
      expect.stringMatching(/^consultation: opening failed: key slot DC 4411, last at \d{4}-/),
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

/** A case with one imported chat; ends on Keys and audit. */
async function smallCase(page: Page, label: string): Promise<void> {
  await createCase(page, label, PASSPHRASE);
  const chat = '[21/05/2025, 14:00:11] Ana: vin la 5\n[21/05/2025, 14:01:11] Bogdan: adu banii\n[21/05/2025, 14:02:11] Ana: ok\n';
  await page.locator('input[type=file]').setInputFiles({ name: '_chat.txt', mimeType: 'text/plain', buffer: Buffer.from(chat) });
  const card = page.getByRole('article', { name: '_chat.txt' });
  await card.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(card.getByText('imported', { exact: true })).toBeVisible({ timeout: 60_000 });
}

async function restore(page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }, passphrase: string) {
  await page.getByRole('button', { name: 'Restore a case' }).click();
  await page.getByLabel('Case file (.skein)').setInputFiles(file);
  if (passphrase === '') return;
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
}

test('a case file goes out and comes back beside the case, a part goes to another officer, and damage is named', async ({
  page
}) => {
  test.setTimeout(240_000);
  // First by the browser's download: as where a policy forbids the picker.
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  await page.goto('/');
  await smallCase(page, 'Heron');
  // Asked for after the import, with the reason.
  await expect(page.getByText('1 import is in no case file.')).toBeVisible();
  await page.getByRole('link', { name: 'Make a case file' }).click();
  const [whole] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name: 'Make a case file' }).click()
  ]);
  await expect(page.getByText(/read back to the last byte/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('It holds 3 messages.')).toBeVisible();
  await expect(page.getByText(/The last case file of the whole case was read back on/)).toBeVisible();
  expect(whole.suggestedFilename()).toMatch(/^skein-\d{4}-\d\d-\d\d\.skein$/);
  const bytes = readFileSync(await whole.path());
  for (const word of ['Heron', 'banii', '_chat.txt']) expect(bytes.includes(word)).toBe(false);

  // A part by a rule, into a place that was picked: here a file of the browser's own stands for the officer's stick.
  await page.evaluate(() => {
    Object.assign(globalThis, {
      showSaveFilePicker: async () => (await navigator.storage.getDirectory()).getFileHandle('picked.skein', { create: true })
    });
  });
  await page.keyboard.press('/');
  await page.keyboard.type('banii');
  await page.keyboard.press('Enter');
  await expect(page.locator('mark').first()).toBeVisible();
  await page.getByRole('link', { name: 'Keys and audit' }).click();
  await page.getByLabel('Only the messages of the filter, for another officer').check();
  await page.getByLabel('For whom').fill('DC 7788');
  await page.getByLabel('Passphrase of the file', { exact: true }).fill(SECOND);
  await page.getByLabel('Passphrase of the file again').fill(SECOND);
  await page.getByRole('button', { name: 'Make a file of this part' }).click();
  await expect(page.getByText(/^\s*Saved, and read back to the last byte/)).toBeVisible({ timeout: 60_000 });
  const part = await page.evaluate(async () => {
    const file = await (await (await navigator.storage.getDirectory()).getFileHandle('picked.skein')).getFile();
    return [...new Uint8Array(await file.arrayBuffer())];
  });

  // The whole case comes back beside the first one, and opens by the same passphrase.
  await page.getByRole('button', { name: 'Lock now' }).click();
  await restore(page, await whole.path(), PASSPHRASE);
  await page.waitForURL(/\/overview$/, { timeout: 60_000 });
  await page.getByRole('link', { name: 'Keys and audit' }).click();
  await expect(page.getByText(/case restored from a case file, root [0-9a-f]{64}/)).toBeVisible();
  await expect(page.getByText(/lines up to the last checkpoint|Signed|checkpoint/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByRole('link', { name: 'Heron' })).toHaveCount(2);

  // Damage is named with its place, before any passphrase where it is in the head; nothing is added.
  const flipped = Buffer.from(bytes);
  flipped[40] = (flipped[40] ?? 0) ^ 1;
  const damaged = (buffer: Buffer) => ({ name: 'case.skein', mimeType: 'application/octet-stream', buffer });
  await restore(page, damaged(flipped), '');
  await expect(page.getByRole('alert')).toContainText('The head of the file is damaged');
  await page.keyboard.press('Escape');
  const cut = Buffer.from(bytes.subarray(0, bytes.length - 9));
  await restore(page, damaged(cut), PASSPHRASE);
  await expect(page.getByRole('alert')).toContainText('damaged in chunk 1', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: 'Heron' })).toHaveCount(2);

  // The part says what it is, and the other officer gets a recovery key of their own.
  await restore(page, damaged(Buffer.from(part)), SECOND);
  await page.getByLabel('I have printed or stored it').check({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(/\/overview$/);
  await expect(page.getByText(/This is a part of a case: 1 of 3 messages of/)).toBeVisible();
  await expect(page.getByText(/banii/).first()).toBeVisible();
});

test('a passkey opens a case beside its passphrase; one that makes no keys is refused in words', async ({ page, context }) => {
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const authenticator = async (hasPrf: boolean): Promise<string> => {
    const options = {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf
    } as const;
    return (await cdp.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId;
  };
  const without = await authenticator(false);
  await page.goto('/');
  await createCase(page, 'Kite', PASSPHRASE);
  await page.getByRole('link', { name: 'Keys and audit' }).click();
  const add = async (): Promise<void> => {
    await page.getByLabel('Your passphrase').fill(PASSPHRASE);
    await page.getByLabel('Your name or number').fill('DC 4411');
    await page.getByRole('button', { name: 'Do it' }).click();
  };
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await add();
  await expect(page.getByText('cannot make keys (WebAuthn PRF)')).toBeVisible({ timeout: 30_000 });
  await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: without });
  await authenticator(true);
  await add();
  await expect(page.getByRole('cell', { name: 'DC 4411 (passkey of this device)', exact: true })).toBeVisible({
    timeout: 30_000
  });

  await page.getByRole('button', { name: 'Lock now' }).click();
  await page.getByRole('link', { name: 'Kite' }).click();
  await page.getByRole('button', { name: 'Open as DC 4411 (passkey of this device)' }).click();
  await page.getByRole('link', { name: 'Keys and audit' }).click({ timeout: 30_000 });
  await expect(page.getByRole('cell', { name: 'DC 4411 (passkey)', exact: true }).first()).toBeVisible();
  // The only passphrase cannot go; the passkey can.
  await expect(page.getByRole('button', { name: 'Remove DC 4411', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove DC 4411 (passkey of this device)' }).click();
  await page.getByLabel('Your passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Do it' }).click();
  await expect(page.getByRole('cell', { name: 'DC 4411 (passkey of this device)', exact: true })).toHaveCount(0, {
    timeout: 30_000
  });
});

test('with approved algorithms only, a case made after has them alone; passphrases from before stay', async ({ page }) => {
  const derivedBy = (officer: string) =>
    page
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: officer, exact: true }) })
      .filter({ hasText: /argon2id|SHA-256/ });
  const turn = async (on: boolean): Promise<void> => {
    await page.getByRole('link', { name: 'This device', exact: true }).click();
    await page.getByLabel('Approved algorithms only').setChecked(on);
  };
  await page.goto('/');
  await turn(true);
  // The choice is the device's: it is there in the next page.
  await page.goto('/');
  await createCase(page, 'Linnet', PASSPHRASE);
  await page.getByRole('link', { name: 'Keys and audit' }).click();
  await expect(derivedBy('DC 4411')).toContainText(/PBKDF2-SHA-256, [1-5],\d00,000 \(approved\)/);
  await expect(page.getByText('HKDF-SHA-256, 256 bit (approved)')).toBeVisible();
  await expect(page.getByText(/argon2id/)).toHaveCount(0);

  await turn(false);
  await page.getByRole('link', { name: 'Keys and audit' }).click();
  await addOfficer(page, 'DC 5522', SECOND);
  await expect(derivedBy('DC 5522')).toContainText('argon2id');
  await expect(derivedBy('DC 4411')).toContainText('PBKDF2-SHA-256');
  for (const [name, passphrase] of [
    ['DC 4411', PASSPHRASE],
    ['DC 5522', SECOND]
  ] as const) {
    await page.getByRole('button', { name: 'Lock now' }).click();
    await page.getByRole('link', { name: 'Linnet' }).click();
    await unlockAs(page, name, passphrase);
    await page.waitForURL(/\/overview$/, { timeout: 30_000 });
  }
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
