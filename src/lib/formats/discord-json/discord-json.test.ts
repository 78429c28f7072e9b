import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANA, DAN, discordExport, discordMessage } from '../../../../tests/fixtures/discord.ts';
import { bytesInput, jsonInput, readInto, zipOf } from '../../../../tests/fixtures/format-fixture.ts';
import { oddItem } from '../../../../tests/fixtures/odd-items.ts';
import type { ReadOptions } from '../contract.ts';
import { discordJson } from './index.ts';

const UNASKED: ReadOptions = { zone: null, region: 'GB', owner: null };
const read = (value: unknown, options = UNASKED) => readInto(discordJson, jsonInput('dm.json', value), options);

describe('discord-json', () => {
  it('keeps ids over 2^53 to the last digit', async () => {
    const zip = await zipOf('package.zip', {
      'messages/c1/messages.json': '[{"ID": 900719925474099345, "Timestamp": "2024-03-01 18:00:00", "Contents": "x"}]'
    });
    const sink = await readInto(discordJson, zip, UNASKED);
    expect(sink.messages[0]?.itemId).toBe('900719925474099345');
    expect(sink.messages[0]?.time).toEqual({ raw: '2024-03-01 18:00:00', utcMs: 1709316000000, basis: 'utc-by-spec' });
  });

  it('folds the same id with the same words, and keeps it with other words', async () => {
    const sink = await read(
      discordExport([discordMessage(1, ANA, 'a'), discordMessage(1, ANA, 'a'), discordMessage(1, ANA, 'b')])
    );
    expect(sink.sum.byKind.message).toEqual({ seen: 3, kept: 2, folded: 1, refused: 0 });
  });

  it('says where an export holds another number than it claims', async () => {
    const sink = await read(discordExport([discordMessage(1, DAN, 'a')], { messageCount: 2 }));
    expect(sink.findings).toMatchObject([
      { code: 'count-disagrees', message: 'dm.json says that it holds 2 messages and holds 1; what is there was read.' }
    ]);
  });

  it('reads a bare list of a package as JSON and as CSV alike', async () => {
    const rows = [{ ID: '900000000000000001', Timestamp: '2024-03-01 18:00:00', Contents: 'a, b', Attachments: '' }];
    const csv = 'ID,Timestamp,Contents,Attachments\n900000000000000001,2024-03-01 18:00:00,"a, b",\n';
    const [one, two] = [await read(rows), await readInto(discordJson, bytesInput('messages.csv', csv), UNASKED)];
    expect(two.messages[0]).toMatchObject({ body: 'a, b', itemId: '900000000000000001', place: { unit: 'row', offset: 2 } });
    expect({ ...two.messages[0], place: null, thread: null }).toEqual({ ...one.messages[0], place: null, thread: null });
  });

  it('conserves: seen = kept + folded + refused for any items', async () => {
    const item = oddItem({
      id: ['1', '2', '#900719925474099345#'],
      type: ['Default', 'Call', 'Reply', 'RecipientAdd'],
      timestamp: ['2024-03-01T18:00:00.000+00:00'],
      callEndedTimestamp: ['2024-03-01T18:01:00.000+00:00', '2020-01-01T00:00:00.000+00:00'],
      content: ['x', ''],
      author: [ANA, {}],
      attachments: [[{ url: 'https://x/y.png' }], [5]]
    });
    const row = oddItem({ ID: ['1', 2], Timestamp: ['2024-03-01 18:00:00'], Contents: ['x'], Attachments: ['https://x/y.png'] });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 6 }), fc.array(row, { maxLength: 6 }), async (messages, rows) => {
        const one = await read(discordExport(messages));
        expect(one.sum.byKind.message.seen + one.sum.byKind.call.seen).toBe(messages.length);
        expect((await read(rows)).sum.byKind.message.seen).toBe(rows.length);
      }),
      { numRuns: 150 }
    );
  });
});
