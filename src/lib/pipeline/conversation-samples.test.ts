import { describe, expect, it } from 'vitest';
import { caseOf, TEXTS } from './language-case.fixture.ts';

const LONG = TEXTS[2] as string;

describe('samples of a conversation', () => {
  it('are the longer lines of each who writes there, in the order of the case', async () => {
    const session = caseOf([
      { text: 2, from: 4 },
      { text: 0, from: 4 },
      { text: 6, from: 4, thread: 'b' },
      { text: 6, from: 9 },
      { text: 3, from: 2 },
      { text: 2, from: 9, thread: 'b' },
      { text: 6, from: 4 }
    ]);
    const { threads, writers } = await session.untranslated(10, [0, 1, 2, 3, 4, 5, 6]);
    expect([...writers]).toEqual([4, 4, 4, 9, 2, 9, 4]);
    const [a = -1, , b = -1] = threads;
    expect(await session.conversationSamples([b, a])).toEqual([
      {
        thread: b,
        writers: [
          { writer: 4, texts: [TEXTS[6]] },
          { writer: 9, texts: [LONG] }
        ]
      },
      {
        thread: a,
        writers: [
          { writer: 4, texts: [LONG, TEXTS[6]] },
          { writer: 9, texts: [TEXTS[6]] },
          { writer: 2, texts: [] }
        ]
      }
    ]);
  });

  it('are forty of a writer at most, and none of a conversation that is not there', async () => {
    const session = caseOf(Array.from({ length: 100 }, () => ({ text: 2, from: 1 })));
    const [sample] = await session.conversationSamples([0]);
    expect(sample?.writers.map(({ texts }) => texts.length)).toEqual([40]);
    expect(await session.conversationSamples([7])).toEqual([{ thread: 7, writers: [] }]);
  });
});
