/** Voice notes on screen: off and explained without a pack, matched and not matched, transcripts with their caveat. */
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OpenCase } from '../../src/lib/case/open-case.svelte.ts';
import type { InstalledPack } from '../../src/lib/jobs/packs.contract.ts';
import type { VoiceMatch } from '../../src/lib/pipeline/voice-contract.ts';
import MessagesPage from '../../src/lib/views/messages/MessagesPage.svelte';
import VoicePage from '../../src/lib/views/voice/VoicePage.svelte';
import { transcriptRowOf } from '../fixtures/transcript-row.ts';
import { FakeCase, ROWS } from './fake-case.ts';
import Host from './Host.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));

let fake: FakeCase;
let opened: OpenCase;
let mounted: Record<string, unknown> | null = null;

async function show(view: Component): Promise<void> {
  await page.viewport(1280, 900);
  opened = fake.open();
  mounted = mount(Host, { target: document.body, props: { opened, view } });
  flushSync();
  await opened.refresh();
}
const text = (): string => document.body.innerText;

const NOTE = {
  messageId: 4,
  attachment: 0,
  name: 'PTT-1.opus',
  contentType: '',
  sizeBytes: 900,
  sourceId: 0,
  sourceName: 'a.zip'
};
const MATCH: VoiceMatch = { key: 0, messageId: 4, attachment: 0, name: 'PTT-1.opus', from: 'a.zip', sizeBytes: 900, heardBy: [] };
const PACK: InstalledPack = {
  manifest: {
    id: 'tiny-whisper',
    version: '1',
    kind: 'transcription',
    title: 'Tiny Whisper',
    languages: ['eng', 'ron'],
    targetLanguage: null,
    licence: 'CC0-1.0',
    attribution: '',
    revision: 'x',
    files: []
  },
  card: '',
  modelSha256Hex: 'b'.repeat(64),
  takenAtMs: 0,
  signature: { kind: 'unsigned' },
  choice: { device: 'wasm', reason: 'no-gpu-weights', messagesPerSecond: 1, otherPerSecond: null }
};
const TRANSCRIPT = transcriptRowOf();

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem('PARAGLIDE_LOCALE', 'en');
  fake = new FakeCase();
});
afterEach(async () => {
  if (mounted !== null) await unmount(mounted);
  mounted = null;
  document.body.replaceChildren();
});

describe('the page of voice notes', () => {
  it('says what is not there to be seen', async () => {
    await show(VoicePage as Component);
    await expect.poll(text).toContain('absence here is not evidence of absence');
    expect(document.querySelector('input[type="file"]')).toBeNull();
  });

  it('is off and explained without a speech pack', async () => {
    fake.notes = [{ ...NOTE, heardBy: [] }];
    await show(VoicePage as Component);
    await expect.poll(text).toContain('There is no speech model on this device');
    expect(document.querySelector('a[href="/models"]')).not.toBeNull();
    expect(document.querySelector('input[type="file"]')).toBeNull();
  });

  it('counts what was matched and what was not, with the reason, and starts by key', async () => {
    fake.notes = [{ ...NOTE, heardBy: [] }];
    fake.packs = [PACK];
    fake.offer = { matched: [MATCH], leftOut: [{ name: 'x.opus', reason: 'size-unstated', detail: '' }] };
    await show(VoicePage as Component);
    await expect.poll(() => document.querySelector('input[type="file"]')).not.toBeNull();
    await opened.voice.look([{ name: 'a.zip', file: new Blob(['x']) }]);
    await expect.poll(text).toContain('1 voice note matched, 1 not matched');
    expect(text()).toContain('the source states no size');
    const start = [...document.querySelectorAll('button')].find((one) => one.textContent?.includes('Transcribe 1'));
    start?.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => opened.voice.stage).toBe('hearing');
    expect(opened.jobs.active.map(({ kind }) => kind)).toEqual(['transcription']);
  });
});

describe('a transcript under its message', () => {
  beforeEach(() => {
    const attachments = [{ name: 'PTT-1.opus', contentType: 'audio/ogg', sizeBytes: 900 }];
    fake.rows = ROWS.map((row) =>
      row.id === 0 ? { ...row, body: '', translation: null, attachments, transcripts: [TRANSCRIPT] } : row
    );
  });

  it('shows lines with time codes, doubts and both models, and nothing that plays', async () => {
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('adu cheile mâine');
    const machine = document.querySelector('.transcripts [data-machine]') as HTMLElement;
    const words = machine.innerText.replace(/\s+/g, ' ');
    for (const part of [
      'machine transcript',
      '1:01',
      'may hold no speech',
      'bring the keys',
      'machine text',
      'About as likely to the model: they bring the keys',
      'Transcribed by tiny-whisper, translated by romance-en',
      'Heard up to 1:05'
    ]) {
      expect(words).toContain(part);
    }
    expect(document.querySelector('audio, video')).toBeNull();
    await userEvent.keyboard('o');
    await expect.poll(() => document.querySelector('.transcripts')).toBeNull();
  });

  it('stands in the table by the line that is met, and in the detail with its hashes and its earlier versions', async () => {
    fake.earlier = [transcriptRowOf({ model: { id: 'older-whisper', sha256Hex: 'c'.repeat(64) }, withoutModel: ['sqi'] })];
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('adu cheile mâine');
    (document.querySelector('article') as HTMLElement).click();
    await expect.poll(() => document.querySelector('aside .transcripts dl')?.textContent ?? '').toContain('a'.repeat(64));
    const earlier = [...document.querySelectorAll('aside details')].find((one) =>
      one.textContent?.includes('Earlier transcripts')
    );
    (earlier as HTMLDetailsElement).open = true;
    await expect.poll(text).toContain('Transcribed by older-whisper');
    expect(text()).toContain('for want of a model on this device: Albanian');
    await userEvent.keyboard('v');
    await expect
      .poll(() => document.querySelector('[role=gridcell] [data-machine]')?.textContent ?? '')
      .toContain('machine transcript');
    const cell = document.querySelector('[role=gridcell] [data-machine]') as HTMLElement;
    expect(cell.innerText.replace(/\s+/g, ' ')).toContain('1:01 adu cheile mâine');
    expect(cell.title).toContain(`PTT-1.opus, SHA-256 ${'a'.repeat(64)}, length 1:05`);
  });

  it('is copied with its caveat', async () => {
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('adu cheile mâine');
    window.getSelection()?.selectAllChildren(document.querySelector('.transcripts li') as HTMLElement);
    const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
    document.querySelector('.transcripts li')?.dispatchEvent(event);
    const copied = event.clipboardData?.getData('text/plain') ?? '';
    expect(copied).toContain(
      `[machine transcript of PTT-1.opus, SHA-256 ${'a'.repeat(64)}, length 1:05. Transcribed by tiny-whisper`
    );
    // One message, though it was marked in two elements.
    expect(copied.split('[machine transcript')).toHaveLength(2);
    expect(copied).toContain('1:01  adu cheile mâine (may hold no speech)');
    expect(copied).toContain('[machine text] bring the keys');
  });
});
