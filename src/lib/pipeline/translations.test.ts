import { describe, expect, it } from 'vitest';
import { packBlock } from '../evidence/blocks.ts';
import { QualityFlag } from '../language/contract.ts';
import { Translations } from './translations.ts';

const MODEL = { id: 'a', sha256Hex: 'aa' };

function read(block: Uint8Array): Translations {
  const translations = new Translations();
  translations.unpack(block);
  return translations;
}

describe('machine lines on disk', () => {
  it('keep doubts of every bit and other readings, each with its own line', () => {
    const kept = new Translations();
    kept.extend(3);
    const line = { language: 'ron', meanLogProb: -0.5, model: MODEL };
    kept.put(
      [
        { ...line, messageId: 0, text: 'I come', flags: QualityFlag.personsUnsure, otherReading: 'They come' },
        { ...line, messageId: 1, text: 'Done', flags: QualityFlag.cut },
        { ...line, messageId: 2, text: 'Şi el', flags: QualityFlag.personsUnsure, otherReading: 'Él también — 他' }
      ],
      7
    );
    const again = read(kept.pack(0));
    expect([0, 1, 2].map((id) => again.otherReadingOf(id))).toEqual(['They come', null, 'Él también — 他']);
    expect([0, 1, 2].map((id) => again.flagsOf(id))).toEqual([1 << 17, QualityFlag.cut, 1 << 17]);
    expect(read(kept.pack(1)).otherReadingOf(2)).toBe('Él también — 他');
    expect(again.versionsOf(0)).toMatchObject([{ text: 'I come', otherReading: 'They come' }]);
  });

  it('keep what a line would have been without the message before it', () => {
    const kept = new Translations();
    kept.extend(2);
    const line = { language: 'ron', meanLogProb: -0.5, flags: 0, model: MODEL };
    kept.put([{ ...line, messageId: 0, text: 'It is at his place', byItself: 'He is at home' }], 7);
    kept.put([{ ...line, messageId: 1, text: 'Done' }], 8);
    const again = read(kept.pack(0));
    expect([0, 1].map((id) => again.byItselfOf(id))).toEqual(['He is at home', null]);
    expect(read(kept.pack(1)).byItselfOf(0)).toBeNull();
    again.put([{ ...line, messageId: 0, text: 'It is with him' }], 9);
    expect(again.byItselfOf(0)).toBeNull();
    expect(again.versionsOf(0).map(({ byItself }) => byItself)).toEqual([null, 'He is at home']);
  });

  it('of cases from before other readings were kept are read, and hold none', () => {
    const old = packBlock(
      'translations',
      {
        message: Uint32Array.of(0, 1),
        language: Uint8Array.of(0, 0),
        textLengths: Uint32Array.of(3, 2),
        textBytes: new TextEncoder().encode('onetw'),
        hasText: Uint8Array.of(1, 1),
        flags: Uint16Array.of(QualityFlag.noConfidence, 0),
        logProb: Float64Array.of(-1, -2),
        model: Uint8Array.of(0, 0)
      },
      { languages: ['ron'], models: ['a\naa'] }
    );
    const translations = read(old);
    const line = { messageId: 1, language: 'ron', text: 'new', otherReading: 'They', meanLogProb: -1, model: MODEL };
    translations.put([{ ...line, flags: QualityFlag.personsUnsure }], 7);
    expect(translations.textOf(0)).toBe('one');
    expect(translations.flagsOf(0)).toBe(QualityFlag.noConfidence);
    expect(translations.otherReadingOf(0)).toBeNull();
    expect(translations.byItselfOf(0)).toBeNull();
    expect(translations.versionsOf(1)).toMatchObject([
      { text: 'new', otherReading: 'They' },
      { text: 'tw', otherReading: null }
    ]);
  });
});
