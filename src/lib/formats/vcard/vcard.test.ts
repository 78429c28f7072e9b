import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInput, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { card } from '../../../../tests/fixtures/vcard.ts';
import { SourceError } from '../../evidence/findings.ts';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import type { ReadOptions } from '../contract.ts';
import { vcard } from './index.ts';
import { partsOf, plainText, readProperty } from './property.ts';

const GB: ReadOptions = { zone: null, region: 'GB', owner: null };
const read = (content: string | Uint8Array) => readInto(vcard, bytesInput('c.vcf', content), GB);

describe('vcard: properties', () => {
  it.each<[string, string, string, string]>([
    ['a bare type', 'TEL;CELL;PREF:1', 'TEL', '1'],
    ['a group', 'item1.EMAIL;type=WORK:a@b.c', 'EMAIL', 'a@b.c'],
    ['a colon in quotes', 'ADR;LABEL="1: x":;;y', 'ADR', ';;y'],
    ['quoted-printable', 'FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C8=99i =ZZ', 'FN', 'și =ZZ'],
    ['windows-1252 by name', 'FN;CHARSET=windows-1252:caf\xe9', 'FN', 'café'],
    ['Latin-1 without a word', 'FN:caf\xe9', 'FN', 'café'],
    ['UTF-8 without a word', 'FN:caf\xc3\xa9', 'FN', 'café'],
    ['a Cyrillic set in quoted-printable', 'FN;CHARSET=KOI8-R;ENCODING=QUOTED-PRINTABLE:=E9=D7=C1=CE', 'FN', 'Иван']
  ])('reads %s', (_what, line, name, content) => {
    expect(readProperty(line)).toMatchObject({ name, content });
  });

  it('undoes escapes, and leaves what is none', () => {
    expect(partsOf('a\\;b;c\\,d;e\\nf;', ';')).toEqual(['a;b', 'c,d', 'e\nf', '']);
    expect(plainText('C:\\temp \\\\ \\N')).toBe('C:\\temp \\ \n');
  });

  it('never looks into a picture, but tells its size', () => {
    expect(readProperty('PHOTO;ENCODING=b;TYPE=JPEG:QUJD')).toMatchObject({ inlineBytes: 3, content: '' });
    expect(readProperty('PHOTO:data:image/png;base64,QUI=')).toMatchObject({ inlineBytes: 2 });
  });
});

describe('vcard: files', () => {
  it('says where a file ends inside a card, and counts that card', async () => {
    const sink = new CollectingSink();
    const text = card('3.0', ['FN:A']) + 'BEGIN:VCARD\r\nFN:B\r\nTEL:1';
    await expect(vcard.read(bytesInput('c.vcf', text), GB, sink, new AbortController().signal)).rejects.toMatchObject({
      code: 'cut-short',
      message: `c.vcf is cut short at byte ${text.length}: the last card has no end.`
    });
    sink.assertConserved();
    expect(sink.sum).toMatchObject({ seen: 2, kept: 1, refused: 1 });
    expect(sink.findings[0]?.place?.offset).toBe(text.lastIndexOf('BEGIN'));
  });

  it('reads UTF-16 and any kind of line end', async () => {
    const text = card('3.0', ['FN:Ștefan']);
    const wide = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect((await read(wide)).contacts[0]?.name).toBe('Ștefan');
    for (const end of ['\n', '\r', '\r\n']) expect((await read(text.replaceAll('\r\n', end))).contacts[0]?.name).toBe('Ștefan');
  });

  it('conserves: a card seen for each that begins, for any lines', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        'BEGIN:VCARD',
        'END:VCARD',
        'AGENT:',
        'FN:A',
        'TEL;CELL:07700 900011',
        ' folded',
        '',
        'N;ENCODING=QUOTED-PRINTABLE:a=',
        'PHOTO;BASE64:QUJD',
        'junk'
      ),
      fc.string({ maxLength: 10 }).map((text) => text.replace(/[\r\n]/g, ''))
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 15 }), async (lines) => {
        const sink = new CollectingSink();
        try {
          await vcard.read(bytesInput('c.vcf', ['BEGIN:VCARD', ...lines].join('\n')), GB, sink, new AbortController().signal);
        } catch (error) {
          if (!(error instanceof SourceError)) throw error;
        }
        sink.assertConserved();
        expect(sink.sum.byKind.contact.seen).toBeGreaterThan(0);
        expect(sink.sum.byKind.contact.seen).toBeLessThanOrEqual(1 + lines.filter((one) => /^\s*begin/i.test(one)).length);
      }),
      { numRuns: 300 }
    );
  });
});
