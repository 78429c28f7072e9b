import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriesTokens, mask, maskingWays, piecesAroundTokens, tokensOf, unmask, type MaskingWay } from './mask.ts';

const placeholders = ['\uE000', '\uE001', '\uE002'];
const ways = maskingWays({ placeholders, readsDigits: true });
const [written, own, numbers, , names] = ways as [MaskingWay, MaskingWay, MaskingWay, MaskingWay, MaskingWay];

describe('tokensOf', () => {
  it.each([
    ['sună-mă la 07700 900123 mâine', ['07700 900123']],
    ['+44 7700 900456', ['+44 7700 900456']],
    ['la 10:30, nu la 22h', ['10:30', '22h']],
    ['le 12/05/2024 à 8h15', ['12/05/2024', '8h15']],
    ['350€ ou £1,200.50 ou 20 %', ['350€', '£1,200.50', '20 %']],
    ['@ion.pop vino', ['@ion.pop']],
    ['AB12 CDE și X9-TRN', ['AB12 CDE', 'X9-TRN']],
    ['vieni al 14 holm road alle 9', ['14 holm road', '9']],
    ['3 Quay Terrace, langa mare', ['3 Quay Terrace']],
    ['stau la 27b st james street', ['27b st james street']],
    ['nimic', []],
    // [Note: Digits as sounds]
    ['je viens dem1 ou 2m1 a 7h, c bi1, qq1 a 20', ['7h', '20']],
    ['2main 8h', ['8h']],
    ['dv 6? io dove 6 ieri alle 6', ['6']],
    ['via dove 66, dem12, 2mains, demi1', ['66', '12', '2', '1']]
  ])('%j', (text, wanted) => {
    expect(tokensOf(text)).toEqual(wanted);
  });
});

describe('carriesTokens', () => {
  it.each([
    ['At 10:30 bring 200.', 'adu 200 la 10:30', true],
    ['Bring 200 at 10:30.', 'adu 200 la 10:30', true],
    ['Bring 200.', 'adu 200 la 10:30', false],
    ['Bring 200.', 'adu 200, iar 200', false]
  ])('%j of %j: %j', (translated, source, carried) => {
    expect(carriesTokens(translated, source)).toBe(carried);
  });

  // [Note: Texts of any length] in segment.ts.
  it('of a list of a megabyte looks in order, and doubts another order', { timeout: 120_000 }, () => {
    const list = Array.from({ length: 130_000 }, (_, i) => String(100_000 + i));
    expect(carriesTokens(list.join('\n'), list.join('; '))).toBe(true);
    expect(carriesTokens(list.toReversed().join('\n'), list.join('; '))).toBe(false);
  });

  it.each(['7', '-', 'A-', 'A1-', '@', '@.', '1,', '1,000', '£', '10:'])(
    'finds the tokens of a megabyte of %j',
    { timeout: 120_000 },
    (unit) => {
      const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
      const tokens = tokensOf(text);
      expect(carriesTokens(text, text)).toBe(true);
      expect(tokens.length > 0).toBe(/\d/u.test(unit));
    }
  );
});

describe('unmask', () => {
  const masked = mask('adu 200 la 10:30', numbers);
  it('puts each token back, also in another order', () => {
    expect(masked?.text).toBe('adu 2000 la 3000');
    expect(masked && unmask('At 3000 bring 2000.', masked)).toBe('At 10:30 bring 200.');
  });
  it.each([
    'Bring 2000.',
    'Bring 2000 and 2000 at 3000.',
    'Bring 20000 at 3000.',
    'Bring 2000 at 3000 or 4.',
    'Bring 2,000 at 3000.',
    '3.2000 3000'
  ])('refuses %j', (translated) => {
    expect(masked && unmask(translated, masked)).toBeNull();
  });
  it('takes the placeholders that the model was trained with', () => {
    const line = mask('adu 200 la 10:30', own);
    expect(line?.text).toBe('adu \uE000 la \uE001');
    expect(line && unmask('Bring \uE000 at \uE001.', line)).toBe('Bring 200 at 10:30.');
    expect(line && unmask('Bring \uE000.', line)).toBeNull();
  });
  it('leaves a model without placeholders the words alone', () => {
    expect(maskingWays({ placeholders: [] })).toEqual(ways.slice(2));
  });
  it('leaves short numbers in the text for a model that reads digits, and long ones behind placeholders', () => {
    const line = mask('700 erau drumul, 1.50 apa, tel 07700 900123, cod 12345', written);
    expect(line?.text).toBe('700 erau drumul, 1.50 apa, tel \uE000, cod \uE001');
    expect(line?.written).toEqual(['700', '1.50']);
    const english = '700 was the journey, 1.50 the water, phone \uE000, code \uE001';
    expect(line && unmask(english, line)).toBe('700 was the journey, 1.50 the water, phone 07700 900123, code 12345');
    for (const wrong of ['700 the', '7', '1,50', '700', '700 and 7', '700 and one'])
      expect(line && unmask(english.replace('1.50', wrong), line)).toBeNull();
    expect(mask('tel 07700 900123', written)).toBeNull();
    expect(mask('40 si 4', written)?.written).toEqual(['40', '4']);
  });
  it('takes no number for a part of another', () => {
    const line = mask('dau 4 din 40', written);
    expect(line && unmask('I give 4 out of 40.', line)).toBe('I give 4 out of 40.');
    expect(line && unmask('I give 40.', line)).toBeNull();
    expect(line && unmask('I give 4 out of 40 or 400.', line)).toBeNull();
  });
  it('takes no two numbers run together for the two', () => {
    const line = mask('vino la 7, 30 de lei', written);
    expect(line && unmask('Come at 7, 30 lei.', line)).toBe('Come at 7, 30 lei.');
    for (const joined of ['7:30', '730', '307', '7.30', '7,30']) {
      expect(line && unmask(`Come at ${joined} for lei.`, line)).toBeNull();
    }
  });
  it('does not use a stand-in that stands in the text', () => {
    expect(mask('dă 50 \uE000', own)).toBeNull();
    expect(mask('dă 50 lui tom', names)).toBeNull();
    expect(mask('dă 50 lui tom', numbers)).not.toBeNull();
  });
});

describe('for any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'vino ',
      'la ',
      'am trimis ',
      '@ana ',
      '10:30 ',
      '£20 ',
      'AB12 CDE ',
      '+447700900123 ',
      'Tom ',
      '2000 ',
      '5kg '
    ),
    fc.integer({ min: 0, max: 99999 }).map((n) => `${n} `),
    fc.string({ unit: 'grapheme', maxLength: 6 })
  );
  const text = fc.array(piece, { maxLength: 12 }).map((p) => p.join(''));

  it('masking and unmasking without a change gives the text back', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...ways), (source, way) => {
        const masked = mask(source, way);
        if (masked === null) return;
        const back = unmask(masked.text, masked);
        // A digit that is no token (in letters glued to it) makes it refuse; it must never alter.
        expect(back === null || back === source).toBe(true);
      })
    );
  });

  it('the pieces around the tokens hold every token', () => {
    fc.assert(
      fc.property(text, (source) => {
        const pieces = piecesAroundTokens(source);
        expect(pieces.map((p) => p.text).join('')).toBe(source);
        const kept = pieces.filter((p) => p.kind === 'kept').map((p) => p.text);
        for (const token of tokensOf(source)) expect(kept).toContain(token);
      })
    );
  });
});
