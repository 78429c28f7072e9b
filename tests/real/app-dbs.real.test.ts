/** kik-db, skype-db and viber-db against the databases of plaso's tests, counted by SQLite's own program. Skipped where they are absent. */
import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import init from '@sqlite.org/sqlite-wasm';
import { describe, expect, it } from 'vitest';
import { formatById } from '../../src/lib/formats/registry.ts';
import { recognise } from '../../src/lib/formats/recognise.ts';
import { NO_ABORT, readInto } from '../fixtures/format-fixture.ts';

const ROOT = new URL('../../../shared/samples/app_dbs/log2timeline+plaso/test_data/', import.meta.url).pathname;
const isHere = existsSync(ROOT);
if (!isHere) console.log('skipped: ../shared/samples/app_dbs is not there');

/** Rows of a table by SQLite itself. */
async function count(path: string, from: string): Promise<number> {
  const sqlite = await init();
  const bytes = new Uint8Array(readFileSync(path));
  // A copy in memory has no log, whatever the file was written with.
  bytes[18] = bytes[19] = 1;
  const db = new sqlite.oo1.DB(':memory:');
  const at = sqlite.wasm.allocFromTypedArray(bytes);
  sqlite.capi.sqlite3_deserialize(db, 'main', at, bytes.length, bytes.length, sqlite.capi.SQLITE_DESERIALIZE_FREEONCLOSE);
  try {
    return Number(db.selectValue(`SELECT count(*) FROM ${from}`));
  } finally {
    db.close();
  }
}

describe.skipIf(!isHere)('databases of apps', () => {
  it.each([
    [
      'ios/kik.sqlite',
      'kik-db',
      { messages: 'ZKIKMESSAGE', calls: null, contacts: "ZKIKUSER WHERE ZJID NOT LIKE '%@groups%'" },
      [60, 0, 24]
    ],
    ['sqlite/skype_main.db', 'skype-db', { messages: 'Messages', calls: 'Calls', contacts: 'Contacts' }, [15, 1, 2]],
    ['android/viber_data', 'viber-db', { messages: null, calls: 'calls', contacts: 'phonebookcontact' }, [0, 4, 5]]
  ] as const)('%s as %s', async (file, id, tables, golden) => {
    const path = join(ROOT, file);
    const blob = await openAsBlob(path);
    const input = { name: 'file.bin', sizeBytes: blob.size, blob };
    expect((await recognise(input, NO_ABORT)).recognised?.format.id).toBe(id);
    const sink = await readInto(formatById(id)!, input, { zone: null, region: 'US', owner: null });
    const counted = await Promise.all(
      [tables.messages, tables.calls, tables.contacts].map((from) => (from === null ? 0 : count(path, from)))
    );
    expect(counted).toEqual(golden);
    expect([sink.messages.length, sink.calls.length, sink.contacts.length]).toEqual(golden);
    expect(sink.sum.refused).toBe(0);
    expect([...sink.messages, ...sink.calls].every(({ time }) => time.utcMs !== null)).toBe(true);
  });

  it('gives the rows as the files hold them', async () => {
    const read = async (file: string, id: string) => {
      const blob = await openAsBlob(join(ROOT, file));
      return readInto(formatById(id)!, { name: 'x', sizeBytes: blob.size, blob }, { zone: null, region: 'US', owner: null });
    };
    const kik = await read('ios/kik.sqlite', 'kik-db');
    // ZTIMESTAMP 457273571.584834, sent in a chat and listed in a group as well.
    expect(kik.messages[1]).toMatchObject({
      body: 'Hello',
      to: [{ identifier: 'ken.doh_khv@talk.kik.com' }],
      direction: 'outgoing'
    });
    expect(new Date(kik.messages[1]?.time.utcMs ?? 0).toISOString()).toBe('2015-06-29T12:26:11.585Z');
    // Rows 9, 51 and 57 of ZKIKMESSAGE; row 8 is about the phone's own user, whom the file does not name.
    expect(
      kik.memberships.map(({ account, change, by, time }) => [account.name, change, by?.name, time.raw.slice(0, 9)])
    ).toEqual([
      ['Rofl Harris', 'joined', undefined, '457280214'],
      ['Sina Babadi', 'joined', undefined, '457280214'],
      ['Solid Snake', 'joined', undefined, '457280214'],
      ['Mark Jenkins', 'joined', 'Solid Snake', '457455142'],
      ['Rofl Harris', 'left', undefined, '457455787']
    ]);
    const skype = await read('sqlite/skype_main.db', 'skype-db');
    // Its message in the conversation has the time 13727168620; the text's own row has 1372716862.
    const sms = skype.messages.find(({ to }) => to[0]?.e164 === '+34123456789');
    expect(new Date(sms?.time.utcMs ?? 0).toISOString()).toBe('2013-07-01T22:14:22.000Z');
    expect(skype.calls[0]).toMatchObject({
      from: { identifier: 'gen.beringer' },
      to: [{ identifier: 'european.bbq.competitor' }],
      duration_s: 646
    });
    const viber = await read('android/viber_data', 'viber-db');
    expect(viber.calls.map(({ direction, isVideo, duration_s }) => [direction, isVideo, duration_s])).toEqual([
      ['incoming', false, 98],
      ['outgoing', false, 100],
      ['incoming', true, 95],
      ['outgoing', true, 105]
    ]);
  });
});
