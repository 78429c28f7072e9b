import { describe, expect, it } from 'vitest';
import { escapeMarkup, parseScored } from './scored-text.ts';

const word = (text: string, score = '-0.5', index = 0): string =>
  `<font x-bergamot-word-index="${index}" x-bergamot-word-score="${score}">${text}</font>`;
const sentence = (inside: string): string =>
  `<font x-bergamot-sentence-index="0" x-bergamot-sentence-score="-0.4">${inside}</font>`;

describe('markup with scores', () => {
  it('gives text and the score of each word', () => {
    expect(parseScored(sentence(`${word('we')} ${word('&lt;go&gt; &amp;', '-1.25', 1)}`))).toEqual({
      text: 'we <go> &',
      words: [
        { text: 'we', score: -0.5 },
        { text: '<go> &', score: -1.25 }
      ],
      isCut: false
    });
    expect(parseScored('')).toEqual({ text: '', words: [], isCut: false });
  });

  it('says that a sentence was stopped when a token without a score ends it', () => {
    expect(parseScored(sentence(`${word('we')} go`)).isCut).toBe(true);
    // A space between words, or behind the last, is no token of its own.
    expect(parseScored(sentence(`${word('we')} ${word('go')} `)).isCut).toBe(false);
    expect(parseScored(`${sentence(`${word('we')} go`)} ${sentence(word('home'))}`).isCut).toBe(true);
  });

  it.each(['<b>x</b>', '</font>', sentence('x').slice(0, -1), '<font>x</font>', '<script>'])('refuses %s', (markup) => {
    expect(() => parseScored(markup)).toThrow();
  });

  it('takes back what was escaped', () => {
    const line = 'a < b && "c" > \'d\' &amp; <font>';
    expect(parseScored(escapeMarkup(line)).text).toBe(line);
  });
});
