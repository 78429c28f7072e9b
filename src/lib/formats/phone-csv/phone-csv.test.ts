import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { CONTACTS, FRENCH_CALLS, MESSY_MESSAGES } from '../../../../tests/fixtures/phone-csv.ts';
import { ANDROID_PAIR, textInput } from '../../../../tests/fixtures/whatsapp.ts';
import { MessageState } from '../../evidence/records.ts';
import type { ReadOptions, SourceInput } from '../contract.ts';
import { parseRecipe, phoneCsv, type Recipe } from './index.ts';
import { say } from '../../evidence/wording/sentence.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: null };
const never = (): AbortSignal => new AbortController().signal;

async function readAll(input: SourceInput, options: ReadOptions = OPTIONS): Promise<CollectingSink> {
  const sink = new CollectingSink();
  await phoneCsv.read(input, options, sink, never());
  sink.assertConserved();
  return sink;
}

async function recipeFor(text: string, name = 'x.csv'): Promise<Recipe> {
  const probe = await phoneCsv.probe(textInput(name, text), OPTIONS, never());
  const question = probe.questions.find((one) => one.kind === 'recipe');
  const parsed = parseRecipe(question?.proposal);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.recipe;
}

async function sniffOf(name: string, content: string | Uint8Array): Promise<number> {
  const input = textInput(name, content);
  return phoneCsv.sniff({ name, sizeBytes: input.sizeBytes, bytes: new Uint8Array(await input.blob.arrayBuffer()) });
}

const roles = (recipe: Recipe): (string | null)[] => recipe.columns.map((column) => column.role);

describe('columns', () => {
  it.each([
    [
      'From,To,Date,Time,Message\n07700900123,07700900124,13/03/2024,14:05,hi\n',
      ['from', 'to', 'date', 'clock', 'body'],
      'message'
    ],
    [
      'Expéditeur;Destinataire;Date et heure;Texte\n07700900123;07700900124;13/03/2024 14:05;salut\n',
      ['from', 'to', 'time', 'body'],
      'message'
    ],
    [
      'Remitente;Destinatario;Fecha y hora;Mensaje\n07700900123;07700900124;13/03/2024 14:05;hola\n',
      ['from', 'to', 'time', 'body'],
      'message'
    ],
    [
      'Absender;Empfänger;Datum;Uhrzeit;Nachricht\n07700900123;07700900124;13.03.2024;14:05;hallo\n',
      ['from', 'to', 'date', 'clock', 'body'],
      'message'
    ],
    [
      'Rufnummer;Richtung;Zeitpunkt;Dauer\n07700900123;eingehend;13.03.2024 14:05;0:30\n',
      ['party', 'direction', 'time', 'duration'],
      'call'
    ],
    [
      'Number,Type,Date,Duration\n07700900123,Incoming,13/03/2024 14:05,30\n07700900124,Missed,13/03/2024 15:05,0\n',
      ['party', 'direction', 'time', 'duration'],
      'call'
    ],
    [
      '#,Party,Timestamp,Delivered,Read,Body,Deleted\n1,07700900123,13/03/2024 14:05,13/03/2024 14:06,13/03/2024 14:07,hi,Yes\n',
      ['itemId', 'party', 'time', null, null, 'body', 'deleted'],
      'message'
    ],
    ['Name,Mobile\nAna,07700900123\n', ['name', 'party'], 'contact'],
    ['Latitude,Longitude,Timestamp\n51.5074,-0.1278,13/03/2024 14:05\n', ['latitude', 'longitude', 'time'], 'location'],
    ['a,b,c\n1,2,3\n', [null, null, null], 'generic']
  ])('%j', async (text, expected, kind) => {
    const recipe = await recipeFor(text);
    expect(roles(recipe)).toEqual(expected);
    expect(recipe.kind.fallback).toBe(kind);
    expect(recipe.columns.every((column) => say(column.reason) !== '' && say(column.reason, 'fr') !== say(column.reason))).toBe(
      true
    );
  });

  it('are guessed from cells where headers say nothing', async () => {
    const rows = Array.from(
      { length: 6 },
      (_, i) => `0770090012${i},0770090013${i},1${i}/03/2024 14:05,"this is message number ${i} of them"`
    );
    expect(roles(await recipeFor(`k1,k2,k3,k4\n${rows.join('\n')}`))).toEqual(['from', 'to', 'time', 'body']);
    expect(roles(await recipeFor(rows.join('\n')))).toEqual(['from', 'to', 'time', 'body']);
  });

  it("are read by an officer's recipe, also in another order and below other titles", async () => {
    const recipe = await recipeFor('Number,When,Words\n07700900123,13/03/2024 14:05,hi there\n');
    const mine: Recipe = {
      ...recipe,
      name: 'mine',
      columns: recipe.columns.map((column, i) => ({ ...column, role: (['party', 'time', 'body'] as const)[i] ?? null })),
      kind: { ...recipe.kind, fallback: 'message' }
    };
    const saved = JSON.parse(JSON.stringify(mine)) as unknown;
    const sink = await readAll(textInput('y.csv', 'Title\n\nWords,Extra,Number,When\nyes,1,07700900124,14/03/2024 10:00\n'), {
      ...OPTIONS,
      recipe: saved
    });
    expect(sink.messages).toHaveLength(1);
    expect(sink.messages[0]).toMatchObject({
      body: 'yes',
      to: [{ identifier: '+447700900124' }],
      place: { offset: 4, unit: 'row' }
    });
    await expect(readAll(textInput('z.csv', 'a,b\n1,2\n'), { ...OPTIONS, recipe: saved })).rejects.toMatchObject({
      code: 'not-recognised',
      message: "z.csv does not have the columns of the recipe 'mine' ('Number', 'When', 'Words')."
    });
    await expect(readAll(textInput('z.csv', 'a,b\n1,2\n'), { ...OPTIONS, recipe: { id: 'x' } })).rejects.toMatchObject({
      code: 'not-recognised'
    });
  });
});

describe('traps', () => {
  it('spoilt numbers are told and link nobody', async () => {
    const sink = await readAll(
      textInput(
        'x.csv',
        'From,To,Timestamp,Body\n4.47E+11,07700900124,13/03/2024 14:05:00,a b c\n4.47E+11,07700900124,13/03/2024 14:06:00,d e f\n'
      )
    );
    const [one, two] = sink.messages.map((message) => message.from);
    expect(one?.identifier).not.toBe(two?.identifier);
    expect([one?.rawIdentifier, one?.e164]).toEqual(['4.47E+11', undefined]);
    expect(sink.codes).toContain('number-damaged');
  });

  it('numbers without plus or zero are the same number', async () => {
    const rows = ['447700900123', '7700900123', '07700900123', '+44 7700 900123', "'+447700900123", '="07700900123"'].map(
      (number, i) => `${Papa.unparse([[number]])},1${i}/03/2024 14:05:00,hi`
    );
    const sink = await readAll(textInput('x.csv', `From,Timestamp,Body\n${rows.join('\n')}`));
    expect(new Set(sink.messages.map((message) => message.from?.identifier))).toEqual(new Set(['+447700900123']));
  });

  it('cells at the limit of a spreadsheet are told and marked partial', async () => {
    const sink = await readAll(
      textInput(
        'x.csv',
        `From,Timestamp,Body\n07700900123,13/03/2024 14:05:00,${'x'.repeat(32_767)}\n07700900123,13/03/2024 14:06:00,${'x'.repeat(32_766)}`
      )
    );
    expect(sink.messages.map((message) => (message.state & MessageState.partial) !== 0)).toEqual([true, false]);
    expect(sink.codes).toContain('cell-cut');
  });

  it('rows of another width are refused with number and text', async () => {
    const sink = await readAll(
      textInput(
        'x.csv',
        'From,Timestamp,Body\n07700900123,13/03/2024 14:05:00\n07700900123,13/03/2024 14:05:00,a,b\n07700900123,13/03/2024 14:05:00,a,,\n07700900123,14/03/2024 14:05:00,b\n'
      )
    );
    expect(sink.sum).toMatchObject({ seen: 4, kept: 2, refused: 2 });
    expect(sink.findings.filter((finding) => finding.severity === 'refusal')).toMatchObject([
      {
        code: 'damaged-csv',
        message: 'x.csv: row 2 has 2 cells where the table has 3.',
        raw: '07700900123,13/03/2024 14:05:00',
        place: { offset: 2, unit: 'row' }
      },
      { message: 'x.csv: row 3 has 4 cells where the table has 3.' }
    ]);
  });

  it('day and month are asked where both fit, and a contradiction has no time', async () => {
    const open = textInput(
      'x.csv',
      'From,Timestamp,Body\n07700900123,03/04/2024 14:05:00,a\n07700900123,05/06/2024 14:05:00,b\n07700900123,04/05/2024 14:05:00,c\n'
    );
    const probe = await phoneCsv.probe(open, OPTIONS, never());
    expect(probe.questions.find((question) => question.kind === 'dateOrder')).toMatchObject({ options: ['dmy', 'mdy'] });
    await expect(readAll(open)).rejects.toMatchObject({ code: 'date-order-undecided' });
    expect((await readAll(open, { ...OPTIONS, dateOrder: 'mdy' })).messages[0]?.time.utcMs).toBe(Date.UTC(2024, 2, 4, 14, 5));
    const mixed = await readAll(
      textInput(
        'x.csv',
        `From,Timestamp,Body\n${'07700900123,25/04/2024 14:05:00,a\n'.repeat(8)}07700900123,04/25/2024 14:05:00,b\n`
      )
    );
    expect(mixed.messages.at(-1)?.time).toEqual({ raw: '04/25/2024 14:05:00', utcMs: null, basis: 'unknown' });
  });

  it('stamps: offsets, Unix times, spreadsheet days, bare dates', async () => {
    const first = async (cell: string, header = 'Timestamp'): Promise<unknown> =>
      (await readAll(textInput('x.csv', `From,${header},Body\n07700900123,${cell},hi you all\n`))).messages[0]?.time;
    expect(await first('13/03/2024 14:05:11(UTC+1)')).toMatchObject({
      utcMs: Date.UTC(2024, 2, 13, 13, 5, 11),
      basis: 'offset-in-data'
    });
    expect(await first('1710338711000')).toMatchObject({ utcMs: 1710338711000, basis: 'utc-by-spec' });
    expect(await first('1710338711')).toMatchObject({ utcMs: 1710338711000, basis: 'utc-by-spec' });
    expect(await first('45364.5')).toMatchObject({ utcMs: Date.UTC(2024, 2, 13, 12), basis: 'zone-chosen-by-officer' });
    expect(await first('13/03/2024', 'Date')).toMatchObject({ raw: '13/03/2024', utcMs: null });
  });

  it('names beside no number belong to the file, handles and sender words to the service', async () => {
    const sink = await readAll(
      textInput(
        'x.csv',
        'From,Timestamp,Body,App\nAna Pop,13/03/2024 14:05:00,a,WhatsApp\nanapop,13/03/2024 14:05:00,a,Telegram\nVODAFONE,13/03/2024 14:05:00,a,SMS\n'
      )
    );
    expect(sink.messages.map((message) => message.from?.identifier)).toEqual(['name:x.csv/Ana Pop', 'anapop', 'VODAFONE']);
  });

  it('UTF-16 and windows-1252 are read', async () => {
    const text = 'From,Timestamp,Body\n07700900123,13/03/2024 14:05:00,né à\n';
    expect(
      (
        await readAll(
          textInput('x.csv', new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])))
        )
      ).messages[0]?.body
    ).toBe('né à');
    const latin = await readAll(textInput('x.csv', new Uint8Array(Buffer.from(text, 'latin1'))));
    expect(latin.messages[0]?.body).toBe('né à');
    expect(latin.codes).toContain('not-utf8');
  });

  it('broken quotes cost one row', async () => {
    const sink = await readAll(
      textInput(
        'x.csv',
        `From,Timestamp,Body\n07700900123,13/03/2024 14:05:00,"open\n${'07700900123,14/03/2024 14:05:00,fine\n'.repeat(20)}`
      )
    );
    expect(sink.sum).toMatchObject({ seen: 21, kept: 21 });
    expect(
      sink.messages.filter((message) => (message.state & MessageState.partial) !== 0).map((message) => message.body)
    ).toEqual(['"open']);
  });

  it('a repeated header is no item', async () => {
    const sink = await readAll(
      textInput(
        'x.csv',
        'From,Timestamp,Body\n07700900123,13/03/2024 14:05:00,a\nFrom,Timestamp,Body\n07700900123,13/03/2024 14:06:00,b\n'
      )
    );
    expect(sink.sum).toMatchObject({ seen: 2, kept: 2 });
  });
});

describe('questions', () => {
  it('name the owner that the table marks, and ask for a zone only where times have none', async () => {
    const kinds = async (text: string) =>
      (await phoneCsv.probe(textInput('x.csv', text), { ...OPTIONS, zone: null }, never())).questions.map(
        (question) => question.kind
      );
    expect(await kinds(MESSY_MESSAGES)).toEqual(['recipe', 'owner']);
    expect(await kinds(FRENCH_CALLS)).toEqual(['recipe', 'zone', 'owner']);
    expect(await kinds(CONTACTS)).toEqual(['recipe']);
    const probe = await phoneCsv.probe(
      textInput('x.csv', 'From,To,Timestamp,Body\n07700900123 A,07700900124 B (owner),13/03/2024 14:05,hi\n'),
      OPTIONS,
      never()
    );
    const owner = probe.questions.find((question) => question.kind === 'owner');
    expect(owner?.candidates[0]?.identifier).toBe('+447700900124');
  });
});

describe('bad input', () => {
  it.each([
    ['empty', '', 'empty-file', 'x.csv is empty.'],
    ['blank', ' \n\n', 'empty-file', 'x.csv holds nothing but white space.'],
    ['XML', '<?xml version="1.0"?><a/>', 'not-recognised', 'x.csv is XML or HTML and not a table of rows.']
  ])('%s', async (_, content, code, message) => {
    await expect(readAll(textInput('x.csv', content))).rejects.toMatchObject({ code, message });
  });

  it('a picture, a spreadsheet', async () => {
    await expect(
      readAll(textInput('x.csv', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3])))
    ).rejects.toMatchObject({ code: 'not-recognised' });
    await expect(readAll(textInput('x.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])))).rejects.toMatchObject({
      code: 'not-recognised',
      message: 'x.xlsx is a zip or a spreadsheet in its own format and not a table of rows.'
    });
  });

  it('stops on abort', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(phoneCsv.read(textInput('x.csv', CONTACTS), OPTIONS, new CollectingSink(), stop.signal)).rejects.toThrow(
      'stopped'
    );
  });
});

describe('sniff', () => {
  it('is sure of tables that mean something and low for others', async () => {
    expect(await sniffOf('download.csv', MESSY_MESSAGES)).toBeGreaterThan(0.8);
    expect(await sniffOf('x.txt', FRENCH_CALLS)).toBeGreaterThan(0.6);
    expect(await sniffOf('a.csv', 'a,b,c\n1,2,3\n')).toBeLessThan(0.2);
    expect(await sniffOf('a.csv', 'a,b,c\n1,2,3\n')).toBeGreaterThan(0);
  });

  it('leaves chats, XML, zips, JSON and prose to others', async () => {
    expect(await sniffOf('x.txt', ANDROID_PAIR)).toBe(0);
    expect(await sniffOf('x.txt', '[12/03/2024, 14:05:11] Anna: hi, you\n[12/03/2024, 14:05:12] Anna: ok, me')).toBe(0);
    expect(await sniffOf('x.xml', '<?xml version="1.0"?>\n<a b="1,2"/>')).toBe(0);
    expect(await sniffOf('x.zip', new Uint8Array([0x50, 0x4b, 3, 4, 44, 44, 10]))).toBe(0);
    expect(await sniffOf('x.json', '{"a":1,"b":2}\n')).toBe(0);
    expect(await sniffOf('x.txt', 'a note without columns\nand a second line\n')).toBe(0);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (bytes, name) => {
        const score = phoneCsv.sniff({ name, sizeBytes: bytes.length, bytes });
        expect(score >= 0 && score <= 1).toBe(true);
      })
    );
  });
});

describe('conservation', () => {
  const number = fc.constantFrom('07700900123', '447700900124', '4.47E+11', 'Ana', '', '60777');
  const stamp = fc.constantFrom('13/03/2024 14:05:11', '14/03/2024 01:00', 'yesterday', '', '31/03/2024 01:30:00');
  const cell = fc.oneof(number, stamp, fc.string({ maxLength: 12 }), fc.constantFrom('a\nb', 'say "x"'));
  const whole = fc.tuple(number, number, stamp, fc.string({ maxLength: 12 })).map((cells) => [...cells]);
  const row = fc.oneof({ weight: 5, arbitrary: whole }, { weight: 1, arbitrary: fc.array(cell, { minLength: 1, maxLength: 7 }) });

  it('each row that is not blank is one item', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 25 }), async (rows) => {
        const header = ['From', 'To', 'Timestamp', 'Body'];
        const text = Papa.unparse([header, ['07700900123', '07700900124', '13/03/2024 14:05:11', 'a first message'], ...rows], {
          quotes: true
        });
        const sink = await readAll(textInput('x.csv', text), { ...OPTIONS, dateOrder: 'dmy' });
        const full = rows.filter((cells) => cells.some((one) => one.trim() !== ''));
        expect(sink.sum.seen).toBe(1 + full.length);
        const fits = (cells: readonly string[]): boolean =>
          cells.length === 4 || (cells.length > 4 && cells.slice(4).every((one) => one.trim() === ''));
        expect(sink.sum.refused).toBe(full.filter((cells) => !fits(cells)).length);
      })
    );
  });

  it('holds for files damaged anywhere', async () => {
    const bytes = new TextEncoder().encode(`${MESSY_MESSAGES}\n${CONTACTS}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(34, 44, 10))), { maxLength: 30 }),
        fc.nat(bytes.length),
        async (hits, cut) => {
          const damaged = bytes.slice(0, cut);
          for (const [at, value] of hits) if (at < cut) damaged[at] = value;
          const sink = new CollectingSink();
          try {
            await phoneCsv.read(textInput('x.csv', damaged), { ...OPTIONS, dateOrder: 'dmy' }, sink, never());
          } catch (error) {
            expect(error).toMatchObject({ name: 'SourceError' });
          }
          sink.assertConserved();
        }
      ),
      { numRuns: 100 }
    );
  });
});
