import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SMS_COLUMNS, smsDatabase, ANDROID_DB_FIXTURES } from '../../../../tests/fixtures/android-db.ts';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { bytesInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { databaseOf, type Cell } from '../../../../tests/fixtures/sqlite.ts';
import { SourceError } from '../../evidence/findings.ts';
import { MessageState } from '../../evidence/records.ts';
import { androidMmssmsDb } from './index.ts';

const OWNED = { zone: null, region: 'GB', owner: { identifier: '07700900001', name: 'Me' } } as const;
const fixture = (name: string) => ANDROID_DB_FIXTURES.find((one) => one.name === name)!;

describe('android-mmssms-db', () => {
  it('reads the newest messages from the log alone, and says which log that was', async () => {
    const whole = await readInto(androidMmssmsDb, await fixture('with-log').input(), OWNED);
    const { name, sizeBytes, blob } = await fixture('with-log').input();
    const alone = await readInto(androidMmssmsDb, { name, sizeBytes, blob }, OWNED);
    expect([whole.messages.length - alone.messages.length, whole.codes.includes('log-read')]).toEqual([3, true]);
    expect(whole.findings.find((finding) => finding.code === 'log-read')?.message).toMatch(/SHA-256 [0-9a-f]{64}/);
    expect(alone.findings.map((finding) => finding.message).join()).toContain('none was handed in');
  });

  it('files a group under its members, from sms and pdu alike', async () => {
    const sink = await readInto(androidMmssmsDb, await fixture('mmssms').input(), OWNED);
    const groups = sink.messages.filter((message) => message.thread.isGroup);
    expect(new Set(groups.map((message) => message.thread.key))).toEqual(new Set(['+447700900012 +447700900013']));
    expect(groups.map((message) => message.place.path).sort()).toEqual(['pdu', 'pdu', 'pdu', 'sms']);
    expect(sink.messages.find((message) => message.itemId === 'mms-1@example')).toMatchObject({
      body: 'Poeză\n\nuite poza',
      from: { e164: '+447700900012' },
      attachments: [{ name: 'IMG_1.jpg', contentType: 'image/jpeg' }]
    });
  });

  it('marks the rows of a damaged file as partial and keeps reading', async () => {
    const rows = Array.from({ length: 200 }, (_, i): Cell[] => [
      1,
      '07700900012',
      1709316000000 + i,
      0,
      1,
      0,
      1,
      `text ${i}`,
      null,
      0
    ]);
    const { bytes } = await databaseOf({ ...smsDatabase(rows, []) });
    const damaged = bytes.slice();
    const leaf = bytes.findIndex((_, at) => at % 1024 === 0 && at > 12 * 1024 && bytes[at] === 13);
    damaged.fill(0, leaf, leaf + 1024);
    const sink = await readInto(androidMmssmsDb, bytesInput('mmssms.db', damaged), OWNED);
    expect(sink.messages.length).toBeGreaterThan(100);
    expect(sink.messages.length).toBeLessThan(200);
    expect(sink.messages.every((message) => (message.state & MessageState.partial) !== 0)).toBe(true);
    expect(sink.codes).toContain('damaged-database');
  });

  it('conserves: seen = kept + folded + refused for any rows and any damage', async () => {
    const cell = fc.oneof(
      fc.constantFrom<Cell>(null, '', 0, 1, 2, 3, '1', 'x', '+447700900012', 1709316000123, -1, 2n ** 60n),
      fc.string({ maxLength: 8 }).map((text) => text.toWellFormed()),
      fc.uint8Array({ maxLength: 4 })
    );
    const row = fc.array(cell, { minLength: SMS_COLUMNS.length, maxLength: SMS_COLUMNS.length });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        async (rows, damages) => {
          const { bytes } = await databaseOf(smsDatabase(rows));
          const file = bytes.slice();
          for (const [at, byte] of damages) file[at % file.length] = byte;
          const sink = new CollectingSink();
          try {
            await androidMmssmsDb.read(bytesInput('mmssms.db', file), OWNED, sink, NO_ABORT);
          } catch (error) {
            if (!(error instanceof SourceError)) throw error;
          }
          sink.assertConserved();
          if (damages.length === 0) expect(sink.sum.byKind.message.seen).toBe(rows.length + 4);
        }
      ),
      { numRuns: 80 }
    );
  });
});
