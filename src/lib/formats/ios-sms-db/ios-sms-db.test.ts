import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packedText, propertyList } from '../../../../tests/fixtures/apple-packing.ts';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { bytesInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { IOS_COLUMNS, IOS_DB_FIXTURES, messagesDatabase } from '../../../../tests/fixtures/ios-db.ts';
import { databaseOf, type Cell } from '../../../../tests/fixtures/sqlite.ts';
import { SourceError } from '../../evidence/findings.ts';
import { MessageState } from '../../evidence/records.ts';
import { placeCocoa } from '../time/evidence-time.ts';
import { earlierTexts } from './edits.ts';
import { iosSmsDb } from './index.ts';
import { readPropertyList } from '../container/property-list.ts';
import { attributedText } from './typed-stream.ts';

const OPEN = { zone: null, region: 'GB', owner: null } as const;

describe('ios-sms-db', () => {
  it('reads packed texts, answers, reactions, edits with what was said before, and what was taken back', async () => {
    const sink = await readInto(iosSmsDb, await IOS_DB_FIXTURES[0]!.input(), OPEN);
    const of = (guid: string) => sink.messages.find((message) => message.itemId === guid);
    const details = (guid: string) => Object.fromEntries(sink.generics.find((one) => one.itemId === guid)?.fields ?? []);
    expect(of('G2')).toMatchObject({ body: 'vin la 6 😀 '.repeat(15), direction: 'outgoing', from: { e164: '+447700900001' } });
    expect(details('G2')).toMatchObject({ 'in reply to': 'G1' });
    expect((of('G4')?.state ?? 0) & MessageState.reaction).not.toBe(0);
    expect(details('G5')).toMatchObject({
      'text 1 of part 0, 2024-03-01T10:06:00.500Z': 'la 6',
      'text 2 of part 0, 2024-03-01T10:07:00.250Z': 'la 7'
    });
    expect((of('G6')?.state ?? 0) & MessageState.deletedByUser).not.toBe(0);
    expect(of('G3')).toMatchObject({ body: 'poza\n\nuite', attachments: [{ name: 'IMG_0001.HEIC', sizeBytes: 1234567 }] });
    // Deleted lately, and still there: the app's own list says so.
    expect((of('G12')?.state ?? 0) & (MessageState.deletedByUser | MessageState.voiceNote)).toBe(
      MessageState.deletedByUser | MessageState.voiceNote
    );
    expect(of('G5')?.thread).toMatchObject({ key: 'chat4711', name: 'Fabrica', isGroup: true });
    expect(sink.accounts.map(({ account }) => `${account.service} ${account.identifier}`)).toEqual([
      'imessage +447700900001',
      'imessage me@example.org',
      'sms +447700900001'
    ]);
  });

  it('asks whose phone it is only where the database does not say', async () => {
    const probe = await iosSmsDb.probe(await IOS_DB_FIXTURES[0]!.input(), OPEN, NO_ABORT);
    expect(probe.questions).toEqual([]);
    expect(probe.facts[0]).toMatchObject({ code: 'sqlite-databases' });
    const bare = await databaseOf({
      ...messagesDatabase(),
      after: ["UPDATE chat SET account_login = '', last_addressed_handle = ''"]
    });
    const asked = await iosSmsDb.probe(bytesInput('sms.db', bare.bytes), OPEN, NO_ABORT);
    expect(asked.questions.map((question) => question.kind)).toEqual(['owner']);
  });

  it('names people by the address book of the same backup', async () => {
    const fixture = IOS_DB_FIXTURES[1]!;
    const sink = await readInto(iosSmsDb, await fixture.input(), fixture.options);
    expect(sink.contacts.map((contact) => contact.name)).toEqual(['Ana Pop', 'Fabrica SRL']);
    expect(sink.messages[0]?.from).toMatchObject({ identifier: '+447700900012', name: 'Ana Pop' });
  });

  it('conserves: seen = kept + folded + refused for any rows and any damage', async () => {
    const cell = fc.oneof(
      fc.constantFrom<Cell>(null, '', 0, 1, 2, 3, 9, 2000, 'iMessage', 'SMS', 730980000, 730980000000000000n, 'chat4711'),
      fc.string({ maxLength: 6 }).map((text) => packedText(text.toWellFormed())),
      fc.uint8Array({ maxLength: 6 })
    );
    const row = fc.array(cell, { minLength: IOS_COLUMNS.length - 1, maxLength: IOS_COLUMNS.length - 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 10 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        async (rows, damages) => {
          const recipe = messagesDatabase(['message', IOS_COLUMNS, rows.map((cells, i) => [`G${i}`, ...cells])]);
          const file = (await databaseOf(recipe)).bytes.slice();
          for (const [at, byte] of damages) file[at % file.length] = byte;
          const sink = new CollectingSink();
          try {
            await iosSmsDb.read(bytesInput('sms.db', file), OPEN, sink, NO_ABORT);
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

describe('packed texts', () => {
  it('gives the text that went in, long or short, and null for any other bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.boolean(), (text, isMutable) => {
        const well = text.toWellFormed();
        expect(attributedText(packedText(well, isMutable))).toEqual({ text: well, isDamaged: false });
      })
    );
    fc.assert(
      fc.property(fc.nat(120), fc.nat(255), (at, byte) => {
        const packed = packedText('salut', true);
        packed[at % packed.length] = byte;
        const text = attributedText(packed);
        expect(text === null || typeof text.text === 'string').toBe(true);
      })
    );
    // A length that is too great: up to the end of the object.
    const long = packedText('salut');
    long[long.indexOf(0x2b) + 1] = 0x7f;
    expect(attributedText(long)).toEqual({ text: 'salut', isDamaged: true });
    expect(attributedText(Uint8Array.of())).toBeNull();
    expect(attributedText(packedText('salut').subarray(0, 40))).toBeNull();
  });

  it('reads property lists, and no ring of references for ever', () => {
    const list = propertyList({ a: [1, 'x', true], b: { c: 0.5 } });
    expect(readPropertyList(list)).toEqual(
      new Map<string, unknown>([
        ['a', [1, 'x', true]],
        ['b', new Map([['c', 0.5]])]
      ])
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), (damages) => {
        const damaged = propertyList({ ec: { '0': [{ t: packedText('x'), d: 1 }] }, l: ['a'.repeat(20), [[[]]]] });
        for (const [at, byte] of damages) damaged[at % damaged.length] = byte;
        expect(Array.isArray(earlierTexts(damaged))).toBe(true);
      })
    );
  });

  it('places times since 2001 in seconds and nanoseconds', () => {
    expect(placeCocoa('730980000').utcMs).toBe(Date.UTC(2024, 2, 1, 10));
    expect(placeCocoa('730980000123456789').utcMs).toBe(Date.UTC(2024, 2, 1, 10) + 123);
    expect(placeCocoa('730980000.5').utcMs).toBe(Date.UTC(2024, 2, 1, 10) + 500);
    for (const odd of ['', 'x', '-63114076800', '99999999999']) expect(placeCocoa(odd).utcMs).toBeNull();
  });
});
