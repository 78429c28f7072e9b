import { expect, test, type Page } from '@playwright/test';
import { asZip } from '../fixtures/packs/pack-files.ts';
import { tinyPack } from '../fixtures/packs/tiny-packs.ts';
import { createCase } from './journey.ts';

const CHAT = [
  '[23/05/2025, 14:02:11] Ana: te rog vino la mine acum',
  '[23/05/2025, 14:03:40] Bogdan: nu pot acum, vin maine'
].join('\n');

async function give(page: Page, zip: Blob): Promise<void> {
  const buffer = Buffer.from(await zip.arrayBuffer());
  await page.locator('input[type=file]').setInputFiles({ name: 'pack.zip', mimeType: 'application/zip', buffer });
}

test('a pack is checked, tried, listed and removed without any case', async ({ page }) => {
  const pack = tinyPack('marian', { dtype: 'q8' });
  await page.goto('/models');
  await expect(page.getByText('Model for each language')).toBeVisible();

  // A pack with another file than its manifest states is refused in words, with the file named.
  const broken = new Map(pack.files);
  broken.set(
    'onnx/encoder_model_quantized.onnx',
    new Uint8Array(pack.files.get('onnx/encoder_model_quantized.onnx')?.length ?? 0)
  );
  await give(page, await asZip(broken));
  await expect(page.getByRole('alert')).toContainText('its SHA-256 differs', { timeout: 60_000 });
  await expect(page.getByRole('alert')).toContainText('onnx/encoder_model_quantized.onnx');

  await give(page, await asZip(pack.files));
  await expect(page.getByText(`${pack.manifest.title} is installed.`)).toBeVisible({ timeout: 150_000 });
  await page.reload();
  await expect(page.getByRole('heading', { name: pack.manifest.title })).toBeVisible();
  await page.getByRole('button', { name: 'Remove this pack' }).click();
  await expect(page.getByRole('heading', { name: pack.manifest.title })).toHaveCount(0);
  // What ships with the app has no such button.
  await expect(page.getByRole('button', { name: 'Remove this pack' })).toHaveCount(0);
});

test('a pack is dropped, picked, used beside the old lines, and removed', async ({ page }) => {
  const pack = tinyPack('nllb', { dtype: 'q8' });
  await page.goto('/');
  await createCase(page, 'Packs', 'correct horse battery staple');
  await page.locator('input[type=file]').setInputFiles({ name: '_chat.txt', mimeType: 'text/plain', buffer: Buffer.from(CHAT) });
  const card = page.getByRole('article', { name: '_chat.txt' });
  await card.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(card.getByText('imported', { exact: true })).toBeVisible();

  await page.getByRole('link', { name: 'Models' }).click();
  await expect(page.getByText('Model for each language')).toBeVisible();

  await give(page, await asZip(pack.files));
  await expect(page.getByText(`${pack.manifest.title} is installed.`)).toBeVisible({ timeout: 150_000 });
  await expect(page.getByText('Not signed:')).toBeVisible();
  await expect(page.getByText('the pack has no weights for a graphics card')).toBeVisible();

  await page.getByLabel('Model for Romanian').selectOption({ label: pack.manifest.title });
  await page.getByRole('button', { name: 'Translate 2 lines again' }).click();
  await expect(page.getByRole('row', { name: /^Romanian/ })).toContainText('no line to translate again', {
    timeout: 90_000
  });

  await page.getByRole('link', { name: 'Messages' }).click();
  await page.getByText('te rog vino la mine acum').first().click();
  await page.getByText('All machine versions (2)').click();
  await expect(page.getByText(`by ${pack.manifest.id}`)).toBeVisible();
  await expect(page.getByText('by romance-en')).toBeVisible();
  await expect(page.getByText('shown: the newest one')).toHaveCount(1);

  await page.getByRole('link', { name: 'Models' }).click();
  await page.getByRole('button', { name: 'Remove this pack' }).click();
  await expect(page.getByRole('heading', { name: pack.manifest.title })).toHaveCount(0);
});
