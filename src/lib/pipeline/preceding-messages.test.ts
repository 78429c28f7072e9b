import { describe, expect, it } from 'vitest';
import { caseOf, TEXTS, type Line } from './language-case.fixture.ts';

const HOUR = 3_600_000;
/** Text of the message before each line, and its writer. */
const befores = async (lines: readonly Line[]) => {
  const session = caseOf(lines);
  const { ids, befores: found } = await session.untranslated(
    lines.length,
    lines.map((_, id) => id)
  );
  expect([...ids]).toEqual(lines.map((_, id) => id));
  return found;
};

describe('the message before', () => {
  it('is the one before by time in the same conversation, whoever wrote it and wherever it stands in the file', async () => {
    const lines = [
      { text: 2, from: 4, atMs: 3 * HOUR },
      { text: 0, from: 9, atMs: HOUR },
      { text: 1, from: 4, atMs: 2 * HOUR },
      { text: 6, from: 7, atMs: HOUR + 1, thread: 'b' }
    ];
    expect(await befores(lines)).toEqual([{ text: TEXTS[1], writer: 4 }, null, { text: TEXTS[0], writer: 9 }, null]);
  });

  it('is, of messages of one time, the one of the lower number', async () => {
    const lines = [0, 1, 2].map((text) => ({ text, atMs: HOUR, from: text }));
    expect(await befores(lines)).toEqual([null, { text: TEXTS[0], writer: 0 }, { text: TEXTS[1], writer: 1 }]);
  });

  it('is none from more than a day before, and of messages without a time there is none', async () => {
    const lines = [
      { text: 0, from: 1, atMs: 0 },
      { text: 1, from: 1, atMs: 24 * HOUR },
      { text: 2, from: 1, atMs: 48 * HOUR + 1 },
      { text: 6, from: 1 }
    ];
    expect(await befores(lines)).toEqual([null, { text: TEXTS[0], writer: 1 }, null, null]);
  });

  it('goes past messages without text, and not to one too long to be read', async () => {
    const lines = [
      { text: 1, from: 1, atMs: 1 },
      { text: 4, from: 1, atMs: 2 },
      { text: 2, from: 1, atMs: 3 },
      { text: 0, from: 1, atMs: 4, body: 'a'.repeat(1025) },
      { text: 2, from: 1, atMs: 5 }
    ];
    expect(TEXTS[4]).toBe('');
    const texts = (await befores(lines)).map((before) => before?.text);
    expect(texts).toEqual([undefined, TEXTS[1], TEXTS[1], TEXTS[2], undefined]);
  });
});
