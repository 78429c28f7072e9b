import { describe, expect, it } from 'vitest';
import { otherReading, personsOf } from './persons.ts';

const reading = (text: string, logProb: number, tokens = 4): { text: string; tokens: number; meanLogProb: number } => ({
  text,
  tokens,
  meanLogProb: logProb / (tokens + 1)
});

describe('personsOf', () => {
  it('tells who is named, whatever the form of the word', () => {
    expect(personsOf("I'm sure it's mine.")).toBe(personsOf('Me'));
    expect(personsOf("Let's go, they're waiting for us")).toBe(personsOf('WE, THEM'));
    expect(personsOf('GIVE US THE KEYS')).toBe(personsOf('we'));
    expect(personsOf('He said')).not.toBe(personsOf('She said'));
  });

  it('names nobody in what has no pronoun, "it", or a word that only holds one', () => {
    for (const text of ['', 'Done.', 'It was the herd.', 'The musician hid', '700 to Iași and Jérôme', 'Sent from the US today'])
      expect(personsOf(text)).toBe(0);
  });
});

describe('otherReading', () => {
  const taken = reading('I speak Romanian too.', -1);

  it('is the likeliest output with other persons that is half as likely or more', () => {
    const others = [
      reading('I speak Romanian as well.', -1.01),
      reading('We speak Romanian too.', -1.6),
      reading('They speak Romanian too.', -1.1)
    ];
    expect(otherReading(taken, [taken, ...others])).toBe('They speak Romanian too.');
  });

  it('is none where the others are less likely, or name the same persons', () => {
    expect(otherReading(taken, [taken, reading('They speak Romanian too.', -1.7)])).toBeNull();
    expect(otherReading(taken, [taken, reading('I talk Romanian too.', -1)])).toBeNull();
  });

  it('counts the whole output, so that a long one is not the likelier for a better mean', () => {
    const long = reading('They all speak Romanian here too, as far as we know.', -2, 12);
    expect(long.meanLogProb).toBeGreaterThan(taken.meanLogProb);
    expect(otherReading(taken, [taken, long])).toBeNull();
  });

  it('sees an order beside a report, and is silent where an engine gives no probability', () => {
    expect(otherReading(reading('Get off at 6.40.', -1), [reading('They got off at 6.40.', -1.2)])).toBe('They got off at 6.40.');
    expect(otherReading(reading('I go.', Number.NaN), [reading('They go.', Number.NaN)])).toBeNull();
  });
});
