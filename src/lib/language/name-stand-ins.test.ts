import { describe, expect, it } from 'vitest';
import { keepsNames, namesToAskFor, withCommonNames } from './name-stand-ins.ts';

const bare = (text: string) => ({ text, tokens: [], standIns: [], written: [] });

describe('withCommonNames', () => {
  it('puts a common name of the same sex where a lost one stood, behind the stand-ins that are there', () => {
    const masked = {
      text: 'bonsoir Nadia, une sim à \uE000 pour Besnik ?',
      tokens: ['10'],
      standIns: ['\uE000'],
      written: ['20']
    };
    expect(withCommonNames(masked, ['Nadia', 'Besnik'])).toEqual({
      text: 'bonsoir Mary, une sim à \uE000 pour Tom ?',
      tokens: ['10', 'Nadia', 'Besnik'],
      standIns: ['\uE000', 'Mary', 'Tom'],
      written: ['20']
    });
    expect(withCommonNames(bare('Luca non viene'), ['Luca'])?.text).toBe('Tom non viene');
  });

  it.each([
    ['nothing to do', 'Nadia vient', []],
    ['a name that stands twice', 'Nadia, dis à Nadia', ['Nadia']],
    ['a stand-in that is in the text', 'Nadia et Mary', ['Nadia']],
    ['more names than stand-ins', 'Ana, Eva, Rita, Sara', ['Ana', 'Eva', 'Rita', 'Sara']],
    ['a name that is part of a word only', 'Anastasia vient', ['Ana']]
  ])('gives null for %s', (_, text, names) => {
    expect(withCommonNames(bare(text), names)).toBeNull();
  });
});

describe('namesToAskFor', () => {
  const words = { ron: { sambata: 'satu', besnik: 'besn' } };

  it('leaves out words of the language that are written large', () => {
    expect(namesToAskFor('vin Sambata cu Besnik', 'I come', 'ron', { words })).toEqual(['Besnik']);
    expect(namesToAskFor('vin Sambata cu Besnik', 'I come', 'ron', { words: null })).toEqual(['Sambata', 'Besnik']);
    expect(namesToAskFor('vin Sambata', 'I come', 'ron', { words, names: new Set(['sambata']) })).toEqual(['Sambata']);
  });
});

describe('keepsNames', () => {
  it('wants every name there, and a model that is about as sure', () => {
    const keeps = (text: string, logProb: number): boolean =>
      keepsNames({ logProb: -0.5 }, { text, logProb }, 'zi-i lui Besnik ca vin', 'ron', undefined);
    expect(keeps('Tell Besnik I am coming.', -0.74)).toBe(true);
    expect(keeps('Tell Besnik I am coming.', -0.76)).toBe(false);
    expect(keeps('Tell him I am coming.', -0.2)).toBe(false);
  });
});
