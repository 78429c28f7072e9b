import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QualityFlag } from '$lib/language/contract.ts';
import { messageRowOf } from '../../../../tests/fixtures/message-row.ts';
import { transcriptRowOf } from '../../../../tests/fixtures/transcript-row.ts';
import { clockIn } from '../filter/clock.ts';
import { caveat, paragraphs, tsv, tsvCell } from './copy.ts';

const london = clockIn('Europe/London');

describe('copied rows', () => {
  it('carry the time of the screen with its offset', () => {
    const row = messageRowOf();
    expect(tsv([row], london)).toContain('Time (Europe/London)');
    expect(tsv([row], london)).toContain('\t2025-05-03T14:02:31.000+01:00\t');
    expect(tsv([row], clockIn('UTC'))).toContain('\t2025-05-03T13:02:31.000+00:00\t');
    expect(paragraphs([row], london)).toMatch(/3 May 2025 at 14:02:31 UTC\+1/);
  });

  it('never give machine text without its original and its caveat', () => {
    const row = messageRowOf({ flags: QualityFlag.lowConfidence | QualityFlag.cut });
    for (const text of [tsv([row], london), paragraphs([row], london)]) {
      expect(text).toContain('the van keys');
      expect(text).toContain('cheile de la duba');
      expect(text).toContain('not evidence by itself');
      expect(text).toContain('romance-en');
      expect(text).toContain('low confidence, cut off before the end');
    }
  });

  it('say what was about as likely to the model', () => {
    const row = messageRowOf({ flags: QualityFlag.personsUnsure, otherReading: 'his van keys' });
    for (const text of [tsv([row], london), paragraphs([row], london)]) {
      expect(text).toContain('unsure who is meant');
      expect(text).toContain('About as likely to the model: his van keys');
    }
    expect(caveat({ ...row, translation: null })).toBe('');
  });

  it('say what a line would have been without the message before it', () => {
    const row = messageRowOf({ otherReading: 'his van keys', byItself: 'her van keys' });
    for (const text of [tsv([row], london), paragraphs([row], london)]) {
      expect(text).toContain('About as likely to the model: his van keys. Read with the message before; by itself: her van keys');
    }
  });

  it('say of a line from the phrase book that people translated its words elsewhere', () => {
    const text = caveat(messageRowOf({ modelId: 'romance-en+phrases' }));
    expect(text).toContain('romance-en, phrase book (people translated these words elsewhere)');
    expect(text).toContain('read with the original');
  });

  it('give a certified text with its translator, its date and its original, and not as machine text', () => {
    const certified = {
      text: 'the keys of the van',
      note: '',
      translator: 'Ioana Pop',
      qualification: 'DPSI 1234',
      translatedOn: '2025-11-28',
      intake: 1,
      request: 3,
      line: 12
    };
    const row = messageRowOf({ certified });
    for (const text of [tsv([row], london), paragraphs([row], london)]) {
      expect(text).toContain('the keys of the van');
      expect(text).toContain('cheile de la duba');
      expect(text).toContain('Certified translation by Ioana Pop (DPSI 1234), 2025-11-28; reference T3-0012');
    }
    // The machine's text leaves beside it with its own caveat or not at all.
    expect(tsv([row], london)).toContain('not evidence by itself');
    expect(paragraphs([row], london)).not.toContain('the van keys');
  });

  it('never give a transcript without its recording, its time codes, its doubts and its models', () => {
    const row = messageRowOf({ body: '', translation: null, transcripts: [transcriptRowOf()] });
    for (const text of [tsv([row], london), paragraphs([row], london)]) {
      expect(text).toContain(`machine transcript of PTT-1.opus, SHA-256 ${'a'.repeat(64)}, length 1:05`);
      expect(text).toContain('Transcribed by tiny-whisper, translated by romance-en; not evidence by itself');
      expect(text).toContain('1:01  adu cheile mâine (may hold no speech)');
      expect(text).toContain('[machine text] bring the keys (About as likely to the model: they bring the keys)');
      expect(text).toContain('Heard up to 1:05');
    }
  });

  it('have no caveat where there is no machine text', () => {
    expect(caveat(messageRowOf({ translation: null }))).toBe('');
    expect(tsv([messageRowOf({ translation: null })], london)).not.toContain('not evidence');
  });

  it('have as many cells in every line as the head has', () => {
    const lines = tsv([messageRowOf(), messageRowOf({ utcMs: null, translation: null })], london).split('\r\n');
    const widths = lines.map((line) => line.split('\t').length);
    expect(widths).toEqual([16, 16, 16]);
  });

  it.each([
    ['plain', 'plain'],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+447700900123', "'+447700900123"],
    ['-1', "'-1"],
    ['@dana', "'@dana"],
    ['\tx', `"'\tx"`],
    ['two\nlines', '"two\nlines"'],
    ['a "b"', '"a ""b"""']
  ])('guard %j', (value, cell) => expect(tsvCell(value)).toBe(cell));

  it('keep every text in one cell and give it back whole', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = tsvCell(text);
        const isQuoted = cell.startsWith('"') && /[\t\r\n"]/.test(text);
        const plain = isQuoted ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect(/^[=+\-@\t\r]/.test(text) ? plain.slice(1) : plain).toBe(text);
        if (!isQuoted) expect(cell).not.toMatch(/[\t\r\n]/);
        expect(plain).not.toMatch(/^[=+\-@]/);
      })
    );
  });
});
