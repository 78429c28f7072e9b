import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, daysInMonth } from './civil.ts';
import { DateOrderTally, dateUnder, type DateTriple } from './date-order.ts';

function triple(text: string): DateTriple {
  const [a = '', b = '', c = ''] = text.split('/');
  return { a: Number(a), b: Number(b), c: Number(c), aDigits: a.length, bDigits: b.length, cDigits: c.length };
}

function decide(dates: readonly string[], sequence: 'ascending' | 'either' = 'ascending') {
  const tally = new DateOrderTally({ earliestYear: 2009, sequence });
  for (const date of dates) tally.add(triple(date), date);
  return tally.decide();
}

describe('order of day, month and year', () => {
  it.each([
    ['a part over twelve', ['01/02/2024', '13/02/2024'], 'dmy'],
    ['a part over twelve', ['02/01/2024', '02/13/2024'], 'mdy'],
    ['steps back in time', ['05/11/2023', '04/12/2023'], 'dmy'],
    ['steps back in time', ['11/05/2023', '12/04/2023'], 'mdy'],
    ['a year in front', ['2024/03/04', '2024/05/06'], 'ymd'],
    ['year-day-month only where nothing else fits', ['2024/13/02', '2024/14/02'], 'ydm'],
    ['short years: the first part varies more than a year would', ['12/03/24', '14/03/24', '28/03/24'], 'dmy'],
    ['short years in front, where nothing else fits', ['24/03/12', '24/03/14', '24/04/01'], 'ymd'],
    ['the same either way', ['05/05/2024', '05/05/2024'], 'dmy']
  ] as const)('%s: %j is %s', (_, dates, order) => {
    expect(decide(dates)?.order).toBe(order);
  });

  it('asks where both fit, with examples', () => {
    expect(decide(['03/04/2024', '05/06/2024', '05/06/2024'])).toEqual({
      order: null,
      options: ['dmy', 'mdy'],
      examples: ['03/04/2024', '05/06/2024']
    });
  });

  it('asks where a short year may stand at either end', () => {
    expect(decide(['25/12/23'])).toMatchObject({ order: null, options: ['dmy', 'ymd'] });
    expect(decide(['10/05/22', '10/09/23'])).toMatchObject({ order: null, options: ['dmy', 'mdy', 'ymd'] });
  });

  it('reads tables that stand newest first', () => {
    expect(decide(['04/12/2023', '05/11/2023'], 'either')).toMatchObject({ order: null });
    expect(decide(['05/12/2023', '04/12/2023', '09/11/2023', '08/11/2023', '03/11/2023'], 'either')?.order).toBe('dmy');
  });

  it('is not turned by a few pasted lines', () => {
    const days = Array.from({ length: 40 }, (_, i) => `${String((i % 28) + 1).padStart(2, '0')}/0${i < 28 ? 3 : 4}/2024`);
    expect(decide([...days, '04/25/2024', ...days.slice(30)])?.order).toBe('dmy');
  });

  it('has no stamp, no order', () => {
    expect(decide([])).toBeNull();
  });

  it('never takes a wrong order for a file written in sequence', () => {
    const dayNumbers = fc
      .array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 60 })
      .map((days) => days.sort((x, y) => x - y));
    fc.assert(
      fc.property(dayNumbers, fc.constantFrom('dmy', 'mdy'), fc.boolean(), (days, order, shortYear) => {
        const texts = days.map((n) => {
          const date = new Date(Date.UTC(2022, 0, 1) + n * DAY_MS);
          const [d, m, y] = [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear() % (shortYear ? 100 : 10_000)];
          return order === 'dmy' ? `${d}/${m}/${y}` : `${m}/${d}/${y}`;
        });
        const decision = decide(texts);
        const isSame = texts.every((text) => triple(text).a === triple(text).b);
        // Where another order is as free of faults, the answer must be a question.
        expect(decision?.order === null || decision?.order === order || isSame).toBe(true);
      })
    );
  });

  it('knows the days of each month', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 40 }), (month, day) => {
        const date = dateUnder('dmy', { a: day, b: month, c: 2023, aDigits: 2, bDigits: 2, cDigits: 4 });
        expect(date !== null).toBe(day >= 1 && day <= daysInMonth(2023, month));
      })
    );
  });
});
