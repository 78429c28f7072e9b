/** Steps that several end-to-end tests share, by what a person sees and presses. */
import type { Page } from '@playwright/test';

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
