/**
 * leapp-tsv and leapp-lava against the rows that iLEAPP got from real images (its own results for its test data), written
 * out as its TSV and its LAVA database hold them. Skipped where ../shared/samples is absent.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { leappLava } from '../../src/lib/formats/leapp-lava/index.ts';
import { leappTsv } from '../../src/lib/formats/leapp-tsv/index.ts';
import { recognise } from '../../src/lib/formats/recognise.ts';
import { bytesInput, NO_ABORT, readInto, zipOf } from '../fixtures/format-fixture.ts';
import { lavaFiles, tsvOf, type LavaArtifact, type Table } from '../fixtures/leapp.ts';

const ROOT = new URL('../../../shared/samples/ileapp_cases/abrignoni+iLEAPP/admin/test/results/', import.meta.url).pathname;
const isHere = existsSync(ROOT);
if (!isHere) console.log('skipped: ../shared/samples/ileapp_cases is not there');

interface Result {
  readonly metadata: { readonly artifact_name: string; readonly number_of_rows: number };
  readonly headers: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

function result(module: string, part: string): { name: string; table: Table; rows: number } {
  const name = readdirSync(join(ROOT, module)).find((file) => file.startsWith(`${module}.${part}`));
  if (name === undefined) throw new Error(`${module}/${part} is not among the results`);
  const { metadata, headers, data } = JSON.parse(readFileSync(join(ROOT, module, name), 'utf8')) as Result;
  // Cells of pictures are lists of the tool's own; a database and a TSV hold text.
  const cell = (value: unknown): string | number | null =>
    typeof value === 'string' || typeof value === 'number' || value === null ? value : JSON.stringify(value);
  return {
    name: metadata.artifact_name,
    table: { headers, rows: data.map((row) => row.map(cell)) },
    rows: metadata.number_of_rows
  };
}

/** Module, artifact, what its rows are, and how many iLEAPP counts. */
const GOLDEN = [
  ['whatsApp', 'whatsAppMessages.josh', 'messages', 32],
  ['whatsApp', 'whatsAppCallHistory.josh', 'calls', 4],
  ['whatsApp', 'whatsAppContacts.josh', 'contacts', 9],
  ['teams', 'teamsMessages.josh', 'messages', 81],
  ['teams', 'teamsCalls.josh', 'calls', 5],
  ['addressBook', 'addressBook.josh', 'contacts', 9],
  ['sms', 'sms.josh', 'messages', 48],
  ['telegramMesssages', 'telegramMessages.josh_ios15_ffs.20250621191713', 'messages', 65]
] as const;

const OPTIONS = { zone: 'UTC', region: 'US', owner: null } as const;

describe.skipIf(!isHere)('results of iLEAPP', () => {
  it.each(GOLDEN)('%s %s as a TSV: %s, %i', async (module, part, kind, count) => {
    const { name, table, rows } = result(module, part);
    expect([rows, table.rows.length]).toEqual([count, count]);
    const input = bytesInput(`${name}.tsv`, tsvOf(table));
    expect((await recognise(input, NO_ABORT)).recognised?.format.id).toBe('leapp-tsv');
    const sink = await readInto(leappTsv, input, OPTIONS);
    expect([sink[kind].length, sink.sum.refused]).toEqual([count, 0]);
    const texts = table.headers.findIndex((header) => header === 'Message' || header === 'Text');
    if (kind === 'messages') {
      expect(sink.messages.map(({ body }) => body)).toEqual(
        table.rows.map((row) =>
          String(row[texts] ?? '')
            .replace(/\r\n?/g, '\n')
            .trim()
        )
      );
      expect(sink.messages.every(({ time }) => time.utcMs !== null)).toBe(true);
    }
  });

  it('all as one LAVA database, with and without its description', async () => {
    const artifacts = GOLDEN.map(([module, part]): LavaArtifact => result(module, part));
    const { database, description } = await lavaFiles(artifacts);
    const zip = await zipOf('lava.zip', { 'out/_lava_artifacts.db': database, 'out/_lava_data.json': description });
    const wanted = { messages: 32 + 81 + 48 + 65, calls: 4 + 5, contacts: 9 + 9 };
    for (const input of [zip, bytesInput('_lava_artifacts.db', database)]) {
      expect((await recognise(input, NO_ABORT)).recognised?.format.id).toBe('leapp-lava');
      const sink = await readInto(leappLava, input, OPTIONS);
      expect({ messages: sink.messages.length, calls: sink.calls.length, contacts: sink.contacts.length }).toEqual(wanted);
      expect(sink.sum.refused).toBe(0);
      expect(sink.messages.every(({ time }) => time.utcMs !== null)).toBe(true);
    }
  });
});
