import { expect, test } from '@playwright/test';
import { openSampleCase, restTranslation } from './journey.ts';

test.beforeEach(({ page }) => restTranslation(page));

test('the timeline and places open the messages behind their figures, by mouse and by keys', async ({ page }) => {
  await page.goto('/');
  await openSampleCase(page);
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page).toHaveURL(/\/timeline$/);

  // From bar to bar by arrows, and into the messages by Enter: as many as the bar says.
  await expect(page.getByRole('radiogroup', { name: 'Messages over time' })).toBeVisible();
  const lane = page.getByRole('slider').first();
  await lane.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const said = (await lane.getAttribute('aria-valuetext')) ?? '';
  const count = /: ([\d,]+) messages?$/.exec(said)?.[1] ?? 'none';
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/messages$/);
  await expect(page.locator('.sentence')).toContainText(new RegExp(`^${count} messages?`));

  // An hour of the week of the whole case again, and the clock that was wrong.
  await page.keyboard.press('Control+z');
  await expect(page.locator('.sentence')).toContainText('5,973 messages');
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  const hour = page.getByRole('button', { name: /^Monday 09:00–10:00: [1-9][\d,]* messages?$/ });
  const inHour = /: ([\d,]+) message/.exec((await hour.getAttribute('aria-label')) ?? '')?.[1] ?? 'none';
  await hour.click();
  await expect(page.locator('.sentence')).toContainText(`${inHour} message`);
  await expect(page.locator('.sentence')).toContainText('Monday 09:00–10:00');
  await page.keyboard.press('Control+z');
  await expect(page.locator('.sentence')).toContainText('5,973 messages');
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page.getByRole('row', { name: /187 minutes apart/ })).toContainText('14 messages');

  // The plot has a table with the same counts.
  await page.getByRole('radiogroup', { name: 'Messages over time' }).getByText('Table').click();
  await expect(page.getByLabel('Lane shown in the table')).toBeVisible();

  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await expect(page).toHaveURL(/\/places$/);
  const places = page.getByRole('group', { name: 'Places and areas to scale, north up, without a map' });
  await places.getByRole('button', { name: /^Harrowfen Salads, gate 2: 7 fixes, 7 visits$/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Place 2' })).toBeVisible();
  await page.getByRole('radiogroup', { name: 'Places and areas' }).getByText('Table').click();
  await expect(page.getByRole('row', { name: /^Cell 001-01-4101-70100/ })).toContainText('assumed: 5 km');
  // Eight fixes, each alone in its night: nobody wrote at that time, and nothing pretends to open.
  const home = page.getByRole('row', { name: /14 Holm Road/ });
  await expect(home.getByRole('button', { name: 'Show 0 messages' })).toBeDisabled();
});
