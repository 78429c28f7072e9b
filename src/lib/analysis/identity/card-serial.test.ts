import { describe, expect, it } from 'vitest';
import { cardSerialsOfFact } from './card-serial.ts';

describe('serial numbers of cards', () => {
  it('are read where a file calls a text one, with blanks or a filling F', () => {
    expect(cardSerialsOfFact('ICCID', '8944100000000000012')).toEqual(['8944100000000000012']);
    expect(cardSerialsOfFact('SIM_ICCID', '8944 1000 0000 0000 0129')).toEqual(['89441000000000000129']);
    expect(cardSerialsOfFact('ICC-ID 1', '8944100000000000012F, 8944100000000000013')).toEqual([
      '8944100000000000012',
      '8944100000000000013'
    ]);
  });

  it('are none where the name says otherwise, or the digits are no serial number', () => {
    expect(cardSerialsOfFact('IMSI', '8944100000000000012')).toEqual([]);
    expect(cardSerialsOfFact('ICCID', '894410000000')).toEqual([]);
    expect(cardSerialsOfFact('ICCID', '894410000000000001234')).toEqual([]);
    expect(cardSerialsOfFact('ICCID', '1944100000000000012')).toEqual([]);
    expect(cardSerialsOfFact('ICCID', '')).toEqual([]);
  });
});
