import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { NOTES, noteFolder } from '../../../../tests/fixtures/plain-text.ts';
import type { ReadOptions } from '../contract.ts';
import { recognise } from '../recognise.ts';
import { plainText } from './index.ts';

const UNASKED: ReadOptions = { zone: null, region: 'GB', owner: null };
const idOf = async (name: string, text: string | Uint8Array, isInside = false): Promise<string | undefined> => {
  const inside = isInside ? { inside: { sha256Hex: '', path: name, placesFrom: '' } } : {};
  return (await recognise({ ...bytesInput(name, text), ...inside }, NO_ABORT)).recognised?.format.id;
};

describe('a plain text', () => {
  it('gives each line as it stands, at its byte, by nobody and without a time', async () => {
    const sink = await readInto(plainText, bytesInput('notes.txt', NOTES), UNASKED);
    expect(sink.messages.map(({ body }) => body)).toEqual([
      'De facut azi',
      'luat cheile de la Vasile',
      'sunat la 07700 900012 dupa ora 5 😀',
      'luat cheile de la Vasile',
      'banii sunt la Ana \u202etxt.exe'
    ]);
    const bytes = Buffer.from(NOTES);
    for (const { body, place, from, time } of sink.messages) {
      expect(bytes.subarray(place.offset, place.offset + Buffer.byteLength(body)).toString()).toBe(body);
      expect([from, time.utcMs, time.raw]).toEqual([null, null, '']);
    }
  });

  it('in a zip is one conversation a file, in natural order, with the rest counted', async () => {
    const sink = await readInto(plainText, await noteFolder(), UNASKED);
    expect(sink.messages.map(({ body, thread, place }) => [body, thread.name, place.path])).toEqual([
      ['doi', '2.txt', 'n/2.txt'],
      ['trei', '2.txt', 'n/2.txt'],
      ['zece', '10.txt', 'n/10.txt']
    ]);
    expect(sink.codes).toContain('entry-skipped');
  });

  it('of an old program is read in its code page, which is named', async () => {
    const line = 'pieniądze są u Wojtka, będę o piątej';
    const of: Record<string, number> = { ą: 0xb9, ę: 0xea };
    const bytes = Uint8Array.from([...line].map((char) => of[char] ?? char.charCodeAt(0)));
    const sink = await readInto(plainText, bytesInput('a.txt', bytes), UNASKED);
    expect(sink.messages[0]?.body).toBe(line);
    expect(sink.findings.find(({ code }) => code === 'not-utf8')?.sentence.values).toMatchObject({ page: 'windows-1250' });
  });

  it('parts a line that no screen shows, and loses nothing of it', async () => {
    const line = 'ha '.repeat(80_000).trim();
    const sink = await readInto(plainText, bytesInput('a.txt', line), UNASKED);
    expect(sink.messages.map(({ body }) => body).join('')).toBe(line);
    expect(Math.max(...sink.messages.map(({ body }) => body.length))).toBeLessThanOrEqual(100_000);
  });

  it('is what no other format wants, by its words', async () => {
    expect(await idOf('letter', 'Dear all,\nthe meeting is moved.\n')).toBe('plain-text');
    expect(await idOf('x.bin', '[01/05/2024, 10:00:00] Ana: salut\n[13/05/2024, 10:01:00] Ion: da\n')).toBe('whatsapp-text');
    for (const [name, text] of [
      ['page', '<html><body>Dear all</body></html>'],
      ['settings', '{"dear": "all"}'],
      ['notes.csv', 'just,words\nand,more\n'],
      ['program.py', 'import all\nfor one in all: print(one)\n'],
      ['signs', '#!$%&/()=?+*~{}[]\\<>|;:_-.,^°'.repeat(9)],
      ['blank.txt', ' \r\n\t\n ']
    ] as const)
      expect(await idOf(name, text), name).not.toBe('plain-text');
  });

  it('among other files is taken only where it is called one', async () => {
    const text = 'Dear all,\nthe meeting is moved.\n';
    expect(await idOf('n/letter.txt', text, true)).toBe('plain-text');
    expect(await idOf('n/letter', text, true)).toBeUndefined();
    expect(await idOf('folder/LICENSE', text)).toBeUndefined();
  });

  it('conserves: one item for each line that is not blank, for any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), async (rows) => {
        const lines = rows.map((row) => row.toWellFormed().replaceAll(/[\r\n\0]/g, ' '));
        const wanted = lines.filter((line) => line.trim() !== '');
        const sink = await readInto(plainText, bytesInput('a.txt', `start\n${lines.join('\n')}`), UNASKED);
        expect(sink.messages.map(({ body }) => body)).toEqual(['start', ...wanted.map((line) => line.trimEnd())]);
      }),
      { numRuns: 150 }
    );
  });
});
