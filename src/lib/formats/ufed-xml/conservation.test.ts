import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { instantMessage, party, reportXml, type FieldSpec, type ModelSpec } from '../../../../tests/fixtures/ufed-report.ts';
import { SourceError } from '../../evidence/findings.ts';
import { ufedXml } from './index.ts';

const never = new AbortController().signal;
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('', ']]>', '<b>', '&amp;', '2024-05-01T10:00:00', '07700 900123')
  )
  .map((s) => s.toWellFormed().replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''));
const id = fc.oneof(fc.constantFrom('', 'same'), fc.uuid());
const someone = fc
  .tuple(
    fc.constantFrom('447700900001@s.whatsapp.net', '447700900002@s.whatsapp.net', '', 'x'),
    text,
    fc.constantFrom('From', 'To', 'General'),
    fc.option(fc.boolean())
  )
  .map(([who, name, role, owner]) => party(who, name, { role, ...(owner === null ? {} : { owner }) }));
const message = fc
  .record({
    id,
    body: text,
    time: fc.constantFrom('2024-05-01T10:00:00.000+00:00', '2024-10-27T01:30:00', '03/04/2024 10:00:00', 'never', ''),
    from: someone,
    to: fc.array(someone, { maxLength: 2 }),
    deleted: fc.constantFrom('Intact', 'Deleted')
  })
  .map(instantMessage);
const plain = fc
  .record({
    type: fc.constantFrom(
      'SMS',
      'MMS',
      'Call',
      'Contact',
      'Email',
      'Location',
      'CellTower',
      'Journey',
      'UserAccount',
      'Note',
      'Party',
      ''
    ),
    id,
    fields: fc.array(fc.tuple(fc.constantFrom('Body', 'Name', 'TimeStamp', 'Value', 'Duration', 'Odd field'), text), {
      maxLength: 4
    }),
    parts: fc.array(someone, { maxLength: 2 })
  })
  .map(({ type, id: own, fields, parts }): ModelSpec => ({
    type,
    id: own,
    fields: [...fields, ['Parties', parts] as FieldSpec]
  }));
const chat = fc
  .record({
    id,
    parties: fc.array(someone, { maxLength: 3 }),
    messages: fc.array(fc.oneof(message, plain), { maxLength: 4 }),
    late: fc.boolean()
  })
  .map(({ id: own, parties, messages, late }): ModelSpec => ({
    type: 'Chat',
    id: own,
    fields: late
      ? [
          ['Messages', messages],
          ['Participants', parties]
        ]
      : [
          ['Source', 'WhatsApp'],
          ['Id', '447700900002@s.whatsapp.net'],
          ['Participants', parties],
          ['Messages', messages]
        ]
  }));
const models = fc.array(fc.oneof(chat, plain, message), { maxLength: 5 });

/** Items that the report holds by its own shape: what must be seen. */
function itemsOf(model: ModelSpec): number {
  const inner = model.fields.flatMap((field) => (Array.isArray(field[1]) ? (field[1] as readonly ModelSpec[]) : []));
  if (model.type !== 'Chat') return 1;
  const items = inner.filter((part) => part.type !== 'Party');
  // A chat counts itself only where no message is in it.
  return items.length + (items.some((part) => ['InstantMessage', 'SMS', 'MMS', 'Email'].includes(part.type)) ? 0 : 1);
}

async function read(bytes: Uint8Array): Promise<CollectingSink> {
  const sink = new CollectingSink();
  const blob = new Blob([new Uint8Array(bytes)]);
  try {
    await ufedXml.read(
      { name: 'report.xml', sizeBytes: blob.size, blob },
      { zone: 'Europe/London', region: 'GB', owner: null },
      sink,
      never
    );
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  sink.assertConserved();
  return sink;
}

describe('ufed-xml: conservation', () => {
  it('sees every item of any report once, and keeps, folds or refuses it', async () => {
    await fc.assert(
      fc.asyncProperty(models, async (list) => {
        const sink = await read(new TextEncoder().encode(reportXml({ models: list })));
        expect(sink.sum.seen).toBe(list.reduce((sum, model) => sum + itemsOf(model), 0));
        expect(sink.sum.refused).toBe(0);
      }),
      { numRuns: 150 }
    );
  });

  it('holds under any damage to the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        models,
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 60, 62, 34, 38, 47, 255, 65)), { maxLength: 3 }),
        fc.option(fc.nat()),
        async (list, damages, cut) => {
          const bytes = new TextEncoder().encode(reportXml({ models: list }));
          for (const [where, byte] of damages) bytes[where % bytes.length] = byte;
          await read(cut === null ? bytes : bytes.subarray(0, cut % bytes.length));
        }
      ),
      { numRuns: 300 }
    );
  });
});
