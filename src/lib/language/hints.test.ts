import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Hints, readHints } from './hints.ts';

const MARKS = ['\ue006', '\ue007'] as const;
const hints = new Hints(
  {
    ron: () => Object.entries({ salteaua: 'mattress', fata: 'girl, face' }),
    ita: () => Object.entries({ fata: 'fairy' }),
    fra: () =>
      Object.entries({
        hab: 'clothes',
        'comme d hab': 'as usual',
        'par tete': 'per head',
        'par tete de pipe': 'each',
        pipe: 'pipe'
      })
  },
  MARKS
);

describe('hints', () => {
  it('stand behind the words that the table of the language holds, whatever their accents and capitals', () => {
    expect(hints.into('Salteaua e sus, fată', 'ron')).toBe('Salteaua\ue006 mattress\ue007 e sus, fată\ue006 girl, face\ue007');
    expect(hints.into('fata', 'ita')).toBe('fata\ue006 fairy\ue007');
  });

  it('are not written into other words, lines of other languages, or lines that hold a mark', () => {
    for (const [line, language] of [
      ['saltele', 'ron'],
      ['salteaua', 'fra'],
      ['salteaua', undefined],
      ['constructor toString', 'ron'],
      ['salteaua \ue007', 'ron'],
      ['', 'ron']
    ] as const)
      expect(hints.into(line, language)).toBe(line);
  });

  it('take the longest phrase that begins at a word, and its words get none of their own', () => {
    expect(hints.into('Comme d’hab, par tête', 'fra')).toBe('Comme d’hab\ue006 as usual\ue007, par tête\ue006 per head\ue007');
    expect(hints.into('par tete de pipe', 'fra')).toBe('par tete de pipe\ue006 each\ue007');
    expect(hints.into('par tete de', 'fra')).toBe('par tete\ue006 per head\ue007 de');
    expect(hints.into('par, tete', 'fra')).toBe('par, tete');
    expect(hints.into("comme d'1 hab", 'fra')).toBe("comme d'1 hab\ue006 clothes\ue007");
    expect(hints.into("comme  d'hab", 'fra')).toBe("comme  d'hab\ue006 clothes\ue007");
  });

  it('leave the line as it was once they are taken out again', () => {
    const words = fc.array(fc.oneof(fc.constantFrom('salteaua', 'FATĂ', 'fata', "l'", '12:30'), fc.string({ unit: 'grapheme' })));
    fc.assert(
      fc.property(words, (parts) => {
        const line = parts.join(' ');
        fc.pre(!/[\ue006\ue007]/u.test(line));
        expect(hints.into(line, 'ron').replace(/\ue006[^\ue007]*\ue007/gu, '')).toBe(line);
      })
    );
  });

  it('stand in the file by their English, phrases with their words joined', () => {
    const bytes = new TextEncoder().encode('{"fra":{"per head, each":"par_tete chacun"}}');
    const read = readHints(bytes, MARKS);
    expect(read.into('par tête, chacun', 'fra')).toBe('par tête\ue006 per head, each\ue007, chacun\ue006 per head, each\ue007');
    expect(read.into('par_tete', 'fra')).toBe('par_tete');
  });

  it('refuse a table of another shape', () => {
    expect(() => readHints(new TextEncoder().encode('{"ron":{"fata":1}}'), MARKS)).toThrow('hints.json');
  });
});
