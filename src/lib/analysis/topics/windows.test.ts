import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conversationWindows, type MessageStream, type Windows } from './windows.ts';

const MINUTE = 60_000;

function stream(rows: readonly { thread?: number; minute: number; text?: string }[]): MessageStream {
  return {
    count: rows.length,
    thread: Uint32Array.from(rows, (row) => row.thread ?? 0),
    utcMs: Float64Array.from(rows, (row) => row.minute * MINUTE),
    textOf: (row) => rows[row]!.text ?? `text ${row}`
  };
}

function groups(windows: Windows): number[][] {
  return Array.from({ length: windows.count }, (_, w) => [...windows.rows.subarray(windows.offsets[w], windows.offsets[w + 1])]);
}

describe('conversationWindows', () => {
  test('a silence of more than half an hour begins a new window', () => {
    expect(groups(conversationWindows(stream([{ minute: 0 }, { minute: 30 }, { minute: 60.1 }])))).toEqual([[0, 1], [2]]);
  });

  test('threads never mix, and rows are put in order of time', () => {
    const rows = [
      { thread: 1, minute: 5 },
      { thread: 0, minute: 1 },
      { thread: 1, minute: 2 }
    ];
    expect(groups(conversationWindows(stream(rows)))).toEqual([[1], [2, 0]]);
  });

  test('a busy thread is cut after 40 messages or 1200 units', () => {
    const busy = conversationWindows(stream(Array.from({ length: 85 }, (_, i) => ({ minute: i / 60 }))));
    expect(groups(busy).map((rows) => rows.length)).toEqual([40, 40, 5]);
    const long = conversationWindows(stream(Array.from({ length: 5 }, () => ({ minute: 0, text: 'x'.repeat(500) }))));
    expect(groups(long)).toEqual([[0, 1], [2, 3], [4]]);
    expect(groups(conversationWindows(stream([{ minute: 0, text: 'y'.repeat(5000) }])))).toEqual([[0]]);
  });

  test('rows without text are in no window, and their silence is not talk', () => {
    const rows = [{ minute: 0 }, { minute: 20, text: ' ' }, { minute: 40 }];
    expect(groups(conversationWindows(stream(rows)))).toEqual([[0], [2]]);
  });

  test('a row without a time stays after the row before it', () => {
    const rows = [{ minute: 0 }, { minute: NaN }, { minute: 10 }, { minute: 90 }, { minute: NaN }];
    expect(groups(conversationWindows(stream(rows)))).toEqual([
      [0, 1, 2],
      [3, 4]
    ]);
    expect(groups(conversationWindows(stream([{ minute: NaN }, { minute: 7 }])))).toEqual([[0, 1]]);
  });

  test('every row with text is in exactly one window, whose limits hold', () => {
    const rows = fc.array(
      fc.record({
        thread: fc.nat(3),
        minute: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constant(NaN)),
        text: fc.oneof(fc.constant(''), fc.string({ maxLength: 400 }))
      }),
      { maxLength: 120 }
    );
    fc.assert(
      fc.property(rows, (list) => {
        const input = stream(list);
        const found = groups(conversationWindows(input));
        const withText = [...list.keys()].filter((row) => list[row]!.text.trim() !== '');
        expect(found.flat().sort((a, b) => a - b)).toEqual(withText);
        for (const window of found) {
          expect(window.length).toBeLessThanOrEqual(40);
          expect(new Set(window.map((row) => input.thread[row])).size).toBe(1);
          if (window.length > 1) expect(window.reduce((sum, row) => sum + list[row]!.text.length, 0)).toBeLessThanOrEqual(1200);
          const times = window.map((row) => list[row]!.minute).filter((minute) => !Number.isNaN(minute));
          times.slice(1).forEach((minute, i) => {
            expect(minute - times[i]!).toBeGreaterThanOrEqual(0);
            expect(minute - times[i]!).toBeLessThanOrEqual(30);
          });
        }
      })
    );
  });
});
