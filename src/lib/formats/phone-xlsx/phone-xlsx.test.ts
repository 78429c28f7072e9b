import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInput, NO_ABORT, readInto, zipOf } from '../../../../tests/fixtures/format-fixture.ts';
import { mutants } from '../../../../tests/fixtures/mutants.ts';
import { PHONE_SHEETS, workbook, type Cell } from '../../../../tests/fixtures/phone-xlsx.ts';
import { MessageState } from '../../evidence/records.ts';
import { SourceError } from '../../evidence/findings.ts';
import { say } from '../../evidence/wording/sentence.ts';
import { ZipContainer } from '../container/zip.ts';
import { parseRecipe } from '../phone-csv/recipe.ts';
import { recognise } from '../recognise.ts';
import { numberStyle, numberText, PLAIN } from './cell-text.ts';
import { phoneXlsx } from './index.ts';

const LONDON = { zone: 'Europe/London', region: 'GB', owner: null } as const;

describe('numberStyle', () => {
  it.each([
    ['dd/mm/yyyy hh:mm:ss', { kind: 'date', hasDay: true }],
    ['[$-409]d\\-mmm\\-yy;@', { kind: 'date', hasDay: true }],
    ['hh:mm', { kind: 'date', hasDay: false }],
    ['mm:ss.0', { kind: 'date', hasDay: false }],
    ['[h]:mm:ss', { kind: 'span' }],
    ['00000000000', { kind: 'zeros', digits: 11 }],
    ['#,##0.00', { kind: 'plain' }],
    ['0.00E+00', { kind: 'plain' }],
    ['"days" General', { kind: 'plain' }],
    ['@', { kind: 'plain' }]
  ])('%s', (code, style) => expect(numberStyle(164, code)).toEqual(style));
  it('knows the numbers of built-in formats', () => {
    expect([14, 22, 20, 46, 2].map((id) => numberStyle(id, undefined).kind)).toEqual(['date', 'date', 'date', 'span', 'plain']);
  });
});

describe('numberText', () => {
  const date = { kind: 'date', hasDay: true } as const;
  it.each([
    ['4.47700900123E11', PLAIN, '447700900123'],
    ['447700900123', PLAIN, '447700900123'],
    ['4.4770090012345678E+19', PLAIN, '4.477009001234568E+19'],
    ['12.5', PLAIN, '12.5'],
    ['7700900123', { kind: 'zeros', digits: 11 } as const, '07700900123'],
    ['45413.586932870372', date, '2024-05-01 14:05:11'],
    ['45413', date, '2024-05-01'],
    ['0.5868055556', { kind: 'date', hasDay: false } as const, '14:05:00'],
    ['60', date, '60'],
    ['-1', date, '-1'],
    ['1.5', { kind: 'span' } as const, '36:00:00'],
    ['abc', date, 'abc']
  ])('%s', (value, style, text) => expect(numberText(value, style, false)).toBe(text));
  it('gives every second of our time back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 946_684_800, max: 2_524_608_000 }), (second) => {
        const iso = new Date(second * 1000).toISOString();
        const text = numberText(String(25_569 + second / 86_400), date, false);
        expect(text.padEnd(19, ' 00:00:00').slice(0, 19)).toBe(iso.slice(0, 19).replace('T', ' '));
      })
    );
  });
});

describe('a workbook of a phone', () => {
  it('is recognised, and says what each sheet is', async () => {
    const input = await workbook('phone.xlsx', PHONE_SHEETS);
    expect((await recognise({ ...input, name: 'file.bin' }, NO_ABORT)).recognised?.format.id).toBe('phone-xlsx');
    const { facts, questions } = await phoneXlsx.probe(input, { ...LONDON, zone: null }, NO_ABORT);
    expect(facts.map((fact) => say(fact))).toEqual([
      'Workbook of 5 sheets, 1 of them empty',
      "'Summary': 2 rows, read as generic",
      "'Call Log (3)': 3 rows, read as call",
      "'Chats': 3 rows, read as message",
      "'Contacts' (hidden in the workbook): 2 rows, read as contact"
    ]);
    expect(questions.map(({ kind }) => kind).sort()).toEqual(['owner', 'recipe', 'zone']);
  });

  it('takes an officer’s recipe for the sheets that have its columns, and guesses the others', async () => {
    const input = await workbook('phone.xlsx', PHONE_SHEETS);
    const { questions } = await phoneXlsx.probe(input, LONDON, NO_ABORT);
    const asked = questions.find((question) => question.kind === 'recipe');
    const parsed = parseRecipe(asked?.kind === 'recipe' ? asked.proposal : null);
    if (!('recipe' in parsed)) throw new Error(parsed.problem);
    const columns = parsed.recipe.columns.map((column) => (column.role === 'duration' ? { ...column, role: null } : column));
    const sink = await readInto(phoneXlsx, input, { ...LONDON, recipe: { ...parsed.recipe, columns } });
    expect(sink.calls.map(({ duration_s }) => duration_s)).toEqual([null, null, null]);
    expect(sink.messages).toHaveLength(3);
    const other = { ...parsed.recipe, columns: columns.map((column) => ({ ...column, header: `x ${column.header}` })) };
    await expect(readInto(phoneXlsx, input, { ...LONDON, recipe: other })).rejects.toMatchObject({ code: 'not-recognised' });
  });

  it('marks a cell that a spreadsheet cut', async () => {
    const rows: Cell[][] = [
      ['Date', 'From', 'To', 'Message'],
      ['2024-05-01 10:00:00', '+447700900123', '+447700900118', 'x'.repeat(32_767)]
    ];
    const sink = await readInto(phoneXlsx, await workbook('cut.xlsx', [{ name: 'SMS', rows }]), LONDON);
    expect(sink.messages[0]?.state).toBe(MessageState.partial);
    expect(sink.codes).toContain('cell-cut');
  });

  it('lets one sheet decide the order of day and month for those that leave it open', async () => {
    const sheet = (name: string, day: string) => ({
      name,
      rows: [
        ['Date', 'From', 'To', 'Message'],
        [`${day} 10:00:00`, '+447700900123', '+447700900118', name]
      ]
    });
    const both = await readInto(
      phoneXlsx,
      await workbook('w.xlsx', [sheet('a', '03/04/2024'), sheet('b', '25/04/2024')]),
      LONDON
    );
    expect(both.messages.map(({ time }) => time.utcMs)).toEqual([Date.UTC(2024, 3, 3, 9), Date.UTC(2024, 3, 25, 9)]);
    const open = await workbook('w.xlsx', [sheet('a', '03/04/2024')]);
    await expect(readInto(phoneXlsx, open, LONDON)).rejects.toMatchObject({ code: 'date-order-undecided' });
  });

  it('keeps a spoilt number of one sheet apart from that of another', async () => {
    const rows: Cell[][] = [
      ['Date', 'From', 'To', 'Message'],
      ['2024-05-01 10:00:00', { n: '4.4770090012345678E+19' }, '+447700900118', 'x']
    ];
    const sink = await readInto(
      phoneXlsx,
      await workbook('w.xlsx', [
        { name: 'a', rows },
        { name: 'b', rows }
      ]),
      LONDON
    );
    expect(new Set(sink.messages.map(({ from }) => from?.identifier)).size).toBe(2);
  });

  it('accounts for every row of random sheets', async () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc
        .string({ unit: 'grapheme', maxLength: 12 })
        .filter((text) => [...text].every((one) => one >= ' ' && one !== '\ufffe' && one !== '\uffff')),
      fc.record({ n: fc.double({ noNaN: true, noDefaultInfinity: true }), s: fc.integer({ min: 0, max: 6 }) })
    );
    const rows = fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(rows, { minLength: 1, maxLength: 3 }), async (sheets) => {
        const header: Cell[] = ['Date', 'From', 'To', 'Message'];
        const input = await workbook(
          'random.xlsx',
          sheets.map((content, i) => ({ name: `sheet ${i}`, rows: [header, ...content] }))
        );
        const filled = sheets
          .flat()
          .filter((cells) => cells.some((one) => one !== null && (typeof one !== 'string' || one.trim() !== '')));
        const sink = await readInto(phoneXlsx, input, { ...LONDON, dateOrder: 'dmy' });
        // A place beside a row is an item of its own; a repeated header is none.
        expect(sink.sum.seen).toBe(filled.length);
      }),
      { numRuns: 60 }
    );
  });

  it('stops at damage inside with a sentence, and loses nothing from the sum', { timeout: 120_000 }, async () => {
    const whole = await workbook('phone.xlsx', PHONE_SHEETS);
    const zip = await ZipContainer.open(whole, { signal: NO_ABORT });
    const parts: Record<string, Uint8Array> = {};
    for (const entry of zip.entries) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of zip.read(entry, NO_ABORT)) chunks.push(chunk);
      parts[entry.name] = new Uint8Array(await new Blob(chunks.map((chunk) => new Uint8Array(chunk))).arrayBuffer());
    }
    const ends = { whole: 0, stopped: 0 };
    const names = Object.keys(parts).filter((name) => name.startsWith('xl/'));
    for (const name of names)
      for (const damaged of mutants([parts[name] as Uint8Array], 25, 7)) {
        const { blob } = await zipOf('phone.xlsx', { ...parts, [name]: damaged });
        try {
          await readInto(phoneXlsx, bytesInput('phone.xlsx', blob), LONDON);
          ends.whole++;
        } catch (error) {
          if (!(error instanceof SourceError)) throw new Error(`${name}: ${String(error)}`, { cause: error });
          expect(error.message).toContain('phone.xlsx');
          ends.stopped++;
        }
      }
    expect(ends.whole).toBeGreaterThan(0);
    expect(ends.stopped).toBeGreaterThan(0);
  });
});
