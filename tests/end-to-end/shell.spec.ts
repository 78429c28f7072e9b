import { expect, test } from '@playwright/test';
import { openSampleCase, restTranslation } from './journey.ts';

test.beforeEach(({ page }) => restTranslation(page));

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await openSampleCase(page);
});

test('every place is reached by keys, and typing in a field is left alone', async ({ page }) => {
  for (const [key, place] of [
    ['m', 'messages'],
    ['p', 'people'],
    ['n', 'network'],
    ['t', 'topics'],
    ['d', 'timeline'],
    ['w', 'places'],
    ['a', 'patterns'],
    ['h', 'phones'],
    ['q', 'searches'],
    ['l', 'glossary'],
    ['o', 'overview']
  ] as const) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`/${place}$`));
    await expect(page.locator('nav a[aria-current=page]')).toHaveAttribute('href', new RegExp(`/${place}$`));
  }
  await page.keyboard.press('/');
  await page.keyboard.type('gara gm');
  await expect(page).toHaveURL(/overview$/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/messages$/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('topi');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/topics$/);
});

test('the language changes in place and the case stays open', async ({ page }) => {
  await page.getByRole('button', { name: 'Français' }).click();
  await expect(page.getByRole('heading', { name: 'Ce qui est là' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'What is here' })).toBeVisible();
});

test('the lock key blanks the page at once and ends the worker', async ({ page }) => {
  await page.evaluate(() => {
    // Runs after the app's own listener, in the same task: nothing can be painted in between.
    addEventListener('keydown', () => sessionStorage.setItem('seen', getComputedStyle(document.body).visibility));
  });
  await page.keyboard.press('Control+Shift+L');
  await page.waitForURL(/\/$/);
  await expect(page.getByRole('heading', { name: 'Cases on this device' })).toBeVisible();
  expect(await page.evaluate(() => sessionStorage.getItem('seen'))).toBe('hidden');
  await expect(page.getByRole('link', { name: 'Overview' })).toHaveCount(0);
});

test('Esc Esc hides the page at once; the case stays open behind it and no key reaches it', async ({ page }) => {
  const heading = page.getByRole('heading', { name: 'What is here' });
  const curtain = page.getByRole('alertdialog', { name: 'The page is hidden' });
  // In one task: two presses from here may lie further apart on a loaded machine than those of a hand.
  const twice = (): Promise<void> =>
    page.evaluate(() => {
      for (let i = 0; i < 2; i++)
        (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })
        );
    });
  await expect(heading).toBeVisible();
  await page.evaluate(() => {
    // Runs after the app's own listener, in the same task: nothing can be painted in between.
    const look = (): void => sessionStorage.setItem('seen', getComputedStyle(document.body).visibility);
    addEventListener('keydown', look, { capture: true });
  });
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => sessionStorage.getItem('seen'))).toBe('visible');
  await page.keyboard.press('j');
  await twice();
  expect(await page.evaluate(() => sessionStorage.getItem('seen'))).toBe('hidden');
  await expect(curtain).toBeVisible();
  await expect(heading).toBeHidden();

  // Keys act on nothing that cannot be seen, and no Esc brings it back.
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await page.keyboard.press('Control+k');
  await twice();
  await expect(page).toHaveURL(/overview$/);
  await expect(heading).toBeHidden();
  await expect(page.getByRole('button', { name: 'Show again' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(curtain).toHaveCount(0);
  await expect(heading).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // From a field as well; and the curtain locks.
  await page.keyboard.press('/');
  await page.keyboard.type('gara');
  await twice();
  await expect(curtain).toBeVisible();
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByRole('heading', { name: 'Cases on this device' })).toBeVisible();
});

test('nothing of the evidence stands in the address or the title', async ({ page }) => {
  await page.keyboard.press('/');
  await page.keyboard.type('gara');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/c\/[\w-]+\/messages$/);
  await expect(page).toHaveTitle('Skein');
});
