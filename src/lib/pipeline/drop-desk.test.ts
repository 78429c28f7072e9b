import { describe, expect, it } from 'vitest';
import { NO_ABORT, zipOf } from '../../../tests/fixtures/format-fixture.ts';
import { surveyDrop } from '../formats/drop/survey.ts';
import { openPart } from './drop-desk.ts';

const TABLE = 'Date,From,To,Message\n2024-05-01 10:00:00,+447700900002,+447700900001,salut\n';
const CHAT = '[03/05/2025, 14:02:11] Ana: vii maine?\n[21/05/2025, 14:03:40] Dan: da\n';
const SHA = 'ab'.repeat(32);

describe('a source inside what was dropped', () => {
  it('keeps the name of its card: dropped zip, zips on the way, path, each once', async () => {
    const inner = await zipOf('inner.zip', { 'one.csv': TABLE, 'ana/_chat.txt': CHAT });
    const dropped = await zipOf('case.zip', {
      'tables/one.csv': TABLE,
      'dan/_chat.txt': CHAT,
      'more/inner.zip': new Uint8Array(await inner.blob.arrayBuffer())
    });
    const { items } = await surveyDrop([dropped], () => Promise.resolve(SHA), NO_ABORT);
    expect(items.map(({ name }) => name).sort()).toEqual([
      'case.zip/dan/_chat.txt',
      'case.zip/more/inner.zip/ana/_chat.txt',
      'case.zip/more/inner.zip/one.csv',
      'case.zip/tables/one.csv'
    ]);
    for (const { name, inside } of items) {
      const input = await openPart(dropped.blob, name, { inside: inside! }, NO_ABORT);
      expect(input.name).toBe(name);
    }
  });

  it('is refused by the name of what was dropped where the way is gone', async () => {
    const dropped = await zipOf('case.zip', { 'tables/one.csv': TABLE });
    const inside = { sha256Hex: SHA, zips: [], path: 'tables/two.csv', beside: [], hides: null };
    await expect(openPart(dropped.blob, 'case.zip/tables/two.csv', { inside }, NO_ABORT)).rejects.toMatchObject({
      name: 'SourceError',
      file: 'case.zip'
    });
  });
});
