/** What the built-in list must be: whole, dated, sourced, with an innocent meaning for every term, and fair. */
import { describe, expect, it } from 'vitest';
import { BANKS } from '../../../../tools/sample/words/index.ts';
import { foldCharacter } from '../../analysis/search/fold-table.ts';
import { LEXICON, LEXICON_EDITION } from './index.ts';
import { LEXICON_THEMES, readTerms, SOURCE_KINDS } from './entry.ts';

const fold = (text: string): string => [...text].map(foldCharacter).join('');
const of = (language: string) => LEXICON.filter((term) => term.language === language);

describe('the lexicon', () => {
  it('has the terms that it should have in each language', () => {
    expect(of('eng').length).toBeGreaterThanOrEqual(40);
    for (const language of ['fra', 'spa', 'por', 'ita', 'ron']) expect(of(language).length, language).toBeGreaterThanOrEqual(25);
    for (const language of new Set(LEXICON.map((term) => term.language)))
      expect(new Set(of(language).map((term) => term.theme)), language).toEqual(new Set(LEXICON_THEMES));
  });

  it('says of every term what it may mean, what it means in everyday talk, and from which kind of register', () => {
    for (const { id, sense, innocent, source, added } of LEXICON) {
      expect(sense.length, id).toBeGreaterThan(5);
      expect(innocent.length, id).toBeGreaterThan(5);
      expect(innocent, id).not.toBe(sense);
      expect(SOURCE_KINDS, id).toContain(source.kind);
      expect(source.year, id).toBeGreaterThanOrEqual(2000);
      expect(`${source.year}-01-01` <= added, id).toBe(true);
      expect(added <= LEXICON_EDITION.dated, id).toBe(true);
    }
  });

  it('has no term and no form twice within a language', () => {
    expect(new Set(LEXICON.map(({ id }) => id)).size).toBe(LEXICON.length);
    for (const language of new Set(LEXICON.map((term) => term.language))) {
      const forms = of(language).flatMap((term) => term.forms.map(fold));
      expect(
        forms.filter((form, i) => forms.indexOf(form) !== i),
        language
      ).toEqual([]);
    }
  });

  it('names no people, faith, health or sex', () => {
    const words = LEXICON.flatMap(({ forms, sense, innocent }) => [...forms, sense, innocent]).join('\n');
    expect(words).not.toMatch(
      /\b(black|white|asian|african|arab\w*|gyps\w*|roma|romani|jew\w*|muslim\w*|islam\w*|christian\w*|albanian\w*|romanian\w*|nigerian\w*|vietnamese|somali\w*|pakistani\w*|immigrant\w*|illegals?|sex\w*|escort\w*|prostitut\w*|brothel\w*|whore\w*|girls?|gay|hiv|addict\w*|junkie\w*|mental\w*|disab\w*)\b/i
    );
  });

  it('has no single word that is an everyday word of the sample in another language', () => {
    const everyday = new Map<string, Set<string>>();
    const names: Readonly<Record<string, string>> = { en: 'eng', fr: 'fra', es: 'spa', pt: 'por', it: 'ita', ro: 'ron' };
    for (const [language, bank] of Object.entries(BANKS))
      everyday.set(names[language] ?? '', new Set(fold(JSON.stringify(bank)).match(/\p{L}+/gu)));
    expect(everyday.size).toBe(6);
    const clashes = LEXICON.flatMap((term) =>
      term.forms
        .filter((form) => !/[ '-]/.test(form))
        .flatMap((form) =>
          [...everyday]
            .filter(([language, words]) => language !== term.language && words.has(fold(form)))
            .map(([l]) => `${form}: ${l}`)
        )
    );
    expect(clashes).toEqual([]);
  });

  it('refuses a line that lacks a part', () => {
    expect(() => readTerms('eng', '2026-01-01', 'line | x | sense |  | guidance 2018')).toThrow('not whole');
    expect(() => readTerms('eng', '2026-01-01', 'line | x | sense | innocent | hearsay 2018')).toThrow('not whole');
  });
});
