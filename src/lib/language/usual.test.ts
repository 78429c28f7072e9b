import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openIdentifierHere } from '../../../tests/fixtures/identifier.ts';
import { planLine } from './plan.ts';
import { usualOf, usualOfWriters } from './usual.ts';

const OFFERED = ['fra', 'ita', 'por', 'ron', 'spa'];
const identifier = openIdentifierHere();
const routesOf = (text: string, usual?: string): string[] =>
  planLine(text, identifier, OFFERED, undefined, usual)
    .parts.filter(({ kind }) => kind === 'translate')
    .map(({ language }) => language);

describe('the usual language', () => {
  it('is that of four sure foreign lines in five, two at least; English ones do not count', () => {
    expect(usualOf(['ron', 'eng', 'eng', 'und', 'ron', 'zxx'])).toBe('ron');
    expect(usualOf(['ron', 'ron', 'ron', 'ron', 'ita'])).toBe('ron');
    expect(usualOf(['ron', 'ron', 'ron', 'ita'])).toBeUndefined();
    expect(usualOf(['ron'])).toBeUndefined();
    expect(usualOf(['eng', 'eng', 'eng'])).toBeUndefined();
    expect(usualOf([])).toBeUndefined();
  });

  it('does not hang on the order of the lines', () => {
    const languages = fc.array(fc.constantFrom('ron', 'ita', 'eng', 'und', 'zxx'), { maxLength: 30 });
    fc.assert(
      fc.property(languages, (all) => {
        expect(usualOf(all.toReversed())).toBe(usualOf(all));
      })
    );
  });

  it('of who has hardly written is that of the others; of who writes in another it is that other', () => {
    const romanian = ['am ajuns la gara acum zece minute', 'te sun maine dimineata devreme', 'nu am primit banii inca de la el'];
    const italian = [
      'non riesco a venire domani mattina',
      'quando mi ridai la carta di identità',
      'sono rimasto a casa tutto il giorno'
    ];
    expect(usualOfWriters([romanian, [], ['ok ok see you later then mate']], identifier)).toEqual(['ron', 'ron', 'ron']);
    expect(usualOfWriters([romanian, italian, []], identifier)).toEqual(['ron', 'ita', undefined]);
  });
});

describe('a short line', () => {
  it('is told by its conversation where its letters fit several languages', () => {
    expect(routesOf('sei la', 'por')).toEqual(['por']);
    expect(routesOf('sei la', 'ita')).toEqual(['ita']);
    expect(routesOf('la el', 'ron')).toEqual(['ron']);
    expect(routesOf('volto', 'por')).toEqual(['por']);
  });

  it('is told by the rest of its line', () => {
    expect(routesOf('700 erau drumul si actele. plus chirie. intreab-o pe ea')).toEqual(['ron', 'ron', 'ron']);
    expect(routesOf('deixei os primeiros na estação. volto')).toEqual(['por', 'por']);
  });

  it('in a language that its letters tell stays in it, and English stays English', () => {
    expect(routesOf('te sun maine dimineata devreme', 'ita')).toEqual(['ron']);
    expect(routesOf('see you tomorrow at the station', 'ita')).toEqual([]);
    expect(routesOf('ok', 'ita')).toEqual([]);
    expect(planLine('12:30', identifier, OFFERED, undefined, 'ron').language).toBe('zxx');
  });

  it('in a conversation whose language is not of its script is told by its letters', () => {
    expect(planLine('te sun maine dimineata devreme', identifier, OFFERED, undefined, 'rus').language).toBe('ron');
    expect(planLine('te sun maine dimineata devreme', identifier, OFFERED, undefined, 'xyz').language).toBe('ron');
  });
});
