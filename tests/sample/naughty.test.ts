/** 500 naughty strings in the text fields of every importer, and through the exports: text in, the same text out. */
import Papa from 'papaparse';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { graphml } from '../../src/lib/analysis/network/graphml.ts';
import { FORMATS, formatById } from '../../src/lib/formats/registry.ts';
import { writeGlossary } from '../../src/lib/language/glossary-file.ts';
import { canonicalLine, FIRST_PREVIOUS } from '../../src/lib/vault/audit/line.ts';
import { clockIn } from '../../src/lib/views/filter/clock.ts';
import { tsv } from '../../src/lib/views/messages/copy.ts';
import { csv } from '../../src/lib/evidence/csv.ts';
import type { CollectingSink } from '../fixtures/collecting-sink.ts';
import { bytesInput, jsonInput, readInto } from '../fixtures/format-fixture.ts';
import { messageRowOf } from '../fixtures/message-row.ts';
import { naughtyRun } from '../fixtures/naughty-run.ts';
import { naughtyStrings } from '../fixtures/naughty-strings.ts';
import { backupXml, smsXml } from '../fixtures/sms-backup.ts';
import { telegramMessage } from '../fixtures/telegram.ts';
import { instantMessage, party, reportXml } from '../fixtures/ufed-report.ts';

const LONDON = { zone: 'Europe/London', region: 'GB', owner: null } as const;
const ALL = naughtyStrings();
const TEXTS = ALL.map(({ text }) => text);

async function read(format: string, input: Parameters<typeof readInto>[1]): Promise<CollectingSink> {
  const reader = formatById(format);
  if (reader === undefined) throw new Error(`no format ${format}`);
  return readInto(reader, input, LONDON);
}

/** Half of a surrogate pair has no form in UTF-8: the reader keeps it as the escape that stands in the file. */
const withNamedHalves = (text: string): string =>
  [...text].map((one) => (one.isWellFormed() ? one : `\\u${one.charCodeAt(0).toString(16)}`)).join('');

/** Formula starts that a spreadsheet would compute. */
const FORMULA = /^[=+\-@\t\r]/u;

describe('naughty strings through readers', () => {
  it('are five hundred, of every kind', () => {
    expect(new Set(TEXTS).size).toBe(500);
    expect(new Set(ALL.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(11);
  });

  it('come out of a Telegram export as they went in, as words and as names', async () => {
    const messages = TEXTS.map((text, i) => telegramMessage(i, [`user${i + 1}`, text], text));
    const sink = await read('telegram-json', jsonInput('result.json', { name: 'x', type: 'personal_chat', id: 7, messages }));
    expect(sink.messages.length).toBe(TEXTS.length);
    const wrong = sink.messages.filter(({ body }, i) => body !== withNamedHalves(TEXTS[i] ?? ''));
    expect(wrong.map(({ body }) => body)).toEqual([]);
  });

  it.each([
    [
      'sms-backup-xml',
      () =>
        bytesInput(
          'sms.xml',
          backupXml(
            'smses',
            TEXTS.map((text, i) =>
              smsXml({ address: `0770090${String(1000 + i)}`, date: String(1_709_316_000_000 + i), body: text, name: text })
            )
          )
        )
    ],
    [
      'ufed-xml',
      () =>
        bytesInput(
          'report.xml',
          reportXml({
            models: TEXTS.map((text, i) =>
              instantMessage({
                id: `m${i}`,
                body: text,
                time: '2024-05-01T10:00:00.000+01:00',
                from: party(`44770090${1000 + i}@s.whatsapp.net`, text, { role: 'From' })
              })
            )
          })
        )
    ],
    [
      'phone-csv',
      () =>
        bytesInput(
          'sms.csv',
          csv([
            ['Date', 'From', 'To', 'Message'],
            ...TEXTS.map((text, i) => [
              `2024-05-01 10:00:${String(i % 60).padStart(2, '0')}`,
              '07700900001',
              '07700900002',
              `_${text}`
            ])
          ])
        )
    ]
  ] as const)('are counted to the last one by %s, and none is changed into another', async (format, input) => {
    const sink = await read(format, input());
    const { seen, kept, folded, refused } = sink.sum;
    expect(seen).toBe(kept + folded + refused);
    expect(sink.messages.length).toBeGreaterThan(TEXTS.length * 0.9);
    // Marks that XML cannot hold become U+FFFD or go, with a finding; whatever stands in a message is one of the strings.
    const plain = (text: string): string =>
      text
        .toWellFormed()
        .replace(/[^\p{L}\p{N}<>={}$'"@+;()/\\-]/gu, '')
        .replace(/^_/, '');
    const known = new Set(TEXTS.map(plain));
    expect(sink.messages.filter(({ body }) => !known.has(plain(body))).map(({ body }) => body)).toEqual([]);
  });

  // Each field has one of every kind here, other ones for each format, and all of them in `npm run test:torture -- --only strings`.
  it.each(FORMATS.map(({ id }, turn) => [id, turn] as const))(
    'stop no reader of %s, whatever field they stand in',
    async (format, turn) => {
      const kinds = [...new Set(ALL.map(({ kind }) => kind))];
      const texts = kinds.map((name) => {
        const ofKind = ALL.filter(({ kind }) => kind === name);
        return ofKind[(turn * 7) % ofKind.length]?.text ?? '';
      });
      const run = await naughtyRun(format, texts);
      expect(run.failures).toEqual([]);
      expect(run.fields).toBeGreaterThan(1);
      // They are in what was read, and not only in a file that was refused.
      expect(run.carried).toBeGreaterThan(2);
    }
  );
});

describe('naughty strings through exports', () => {
  it('are cells of a CSV that no spreadsheet computes, and come out of it whole', () => {
    const rows = csv(TEXTS.map((text) => [text]));
    // Each cell is quoted, and inside its quotes begins with no formula.
    const cells = [...rows.slice(1).matchAll(/"((?:[^"]|"")*)"\r\n/g)].map(([, cell = '']) => cell.replaceAll('""', '"'));
    expect(cells.length).toBe(TEXTS.length);
    for (const [i, cell] of cells.entries()) {
      expect(FORMULA.test(cell), JSON.stringify(cell)).toBe(false);
      expect(cell).toBe(FORMULA.test(TEXTS[i] ?? '') ? `'${TEXTS[i]}` : TEXTS[i]);
    }
  });

  it('are terms of a glossary file that begin with no formula', () => {
    const terms = TEXTS.filter((text) => text.trim() !== '').map((text) => ({
      term: text,
      meaning: text,
      innocent: text,
      note: text,
      who: text,
      language: '',
      atMs: null
    }));
    const lines = writeGlossary(terms, 'csv').split('\r\n');
    expect(lines.filter((line) => FORMULA.test(line.replace(/^\ufeff?"?/, '')))).toEqual([]);
    expect(() => JSON.parse(writeGlossary(terms, 'json')) as unknown).not.toThrow();
  });

  it('are names of a graph in GraphML, as another parser reads them', () => {
    const none = new Uint32Array(0);
    const nodeColumns = [{ name: 'label', type: 'string' as const, values: TEXTS }];
    const xml = [...graphml({ nodes: TEXTS.length, nodeColumns, source: none, target: none, edgeColumns: [] })].join('');
    const elements = new Set<string>();
    const read: string[] = [];
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name }) => {
      elements.add(name);
      if (name === 'data') read.push('');
    });
    parser.on('text', (text) => {
      const at = read.length - 1;
      if (at >= 0) read[at] += text;
    });
    parser.on('closetag', ({ name }) => {
      if (name === 'node') read.push('');
    });
    parser.write(xml).close();
    expect([...elements].sort()).toEqual(['data', 'graph', 'graphml', 'key', 'node']);
    // XML has no form for some characters: these are the replacement character there.
    const plain = (text: string): string =>
      // eslint-disable-next-line no-control-regex -- these are what XML leaves out
      text.toWellFormed().replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff]/g, '\ufffd');
    const labels = read.map((text) => plain(text).trim()).filter((text) => text !== '');
    expect(labels).toEqual(TEXTS.map((text) => plain(text).trim()).filter((text) => text !== ''));
  });

  it('are copied rows of as many cells as any, of which none is a formula', () => {
    const rows = TEXTS.map((text, id) => messageRowOf({ id, body: text, fromLabel: text, threadName: text, translation: text }));
    const text = tsv(rows, clockIn('Europe/London'));
    const cells = Papa.parse<string[]>(text, { delimiter: '\t', newline: '\r\n' }).data;
    expect(cells).toHaveLength(TEXTS.length + 1);
    expect(new Set(cells.map(({ length }) => length))).toEqual(new Set([cells[0]?.length]));
    for (const row of cells) for (const cell of row) expect(FORMULA.test(cell), JSON.stringify(cell)).toBe(false);
  });

  it('stay inside their line of an audit log', () => {
    for (const text of TEXTS) {
      const line = canonicalLine({
        seq: 0,
        prev: FIRST_PREVIOUS,
        t: 't',
        op: 'alteration',
        who: text,
        what: text,
        n: 1,
        build: 'b'
      });
      expect(line.includes('\n')).toBe(false);
      expect(JSON.parse(line)).toMatchObject({ who: text.toWellFormed(), what: text.toWellFormed() });
    }
  });
});
