import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { databaseOf, type Cell, type DatabaseRecipe } from '../../../../tests/fixtures/sqlite.ts';
import { ANDROID_MESSAGE, VIBER_ANDROID, VIBER_DESKTOP, VIBER_FIXTURES, VIBER_IOS } from '../../../../tests/fixtures/viber.ts';
import type { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { MessageState } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { recognise } from '../recognise.ts';
import { viberDb } from './index.ts';
import { InfoReader } from './message-info.ts';

const OPTIONS: ReadOptions = { zone: null, region: 'GB', owner: null };

async function read(name: string, options?: ReadOptions): Promise<CollectingSink> {
  const fixture = VIBER_FIXTURES.find((one) => one.name === name)!;
  return readInto(viberDb, await fixture.input(), options ?? fixture.options);
}

const has = (state: number | undefined, bit: number): boolean => ((state ?? 0) & bit) !== 0;
/** Fields of the record that stands at a message's place. */
const detailsOf = (sink: CollectingSink, offset: number): Record<string, string> =>
  Object.fromEntries(
    sink.generics.find(({ type, place }) => type === 'viber message details' && place.offset === offset)?.fields ?? []
  );
/** Fields of the records about a message by its token. */
const about = (sink: CollectingSink, type: string): Record<string, string>[] =>
  sink.generics.filter((one) => one.type === type).map(({ fields }) => Object.fromEntries(fields));

describe('Viber: messages', () => {
  it.each([
    ['Android', VIBER_ANDROID],
    ['iOS', VIBER_IOS],
    ['the desktop', VIBER_DESKTOP]
  ])('are recognised by the tables of %s', async (_where, recipe) => {
    const { bytes } = await databaseOf(recipe);
    expect((await recognise(bytesInput('file.bin', bytes), NO_ABORT)).recognised?.format.id).toBe('viber-db');
  });

  it('of three devices in one conversation have one thread, one id and one time', async () => {
    for (const sink of [await read('android'), await read('ios'), await read('desktop')]) {
      const answer = sink.messages.find(({ body }) => body === 'da');
      expect(answer).toMatchObject({
        direction: 'outgoing',
        from: { e164: '+447700900118' },
        to: [{ e164: '+447700900123' }],
        itemId: '5850000000000000061',
        thread: { key: '+447700900123', isGroup: false }
      });
      expect(Math.floor((answer?.time.utcMs ?? 0) / 1000)).toBe(1_709_316_060);
      expect(answer?.time.basis).toBe('utc-by-spec');
      expect(detailsOf(sink, answer!.place.offset)).toMatchObject({
        'in reply to': '5850000000000000001',
        'text replied to': 'vii maine?'
      });
      const group = sink.messages.find(({ thread }) => thread.isGroup)?.thread;
      expect(group).toMatchObject({ key: '5700000000000000007', name: 'House' });
      expect(group?.members.map(({ identifier }) => identifier)).toEqual(
        expect.arrayContaining(['+447700900118', '+447700900123', '+447700900124'])
      );
    }
  });

  it('tell what was deleted, forwarded, spoken and shared', async () => {
    const [android, ios, desktop] = [await read('android'), await read('ios'), await read('desktop')];
    const at = (sink: CollectingSink, row: number) => sink.messages.find(({ place }) => place.offset === row)?.state;
    expect([at(android, 6), at(ios, 6), at(desktop, 5)].every((state) => has(state, MessageState.tombstone))).toBe(true);
    // Hidden by the app, and still there.
    expect(android.messages.find(({ body }) => body === 'ascuns')?.state).toBe(MessageState.deletedByUser);
    expect(has(at(ios, 8), MessageState.deletedByUser)).toBe(true);
    expect([at(ios, 8), at(desktop, 8)].every((state) => has(state, MessageState.forwarded))).toBe(true);
    expect([at(android, 9), at(ios, 4)].every((state) => has(state, MessageState.voiceNote))).toBe(true);
    expect(has(at(android, 7), MessageState.reaction)).toBe(true);
    for (const sink of [android, ios, desktop])
      expect(sink.locations).toMatchObject([{ kind: 'shared', latitude_deg: 51.499, longitude_deg: -0.124 }]);
    // Where the sender of another message was is no shared position.
    expect(detailsOf(android, 5)).toMatchObject({ location_lat: '515000000', likes_count: '2', my_reaction: '1' });
    expect(detailsOf(desktop, 3)).toMatchObject({ ContactLatitude: '515000000' });
  });

  it('keep wordings and reactions of a row of their own with the message that they are about', async () => {
    const [ios, desktop] = [await read('ios'), await read('desktop')];
    expect(about(ios, 'viber edit')).toEqual([
      { message: '5850000000000000001', 'edited text': 'poimaine', 'edited at': '731009160' }
    ]);
    expect(about(desktop, 'viber edit')).toMatchObject([{ message: '5850000000000000001', 'edited text': 'poimaine?' }]);
    expect(has(desktop.messages[0]?.state, MessageState.edited)).toBe(true);
    expect(about(ios, 'viber reaction')).toEqual([
      { message: '5850000000000000061', reaction: '2', from: 'Ana P' },
      { message: '5850000000000000001', reaction: '🙏', from: '+447700900118' }
    ]);
    expect(about(desktop, 'viber reaction')).toEqual([{ message: '5850000000000000061', reaction: '1', from: 'Ana' }]);
  });

  it('name files, and say where one is not there', async () => {
    const [android, ios, desktop] = [await read('android'), await read('ios'), await read('desktop')];
    expect(android.messages.flatMap(({ attachments }) => attachments)).toEqual([
      { name: 'IMG-1-V.jpg', path: 'content://media/external/images/77/IMG-1-V.jpg' }
    ]);
    expect(ios.messages.flatMap(({ attachments }) => attachments)).toEqual([
      { name: 'IMG_1.jpg', contentType: 'image/jpeg', sizeBytes: 77_000 },
      { name: 'voice.m4a', sizeBytes: 4096 }
    ]);
    expect(has(ios.messages.at(-1)?.state, MessageState.mediaOmitted)).toBe(true);
    expect(desktop.messages[2]).toMatchObject({
      body: 'casa',
      attachments: [{ name: 'casa.jpg', contentType: 'image/jpeg', sizeBytes: 80_000 }]
    });
  });

  it('give calls of a conversation, and those that no message shows', async () => {
    const told = (sink: CollectingSink) =>
      sink.calls.map(({ direction, outcome, isVideo, duration_s }) => [direction, outcome, isVideo, duration_s]);
    expect(told(await read('android'))).toEqual([
      ['outgoing', 'answered', true, 100],
      ['incoming', 'missed', false, null]
    ]);
    expect(told(await read('ios'))).toEqual([
      ['outgoing', 'answered', true, 61],
      ['incoming', 'missed', false, null],
      ['incoming', 'answered', false, 30]
    ]);
  });

  it('take the own account from the marks of the database, and ask where there are none', async () => {
    for (const [name, why] of [
      ['android', 'viber-owner-marked'],
      ['desktop', 'viber-owner-writes']
    ] as const) {
      const sink = await read(name);
      expect(sink.accounts).toMatchObject([{ isOwner: true, account: { identifier: '+447700900118' } }]);
      expect(sink.findings.map(({ sentence }) => sentence.code)).toContain(why);
    }
    const input = await VIBER_FIXTURES.find(({ name }) => name === 'ios')!.input();
    expect((await viberDb.probe(input, OPTIONS, NO_ABORT)).questions.map(({ kind }) => kind)).toEqual(['owner']);
    // The officer's word goes before the marks.
    const other = await read('android', { ...OPTIONS, owner: { identifier: '07700900124', name: '' } });
    expect(other.messages[0]?.to).toMatchObject([{ identifier: '+447700900124' }]);
    expect(other.accounts).toMatchObject([{ isOwner: false }]);
  });

  it('of a zip have the names of the address book, the log, and a call told twice once', async () => {
    const sink = await read('android-zip');
    expect(sink.messages.at(-1)).toMatchObject({ body: 'ultimul', from: { name: 'Ana' } });
    expect(sink.findings.map(({ sentence }) => sentence.code)).toContain('sqlite-wal-read');
    // Row 31 of messages is row 2 of calls, which has the same second.
    expect(sink.calls.map(({ place }) => `${place.path.split('/').at(-1)} ${place.offset}`)).toEqual([
      'calls 1',
      'calls 2',
      'calls 3',
      'messages 11',
      'messages 12'
    ]);
    expect(sink.sum.byKind.call).toMatchObject({ folded: 1 });
  });

  it('tell kinds that are not known here, each once', async () => {
    for (const [name, kind] of [
      ['android', '1000'],
      ['ios', 'lens'],
      ['desktop', '88']
    ] as const) {
      const note = (await read(name)).findings.find(({ sentence }) => sentence.code === 'viber-kind-unknown');
      expect(note).toMatchObject({ code: 'unknown-type', sentence: { values: { kind, times: 1 } } });
    }
    const rows = Array.from({ length: 60 }, (_, i) => [i + 1, 1, 1, 1_709_316_000_000 + i, 0, 'x', 2000 + i]);
    const columns = ['_id', 'conversation_id', 'participant_id', 'msg_date', 'send_type', 'body', 'extra_mime'];
    const { bytes } = await databaseOf({ schema: VIBER_ANDROID.schema, rows: [['messages', columns, rows]] });
    const { findings, messages } = await readInto(viberDb, bytesInput('x', bytes), OPTIONS);
    expect(messages).toHaveLength(60);
    expect(findings.filter(({ sentence }) => sentence.code === 'viber-kind-unknown')).toHaveLength(41);
  });

  it('of a damaged file carry the mark of it', async () => {
    const { bytes } = await databaseOf({
      ...VIBER_ANDROID,
      rows: [
        ...(VIBER_ANDROID.rows ?? []).filter(([table]) => table !== 'messages'),
        [
          'messages',
          ['_id', ...ANDROID_MESSAGE],
          Array.from({ length: 60 }, (_, i) => [
            i + 1,
            ...ANDROID_MESSAGE.map((column): Cell => {
              const held: Record<string, Cell> = {
                conversation_id: 1,
                participant_id: 1,
                msg_date: 1_709_316_000_000 + i,
                send_type: 0,
                body: `mesajul ${i} ${'x'.repeat(60)}`
              };
              return held[column] ?? null;
            })
          ])
        ]
      ]
    });
    const damaged = bytes.slice();
    // The head of the last leaf.
    const leaf = damaged.length - 1024;
    damaged.fill(0xff, leaf, leaf + 8);
    const sink = await readInto(viberDb, bytesInput('viber_messages', damaged), OPTIONS);
    expect(sink.messages.length).toBeGreaterThan(30);
    expect(sink.messages.some(({ state }) => has(state, MessageState.partial))).toBe(true);
    expect(sink.findings.map(({ code }) => code)).toContain('damaged-database');
  });
});

describe('Viber: what stands beside a message', () => {
  it('goes on after a text that is no JSON', () => {
    const reader = new InfoReader();
    expect(reader.read('Info', '{"a": 1').details).toEqual([['Info', '{"a": 1']]);
    expect(reader.read('Info', '{"a": }').details).toEqual([['Info', '{"a": }']]);
    expect(reader.read('Info', '{"a": 1} {').details).toEqual([['Info', '{"a": 1} {']]);
    expect(reader.read('Info', '{"a": 1} {"b": 2}').details).not.toEqual([]);
    expect(reader.read('Info', '{"quote": {"token": 9007199254740993}}').details).toEqual([['in reply to', '9007199254740993']]);
    expect(reader.read('Info', '{}').details).toEqual([]);
  });
});

describe('Viber: the sum', () => {
  /** Tables whose every row is an item. */
  const ITEMS: ReadonlySet<string> = new Set([
    'participants_info',
    'messages',
    'ZABCONTACT',
    'ZMEMBER',
    'ZVIBERMESSAGE',
    'ZLIKE',
    'Contact',
    'Messages'
  ]);

  it.each([
    ['Android', VIBER_ANDROID],
    ['iOS', VIBER_IOS],
    ['the desktop', VIBER_DESKTOP]
  ])('holds for random tables of %s', { timeout: 120_000 }, async (_where, recipe) => {
    const cell = fc.constantFrom<Cell>(
      null,
      0,
      1,
      2,
      5,
      1002,
      1008,
      731_008_800,
      1_709_316_000_000,
      5_850_000_000_000_000_001n,
      'x',
      'received',
      'incoming',
      'systemCallLog',
      '+447700900123',
      '',
      '{"edit":{"token":1}}',
      '{"quote":'
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 20, maxLength: 20 }), { maxLength: 6 }), async (rows) => {
        const made: DatabaseRecipe = {
          schema: recipe.schema.map((statement) => statement.replaceAll(/ NOT NULL|, PRIMARY KEY \(\w+, \w+\)/g, '')),
          rows: (recipe.rows ?? []).map(
            ([table, columns]) =>
              [
                table,
                columns,
                rows.map((cells, i) => columns.map((_, at) => (at === 0 ? i + 1 : (cells[at % cells.length] ?? null))))
              ] as const
          )
        };
        const sink = await readInto(viberDb, bytesInput('x', (await databaseOf(made)).bytes), OPTIONS);
        const { seen, kept, folded, refused } = sink.sum;
        expect(seen).toBe(kept + folded + refused);
        const beside = sink.generics.filter(({ type }) => type.endsWith(' details')).length + sink.locations.length;
        const tables = (recipe.rows ?? []).filter(([table]) => ITEMS.has(table)).length;
        // Calls that no message shows are items as well.
        expect(seen - beside).toBeGreaterThanOrEqual(tables * rows.length);
        expect(seen - beside).toBeLessThanOrEqual((tables + 1) * rows.length);
      }),
      { numRuns: 40 }
    );
  });
});
