import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { bytesInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { databaseOf, type Cell } from '../../../../tests/fixtures/sqlite.ts';
import { NEW_COLUMNS, newDatabase, WHATSAPP_DB_FIXTURES } from '../../../../tests/fixtures/whatsapp-db.ts';
import { SourceError } from '../../evidence/findings.ts';
import { MessageState } from '../../evidence/records.ts';
import { whatsappDb } from './index.ts';

const read = async (name: string) => {
  const fixture = WHATSAPP_DB_FIXTURES.find((one) => one.name === name)!;
  return readInto(whatsappDb, await fixture.input(), fixture.options);
};

describe('whatsapp-db on Android', () => {
  it('reads answers, media, revoked and edited messages, places, calls; a private id is the number that it maps to', async () => {
    const sink = await read('android');
    const of = (id: string) => sink.messages.find((message) => message.itemId === id);
    const details = (id: string) => Object.fromEntries(sink.generics.find((one) => one.itemId === id)?.fields ?? []);
    expect(of('K2')).toMatchObject({
      direction: 'outgoing',
      state: MessageState.sent | MessageState.delivered | MessageState.read
    });
    expect(details('K2')).toMatchObject({ 'in reply to': 'K1', 'text replied to': 'salut 😀' });
    expect(of('K3')).toMatchObject({
      from: { identifier: '+447700900012', e164: '+447700900012' },
      body: 'uite',
      attachments: [{ contentType: 'image/jpeg', sizeBytes: 42073, sha256Hex: expect.stringMatching(/^9f86d081/) as string }]
    });
    expect((of('K4')?.state ?? 0) & MessageState.voiceNote).not.toBe(0);
    expect((of('K5')?.state ?? 0) & MessageState.tombstone).not.toBe(0);
    expect((of('K6')?.state ?? 0) & MessageState.edited).not.toBe(0);
    expect((of('K10')?.state ?? 0) & MessageState.mediaOmitted).not.toBe(0);
    expect(sink.locations).toMatchObject([{ latitude_deg: 51.5, longitude_deg: -0.12, label: 'Gara, Str. 1' }]);
    expect(sink.generics.find((one) => one.type === 'whatsapp reaction')?.fields).toEqual([
      ['message', 'K2'],
      ['reaction', '👍'],
      ['from', '447700900013@s.whatsapp.net'],
      ['timestamp', '1709316001500']
    ]);
    expect(sink.calls.map(({ outcome, duration_s, isVideo }) => [outcome, duration_s, isVideo])).toEqual([
      ['answered', 65, false],
      ['missed', 0, true]
    ]);
    expect(
      of('K3')
        ?.thread.members.map((member) => member.identifier)
        .sort()
    ).toEqual(['+447700900001', '+447700900012', '+447700900013']);
  });

  it("folds the copies of yesterday's backup and reads the log beside the database of today", async () => {
    const sink = await read('android-zip');
    expect(sink.messages.map((message) => message.itemId)).toEqual(expect.arrayContaining(['K1', 'K2', 'K20']));
    expect(sink.sum.byKind.message).toMatchObject({ seen: 5, kept: 3, folded: 2 });
    expect(sink.messages[0]?.from).toMatchObject({ name: 'Ana Pop' });
    expect(sink.contacts.map((contact) => contact.name)).toEqual(['Ana Pop', 'Taxi']);
  });

  it('conserves: seen = kept + folded + refused for any rows and any damage', async () => {
    const cell = fc.oneof(
      fc.constantFrom<Cell>(0, 1, 2, 5, 7, 13, 15, 1709316000000, -1, 2n ** 60n, '', 'K1'),
      fc.string({ maxLength: 6 }).map((text) => text.toWellFormed()),
      fc.uint8Array({ maxLength: 4 })
    );
    const row = fc.array(cell, { minLength: NEW_COLUMNS.length, maxLength: NEW_COLUMNS.length });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 10 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        async (rows, damages) => {
          const file = (await databaseOf(newDatabase(rows))).bytes.slice();
          for (const [at, byte] of damages) file[at % file.length] = byte;
          const sink = new CollectingSink();
          const options = { zone: null, region: 'GB', owner: null };
          try {
            await whatsappDb.read(bytesInput('msgstore.db', file), options, sink, NO_ABORT);
          } catch (error) {
            if (!(error instanceof SourceError)) throw error;
          }
          sink.assertConserved();
          if (damages.length === 0) expect(sink.sum.byKind.message.seen).toBe(rows.length);
        }
      ),
      { numRuns: 60 }
    );
  });
});

describe('whatsapp-db of other times and phones', () => {
  it('reads the one table of before 2022', async () => {
    const sink = await read('android-old');
    expect(sink.messages.map(({ itemId, body }) => [itemId, body])).toEqual([
      ['O1', 'salut'],
      ['O2', 'da'],
      ['O3', 'uite'],
      ['O4', ''],
      ['O5', ''],
      ['O6', ''],
      ['O7', 'Fabrica']
    ]);
    expect(sink.messages[2]).toMatchObject({ from: { e164: '+447700900013' }, thread: { name: 'Fabrica', isGroup: true } });
  });

  it('reads iOS with its own clock, and takes as owner whom the incoming messages are addressed to', async () => {
    const sink = await read('ios-zip');
    expect(sink.messages[0]).toMatchObject({
      from: { identifier: '+447700900012', name: 'Ana Pop' },
      to: [{ identifier: '+447700900001' }],
      time: { utcMs: Date.UTC(2024, 2, 1, 10) }
    });
    expect(sink.accounts).toMatchObject([{ account: { identifier: '+447700900001' }, isOwner: true }]);
    expect(sink.messages.find((message) => message.itemId === '3A03')).toMatchObject({
      body: 'uite',
      attachments: [{ name: 'd0.jpg', contentType: 'image/jpeg' }]
    });
    expect(sink.generics.find((one) => one.itemId === '3A02')?.fields).toContainEqual(['in reply to', '3A01']);
    expect(sink.calls).toMatchObject([
      { direction: 'outgoing', outcome: 'answered', duration_s: 95, to: [{ identifier: '+447700900012' }] },
      { direction: 'incoming', outcome: 'missed', isVideo: true }
    ]);
  });
});
