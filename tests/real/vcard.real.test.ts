/** vcard against the cards of ez-vcard's tests: the fields as the files say them. */
import { existsSync, openAsBlob, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vcard } from '../../src/lib/formats/vcard/index.ts';
import type { CollectingSink } from '../fixtures/collecting-sink.ts';
import { readInto } from '../fixtures/format-fixture.ts';

const FOLDER = new URL('../../../shared/samples/vcard/mangstadt+ez-vcard/src/test/resources/ezvcard/io/text/', import.meta.url)
  .pathname;
const isHere = existsSync(FOLDER);
if (!isHere) console.log('skipped: ../shared/samples/vcard is not there');

async function read(name: string): Promise<CollectingSink> {
  const blob = await openAsBlob(join(FOLDER, name));
  return readInto(vcard, { name, sizeBytes: blob.size, blob }, { zone: null, region: 'US', owner: null });
}

const accountsOf = (sink: CollectingSink, at: number): string[] =>
  (sink.contacts[at]?.accounts ?? []).map((ref) => `${ref.service} ${ref.rawIdentifier}`);
const detailsOf = (sink: CollectingSink, at: number): Record<string, string> =>
  Object.fromEntries(sink.generics.find((one) => one.fields[0]?.[1] === sink.contacts[at]?.name)?.fields ?? []);

describe.skipIf(!isHere)('ez-vcard', () => {
  it.each(isHere ? readdirSync(FOLDER).filter((name) => name.endsWith('.vcf')) : [])(
    '%s: a contact for each card',
    async (name) => {
      const sink = await read(name);
      const cards = readFileSync(join(FOLDER, name), 'latin1').match(/^BEGIN:VCARD\s*$/gim)?.length ?? 0;
      expect(sink.sum.byKind.contact.seen).toBe(cards);
      expect(sink.sum.byKind.contact.refused).toBe(0);
    }
  );

  it('John_Doe_ANDROID.vcf: quoted-printable names, numbers and addresses of six cards', async () => {
    const sink = await read('John_Doe_ANDROID.vcf');
    // The full names as Python's quopri decodes them; the first two cards have an address alone.
    expect(sink.contacts.map((contact) => contact.name)).toEqual([
      'john.doe@company.com',
      'jane.doe@company.com',
      'Ñ Ñ Ñ Ñ Ñ',
      'Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ',
      'Ñ Ñ Ñ Ñ',
      'ÑÑÑÑ'
    ]);
    expect(accountsOf(sink, 3)).toEqual(['phone 123456', 'phone 234567', 'phone 3456789', 'phone 45678901']);
    expect(accountsOf(sink, 4)).toEqual(['phone 123456', 'email bob@company.com', 'email ÑÑÑÑÑÑÑÑÑÑÑÑÑÑ']);
  });

  it('John_Doe_MS_OUTLOOK.vcf', async () => {
    const sink = await read('John_Doe_MS_OUTLOOK.vcf');
    expect(sink.contacts[0]).toMatchObject({ name: 'Mr. John Richter James Doe Sr.', organisation: 'IBM, Accounting' });
    expect(accountsOf(sink, 0)).toEqual(['phone (905) 555-1234', 'phone (905) 666-1234', 'email john.doe@ibm.cm']);
    expect(detailsOf(sink, 0)).toMatchObject({
      NICKNAME: 'Johny',
      'ADR (work)': 'Cresent moon drive, Albaney, New York, 12345, United States of America',
      'LABEL (work)': 'Cresent moon drive\nAlbaney, New York  12345',
      BDAY: '19800322',
      'X-MS-IMADDRESS': 'johny5@aol.com'
    });
  });

  it('John_Doe_GMAIL.vcf: folded lines and labels by group', async () => {
    const sink = await read('John_Doe_GMAIL.vcf');
    expect(sink.contacts[0]).toMatchObject({ name: 'Mr. John Richter, James Doe Sr.', organisation: 'IBM' });
    expect(sink.contacts[0]?.notes).toMatch(/SUCH DAMAGE\.\nFavotire Color: Blue$/);
    expect(detailsOf(sink, 0)).toMatchObject({
      'ADR (home)': 'Crescent moon drive\n555-asd\nNice Area, Albaney, New York 12345\nUnited States of America',
      'X-ABDATE (Anniversary)': '1975-03-01',
      'URL (work)': 'http://www.ibm.com'
    });
  });

  it('rfc6350-example.vcf: numbers as addresses, extension kept', async () => {
    const sink = await read('rfc6350-example.vcf');
    expect(sink.contacts[0]).toMatchObject({ name: 'Simon Perreault', organisation: 'Viagenie' });
    expect(sink.contacts[0]?.accounts.map((ref) => ref.identifier)).toEqual([
      '+14186569254',
      '+14182626501',
      'simon.perreault@viagenie.ca'
    ]);
    expect(detailsOf(sink, 0)).toMatchObject({
      'TEL (work,voice)': 'tel:+1-418-656-9254;ext=102',
      'GEO (work)': 'geo:46.772673,-71.282945'
    });
  });
});
