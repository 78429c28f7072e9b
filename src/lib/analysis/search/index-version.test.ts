import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { indexVersion } from './index-version.ts';
import { SearchIndex } from './search-index.ts';
import { packSegment } from './segment.ts';

/** One of everything that the rules know, in characters that Unicode has had for long and will not change. */
const TEXTS = [
  'Şerban Łódź straße İzmir ﬁn naïve Ηλίας ς',
  'трийсет и пет лв. Йосиф, ещё',
  'مُحَمَّد کتاب ة ى ١٢٣',
  '北京市 ひらがな カタカナ 한국어 สวัสดี',
  '+44 7700 900123, 07700 900 123, 1,500 or 1.500 lei, 12/05, a1b2',
  'zero\u200bwidth \u202eright\u202c 👍🏽 🇷🇴 😀😀 𝔟𝔬𝔩𝔡',
  'हिन्दी क़लम ਪੰਜਾਬੀ',
  'x'.repeat(90)
];

describe('the name of the rules that made an index', () => {
  it('is the same at each asking, and says what the engine knows of Unicode', () => {
    expect(indexVersion()).toBe(indexVersion());
    expect(indexVersion()).toMatch(/^\d+(?::|\.)\d+\.\d+\.\d+\.\d+$/);
  });

  it('is raised with any change of tokens, folds or layout: change RULES together with this sum', () => {
    const index = new SearchIndex();
    for (const [id, text] of TEXTS.entries()) index.add(id, id % 2 === 0 ? 'original' : 'translation', text);
    index.commit();
    const sum = createHash('sha256').update(packSegment(index.segments[0]!.segment)).digest('hex');
    // The header of every block names the schema of them all: with that raised to 4 the sum is another and the index the same.
    expect([indexVersion().split(':')[0], sum]).toEqual([
      '1',
      '01e5042c82766cd450bfa0e3cdf9a6dd4efa57c5cd75732248b42d516badb3c9'
    ]);
  });
});
