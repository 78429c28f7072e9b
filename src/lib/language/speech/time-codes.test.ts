import { describe, expect, it } from 'vitest';
import { holdToForm, linesOf, type SpeechTokens } from './time-codes.ts';

// Words 0 to 9, end 10, "without times" 11, times from 12 on: 12 is 0.00 s, 62 is 1.00 s.
const TOKENS: SpeechTokens = {
  end: 10,
  firstTime: 12,
  withoutTimes: 11,
  suppressed: [3],
  suppressedAtBegin: [4],
  latestBegin: 50
};
const at = (seconds: number): number => 12 + Math.round(seconds * 50);

/** Tokens that may follow, all being equally likely; `peak` is much likelier than the rest. */
function allowed(written: readonly number[], peak?: number): number[] {
  const scores = new Float32Array(212);
  if (peak !== undefined) scores[peak] = 20;
  holdToForm(scores, written, TOKENS);
  return [...scores.keys()].filter((token) => scores[token] !== Number.NEGATIVE_INFINITY);
}

describe('the form of time codes', () => {
  it('begins with a time within the first second', () => {
    expect(allowed([])).toEqual(Array.from({ length: 51 }, (_, i) => 12 + i));
  });

  it('has words after a time that begins a line', () => {
    expect(allowed([at(0)], 5)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('has a time after a time that ends one, or the end', () => {
    const next = allowed([at(0), 5, at(2)], 10);
    expect(next).not.toContain(5);
    expect(next).toContain(10);
    expect(Math.min(...next.filter((token) => token >= 12))).toBe(at(2));
  });

  it('never goes back, and no line ends where it began', () => {
    expect(Math.min(...allowed([at(1), 5]).filter((token) => token >= 12))).toBe(at(1) + 1);
    expect(Math.min(...allowed([at(0), 5, at(2), at(2), 6]).filter((token) => token >= 12))).toBe(at(2) + 1);
  });

  it('takes a time where all times together are likelier than any word', () => {
    expect(allowed([at(0), 5]).every((token) => token >= 12)).toBe(true);
    expect(allowed([at(0), 5], 6)).toContain(6);
  });
});

describe('lines of a window', () => {
  const lines = (written: readonly number[], length_s = 30): ReturnType<typeof linesOf> => linesOf(written, TOKENS, length_s);

  it('closes lines at pairs of times, and goes on at the last whole one', () => {
    const written = [at(0), 1, 2, at(1.5), at(1.5), 5, at(3), at(3), 6];
    expect(lines(written)).toEqual({
      lines: [
        { from_s: 0, to_s: 1.5, ids: [1, 2], places: [1, 2] },
        { from_s: 1.5, to_s: 3, ids: [5], places: [5] }
      ],
      done_s: 3
    });
  });

  it('takes the whole window where the last time stands alone', () => {
    const found = lines([at(0.5), 1, at(1.5), at(1.5), 5, at(3)], 12);
    expect(found.lines.map(({ from_s, to_s }) => [from_s, to_s])).toEqual([
      [0.5, 1.5],
      [1.5, 3]
    ]);
    expect(found.done_s).toBe(12);
  });

  it("gives one line where no pair stands, up to its last time or to the window's end", () => {
    expect(lines([at(0.5), 1, 2, at(2)], 8).lines).toEqual([{ from_s: 0.5, to_s: 2, ids: [1, 2], places: [1, 2] }]);
    expect(lines([at(0.5), 1, 2], 8)).toEqual({ lines: [{ from_s: 0.5, to_s: 8, ids: [1, 2], places: [1, 2] }], done_s: 8 });
  });

  it('never points beyond the recording', () => {
    expect(lines([at(2), 1, at(4)], 2.5).lines).toMatchObject([{ from_s: 2, to_s: 2.5 }]);
    expect(lines([at(4), 1, at(4)], 2.5).lines).toMatchObject([{ from_s: 2.5, to_s: 2.5 }]);
  });
});
