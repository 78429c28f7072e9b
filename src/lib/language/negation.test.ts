import { describe, expect, it } from 'vitest';
import { negationChanged } from './negation.ts';

describe('negationChanged', () => {
  it.each([
    ['fra', 'on a pas de papiers pour les trois nouveaux', 'There are some papers for the new ones.', true],
    ['fra', 'on a pas de papiers pour les trois nouveaux', 'We have no papers for the three new ones.', false],
    ['por', 'não me pagaram este mês', 'They paid me this month.', true],
    ['spa', 'no quiero ir', "I don't want to go.", false],
    ['spa', 'quiero ir', "I don't want to go.", true],
    ['ita', 'hai mai visto questo?', 'Have you ever seen this?', false],
    ['ita', 'vieni anche tu, no?', "You're coming too, aren't you?", false],
    ['ron', 'n-am bani', 'I have money.', true],
    ['ron', 'n-am bani', 'I have run out of money.', false],
    ['por', 'hj n dá', 'It works today.', true],
    // No list for it: nothing is claimed.
    ['pol', 'nie mam', 'I have it.', false]
  ] as const)('%s: %s => %s', (language, source, english, wanted) => {
    expect(negationChanged(source, english, language)).toBe(wanted);
  });
});
