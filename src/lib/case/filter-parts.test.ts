import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseFilter } from '../pipeline/contract.ts';
import { excludeValue, isEmptyFilter, onSide, toggleValue, withPart, withPeople, withPersons } from './filter-parts.ts';

describe('filter parts', () => {
  it('takes a part away when its list becomes empty', () => {
    const once = toggleValue({}, 'languages', 'ron');
    expect(once).toEqual({ languages: ['ron'] });
    expect(toggleValue(once, 'languages', 'ron')).toEqual({});
  });

  it('keeps a time part with one open end', () => {
    const filter = withPart({}, 'time', { fromMs: 5, toMs: null });
    expect(filter).toEqual({ time: { fromMs: 5, toMs: null } });
    expect(isEmptyFilter(filter)).toBe(false);
    expect(withPart(filter, 'time', { fromMs: null, toMs: null })).toEqual({});
  });

  it('names the person in place of numbers that another stands for, once', () => {
    const filter: CaseFilter = { parties: [3, 7, 5], threads: [7], not: { parties: [8], languages: ['ron'] } };
    expect(
      withPersons(filter, [
        [7, 3],
        [8, 4]
      ])
    ).toEqual({ parties: [3, 5], threads: [7], not: { parties: [4], languages: ['ron'] } });
    expect(withPersons({ languages: ['ron'] }, [[7, 3]])).toEqual({ languages: ['ron'] });
  });

  it('excludes instead of includes, and back', () => {
    const included: CaseFilter = { parties: [1, 2] };
    const excluded = excludeValue(included, 'parties', 2);
    expect(excluded).toEqual({ parties: [1], not: { parties: [2] } });
    expect(toggleValue(excluded, 'parties', 2)).toEqual({ parties: [1, 2] });
  });

  it('moves people to another side, those left out as well, and stays empty without people', () => {
    const filter: CaseFilter = { parties: [1], not: { parties: [2] } };
    const to: CaseFilter = { parties: [1], partySide: 'to', not: { parties: [2], partySide: 'to' } };
    expect(onSide(filter, 'to')).toEqual(to);
    expect(onSide(to, 'from')).toEqual(filter);
    expect(onSide({}, 'either')).toEqual({ partySide: 'either' });
    expect(isEmptyFilter({ partySide: 'either' })).toBe(true);
    expect(excludeValue({ partySide: 'either' }, 'parties', 3)).toEqual({
      partySide: 'either',
      not: { parties: [3], partySide: 'either' }
    });
    expect(excludeValue({ partySide: 'to', not: { parties: [3], partySide: 'to' } }, 'parties', 3)).toEqual({ partySide: 'to' });
    expect(withPeople(to, [5], 'from')).toEqual({ parties: [5], not: { parties: [2], partySide: 'to' } });
  });

  it('treats the party with number 0 like any other', () => {
    expect(toggleValue({}, 'parties', 0)).toEqual({ parties: [0] });
    expect(isEmptyFilter({ parties: [0] })).toBe(false);
  });

  it('is its own inverse on a fresh value and never holds a value on both sides', () => {
    const values = fc.array(fc.tuple(fc.constantFrom('in', 'out'), fc.integer({ min: 0, max: 4 })), { maxLength: 12 });
    fc.assert(
      fc.property(values, (steps) => {
        let filter: CaseFilter = {};
        for (const [side, value] of steps)
          filter = side === 'in' ? toggleValue(filter, 'threads', value) : excludeValue(filter, 'threads', value);
        const both = (filter.threads ?? []).filter((value) => filter.not?.threads?.includes(value));
        expect(both).toEqual([]);
        const fresh = 99;
        expect(toggleValue(toggleValue(filter, 'threads', fresh), 'threads', fresh)).toEqual(filter);
      })
    );
  });
});
