/**
 * A voice note's way: listed and explained, then heard by a pack of random weights, read beside its message with time codes
 * and doubts, found, kept encrypted, and still there when the pack is gone. Its words mean nothing: no real model hears it.
 */
import { createHash } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { asZip } from '../fixtures/packs/pack-files.ts';
import { tinyWhisper } from '../fixtures/packs/tiny-whisper.ts';
import { createCase } from './journey.ts';
import { opusVoiceNote } from './voice-note.ts';

const PASSPHRASE = 'kettle marsh orbit lantern';
const NOTE = 'PTT-20251125-WA0001.opus';
const ABSENT = 'PTT-20251125-WA0002.opus';
const CHAT = [
  '25/11/2025, 10:00 - Ana: unde esti Bogdan',
  `25/11/2025, 10:01 - Bogdan: ${NOTE} (file attached)`,
  `25/11/2025, 10:02 - Bogdan: ${ABSENT} (file attached)`,
  '25/11/2025, 10:03 - Ana: bine',
  ''
].join('\n');

const place = (page: Page, name: string) => page.getByRole('navigation').first().getByRole('link', { name, exact: true });
const transcript = (page: Page) => page.locator('.transcripts [data-machine]');

async function give(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
}

/** What axe says of the page as it stands. */
async function axe(page: Page, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

test('a voice note is explained without a pack, heard with one, read with its doubts, and kept', async ({ page, baseURL }) => {
  // Minutes on a busy machine: five pages, a pack tried, a transcript and its translation.
  test.setTimeout(600_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Security Policy|Trusted|Refused to/.test(message.text())) faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(baseURL ?? '')) faults.push(request.url());
  });
  // Whatever could make a sound is counted, in every page of this test.
  await page.addInitScript(() => {
    const heard = globalThis as unknown as { soundsMade: number };
    heard.soundsMade = 0;
    HTMLMediaElement.prototype.play = () => {
      heard.soundsMade++;
      return Promise.resolve();
    };
    AudioContext.prototype.createBufferSource = () => {
      heard.soundsMade++;
      throw new Error('nothing may be played');
    };
  });
  const silent = async (): Promise<void> => {
    expect(await page.evaluate(() => (globalThis as unknown as { soundsMade: number }).soundsMade)).toBe(0);
    expect(await page.locator('audio, video, source, track, embed, object, img[src^="blob:"]').count()).toBe(0);
  };

  await page.goto('/');
  const sound = await opusVoiceNote(page, 330, 4);
  const soundSha256Hex = createHash('sha256').update(sound).digest('hex');
  const files = new Map([
    ['WhatsApp Chat with Bogdan.txt', new TextEncoder().encode(CHAT)],
    [NOTE, new Uint8Array(sound)]
  ]);
  const chat = Buffer.from(await (await asZip(files, '')).arrayBuffer());

  await createCase(page, 'Voices', PASSPHRASE);
  await give(page, 'WhatsApp Chat with Bogdan.zip', 'application/zip', chat);
  const card = page.getByRole('article', { name: 'WhatsApp Chat with Bogdan.zip' });
  await card.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(card.getByText('imported', { exact: true })).toBeVisible();

  // Without a pack: listed, off and explained.
  await place(page, 'Voice notes').click();
  await expect(page.getByText('2 audio attachments are listed in this case; 0 with a transcript.')).toBeVisible();
  await expect(page.getByText('There is no speech model on this device')).toBeVisible();
  await expect(page.locator('input[type=file]')).toHaveCount(0);
  await expect(page.getByRole('row', { name: new RegExp(NOTE) })).toContainText('none yet');

  const pack = tinyWhisper({ seed: 4 });
  await page.getByRole('main').getByRole('link', { name: 'Models' }).click();
  await give(page, 'whisper.zip', 'application/zip', Buffer.from(await (await asZip(pack.files)).arrayBuffer()));
  await expect(page.getByText(`${pack.manifest.title} is installed.`)).toBeVisible({ timeout: 150_000 });
  const packCard = page.locator('section', { has: page.getByRole('heading', { name: pack.manifest.title }) });
  await expect(packCard.getByText('speech to text', { exact: true }).first()).toBeVisible();

  // With one: what is not vouched for is refused by its reason, the export is taken.
  await page.goBack();
  // Until the way back is done, the models page's own input takes the files.
  await expect(page.getByText('Drop the export again, or the audio files')).toBeVisible();
  await give(page, NOTE, 'audio/ogg', Buffer.concat([sound, Buffer.from('more')]));
  await expect(page.getByText('Its size is not the one that the source states.')).toBeVisible();
  await give(page, 'any name.zip', 'application/zip', chat);
  await expect(page.getByText('1 voice note matched, 1 not matched')).toBeVisible();
  await expect(page.getByText('The export names it but does not hold its file.')).toBeVisible();
  await page.getByRole('button', { name: 'Transcribe 1 voice note' }).click();
  await expect(page.getByText('2 audio attachments are listed in this case; 1 with a transcript.')).toBeVisible({
    timeout: 120_000
  });
  faults.push(...(await axe(page, 'voice notes')));

  // Beside its message: chip, file, length, time codes, caveat, and nothing that plays.
  await page
    .getByRole('row', { name: new RegExp(NOTE) })
    .getByRole('link')
    .click();
  await expect(transcript(page).first()).toBeVisible();
  const shown = transcript(page).first();
  await expect(shown).toContainText('machine transcript');
  await expect(shown).toContainText(NOTE);
  await expect(shown).toContainText(/0:04/);
  await expect(shown).toContainText(`SHA-256 ${soundSha256Hex.slice(0, 12)}`);
  await expect(shown).toContainText('Transcribed by tiny-whisper');
  await expect(shown).toContainText('not evidence by itself, listen to the recording');
  await expect(shown.getByRole('listitem').first()).toContainText(/^0:0[0-4]/);
  // Translation goes on with it: by then its English is there or its absence is explained.
  await expect(shown.getByText('Not translated yet')).toHaveCount(0, { timeout: 120_000 });
  await page.keyboard.press('Enter');
  const detail = page.getByRole('complementary', { name: 'Message', exact: true });
  await expect(detail.getByText(soundSha256Hex)).toBeVisible();
  await silent();
  faults.push(...(await axe(page, 'messages with a transcript')));

  // Found on its own side, with the place marked.
  const heard = (await shown.getByRole('listitem').first().locator('.words bdi').first().innerText()).trim();
  const word = /\p{L}{2,}/u.exec(heard)?.[0] ?? '';
  expect(word).not.toBe('');
  await page.keyboard.press('/');
  await page.keyboard.type(`transcript:${word}`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByText('1 message', { exact: true })).toBeVisible();
  await expect(transcript(page).locator('mark').first()).toBeVisible();

  // Kept encrypted, and there again after the case was locked, without a pack too.
  await page.getByRole('button', { name: 'Lock now' }).click();
  await page.goto('/models');
  await page.getByRole('button', { name: 'Remove this pack' }).click();
  await expect(page.getByRole('heading', { name: pack.manifest.title })).toHaveCount(0);
  await page.goto('/');
  await page.getByRole('link', { name: 'Voices' }).click();
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await place(page, 'Voice notes').click();
  await expect(page.getByText('2 audio attachments are listed in this case; 1 with a transcript.')).toBeVisible();
  await expect(page.getByText('There is no speech model on this device')).toBeVisible();
  await page
    .getByRole('row', { name: new RegExp(NOTE) })
    .getByRole('link')
    .click();
  await expect(transcript(page).first()).toContainText(heard);
  await silent();
  expect(faults).toEqual([]);
});
