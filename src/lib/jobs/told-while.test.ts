import { describe, expect, it } from 'vitest';
import { toldWhile, untilEnd } from './told-while.ts';

describe('toldWhile', () => {
  it('passes on what is said until the answer is there, and nothing after it', async () => {
    const heard: number[] = [];
    let speak: (share: number) => void = () => {};
    const answer = await toldWhile(
      (share: number) => heard.push(share),
      async (listening) => {
        speak = listening;
        speak(0.5);
        return 'refused';
      }
    );
    speak(0.9);
    expect(answer).toBe('refused');
    expect(heard).toEqual([0.5]);
  });

  it('falls silent after a failure as well', async () => {
    const heard: string[] = [];
    let speak: (word: string) => void = () => {};
    const failed = toldWhile(
      (word: string) => heard.push(word),
      async (listening) => {
        speak = listening;
        throw new Error('the worker failed');
      }
    );
    await expect(failed).rejects.toThrow('the worker failed');
    speak('late');
    expect(heard).toEqual([]);
  });
});

describe('untilEnd', () => {
  it('passes words and answers on, and nothing after the end', () => {
    const { listening, end } = untilEnd((a: number, b: number) => a + b);
    expect(listening(1, 2)).toBe(3);
    end();
    expect(listening(1, 2)).toBeUndefined();
  });
});
