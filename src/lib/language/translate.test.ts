import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QualityFlag, type TranslateProgress, type TranslationEngine } from './contract.ts';
import { EngineShelf } from './engine-shelf.ts';
import { LanguageIdentifier, type LanguageTableConfig } from './identify.ts';
import { tokensOf } from './mask.ts';
import { TranslationMemory } from './memory.ts';
import { PhraseBook } from './phrase-book.ts';
import { DEFAULT_RULES, DEFAULT_THRESHOLDS } from './quality.ts';
import { LineTranslator } from './translate.ts';

const folder = new URL('../../../models/langid/', import.meta.url);
const config = JSON.parse(readFileSync(new URL('config.json', folder), 'utf8')) as LanguageTableConfig;
const identifier = new LanguageIdentifier(config, new Int8Array(readFileSync(new URL('table.bin', folder))));
const never = new AbortController().signal;

function engineOf(
  translate: (line: string) => string,
  placeholders: readonly string[] = []
): TranslationEngine & { seen: string[][] } {
  const seen: string[][] = [];
  return {
    id: 'toy',
    modelSha256Hex: 'ff',
    languages: ['fra', 'ita', 'por', 'ron', 'spa'],
    placeholders,
    seen,
    translate: async (lines) => {
      seen.push([...lines]);
      return lines.map((line) => ({
        text: translate(line),
        meanLogProb: -0.1,
        tokens: 5,
        sourceTokens: 6,
        unknownTokens: 0,
        isCut: false
      }));
    },
    dispose: async () => undefined
  };
}
const translatorOf = (engine: TranslationEngine): LineTranslator =>
  new LineTranslator(identifier, engine, new TranslationMemory());
const UNCHANGED_AND_DENIAL_LOST = QualityFlag.untranslated | QualityFlag.negationChanged;
/** Shows what was translated; rightly flagged as a copy of its source. */
const marked = (line: string): string => `[${line}]`;
const one = async (text: string, translate = marked, placeholders: readonly string[] = []) =>
  (await translatorOf(engineOf(translate, placeholders)).translate([{ id: 7, text }], { signal: never }))[0];

describe('LineTranslator', () => {
  describe('with a model that is in two minds about who acts', () => {
    /** Outputs of a search: the second nearly as likely as the first. */
    const unsure = (first: (line: string) => string, second: (line: string) => string, placeholders: readonly string[] = []) => {
      const engine = { ...engineOf(first, placeholders), unansweredWeight: 0.4 };
      const inner = engine.translate;
      return {
        ...engine,
        translate: async (lines: readonly string[], signal: AbortSignal) =>
          (await inner(lines, signal)).map((out, i) => ({
            ...out,
            alternatives: [{ text: second(lines[i] as string), meanLogProb: -0.15, tokens: 5 }]
          }))
      };
    };
    const made = async (engine: TranslationEngine, text: string) =>
      (await translatorOf(engine).translate([{ id: 1, text }], { signal: never }))[0];

    it('flags the line and keeps the other reading, with its tokens put back', async () => {
      const engine = unsure(
        (line) => `I bring ${/⟦\d⟧/u.exec(line)?.[0] ?? '?'} and the papers of Adela`,
        (line) => `They bring ${/⟦\d⟧/u.exec(line)?.[0] ?? '?'} and the papers of Adela`,
        ['⟦1⟧', '⟦2⟧']
      );
      const line = await made(engine, 'vin cu actele Adelei si cu 07700900163 😂');
      expect(line?.text).toBe('I bring 07700900163 and the papers of Adela 😂');
      expect(line?.otherReading).toBe('They bring 07700900163 and the papers of Adela 😂');
      expect((line?.flags ?? 0) & QualityFlag.personsUnsure).toBe(QualityFlag.personsUnsure);
    });

    it('keeps none that lost a token, and none of a line that is sure', async () => {
      const lost = unsure(
        (line) => `I bring ${line}`,
        () => 'They bring it',
        ['⟦1⟧', '⟦2⟧']
      );
      for (const engine of [lost, engineOf(marked), unsure(marked, (line) => `[[${line}]]`)]) {
        const line = await made(engine, 'vin cu actele si cu 07700900163');
        expect(line).not.toHaveProperty('otherReading');
        expect((line?.flags ?? 0) & QualityFlag.personsUnsure).toBe(0);
      }
    });

    it('reads a message otherwise in the sentences alone that can be', async () => {
      const engine = unsure(
        (line) => (line.startsWith('vin') ? 'I come tomorrow.' : 'Done.'),
        (line) => (line.startsWith('vin') ? 'They come tomorrow.' : 'Finished.')
      );
      const line = await made(engine, 'vin maine cu trenul. am terminat cu toate actele.');
      expect(line?.text).toBe('I come tomorrow. Done.');
      expect(line?.otherReading).toBe('They come tomorrow. Done.');
    });

    it('gives a repeated line the same reading out of the memory', async () => {
      const engine = unsure(
        () => 'I come tomorrow.',
        () => 'They come tomorrow.'
      );
      const translator = translatorOf(engine);
      const readings = [];
      for (const id of [1, 2]) {
        const [line] = await translator.translate([{ id, text: 'vin maine cu trenul' }], { signal: never });
        readings.push(line?.otherReading);
      }
      expect(readings).toEqual(['They come tomorrow.', 'They come tomorrow.']);
      expect(engine.seen).toHaveLength(1);
    });
  });

  describe('with a phrase book', () => {
    const phrases = new PhraseBook({
      fra: { tkt: "Don't worry.", 'a demain': 'See you tomorrow.' },
      ron: { 'las o balta': 'Drop it.', zzg: 'Hm.' }
    });
    const engine = engineOf(marked);
    const shelf = EngineShelf.of(engine, { ...DEFAULT_RULES, phrases });
    const made = async (text: string) =>
      (await new LineTranslator(identifier, shelf, new TranslationMemory()).translate([{ id: 1, text }], { signal: never }))[0];

    it('gives what people made of a whole segment, says so, and asks no model', async () => {
      engine.seen.length = 0;
      const line = await made('Las-o baltă! 😂');
      expect(line).toMatchObject({
        language: 'ron',
        text: 'Drop it. 😂',
        flags: 0,
        model: { id: 'toy+phrases', sha256Hex: 'ff' }
      });
      expect(line?.meanLogProb).toBeNaN();
      expect(engine.seen).toEqual([]);
    });

    it('names the model where it made any part', async () => {
      const line = await made('À demain. Je te rappelle quand je rentre à la maison.');
      expect(line).toMatchObject({ model: { id: 'toy' }, meanLogProb: -0.1 });
      expect(line?.text).toBe('See you tomorrow. [Je te rappelle quand je rentre à la maison.]');
    });

    it('tells by it what language a segment is in, where letters cannot', async () => {
      expect(await made('zzg')).toMatchObject({ text: 'Hm.', flags: QualityFlag.languageUncertain });
    });
  });

  describe('with a model that takes sentences together', () => {
    const taking = (probability: (line: string) => number, translate = marked) => {
      const engine = { ...engineOf(translate), passages: { longest: 60, bonus: 0 } };
      const inner = engine.translate;
      engine.translate = async (lines, signal) =>
        (await inner(lines, signal)).map((out, i) => ({ ...out, meanLogProb: probability(lines[i] as string) }));
      return engine;
    };
    const line = 'mi-a luat buletinul Adela. zice ca pana platesc drumul 😂';
    const made = async (engine: TranslationEngine) =>
      (await translatorOf(engine).translate([{ id: 1, text: line }], { signal: never }))[0];

    it('asks both ways in one go and takes the likelier', async () => {
      const engine = taking((l) => (l.includes('. ') ? -0.1 : -0.3));
      const answer = await made(engine);
      expect(answer).toMatchObject({ text: '[mi-a luat buletinul Adela. zice ca pana platesc drumul] 😂', meanLogProb: -0.1 });
      expect(engine.seen).toHaveLength(1);
      expect(engine.seen[0]).toHaveLength(3);
      expect(await made(taking((l) => (l.includes('. ') ? -0.3 : -0.1)))).toMatchObject({
        text: '[mi-a luat buletinul Adela.] [zice ca pana platesc drumul] 😂',
        meanLogProb: -0.1
      });
    });

    it('counts the text once in what it says of its pace', async () => {
      const engine = taking(() => -0.1);
      const translator = translatorOf(engine);
      await translator.translate([{ id: 1, text: line }], { signal: never });
      expect(translator.uses).toMatchObject([
        { segments: 2, characters: 'mi-a luat buletinul Adela.zice ca pana platesc drumul'.length }
      ]);
    });

    it('takes sentences one by one where a token was lost together', async () => {
      const text = 'Adela vine maine la 7. tu vii cu trenul la 9';
      const engine = taking(
        () => -0.1,
        (l) => (l.includes('. ') ? 'She comes tomorrow.' : l)
      );
      const [answer] = await translatorOf(engine).translate([{ id: 1, text }], { signal: never });
      expect(answer?.text).toBe(text);
      expect((answer?.flags ?? 0) & QualityFlag.tokensLost).toBe(0);
    });

    it('leaves phrases of the book as people put them', async () => {
      const phrases = new PhraseBook({ ron: { 'las o balta': 'Drop it.' } });
      const engine = taking(() => -0.1);
      const shelf = EngineShelf.of(engine, { ...DEFAULT_RULES, phrases });
      const text = 'las-o balta. vin maine cu trenul. nu mai pot';
      const [answer] = await new LineTranslator(identifier, shelf, new TranslationMemory()).translate([{ id: 1, text }], {
        signal: never
      });
      expect(answer?.text).toMatch(/^Drop it\. \[/u);
      expect(engine.seen.flat()).toContain('vin maine cu trenul. nu mai pot');
    });
  });

  it('brings along what its model states about disagreement, and what each model did', async () => {
    const engine = engineOf(marked);
    const rules = { thresholds: { ...DEFAULT_THRESHOLDS, leastAgreement: 61 }, words: null };
    const translator = new LineTranslator(identifier, EngineShelf.of(engine, rules), new TranslationMemory());
    const lines = ['te sun maine la sapte', 'te sun maine la sapte', 'adu banii la mine'].map((text, id) => ({ id, text }));
    const made = await translator.translate(lines, { signal: never });
    expect(made.map(({ leastAgreement }) => leastAgreement)).toEqual([61, 61, 61]);
    expect(translator.uses).toMatchObject([{ modelSha256Hex: 'ff', segments: 2, characters: 21 + 17 }]);
    await translator.translate(lines, { signal: never });
    expect(translator.uses).toEqual([]);
  });

  it.each([
    ['', 'zxx', null, 0],
    ['😂😂', 'zxx', null, 0],
    ['07700 900123', 'zxx', null, 0],
    ['where are you bro call me back', 'eng', null, 0],
    ['zadzwon do mnie pozniej', 'pol', null, QualityFlag.noModel],
    // Brackets deny nothing, so the "nu" is lost as well.
    ['te sun maine ca nu pot acum', 'ron', '[te sun maine ca nu pot acum]', UNCHANGED_AND_DENIAL_LOST],
    ['te sun maine 😂\nadu banii la mine', 'ron', '[te sun maine] 😂\n[adu banii la mine]', QualityFlag.untranslated]
  ])('%j', async (text, language, translated, flags) => {
    expect(await one(text)).toMatchObject({ id: 7, language, text: translated, flags });
  });

  it('translates the foreign part of a line that switches language', async () => {
    const line = await one('te sun maine ca nu pot acum. where are you bro call me back');
    expect(line?.text).toBe('[te sun maine ca nu pot acum.] where are you bro call me back');
  });

  it('never shows the model a number, and gives it back as it was', async () => {
    const engine = engineOf((line) => `call ${line.replace(/\D+/gu, ' ').trim()} now`);
    const [line] = await translatorOf(engine).translate([{ id: 1, text: 'te rog suna-ma maine la 07700 900123' }], {
      signal: never
    });
    expect(line?.text).toBe('call 07700 900123 now');
    expect(line?.flags).toBe(0);
    expect(engine.seen.flat().join()).not.toContain('900123');
  });

  it('tries other stand-ins, then goes around the tokens, and says so', async () => {
    const namesOnly = await one('te rog suna-ma maine la 07700 900123', (l) =>
      l.includes('Tom') ? 'please call Tom' : 'please call'
    );
    expect(namesOnly).toMatchObject({ text: 'please call 07700 900123', flags: 0 });
    const never_ = await one('te rog suna-ma maine la 07700 900123', () => 'please call');
    expect(never_?.text).toBe('please call 07700 900123');
    expect((never_?.flags ?? 0) & QualityFlag.tokensLost).toBe(QualityFlag.tokensLost);
  });

  it('asks again for a name that was lost, and takes the second answer where it has it', async () => {
    const line = 'zi-i lui Besnik ca vin maine la 7';
    const copies = (l: string): string => (l.includes('Tom') ? 'Tell Tom I am coming tomorrow at 2000.' : 'Tell Vasile at 2000.');
    expect(await one(line, copies)).toMatchObject({ text: 'Tell Besnik I am coming tomorrow at 7.', flags: 0 });
    const never_ = await one(line, () => 'Tell Vasile I am coming tomorrow at 2000.');
    expect(never_).toMatchObject({ text: 'Tell Vasile I am coming tomorrow at 7.', flags: QualityFlag.namesChanged });
  });

  it('gives the model its own placeholders first, and words where one of them was lost', async () => {
    const line = 'te rog suna-ma maine la 07700 900123';
    const kept = await one(line, (l) => (l.includes('\uE000') ? 'please call \uE000' : 'wrong'), ['\uE000']);
    expect(kept).toMatchObject({ text: 'please call 07700 900123', flags: 0 });
    const lost = await one(line, (l) => (l.includes('Tom') ? 'please call Tom' : 'please call'), ['\uE000']);
    expect(lost).toMatchObject({ text: 'please call 07700 900123', flags: 0 });
  });

  it('lets a model that reads digits see short numbers, and hides those that it altered or added to', async () => {
    const line = 'te rog suna-ma maine la 7.30 si adu 50 de lei';
    const read = async (answers: (source: string) => string) => {
      const engine = { ...engineOf(answers, ['\uE000', '\uE001']), readsDigits: true };
      const [made] = await translatorOf(engine).translate([{ id: 1, text: line }], { signal: never });
      return { text: made?.text, flags: made?.flags, asked: engine.seen.flat() };
    };
    const bare = 'call me at 7.30 and bring 50 lei';
    expect(await read(() => bare)).toEqual({ text: bare, flags: 0, asked: [line] });
    const hidden = line.replace('7.30', '\uE000').replace('50', '\uE001');
    for (const wrong of ['call me at 7:30 and bring 50 lei', 'bring 50 lei', `${bare} and 5`, `${bare} \uE000`]) {
      const made = await read((source) => (source === line ? wrong : 'please call me at \uE000 and bring \uE001 lei'));
      expect(made).toEqual({ text: 'please call me at 7.30 and bring 50 lei', flags: 0, asked: [line, hidden] });
    }
  });

  it('shows no placeholder that the model invented, and says that something may be lost', async () => {
    const line = await one('te rog suna-ma maine', (l) => `${l.length > 0 ? 'please call' : ''} \uE001 tomorrow`, [
      '\uE000',
      '\uE001'
    ]);
    expect(line?.text).toBe('please call tomorrow');
    expect((line?.flags ?? 0) & QualityFlag.tokensLost).toBe(QualityFlag.tokensLost);
  });

  it('carries every token over byte for byte or says that it may be lost, whatever the model does', async () => {
    const words = fc.constantFrom(
      'te sun maine',
      'adu banii',
      'la',
      '10:30',
      '£350',
      '@ion',
      '07700 900123',
      'AB12 CDE',
      '5',
      'https://example.org/x?y=1',
      '😀',
      '.',
      '\n',
      'Tom',
      '2000'
    );
    const text = fc.array(words, { maxLength: 12 }).map((w) => `vino te rog acasa ${w.join(' ')}`);
    const habits: ((line: string) => string)[] = [
      (line) => line,
      () => '',
      (line) => line.replace(/\d/gu, '7'),
      (line) => `${line} ${line}`,
      (line) => line.split(' ').reverse().join(' '),
      (line) => line.replace(/\S+$/u, '')
    ];
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom(...habits),
        fc.constantFrom([], ['\uE000', '\uE001']),
        async (source, habit, own) => {
          const line = await one(source, habit, own);
          if (line === undefined || line.text === null) return;
          let rest = line.text;
          const carried = tokensOf(source).every((token) => {
            const has = rest.includes(token);
            rest = rest.replace(token, () => ' ');
            return has;
          });
          expect(carried || (line.flags & QualityFlag.tokensLost) !== 0).toBe(true);
          for (const link of source.match(/https:\S+/gu) ?? []) expect(line.text).toContain(link);
        }
      )
    );
  });

  // Bad input of the kind that phones hold: a pasted file, one letter held down, both directions in one line.
  it.each([
    ['ron', 'te sun maine ca nu pot, vino la gara. '],
    ['zho', '你好吗'],
    ['zxx', '😀'],
    ['zxx', ' \n'],
    ['zxx', '7'],
    ['heb', '\u202eבוא הנה abc\u202c ']
  ])('one message of a megabyte (%s, %j) is answered whole', { timeout: 240_000 }, async (language, unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const engine = engineOf((line) => line.toUpperCase());
    const [long, next] = await translatorOf(engine).translate(
      [
        { id: 1, text },
        { id: 2, text: 'te sun maine ca nu pot acum' }
      ],
      { signal: never }
    );
    expect(long?.language).toBe(language);
    // One whole answer or none: never a part of it.
    expect(long?.text === null || long?.text?.length === text.length).toBe(true);
    expect(long?.text === null).toBe(language !== 'ron');
    expect(next?.text).toBe('TE SUN MAINE CA NU POT ACUM');
  });

  it('keeps lines of both directions in their order, marks of direction included', async () => {
    const line = await one('\u2067שלום\u2069 te sun maine ca nu pot\nتعال الآن إلى هنا');
    expect(line?.text).toBe('\u2067שלום\u2069 [te sun maine ca nu pot]\nتعال الآن إلى هنا');
    expect((line?.flags ?? 0) & QualityFlag.noModel).toBe(QualityFlag.noModel);
  });

  it('translates equal segments once, and again only after another model', async () => {
    const engine = engineOf(marked);
    const translator = translatorOf(engine);
    const lines = Array.from({ length: 50 }, (_, id) => ({
      id,
      text: id % 2 ? 'te sun maine ca nu pot' : 'Te sun   maine ca nu pot!!'
    }));
    let last: TranslateProgress | null = null;
    await translator.translate(lines, { signal: never, onProgress: (p) => (last = p) });
    await translator.translate(lines, { signal: never });
    expect(engine.seen.flat().sort()).toEqual(['Te sun maine ca nu pot!', 'te sun maine ca nu pot']);
    expect(last).toMatchObject({ done: 50, total: 50, unique: 2 });
  });

  it('takes what is wanted first and yields chunk by chunk, so that a stop loses nothing', async () => {
    const lines = Array.from({ length: 10 }, (_, id) => ({ id, text: `te rog vino la mine ${'a'.repeat(id)}b` }));
    const stop = new AbortController();
    const chunks: number[][] = [];
    const run = async (): Promise<void> => {
      const stream = translatorOf(engineOf(marked)).stream(lines, {
        signal: stop.signal,
        chunk: 4,
        wantedFirst: () => [8, 99, 3]
      });
      for await (const chunk of stream) {
        chunks.push(chunk.map((l) => l.id));
        if (chunks.length === 2) stop.abort(new Error('enough'));
      }
    };
    await expect(run()).rejects.toThrow('enough');
    expect(chunks).toEqual([
      [8, 3],
      [0, 1, 2, 4]
    ]);
  });
});
