import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import { asWritten, say, sentence, type Sentence } from './sentence.ts';

const places = (template: string): string[] =>
  [...new Set([...template.matchAll(/\{(\w+)(?:\|[^|{}]*\|[^|{}]*)?\}/g)].map((match) => match[1] as string))].sort();

describe('the catalogue', () => {
  it.each(Object.entries(CATALOGUE))('says %s in both languages with the same values', (_, { en, fr }) => {
    expect(places(fr)).toEqual(places(en));
    for (const words of [en, fr]) {
      expect(words.trim()).toBe(words);
      expect(words).not.toBe('');
      // A brace that belongs to no place would stand on screen.
      expect(words.replace(/\{\w+(?:\|[^|{}]*\|[^|{}]*)?\}/g, '')).not.toMatch(/[{}]/);
    }
    expect(fr.endsWith('.')).toBe(en.endsWith('.') && !en.endsWith('...'));
  });

  it('has no French left in English', () => {
    const same = Object.entries(CATALOGUE).filter(([, { en, fr }]) => en === fr && /[a-z]{4}/.test(en.replace(/\{[^}]*\}/g, '')));
    expect(same.map(([code]) => code)).toEqual([
      'kind-message',
      'kind-contact',
      'role-thread',
      'role-latitude',
      'role-longitude'
    ]);
  });
});

describe('say', () => {
  it('puts values in, chooses the word that fits a number in each language, and leaves evidence alone', () => {
    const shape = (rows: number): Sentence => sentence('table-shape', { rows, columns: 0, delimiter: sentence('by-commas') });
    expect(say(shape(1))).toBe('1 row, 0 columns parted by commas');
    expect(say(shape(2))).toBe('2 rows, 0 columns parted by commas');
    expect(say(shape(1), 'fr')).toBe('1 ligne, 0 colonne séparée par des virgules');
    expect(say(shape(2), 'fr')).toBe('2 lignes, 0 colonne séparée par des virgules');
    const hostile = '{rows} $& $1 <b>';
    expect(say(sentence('file-empty', { file: hostile }), 'fr')).toBe(`${hostile} est vide.`);
    expect(say(asWritten(hostile), 'fr')).toBe(hostile);
  });

  it('puts a list of sentences into one language', () => {
    const columns = [
      sentence('column-as', { header: 'Quand', role: sentence('role-time') }),
      sentence('column-as', { header: 'Qui', role: sentence('role-party') })
    ];
    const said = sentence('columns-as', { columns, kind: sentence('kind-call') });
    expect(say(said)).toBe(
      "'Quand' as Date and time, 'Qui' as Other side (number); rows are read as call unless they say otherwise"
    );
    expect(say(said, 'fr')).toBe(
      '« Quand » comme Date et heure, « Qui » comme Autre partie (numéro) ; les lignes sont lues comme appel sauf si elles disent autre chose'
    );
  });

  it('shows a code that it does not know with its values', () => {
    const newer = { code: 'something-newer', values: { file: 'a.xml', n: 3 } } as unknown as Sentence;
    expect(say(newer, 'fr')).toBe('something-newer a.xml 3');
  });
});
