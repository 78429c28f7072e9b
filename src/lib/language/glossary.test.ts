import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILD_ID } from '../evidence/build-id.ts';
import { Glossary, MAX_TERMS, type GlossaryTerm, type TermText } from './glossary.ts';
import { readGlossary, writeGlossary, type FileTerm } from './glossary-file.ts';

const text = (term: string, change: Partial<TermText> = {}): TermText => ({
  term,
  language: 'ron',
  meaning: 'deductions',
  innocent: 'a van',
  note: '',
  ...change
});
const names = (glossary: Glossary): string[] => glossary.terms().map(({ term }) => term);

describe('a glossary of a case', () => {
  it('keeps every change with who and when, and undoes one by one without forgetting', () => {
    const glossary = new Glossary();
    glossary.add(text('duba'), 'DC Jones', 10);
    glossary.add(text('casa'), 'DC Jones', 20);
    glossary.amend(1, text('duba', { meaning: 'the van debt' }), 'DS Khan', 30);
    glossary.remove(2, 'DS Khan', 40);
    expect(names(glossary)).toEqual(['duba']);
    expect(glossary.terms()[0]).toMatchObject({ meaning: 'the van debt', who: 'DS Khan', atMs: 30 });
    glossary.undo('DC Jones', 50);
    expect(names(glossary)).toEqual(['duba', 'casa']);
    glossary.undo('DC Jones', 60);
    expect(glossary.terms()[0]).toMatchObject({ meaning: 'deductions', who: 'DC Jones', atMs: 10 });
    glossary.undo('DC Jones', 70);
    glossary.undo('DC Jones', 80);
    expect(names(glossary)).toEqual([]);
    expect(glossary.undo('DC Jones', 90)).toEqual({ ok: false, fault: 'nothing-to-undo' });
    expect(glossary.changes.map(({ version, kind, undoes }) => [version, kind, undoes])).toEqual([
      [1, 'added', 0],
      [2, 'added', 0],
      [3, 'amended', 0],
      [4, 'removed', 0],
      [5, 'undone', 4],
      [6, 'undone', 3],
      [7, 'undone', 2],
      [8, 'undone', 1]
    ]);
  });

  it('never gives an id twice, also after an undo', () => {
    const glossary = new Glossary();
    glossary.add(text('duba'), 'A', 1);
    glossary.undo('A', 2);
    glossary.add(text('alta'), 'A', 3);
    expect(glossary.terms()[0]?.id).toBe(2);
  });

  const refused: [why: string, given: TermText, who: string, fault: string][] = [
    ['no term', text(' '), 'A', 'term-missing'],
    ['a term without a letter or digit', text('…!'), 'A', 'no-letters'],
    ['no meaning', text('x', { meaning: '' }), 'A', 'meaning-missing'],
    ['no innocent meaning', text('x', { innocent: ' \u200b ' }), 'A', 'innocent-missing'],
    ['nobody who says so', text('x'), '  ', 'who-missing'],
    ['a page for a term', text('x'.repeat(81)), 'A', 'too-long'],
    ['the same term in other letters', text('DUBA'), 'A', 'already-there']
  ];
  it.each(refused)('refuses %s', (_why, given, who, fault) => {
    const glossary = new Glossary();
    glossary.add(text('duba'), 'A', 1);
    expect(glossary.add(given, who, 2)).toEqual({ ok: false, fault });
    expect(glossary.version).toBe(1);
  });

  it('comes back from its blocks as it was', () => {
    const glossary = new Glossary();
    glossary.add(text('duba'), 'A', 1);
    glossary.amend(1, text('duba', { note: 'seen twice' }), 'B', 2);
    glossary.undo('A', 3);
    const again = new Glossary();
    for (const change of glossary.changes) again.unpack(Glossary.pack(change));
    expect(again.changes).toEqual(glossary.changes);
    expect(again.terms()).toEqual(glossary.terms());
  });

  it('forgets a change that could not be kept', () => {
    const glossary = new Glossary();
    glossary.add(text('duba'), 'A', 1);
    const changed = glossary.amend(1, text('duba', { note: 'n' }), 'B', 2);
    if (!changed.ok) throw new Error(changed.fault);
    glossary.drop(changed.change);
    expect([glossary.version, glossary.terms()[0]?.note]).toEqual([1, '']);
  });

  it('takes a file in as one change that is undone as one', () => {
    const glossary = new Glossary();
    glossary.add(text('duba'), 'A', 1);
    const file: FileTerm[] = [
      { ...text('casa'), who: 'PC Old', atMs: 5 },
      { ...text('Duba'), who: 'PC Old', atMs: 5 },
      { ...text('poarta', { innocent: '' }), who: '', atMs: null },
      { ...text('nou'), who: '', atMs: null }
    ];
    const { faults } = glossary.takeIn(file, 'A', 9);
    expect(faults).toEqual([null, 'already-there', 'innocent-missing', null]);
    expect(glossary.terms().map(({ term, who, atMs }) => [term, who, atMs])).toEqual([
      ['duba', 'A', 1],
      ['casa', 'PC Old', 5],
      ['nou', 'A', 9]
    ]);
    glossary.undo('A', 10);
    expect(names(glossary)).toEqual(['duba']);
  });

  it('takes no more terms than it can show', () => {
    const glossary = new Glossary();
    const file = Array.from({ length: MAX_TERMS + 2 }, (_, i) => ({ ...text(`t${i}`), who: 'A', atMs: 1 }));
    const { faults } = glossary.takeIn(file, 'A', 1);
    expect(faults.filter((fault) => fault === 'full')).toHaveLength(2);
  });
});

describe('a glossary file', () => {
  const term = (given: Partial<GlossaryTerm>): FileTerm => ({ ...text('duba'), who: 'A', atMs: 86_400_000, ...given });

  it('holds the words, the build that wrote it, and nothing else', () => {
    const terms = [{ ...term({}), id: 4 }];
    expect(writeGlossary(terms, 'csv')).toBe(
      `term,language,meaning,innocent,note,who,when,skein_build\r\nduba,ron,deductions,a van,,A,1970-01-02T00:00:00.000Z,${BUILD_ID}\r\n`
    );
    expect(Object.keys((JSON.parse(writeGlossary(terms, 'json')) as { terms: object[] }).terms[0] ?? {})).toEqual([
      'term',
      'language',
      'meaning',
      'innocent',
      'note',
      'who',
      'when'
    ]);
  });

  it('guards cells that a spreadsheet would run', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) {
      const csv = writeGlossary([term({ note: `${start}1+1` })], 'csv');
      expect(csv, JSON.stringify(start)).toMatch(/,"?'[=+\-@\t\r]1\+1/);
    }
  });

  it.each(['json', 'csv'] as const)('comes back as it was (%s)', (format) => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 });
    const tricky = fc.constantFrom('=1', "'=1", "''@x", '"', ',', 'a\nb', ' x ', '\u200b');
    const words = fc.oneof(cell, tricky);
    const row = fc.record({
      term: words,
      language: fc.constantFrom('ron', ''),
      meaning: words,
      innocent: words,
      note: words,
      who: words
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const terms = rows.map((one) => ({ ...one, atMs: 86_400_000 }));
        expect(readGlossary(writeGlossary(terms, format))).toEqual({ ok: true, terms });
      })
    );
  });

  it('refuses in words what is no glossary', () => {
    expect(readGlossary('name,number\nAna,1\n')).toEqual({ ok: false, fault: 'not-a-glossary' });
    expect(readGlossary('{"kind":"other"}')).toEqual({ ok: false, fault: 'not-a-glossary' });
    expect(readGlossary('{ not json')).toEqual({ ok: false, fault: 'not-a-glossary' });
    expect(readGlossary('{"kind":"skein-glossary","version":2,"terms":[]}')).toEqual({ ok: false, fault: 'newer-version' });
    expect(readGlossary('x'.repeat(8_000_001))).toEqual({ ok: false, fault: 'too-large' });
    expect(readGlossary('')).toEqual({ ok: false, fault: 'not-a-glossary' });
  });

  it('reads a hostile row as an empty one, for the glossary to refuse', () => {
    const read = readGlossary('{"kind":"skein-glossary","version":1,"terms":[null,5,{"term":{"a":1}}]}');
    expect(read.ok && read.terms.every(({ term }) => term === '')).toBe(true);
  });
});
