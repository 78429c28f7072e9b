import { expect, test } from '@playwright/test';
import { createCase } from './journey.ts';

const CHAT = Array.from({ length: 400 }, (_, i) => {
  const words = ['vin', 'maine', 'la', 'gara', 'cu', 'masina', 'aduc', 'banii', 'cheia', 'marfa', 'acum', 'diseara'];
  const body = Array.from(
    { length: 7 },
    (__, k) => words[(i * 7 + k * 5 + Math.floor(i / 12) * k + Math.floor(i / 144) * k * k) % words.length]
  ).join(' ');
  return `[23/05/2025, 14:${String(i % 60).padStart(2, '0')}:${String(i % 59).padStart(2, '0')}] Ana: ${body} ${i}`;
}).join('\n');

/** A device whose plug the test pulls, and whose screen says when it is kept on. */
function plugAndScreen(): void {
  const battery = new EventTarget() as EventTarget & { charging: boolean };
  battery.charging = false;
  const held = { count: 0 };
  const wakeLock = {
    request: async () => {
      held.count++;
      const hold = new EventTarget() as EventTarget & { release(): Promise<void> };
      hold.release = async () => {
        held.count--;
        hold.dispatchEvent(new Event('release'));
      };
      return hold;
    }
  };
  Object.defineProperty(navigator, 'getBattery', { value: async () => battery });
  Object.defineProperty(navigator, 'wakeLock', { value: wakeLock });
  Object.assign(globalThis, {
    plugIn: (isIn: boolean) => {
      battery.charging = isIn;
      battery.dispatchEvent(new Event('chargingchange'));
    },
    screensHeld: () => held.count
  });
}
const screensHeld = 'screensHeld()';

test('translation rests on battery where that was asked for, goes on by itself on mains, and keeps the screen on', async ({
  page
}) => {
  await page.addInitScript(plugAndScreen);
  await page.goto('/device');
  await expect(page.getByText('yes', { exact: true }).first()).toBeVisible();
  await page.getByLabel('Pause translation while on battery').check();

  await page.goto('/');
  await createCase(page, 'Power', 'correct horse battery staple');
  await page.locator('input[type=file]').setInputFiles({ name: '_chat.txt', mimeType: 'text/plain', buffer: Buffer.from(CHAT) });
  const card = page.getByRole('article', { name: '_chat.txt' });
  await card.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(card.getByText('imported', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: /^Jobs/ }).click();
  await expect(page.getByText('paused: on battery')).toBeVisible();
  // Before anything is translated: what waits, how long it will take here, and where that comes from.
  await expect(
    page.getByText(/400 lines wait for translation \([\d,]+ characters\): .*an estimate from a short trial/)
  ).toBeVisible({
    timeout: 60_000
  });
  await expect.poll(() => page.evaluate(screensHeld)).toBe(0);

  await page.evaluate('plugIn(true)');
  await expect(page.getByText(/of 400 · .* lines\/s/)).toBeVisible({ timeout: 60_000 });
  expect(await page.evaluate(screensHeld)).toBe(1);
  await page.evaluate('plugIn(false)');
  await expect(page.getByText(/of 400 · paused: on battery/)).toBeVisible();
  await expect.poll(() => page.evaluate(screensHeld)).toBe(0);

  // The officer's own word counts for more than the plug.
  await page.getByRole('button', { name: 'Go on' }).click();
  const translation = page.getByRole('listitem').filter({ hasText: 'Translation' });
  await expect(translation.getByText('done', { exact: true })).toBeVisible({ timeout: 120_000 });
  await expect.poll(() => page.evaluate(screensHeld)).toBe(0);

  // The next estimate goes by this run.
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Models' }).click();
  await expect(page.getByText(/messages of 36 characters an hour \(measured on this device in an earlier run/)).toBeVisible();

  await page.getByRole('link', { name: 'Overview' }).click();
  const row = page.getByRole('row', { name: /^Romanian/ });
  await expect(row).toContainText('romance-en');
  await row.getByRole('button', { name: /Translated: Romanian/ }).click();
  await expect(page).toHaveURL(/messages$/);
  await expect(page.getByText('with machine text').first()).toBeVisible();
});
