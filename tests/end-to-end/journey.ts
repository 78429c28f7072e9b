/** Steps that several end-to-end tests share, by what a person sees and presses. */
import { expect, type Page } from '@playwright/test';

/** Keeps Chromium from talking to its maker while tests watch the network. */
export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];

/**
 * Translation rests, as it does on battery where an officer asked for it: for journeys that are about something else, and
 * would otherwise share the cores with it. Before the first page.
 */
export async function restTranslation(page: Page): Promise<void> {
  await page.addInitScript(() => {
    localStorage.setItem('skein.pause-on-battery', 'on');
    Object.defineProperty(navigator, 'getBattery', {
      value: async () => Object.assign(new EventTarget(), { charging: false })
    });
  });
}

/** Importing the sample, or deriving keys, takes a few seconds; on a loaded machine more. */
const SAMPLE_MS = 120_000;

/** From Home to the overview of the sample case, in either language. */
export async function openSampleCase(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Open the sample case|Ouvrir le dossier d’exemple/ }).click();
  await page.waitForURL(/\/c\/[^/]+\/overview$/, { timeout: SAMPLE_MS });
}

/** A case of its own, past the recovery key; ends on Import. */
export async function createCase(page: Page, label: string, passphrase: string): Promise<void> {
  await page.getByRole('button', { name: 'New case' }).click();
  await page.getByLabel('Label on the door').fill(label);
  await page.getByLabel('Your name or number').fill('DC 4411');
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('Passphrase again').fill(passphrase);
  await page.getByRole('button', { name: 'Create the case' }).click();
  await page.getByLabel('I have printed or stored it').check({ timeout: SAMPLE_MS });
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(/\/import$/);
}

/** From Home through what an officer does in a day, and back to Home: read, import, translate, search, link, lock and open again. */
export async function wholeJourney(page: Page): Promise<void> {
  await openSampleCase(page);
  const nav = page.getByRole('navigation').first();

  // A file of the visitor's own: recognised, shown, confirmed, summed up.
  await nav.getByRole('link', { name: /Import/ }).click();
  const chat = ['25/11/2025, 10:00 - Ana: salut, adu banii la cinci', '26/11/2025, 10:01 - Bogdan: bine, vin cu duba', ''].join(
    '\n'
  );
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'WhatsApp Chat with Bogdan.txt', mimeType: 'text/plain', buffer: Buffer.from(chat) });
  await expect(page.getByText('bine, vin cu duba').first()).toBeVisible();
  await page
    .getByRole('button', { name: /^(Import|Confirm)/ })
    .last()
    .click();
  await expect(page.getByText(/2 seen|2 kept/).first()).toBeVisible();

  // Machine text comes by itself; what is on screen is first.
  await nav.getByRole('link', { name: /Messages/ }).click();
  await expect(page.getByText(/machine text/i).first()).toBeVisible({ timeout: 150_000 });

  // A search finds an original by its own words.
  await page.keyboard.press('/');
  await page.keyboard.type('duba');
  await page.keyboard.press('Enter');
  await expect(page.locator('mark').first()).toBeVisible();

  await nav.getByRole('link', { name: /Network/ }).click();
  await expect(page.getByText(/groups who talk with each other|people shown/).first()).toBeVisible({ timeout: 60_000 });
  await nav.getByRole('link', { name: /Topics/ }).click();
  await nav.getByRole('link', { name: /People/ }).click();
  await expect(page.getByText(/accounts/).first()).toBeVisible();

  await page.keyboard.press('Control+Shift+L');
  await expect(page.getByRole('heading', { name: 'Cases on this device' })).toBeVisible();
  await openSampleCase(page);
}
