import { describe, expect, it } from 'vitest';
import { propertyList } from '../../../tests/fixtures/apple-packing.ts';
import { bytesInput, NO_ABORT, zipOf } from '../../../tests/fixtures/format-fixture.ts';
import { randomOf } from '../../../tests/fixtures/mutants.ts';
import type { SourceInput } from './contract.ts';
import { recognise } from './recognise.ts';

const noise = (length: number): Uint8Array => {
  const random = randomOf(7);
  return Uint8Array.from({ length }, () => random(256));
};
/** As WhatsApp writes it: length, mark, packed fields with the version of the app, then what is encrypted. */
const crypt = (): Uint8Array => {
  const header = [0x80, 1, 10, 49, ...new Array<number>(100).fill(3), 18, 10, ...new TextEncoder().encode('2.24.5.76\0\0')];
  return Uint8Array.from([...header, ...noise(60_000)]);
};

describe('locked containers', () => {
  it.each<[string, () => SourceInput | Promise<SourceInput>, RegExp]>([
    [
      'msgstore.db.crypt14',
      () => bytesInput('msgstore.db.crypt14', noise(5000)),
      /encrypted WhatsApp backup \(crypt14\).*ask the lab/
    ],
    ['the same under another name', () => bytesInput('backup.bin', crypt()), /encrypted WhatsApp backup \(crypt14\/crypt15\)/],
    [
      'an iTunes backup with a password',
      () =>
        zipOf('backup.zip', {
          'x/Manifest.plist': propertyList({ IsEncrypted: true, Version: '10.0' }),
          'x/Manifest.db': noise(8192)
        }),
      /iTunes backup with a password.*sms\.db/
    ],
    [
      'its list alone',
      () => bytesInput('Manifest.plist', '<plist><dict><key>IsEncrypted</key>\n<true/></dict></plist>'),
      /iTunes backup with a password/
    ],
    [
      'an Android backup',
      () => bytesInput('backup.ab', 'ANDROID BACKUP\n5\n1\nAES-256\nABCD\n'),
      /Android backup with a password/
    ],
    ['Viber on a computer', () => bytesInput('viber.db', noise(65536)), /database of Viber on a computer.*viber_messages/],
    ['a database of SQLCipher', () => bytesInput('signal.sqlite', noise(65536)), /very likely encrypted/]
  ])('names %s', async (_what, input, words) => {
    const { finding } = await recognise(await input(), NO_ABORT);
    expect(finding).toMatchObject({ code: 'encrypted-without-key', severity: 'failure' });
    expect(finding?.message).toMatch(words);
  });

  it.each<[string, () => SourceInput | Promise<SourceInput>]>([
    ['an open backup', () => zipOf('backup.zip', { 'Manifest.plist': propertyList({ IsEncrypted: false }) })],
    ['an open Android backup', () => bytesInput('backup.ab', 'ANDROID BACKUP\n5\n1\nnone\nx')],
    ['text', () => bytesInput('notes.db', 'a table, of words\n'.repeat(1000))],
    ['zeros', () => bytesInput('empty.sqlite', new Uint8Array(8192))],
    ['packed media', () => bytesInput('a.bin', noise(9000))]
  ])('takes %s for no such thing', async (_what, input) => {
    const { finding } = await recognise(await input(), NO_ABORT);
    expect(finding?.code).not.toBe('encrypted-without-key');
  });

  it('says what a lone write-ahead log is', async () => {
    const { finding } = await recognise(
      bytesInput('msgstore.db-wal', Uint8Array.of(0x37, 0x7f, 6, 0x82, 0, 0x2d, 0xe2, 0x18)),
      NO_ABORT
    );
    expect(finding?.message).toContain('to be handed in together with the database');
  });
});
