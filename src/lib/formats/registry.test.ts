import { readdirSync, existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import { backupXml } from '../../../tests/fixtures/sms-backup.ts';
import { reportXml } from '../../../tests/fixtures/ufed-report.ts';
import { CATALOGUE } from '../evidence/wording/catalogue.ts';
import { say, type SentenceCode } from '../evidence/wording/sentence.ts';
import type { SourceInput } from './contract.ts';
import { recognise } from './recognise.ts';
import { FORMATS, formatById } from './registry.ts';

const never = new AbortController().signal;
const input = (content: BlobPart, name: string): SourceInput => {
  const blob = new Blob([content]);
  return { name, sizeBytes: blob.size, blob };
};

async function zipOf(...names: string[]): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter());
  for (const name of names) await writer.add(name, new TextReader('x'));
  return writer.close();
}

describe('registry', () => {
  it('lists every folder that holds a format', () => {
    const here = new URL('.', import.meta.url).pathname;
    const folders = readdirSync(here, { withFileTypes: true })
      .filter((item) => item.isDirectory() && existsSync(`${here}${item.name}/index.ts`))
      .map((item) => item.name);
    expect(FORMATS.map((format) => format.id).sort()).toEqual(folders.sort());
    expect(formatById('ufed-xml')?.label).toBe('Cellebrite UFED report');
    expect(formatById('none')).toBeUndefined();
  });

  it.each(['en', 'fr'] as const)('has words for every format and for no other, %s', (language) => {
    const codes = Object.keys(CATALOGUE).filter((code) => code.startsWith('format-'));
    expect(codes.sort()).toEqual(FORMATS.map(({ id }) => `format-${id}`).sort());
    for (const code of codes) expect(say({ code: code as SentenceCode }, language).length).toBeGreaterThan(2);
  });
});

describe('recognise', () => {
  it.each<[string, () => Promise<BlobPart> | BlobPart, string]>([
    ['a report under a wrong name', () => reportXml({ models: [] }), 'ufed-xml'],
    ['a UFDR', () => zipOf('files/a.jpg', 'Report.xml'), 'ufed-xml'],
    ['messages of SMS Backup & Restore', () => backupXml('smses', []), 'sms-backup-xml'],
    [
      'a WhatsApp chat',
      () => '[01/05/2024, 10:00:00] Ana: salut\n[01/05/2024, 10:01:00] Ion: da\n[13/05/2024, 10:01:00] Ion: da\n',
      'whatsapp-text'
    ],
    ['a zip of a WhatsApp chat', () => zipOf('_chat.txt', 'a.jpg'), 'whatsapp-text'],
    ['prose', () => 'Dear all,\nthe meeting is moved.\n', 'plain-text'],
    ['rows', () => 'Date,From,To,Message\n2024-05-01 10:00:00,+447700900002,+447700900001,salut\n', 'phone-csv']
  ])('knows %s', async (_what, content, id) => {
    const { recognised } = await recognise(input(await content(), 'file.bin'), never);
    expect(recognised?.format.id).toBe(id);
  });

  it.each<[string, () => Promise<BlobPart> | BlobPart, string, string]>([
    ['an empty file', () => '', 'empty-file', 'file.bin is empty.'],
    [
      'a picture',
      () => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46]),
      'not-recognised',
      'file.bin is a JPEG picture: there are no messages in it that Skein reads.'
    ],
    [
      'a video',
      () => new Uint8Array([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x6d, 0x70, 0x34, 0x32]),
      'not-recognised',
      'file.bin is an MP4 video or HEIC picture: there are no messages in it that Skein reads.'
    ],
    [
      'a zip of something else',
      () => zipOf('a.jpg', 'b.jpg'),
      'not-recognised',
      'file.bin is a zip of 2 entries, none of which is an export that Skein reads.'
    ],
    [
      'a cut zip',
      async () => (await zipOf('report.xml')).slice(0, 40),
      'damaged-container',
      'file.bin is cut off or no zip: the list of entries at its end is missing.'
    ],
    [
      'a page of the web',
      () => '<!doctype html><p>Dear all,\nthe meeting is moved.\n',
      'not-recognised',
      'file.bin is text, but not in the layout of any export that Skein reads.'
    ],
    [
      'other binary',
      () => new Uint8Array(3000).map((_, i) => (i * 31) & 15),
      'not-recognised',
      'file.bin is a binary file of a kind that Skein does not read.'
    ]
  ])('says what %s is', async (_what, content, code, message) => {
    const { finding } = await recognise(input(await content(), 'file.bin'), never);
    expect(finding).toMatchObject({ code, message, severity: 'failure' });
  });
});
