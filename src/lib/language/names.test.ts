import { describe, expect, it } from 'vitest';
import { namesAdded, namesLost, readNames } from './names.ts';

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

  it('knows the names of a list at any place and in any spelling', () => {
    const known = readNames(new TextEncoder().encode('fabio\nsorin\n'));
    expect(namesLost('Fabio anche tu, hai capito?', 'You did, did you get it?', 'ita', known)).toEqual(['Fabio']);
    expect(namesLost("c'est sorin, mon nouveau numéro", "It's me, my new number", 'fra', known)).toEqual(['sorin']);
    expect(namesLost("c'est sorin, mon nouveau numéro", "It's Sorin, my new number", 'fra', known)).toEqual([]);
    expect(namesLost('Fabio anche tu, hai capito?', 'You did, did you get it?', 'ita')).toEqual([]);
  });

  it('knows people who are called by a letter, where that is no word and not all is in capitals', () => {
    expect(namesLost('pas de livraison demain, préviens S', 'No delivery tomorrow, tell St.', 'fra')).toEqual(['S']);
    expect(namesLost('pas de livraison demain, préviens S', 'No delivery tomorrow, tell S.', 'fra')).toEqual([]);
    expect(namesLost('vado a casa, E poi?', 'I am going home, and then?', 'ita')).toEqual([]);
    expect(namesLost('NON SO C È TEMPO', "I don't know there is time", 'ita')).toEqual([]);
  });
});
