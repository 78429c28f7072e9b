import { describe, expect, it } from 'vitest';
import { MessageState } from '$lib/evidence/records.ts';
import type { CaseFilter, FilterResult } from '$lib/pipeline/contract.ts';
import { clockIn } from './clock.ts';
import { excludeFacet, facetGroups, includeFacet } from './facet-groups.ts';
import { filterPhrases, isolated, withoutPhrase } from './sentence.ts';

const names = { of: (part: string, id: number): string => `${part[0]}${id}` };
const london = clockIn('Europe/London');
const words = (filter: CaseFilter, zone = 'Europe/London'): string =>
  filterPhrases(filter, names, clockIn(zone))
    .map((phrase) => phrase.words.replace(/[\u2068\u2069]/g, ''))
    .join(', ');

describe('the sentence of a filter', () => {
  it.each<[CaseFilter, string]>([
    [{}, ''],
    [{ parties: [1] }, 'from p1'],
    [{ parties: [1, 2] }, 'from p1 or p2'],
    [{ parties: [1], partySide: 'to' }, 'to p1'],
    [{ parties: [1, 2], partySide: 'either' }, 'from or to p1 or p2'],
    [{ partySide: 'to' }, ''],
    [{ parties: [1], partySide: 'to', not: { parties: [2], partySide: 'either' } }, 'to p1, not from or to p2'],
    [{ between: [1, 2] }, 'between p1 and p2'],
    [{ parties: [1, 2, 3, 4, 5] }, 'from p1, p2 or 3 more'],
    [{ languages: ['ron', 'ara'] }, 'in Romanian or Arabic'],
    [
      { languages: ['pol'], lines: ['no-model', 'too-short'] },
      'in Polish, without a model on this device or too short to tell the language'
    ],
    [{ services: ['whatsapp'] }, 'on WhatsApp'],
    [{ states: MessageState.deletedByUser | MessageState.edited }, 'edited or deleted on the device'],
    [{ text: 'van keys' }, 'matching “van keys”'],
    [{ parties: [0], not: { threads: [7] } }, 'from p0, not in t7'],
    [{ time: { fromMs: Date.UTC(2025, 0, 3), toMs: null } }, 'since 3 Jan 2025'],
    [{ services: ['sms'], anyOf: [{ parties: [1] }, { languages: ['ron'] }] }, 'on SMS, either from p1 or in Romanian'],
    [{ anyOf: [{ parties: [1], not: { threads: [7] } }, { text: 'van' }, {}] }, 'either (from p1, not in t7) or matching “van”'],
    [{ anyOf: [{ parties: [1] }, {}] }, 'from p1'],
    [{ anyOf: [{}, {}] }, '']
  ])('%j', (filter, expected) => {
    expect(words(filter)).toBe(expected);
  });

  it('says days of the zone of the case, and says the minute where they were chosen in another', () => {
    // The change to summer time lies inside: 1 March begins at 00:00 UTC, 1 April at 23:00 UTC the day before.
    const time = { fromMs: Date.UTC(2025, 2, 1), toMs: Date.UTC(2025, 2, 31, 23) };
    expect(words({ time })).toMatch(/^1\s?–\s?31 Mar 2025$/);
    expect(words({ time }, 'UTC')).toMatch(/^1 Mar 2025, 00:00\s–\s31 Mar 2025, 23:00$/);
    expect(words({ time: { fromMs: null, toMs: time.toMs } })).toBe('until 31 Mar 2025');
    expect(words({ time: { fromMs: null, toMs: time.toMs } }, 'UTC')).toBe('until 31 Mar 2025, 23:00');
  });

  it('cannot be turned around by a name from evidence', () => {
    expect(isolated('a\u2069\u202eb')).toBe('\u2068a\ufffd\ufffdb\u2069');
  });

  it('takes one part away and leaves the others', () => {
    const filter: CaseFilter = { parties: [1], languages: ['ron'], not: { parties: [3] } };
    const phrases = filterPhrases(filter, names, london);
    expect(phrases.map((phrase) => `${phrase.isExcluded} ${phrase.part}`)).toEqual([
      'false parties',
      'false languages',
      'true parties'
    ]);
    expect(withoutPhrase(filter, phrases[0] as (typeof phrases)[number])).toEqual({ languages: ['ron'], not: { parties: [3] } });
    expect(withoutPhrase(filter, phrases[2] as (typeof phrases)[number])).toEqual({ parties: [1], languages: ['ron'] });
  });
});

const result: FilterResult = {
  setId: 1,
  total: 3,
  of: 9,
  facets: {
    parties: [{ value: 4, label: 'Dana', count: 3 }],
    threads: [],
    services: [{ value: 'sms', label: 'sms', count: 3 }],
    languages: [{ value: 'ron', label: 'ron', count: 2 }],
    sources: [],
    tags: [],
    states: [{ value: MessageState.edited, label: 'edited', count: 1 }]
  },
  histogram: { fromMs: 0, bucketMs: 1, counts: new Uint32Array(0) },
  untimed: 0,
  untried: 0,
  untranslated: 0,
  standing: [],
  elapsed_ms: 0
};

describe('facets', () => {
  it('keeps a chosen value in sight when nothing matches it any longer', () => {
    const groups = facetGroups(result, { parties: [8], not: { languages: ['fra'] } }, names);
    const rows = groups.flatMap((group) => group.rows.map((row) => `${group.part} ${row.label} ${row.count} ${row.state}`));
    expect(rows).toEqual([
      'parties p8 0 included',
      'parties Dana 3 off',
      'services SMS 3 off',
      'languages French 0 excluded',
      'languages Romanian 2 off',
      'states edited 1 off'
    ]);
  });

  it('includes, excludes and frees states bit by bit', () => {
    const { edited, voiceNote } = MessageState;
    const once = includeFacet({}, 'states', edited);
    expect(once).toEqual({ states: edited });
    expect(includeFacet(once, 'states', voiceNote)).toEqual({ states: edited | voiceNote });
    expect(excludeFacet(once, 'states', edited)).toEqual({ not: { states: edited } });
    expect(excludeFacet({ not: { states: edited } }, 'states', edited)).toEqual({});
    expect(includeFacet({ not: { states: edited } }, 'states', edited)).toEqual({ states: edited });
  });
});
