import { describe, expect, it } from 'vitest';
import { namesAdded, namesLost } from './names.ts';

describe('names', () => {
  it.each([
    ['ron', 'zi-i lui Besnik ca vin', 'Tell Tom I am coming.', ['Besnik'], ['Tom']],
    ['ron', 'zi-i Mariei ca vin', 'Tell Maria I am coming.', [], []],
    ['ron', 'zi-i lui titi ca vin', 'Tell Titi I am coming.', [], []],
    ['ita', 'domani vado in Germania con Elvira', 'Tomorrow I go to Germany with Elvira.', [], []],
    ['spa', 'mañana voy a Alemania', 'Tomorrow I go to Germany.', [], []],
    ['por', 'já estive em Tóquio', 'I have been to Tokyo.', [], []],
    ['fra', 'vous fermez le samedi ?', 'Do you close on Saturdays?', [], []],
    ['fra', "c'est pour l'anniversaire d'Amadou", "It's for the birthday.", ['Amadou'], []],
    // German writes every noun large.
    ['deu', 'ich nehme das Auto', 'I take the car.', [], []]
  ] as const)('%s: %s => %s', (language, source, english, lost, added) => {
    expect(namesLost(source, english, language)).toEqual(lost);
    expect(namesAdded(source, english, language)).toEqual(added);
  });
});
