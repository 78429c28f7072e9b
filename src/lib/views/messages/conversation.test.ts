import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageState } from '$lib/evidence/records.ts';
import { messageRowOf } from '../../../../tests/fixtures/message-row.ts';
import { clockIn } from '../filter/clock.ts';
import { rowContext, stretchAround, STRETCH_ROWS } from './conversation.ts';
import { narrowedTo, withoutThis } from './filter-to.ts';

const london = clockIn('Europe/London');
const MINUTE = 60_000;
const row = messageRowOf();
const at = row.utcMs as number;

describe('a row after another', () => {
  it.each([
    ['the same sender a minute later', { utcMs: at + MINUTE }, { isNewDay: false, isNewThread: false, follows: true }],
    ['the same sender an hour later', { utcMs: at + 60 * MINUTE }, { isNewDay: false, isNewThread: false, follows: false }],
    ['another sender', { fromParty: 5, fromLabel: 'Ilie' }, { isNewDay: false, isNewThread: false, follows: false }],
    ['another conversation', { threadId: 3 }, { isNewDay: false, isNewThread: true, follows: false }],
    ['past midnight in London', { utcMs: Date.UTC(2025, 4, 3, 23, 0) }, { isNewDay: true, isNewThread: false, follows: false }],
    ['without a time', { utcMs: null }, { isNewDay: false, isNewThread: false, follows: false }]
  ])('%s', (_, change, expected) => expect(rowContext(row, messageRowOf(change), london)).toEqual(expected));
});

describe('the stretch that is laid out', () => {
  it('holds the place, whatever the set', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), fc.nat(), (total, seed) => {
        const index = seed % total;
        const { start, count } = stretchAround(index, total);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(index).toBeGreaterThanOrEqual(start);
        expect(index).toBeLessThan(start + count);
        expect(start + count).toBeLessThanOrEqual(total);
        expect(count).toBeLessThanOrEqual(STRETCH_ROWS);
      })
    );
  });
});

describe('filter to this', () => {
  it('takes the part that the cell stands for and leaves the rest', () => {
    const filter = { languages: ['ron'], parties: [1, 2] };
    expect(narrowedTo(filter, 'from', row, london)).toEqual({ languages: ['ron'], parties: [4] });
    expect(narrowedTo({ ...filter, partySide: 'to' }, 'from', row, london)).toEqual({ languages: ['ron'], parties: [4] });
    expect(narrowedTo(filter, 'original', row, london)).toEqual({ languages: ['ron'], parties: [1, 2], threads: [2] });
    expect(narrowedTo({}, 'time', row, london)).toEqual({
      time: { fromMs: Date.UTC(2025, 4, 2, 23), toMs: Date.UTC(2025, 4, 3, 23) }
    });
    const inUtc = { time: { fromMs: Date.UTC(2025, 4, 3), toMs: Date.UTC(2025, 4, 4) } };
    expect(narrowedTo({}, 'time', row, clockIn('UTC'))).toEqual(inUtc);
    expect(narrowedTo({}, 'state', messageRowOf({ state: MessageState.edited }), london)).toEqual({
      states: MessageState.edited
    });
  });

  it('does nothing where the cell is empty', () => {
    expect(narrowedTo({}, 'from', messageRowOf({ fromParty: null }), london)).toBeNull();
    expect(narrowedTo({}, 'time', messageRowOf({ utcMs: null }), london)).toBeNull();
    expect(withoutThis({}, 'time', row)).toBeNull();
  });

  it('leaves out once and stays so', () => {
    const once = withoutThis({ parties: [4] }, 'from', row);
    expect(once).toEqual({ not: { parties: [4] } });
    expect(withoutThis(once ?? {}, 'from', row)).toEqual(once);
  });
});
