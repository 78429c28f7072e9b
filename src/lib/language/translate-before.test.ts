import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QualityFlag, type EngineOutput, type Lead, type TranslationEngine } from './contract.ts';
import { EngineShelf } from './engine-shelf.ts';
import { LanguageIdentifier, type LanguageTableConfig } from './identify.ts';
import { TranslationMemory } from './memory.ts';
import { PhraseBook } from './phrase-book.ts';
import { DEFAULT_RULES } from './quality.ts';
import { LineTranslator, type LineToTranslate } from './translate.ts';

const folder = new URL('../../../models/langid/', import.meta.url);
const config = JSON.parse(readFileSync(new URL('config.json', folder), 'utf8')) as LanguageTableConfig;
const identifier = new LanguageIdentifier(config, new Int8Array(readFileSync(new URL('table.bin', folder))));
const signal = new AbortController().signal;

interface Asked {
  readonly line: string;
  readonly lead: Lead | null;
}

/** An engine that answers by a function of the line and what was said before it, and remembers what it was asked. */
function engineOf(answer: (asked: Asked) => Partial<EngineOutput>, longest = 100): TranslationEngine & { seen: Asked[] } {
  const seen: Asked[] = [];
  return {
    id: 'toy',
    modelSha256Hex: 'ff',
    languages: ['ron', 'ita'],
    placeholders: ['⟦1⟧', '⟦2⟧'],
    passages: { longest, bonus: 0 },
    before: { longest, bonus: 0 },
    seen,
    translate: async (lines, _signal, _language, leads = []) =>
      lines.map((line, i) => {
        const asked = { line, lead: leads[i] ?? null };
        seen.push(asked);
        const out = { text: `[${line}]`, meanLogProb: -0.3, tokens: 4, sourceTokens: 5, unknownTokens: 0, isCut: false };
        return { ...out, ...answer(asked) };
      }),
    dispose: async () => undefined
  };
}

const PASSPORT = 'dar unde este pasaportul meu?';
const WITH_HIM = 'este acasa la el';
const english: Readonly<Record<string, string>> = { [PASSPORT]: 'But where is my passport?', [WITH_HIM]: 'He is at home.' };
const behindIt = ({ line, lead }: Asked): Partial<EngineOutput> =>
  lead === null ? { text: english[line] ?? `[${line}]` } : { text: 'It is at his home.', meanLogProb: -0.2 };
const ofRon = (text: string, before?: string): Omit<LineToTranslate, 'id'> => ({
  text,
  usual: 'ron',
  ...(before === undefined ? {} : { before: { text: before, usual: 'ron' } })
});
const translated = async (engine: TranslationEngine, lines: readonly Omit<LineToTranslate, 'id'>[], phrases?: PhraseBook) => {
  const shelf = EngineShelf.of(engine, { ...DEFAULT_RULES, ...(phrases === undefined ? {} : { phrases }) });
  const translator = new LineTranslator(identifier, shelf, new TranslationMemory());
  return translator.translate(
    lines.map((line, id) => ({ ...line, id })),
    { signal }
  );
};

describe('a line behind the message before it', () => {
  it('is what the model made of both where that is likelier, and keeps what it would have been', async () => {
    const engine = engineOf(behindIt);
    const [line] = await translated(engine, [ofRon(WITH_HIM, PASSPORT)]);
    expect(line).toMatchObject({ text: 'It is at his home.', byItself: 'He is at home.', meanLogProb: -0.2 });
    expect(engine.seen.filter(({ lead }) => lead !== null)).toEqual([
      { line: WITH_HIM, lead: { source: PASSPORT, english: 'But where is my passport?' } }
    ]);
  });

  it('stays as it was where that is less likely, says the same or lost a token', async () => {
    for (const answer of [
      (asked: Asked) => ({ ...behindIt(asked), meanLogProb: asked.lead === null ? -0.2 : -0.3 }),
      ({ line }: Asked) => ({ text: english[line] ?? '' }),
      (asked: Asked) => (asked.lead === null ? behindIt(asked) : { text: 'On 5 May.', meanLogProb: -0.1 })
    ]) {
      const [line] = await translated(engineOf(answer), [ofRon(WITH_HIM, PASSPORT)]);
      expect(line?.text).toBe('He is at home.');
      expect(line).not.toHaveProperty('byItself');
    }
    const losing = engineOf(({ line, lead }) => (lead === null ? { text: line } : { text: 'Ring him.', meanLogProb: -0.1 }));
    const [line] = await translated(losing, [ofRon('suna-l pe el la 07700900163', PASSPORT)]);
    expect(line?.text).toContain('07700900163');
    expect((line?.flags ?? 0) & QualityFlag.tokensLost).toBe(0);
  });

  it('has its tokens put back, and what comes after the stretch left as it is', async () => {
    const engine = engineOf(({ line, lead }) => ({
      text: lead === null ? `[${line}]` : `Call ${/⟦\d⟧/u.exec(line)?.[0] ?? '?'}.`,
      meanLogProb: lead === null ? -0.3 : -0.2
    }));
    const [line] = await translated(engine, [ofRon('sunati la 07700900163 😂 vin maine acasa', PASSPORT)]);
    expect(line?.text).toBe('Call 07700900163. 😂 [vin maine acasa]');
    expect(line?.byItself).toBe('[sunati la 07700900163] 😂 [vin maine acasa]');
  });

  it('is asked of no engine that does not say so, of no phrase of the book and behind no other language', async () => {
    const { before: _, ...deaf } = engineOf(behindIt);
    const phrases = new PhraseBook({ ron: { [WITH_HIM]: 'At his place.' } });
    const cases: [TranslationEngine & { seen: Asked[] }, Omit<LineToTranslate, 'id'>, PhraseBook?][] = [
      [deaf, ofRon(WITH_HIM, PASSPORT)],
      [engineOf(behindIt), ofRon(WITH_HIM, PASSPORT), phrases],
      [engineOf(behindIt), ofRon(WITH_HIM, 'so where is my passport then?')],
      [engineOf(behindIt, 30), ofRon(WITH_HIM, PASSPORT)],
      [engineOf(behindIt), ofRon(WITH_HIM)]
    ];
    for (const [engine, line, book] of cases) {
      const [made] = await translated(engine, [line], book);
      expect(made).not.toHaveProperty('byItself');
      expect(engine.seen.every(({ lead }) => lead === null)).toBe(true);
    }
  });

  it('leads with what people put in the phrase book for the message before', async () => {
    const engine = engineOf(behindIt);
    await translated(engine, [ofRon(WITH_HIM, PASSPORT)], new PhraseBook({ ron: { [PASSPORT]: 'And my passport?' } }));
    expect(engine.seen.map(({ lead }) => lead?.english)).toEqual([undefined, 'And my passport?']);
  });

  it('goes through the engine once for equal lines behind equal messages, and again behind others', async () => {
    const engine = engineOf(behindIt);
    const lines = [ofRon(WITH_HIM, PASSPORT), ofRon(WITH_HIM, PASSPORT), ofRon(WITH_HIM, 'cine a luat banii nostri?')];
    await translated(engine, lines);
    expect(engine.seen.map(({ line, lead }) => [line, lead?.source])).toEqual([
      [WITH_HIM, undefined],
      [PASSPORT, undefined],
      ['cine a luat banii nostri?', undefined],
      [WITH_HIM, PASSPORT],
      [WITH_HIM, 'cine a luat banii nostri?']
    ]);
  });

  it('is the same in any order and in chunks of any size: it hangs on the message before as that is by itself', async () => {
    // What a line comes out as hangs on all that the engine is told, so a lead that had been read behind another would show.
    const engine = (): TranslationEngine =>
      engineOf(({ line, lead }) => ({
        text: lead === null ? `alone ${line}.` : `${line} after ${lead.english}`,
        meanLogProb: lead === null ? -0.3 : -0.2
      }));
    const talk = [PASSPORT, WITH_HIM, 'cine a luat banii nostri?', 'nu stiu nimic despre asta', 'vin maine acasa'];
    const lines = talk.map((text, id): LineToTranslate => ({ id, ...ofRon(text, talk[id - 1]) }));
    const made = async (order: readonly LineToTranslate[], chunk: number) => {
      const shelf = EngineShelf.of(engine(), DEFAULT_RULES);
      const translator = new LineTranslator(identifier, shelf, new TranslationMemory());
      const all = await translator.translate(order, { signal, chunk });
      return all.sort((a, b) => a.id - b.id).map(({ text, byItself }) => [text, byItself]);
    };
    const expected = await made(lines, 100);
    expect(expected[1]).toEqual([`${WITH_HIM} after alone ${PASSPORT}.`, `alone ${WITH_HIM}.`]);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(lines, { minLength: lines.length }),
        fc.integer({ min: 1, max: 6 }),
        async (order, chunk) => {
          expect(await made(order, chunk)).toEqual(expected);
        }
      ),
      { numRuns: 30 }
    );
  });
});
