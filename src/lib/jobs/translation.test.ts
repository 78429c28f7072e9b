import { describe, expect, it } from 'vitest';
import type { TranslateWorker } from './translate.ts';
import { translationWorkers } from './model-workers.ts';
import { startTranslation, type TranslationPlan } from './translation.ts';

const PLAN: TranslationPlan = { models: { threads: 1, picks: [], device: 'wasm' }, wishes: [] };

/** A case of so many lines, each text there twice, and workers that remember what they were handed. */
function toyCase(lines: number, heard = false) {
  const english: number[] = [];
  const stored = new Set<number>();
  const turns: number[][] = [];
  const handed: string[][] = [];
  const sampled: number[] = [];
  const usual = new Map<number, string | undefined>();
  const uses = [{ modelSha256Hex: 'ff', segments: 1, characters: 10, spent_ms: 5 }];
  return {
    turns,
    handed,
    sampled,
    usual,
    stored,
    english,
    api: {
      translateAgain: async () => 0,
      repeatKnown: async () => 0,
      untranslated: async (limit: number, first: readonly number[]) => {
        const waiting = [...first, ...Array.from({ length: lines }, (_, id) => id)].filter((id) => !stored.has(id));
        const ids = Uint32Array.from(new Set(waiting)).subarray(0, limit);
        turns.push([...ids]);
        return {
          ids,
          texts: Array.from(ids, (id) => `text ${'abcdefghij'[id % 10]}${id % (lines / 2)}x`),
          threads: ids.map((id) => id % 3),
          writers: ids.map((id) => id % 2),
          befores: Array.from(ids, (id) => (id % 5 === 0 ? { text: 'before', writer: 1 } : null)),
          left: lines - stored.size
        };
      },
      conversationSamples: async (threads: readonly number[]) => {
        sampled.push(...threads);
        return threads.map((thread) => ({ thread, writers: [{ writer: 1, texts: [`long line of ${thread}`] }] }));
      },
      untranslatedTranscripts: async (after: number) =>
        (heard ? [{ id: 7, texts: ['adu cheile'], wasTried: false }] : []).filter(({ id }) => id > after),
      storeTranscriptEnglish: async (inputs: readonly { transcript: number }[]) =>
        inputs.forEach(({ transcript }) => english.push(transcript)),
      storeTranslations: async (made: readonly { messageId: number }[]) => made.forEach(({ messageId }) => stored.add(messageId))
    },
    start: async (): Promise<TranslateWorker> => {
      const mine: string[] = [];
      handed.push(mine);
      return {
        languages: [],
        usualLanguages: async (conversations) =>
          conversations.map((writers) => writers.map(([text]) => (text === 'long line of 2' ? 'ron' : undefined))),
        translate: async (asked) => {
          for (const line of asked) usual.set(line.id, line.usual);
          mine.push(...asked.map(({ text }) => text));
          await new Promise((resolve) => setTimeout(resolve, 1));
          const made = asked.map(({ id }) => ({ id, language: 'ron', text: '', flags: 0, meanLogProb: 0, model: null }));
          return { lines: made, unique: asked.length, uses };
        },
        end: () => undefined
      };
    }
  };
}

const silent = { progress: () => undefined, stored: () => undefined, used: () => undefined };

describe('a run', () => {
  it('begins with few lines, goes on with many, and is short again for what has come on screen', async () => {
    const { api, start, turns, stored } = toyCase(1200);
    const run = startTranslation(
      api,
      { ...silent, stored: () => (turns.length === 2 ? run.wantFirst([1100, 1101]) : undefined) },
      PLAN,
      { workers: 1, start }
    );
    await run.ended;
    expect(stored.size).toBe(1200);
    expect(turns.slice(0, 4).map((ids) => ids.length)).toEqual([24, 192, 24, 192]);
    expect(turns[2]?.slice(0, 2)).toEqual([1100, 1101]);
  });

  it('tells of each line the usual language of its writer there, and asks once a conversation', async () => {
    const { api, start, sampled, usual } = toyCase(600);
    await startTranslation(api, silent, PLAN, { workers: 2, start }).ended;
    expect(sampled.toSorted()).toEqual([0, 1, 2]);
    expect(usual.size).toBe(600);
    for (const [id, language] of usual) expect(language).toBe(id % 3 === 2 && id % 2 === 1 ? 'ron' : undefined);
  });

  it('hands no text to two workers, but for the first lines, which wait for one worker alone', async () => {
    const { api, start, handed, turns } = toyCase(800);
    let started = 0;
    const asStarted = async (): Promise<TranslateWorker> => {
      // Before the second worker is asked for, the first lines are stored.
      if (started++ === 1) expect(turns.map((ids) => ids.length)).toEqual([24, 384]);
      return start();
    };
    await startTranslation(api, silent, PLAN, { workers: 2, start: asStarted }).ended;
    expect(started).toBe(2);
    const [one = [], other = []] = handed.map((texts) => [...new Set(texts)]);
    const first = new Set(one.slice(0, 24));
    const later = one.slice(24);
    expect(other.filter((text) => later.includes(text))).toEqual([]);
    expect(other.filter((text) => first.has(text)).length).toBeLessThanOrEqual(24);
    expect(Math.min(one.length, other.length)).toBeGreaterThan(100);
  });

  it.each<[number, number | null, number]>([
    [1, 8, 1],
    [2, null, 2],
    [2, 8, 2],
    [2, 2, 1],
    [4, 4, 2],
    [8, 4, 2],
    [8, null, 2],
    [8, 8, 3],
    [64, 32, 3]
  ])('on %s cores with %s GB has %s workers', (cores, memoryGb, workers) => {
    expect(translationWorkers(cores, memoryGb)).toBe(workers);
  });

  it('takes the worker that was made ready, and tells what the models did', async () => {
    const { api, start, handed } = toyCase(40);
    let wanted: unknown = null;
    const ready = await start();
    const warm = {
      trial: Promise.resolve([]),
      take: async (request: unknown) => ((wanted = request), ready),
      end: () => undefined
    };
    const told: unknown[] = [];
    const run = startTranslation(api, { ...silent, used: (uses) => told.push(...uses) }, PLAN, { workers: 1, start, warm });
    await run.ended;
    expect(wanted).toBe(PLAN.models);
    expect(handed).toHaveLength(1);
    expect(told[0]).toMatchObject({ characters: 10 });
  });

  it('translates what was heard in voice notes after the messages, and where no message waits', async () => {
    for (const lines of [40, 0]) {
      const { api, start, handed, stored, english } = toyCase(lines, true);
      await startTranslation(api, silent, PLAN, { workers: 1, start }).ended;
      expect([stored.size, english]).toEqual([lines, [7]]);
      expect(handed.flat().at(-1)).toBe('adu cheile');
    }
  });

  it('that is paused goes on where it was', async () => {
    const { api, start, stored } = toyCase(600);
    const run = startTranslation(api, { ...silent, stored: () => run.pause() }, PLAN, { workers: 1, start });
    await expect.poll(() => stored.size).toBe(24);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stored.size).toBe(24);
    run.resume();
    await expect.poll(() => stored.size).toBe(216);
    run.cancel();
    await run.ended;
    expect(stored.size).toBe(216);
  });
});
