import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import type { ReadOptions } from '../contract.ts';
import { recognise } from '../recognise.ts';
import { signalCsv } from './index.ts';

const OWNED: ReadOptions = { zone: null, region: 'GB', owner: { identifier: '+447700900010', name: 'Dan' } };
const HEADER = '_id,thread_id,address,date,date_sent,type,body';

describe('signal-csv', () => {
  it('reads directions from the lowest bits of the type', async () => {
    const rows = [20, 23, 10485780, 10485783, 7].map((type, i) => `${i},1,+447700900011,,170931600000${i},${type},x${i}`);
    const sink = await readInto(signalCsv, bytesInput('m.csv', [HEADER, ...rows].join('\n')), OWNED);
    expect(sink.messages.map((message) => message.direction)).toEqual([
      'incoming',
      'outgoing',
      'incoming',
      'outgoing',
      'unknown'
    ]);
    expect(sink.messages.map((message) => message.from?.e164)).toEqual([
      '+447700900011',
      '+447700900010',
      '+447700900011',
      '+447700900010',
      '+447700900011'
    ]);
    expect(sink.messages[0]?.place).toEqual({ path: '', offset: 2, unit: 'row' });
  });

  it('leaves other tables to their reader', async () => {
    const { recognised } = await recognise(
      bytesInput('m.csv', 'Date,From,To,Message\n2024-05-01 10:00:00,+447700900002,+447700900001,salut\n'),
      NO_ABORT
    );
    expect(recognised?.format.id).toBe('phone-csv');
  });

  it('conserves: seen = kept + folded + refused for any rows', async () => {
    const cell = fc.oneof(
      fc.constantFrom('1', '20', '1709316000000', '+447700900011', '"a, b"', '"', ''),
      fc.string({ maxLength: 5 }).map((text) => text.replace(/[\r\n]/g, ''))
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 9 }), { maxLength: 6 }), async (rows) => {
        const text = [HEADER, ...rows.map((cells) => cells.join(','))].join('\n');
        await readInto(signalCsv, bytesInput('m.csv', text), OWNED);
      }),
      { numRuns: 200 }
    );
  });
});
