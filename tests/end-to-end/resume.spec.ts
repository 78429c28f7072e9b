/** Files that were confirmed together, and a page that is killed in the first of them: see [Note: Staged file]. */
import { expect, test } from '@playwright/test';
import { smsBackup } from '../torture/browser.ts';
import { createCase, restTranslation } from './journey.ts';

const PASSPHRASE = 'kettle marsh orbit lantern';
/** Long enough to be killed in the middle of it. */
const MANY = 40_000;

test('two files confirmed together are both there after the page was killed in the first, without a click', async ({
  page,
  context
}) => {
  await restTranslation(page);
  await page.goto('/');
  await createCase(page, 'Onward', PASSPHRASE);
  await page.locator('input[type=file]').setInputFiles(
    [
      ['first.xml', smsBackup(1, MANY)],
      ['second.xml', smsBackup(2, 20)]
    ].map(([name = '', text = '']) => ({ name, mimeType: 'text/xml', buffer: Buffer.from(text) }))
  );
  await page.getByRole('button', { name: 'Import 2 files' }).click();
  const first = page.getByRole('article', { name: 'first.xml' });
  // Asked at every frame: an expectation asks once a second, and reading can be over within that.
  await first.evaluate(
    (file) =>
      new Promise<void>((reading, missed) => {
        const until = performance.now() + 60_000;
        const look = (): void => {
          if (file.querySelector('[role=status] .stage')?.textContent === 'Reading') reading();
          else if (performance.now() > until) missed(new Error('first.xml was never seen being read'));
          else requestAnimationFrame(look);
        };
        look();
      })
  );
  await page.close();

  const again = await context.newPage();
  await restTranslation(again);
  await again.goto('/');
  await again.getByRole('link', { name: 'Onward' }).click();
  await again.getByLabel('Passphrase').fill(PASSPHRASE);
  await again.getByRole('button', { name: 'Open', exact: true }).click();
  for (const name of ['first.xml', 'second.xml'])
    await expect(again.locator('tr', { has: again.locator('td.name', { hasText: name }) })).toHaveCount(1, { timeout: 150_000 });
});
