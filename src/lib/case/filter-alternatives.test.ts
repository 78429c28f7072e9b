import { describe, expect, it } from 'vitest';
import type { CaseFilter } from '../pipeline/contract.ts';
import { canMove, withAlternative, withMoved, withNewAlternative, withoutAlternative } from './filter-alternatives.ts';
import { isEmptyFilter, namesPart, withoutPart, withPersons } from './filter-parts.ts';

const time = { fromMs: 1, toMs: 9 };

describe('alternatives of a filter', () => {
  it('makes what is chosen the first alternative; time and search text stay for all', () => {
    expect(withNewAlternative({ time, text: 'van', parties: [1], not: { threads: [7] } })).toEqual({
      time,
      text: 'van',
      anyOf: [{ parties: [1], not: { threads: [7] } }, {}]
    });
    expect(withNewAlternative({ time, text: 'van' })).toEqual({ time, anyOf: [{ text: 'van' }, {}] });
    expect(withNewAlternative({ anyOf: [{ parties: [1] }, { languages: ['ron'] }] })).toEqual({
      anyOf: [{ parties: [1] }, { languages: ['ron'] }, {}]
    });
  });

  it('joins an alternative that is left alone to what all share, unless a part stands in both', () => {
    const filter: CaseFilter = { time, anyOf: [{ parties: [1], partySide: 'to' }, { languages: ['ron'] }] };
    expect(withoutAlternative(filter, 1)).toEqual({ time, parties: [1], partySide: 'to' });
    expect(withoutAlternative({ ...filter, parties: [3] }, 1)).toEqual({ time, parties: [3], anyOf: [filter.anyOf![0]] });
    expect(withoutAlternative({ time, anyOf: [{}] }, 0)).toEqual({ time });
  });

  it('moves a part between what all share and an alternative, people with their side', () => {
    const filter: CaseFilter = { text: 'van', parties: [2], partySide: 'either', anyOf: [{ languages: ['ron'] }, {}] };
    expect(withMoved(filter, 'text', null, 1)).toEqual({
      parties: [2],
      partySide: 'either',
      anyOf: [{ languages: ['ron'] }, { text: 'van' }]
    });
    const people = withMoved(filter, 'parties', null, 0);
    expect(people).toEqual({ text: 'van', anyOf: [{ languages: ['ron'], parties: [2], partySide: 'either' }, {}] });
    expect(withMoved(people, 'parties', 0, null)).toEqual(filter);
    expect(canMove(filter, 'text', null, 1)).toBe(true);
    expect(canMove(withAlternative(filter, 1, { text: 'key' }), 'text', null, 1)).toBe(false);
    expect(canMove(filter, 'languages', null, 0)).toBe(false);
  });

  it('counts in other places: no condition, named parts, joined people', () => {
    expect(isEmptyFilter({ anyOf: [{}, {}] })).toBe(true);
    expect(isEmptyFilter({ anyOf: [{}, { parties: [0] }] })).toBe(false);
    const filter: CaseFilter = {
      topics: [1],
      anyOf: [{ topics: [2], parties: [7] }, { not: { topics: [3], languages: ['ron'] } }]
    };
    expect(namesPart({ anyOf: [{ not: { topics: [3] } }] }, 'topics')).toBe(true);
    expect(namesPart(filter, 'places')).toBe(false);
    expect(withoutPart(filter, 'topics')).toEqual({ anyOf: [{ parties: [7] }, { not: { languages: ['ron'] } }] });
    expect(withPersons(filter, [[7, 3]]).anyOf?.[0]).toEqual({ topics: [2], parties: [3] });
  });
});
