import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadOf, reachOf, type Reading } from './before.ts';
import type { LinePlan, PlannedPart } from './plan.ts';

const say = (text: string, language = 'ron'): PlannedPart => ({ kind: 'translate', text, language });
const keep = (text: string, language = 'zxx'): PlannedPart => ({ kind: 'leave', text, language });
const gap = keep(' ');
const planOf = (...parts: readonly PlannedPart[]): LinePlan => ({
  source: parts.map(({ text }) => text).join(''),
  parts,
  language: 'ron',
  flags: 0
});
const reading = (longest = 100, placeholders: readonly string[] = ['⟦1⟧']): Reading => ({
  shape: { longest, bonus: 0 },
  way: { family: placeholders, writesNumbers: true }
});
const asked = planOf(say('si pasaportul?'));
const reach = (line: LinePlan, before: LinePlan = asked, longest = 100) => reachOf(line, before, () => reading(longest));

describe('reachOf', () => {
  it('takes the whole line and the whole message before it', () => {
    expect(reach(planOf(say('la el.'), gap, say('il tine el.')))).toMatchObject({
      from: 0,
      to: 3,
      text: 'la el. il tine el.',
      language: 'ron',
      before: { source: 'si pasaportul?' }
    });
  });

  it('takes of a long message before as many sentences of its end as fit beside the line', () => {
    const before = planOf(say('am lucrat mult.'), gap, say('si banii?'), gap, say('si actele?'));
    const line = planOf(say('la el'));
    expect(reach(line, before)?.before.source).toBe('am lucrat mult. si banii? si actele?');
    expect(reach(line, before, 27)?.before.source).toBe('si banii? si actele?');
    expect(reach(line, before, 25)?.before.source).toBe('si actele?');
    expect(reach(line, before, 15)).toBeNull();
  });

  it('goes past an emoji at the end of the message before, and stops at one between sentences', () => {
    const before = planOf(say('am terminat'), keep(' 😂 '), say('si actele?'), keep(' 👍'));
    expect(reach(planOf(say('la el')), before)?.before.source).toBe('si actele?');
  });

  it('stops at an emoji, a line end and what needs no model in the line', () => {
    for (const stop of [keep(' 😂 '), keep('\n')]) {
      expect(reach(planOf(say('la el'), stop, say('vin maine')))).toMatchObject({ from: 0, to: 1, text: 'la el' });
    }
    const line = planOf(say('da.'), gap, say('la el.'), gap, say('las-o balta.'));
    const settled = ['da.', 'las-o balta.'];
    expect(
      reachOf(
        line,
        asked,
        () => reading(),
        ({ text }) => settled.includes(text)
      )
    ).toMatchObject({ from: 2, to: 3 });
    expect(
      reachOf(
        planOf(say('da.')),
        asked,
        () => reading(),
        () => true
      )
    ).toBeNull();
  });

  it('is nothing where either is in another language', () => {
    expect(reach(planOf(say('da lui', 'ita')))).toBeNull();
    expect(reach(planOf(say('la el')), planOf(say('si pasaportul?'), gap, keep('and then?', 'eng')))).toBeNull();
    expect(reach(planOf(say('la el')), planOf(keep('and the passport?', 'eng')))).toBeNull();
    expect(reach(planOf(say('la el')), planOf(keep('😂')))).toBeNull();
    expect(reach(planOf(keep('ok then.', 'eng'), gap, say('la el')))).toBeNull();
    expect(reach(planOf(keep('ok.', 'eng')))).toBeNull();
  });

  it('is nothing where the engine reads none, or the message before holds what must not reach it', () => {
    expect(reachOf(planOf(say('la el')), asked, () => null)).toBeNull();
    for (const hidden of ['suna la 07700900163', 'scrie-i lui @radu']) {
      expect(reach(planOf(say('la el')), planOf(say(hidden)))).toBeNull();
    }
    expect(reach(planOf(say('la el')), planOf(say('dau 50 maine')))).not.toBeNull();
    const hides: Reading = { shape: { longest: 100, bonus: 0 }, way: { family: ['⟦1⟧'], writesNumbers: false } };
    expect(reachOf(planOf(say('la el')), planOf(say('dau 50 maine')), () => hides)).toBeNull();
  });

  it('whatever the parts: what it takes stands in both, is of one language and fits', () => {
    const part = fc.oneof(
      fc.record({
        kind: fc.constant('translate' as const),
        text: fc.stringMatching(/^[a-z]{1,9}$/u),
        language: fc.constantFrom('ron', 'ita')
      }),
      fc.constant(gap),
      fc.record({
        kind: fc.constant('leave' as const),
        text: fc.constantFrom('😂', '\n', 'ok'),
        language: fc.constantFrom('zxx', 'eng')
      })
    );
    const plan = fc.array(part, { maxLength: 7 }).map((parts) => planOf(...parts));
    fc.assert(
      fc.property(plan, plan, fc.integer({ min: 1, max: 40 }), (line, before, longest) => {
        const found = reach(line, before, longest);
        if (found === null) return;
        const taken = line.parts.slice(found.from, found.to);
        expect(taken.map(({ text }) => text).join('')).toBe(found.text);
        expect(before.source).toContain(found.before.source);
        expect(found.before.parts.map(({ text }) => text).join('')).toBe(found.before.source);
        expect(found.before.source.length + 1 + found.text.length).toBeLessThanOrEqual(longest);
        for (const { kind, language } of [...taken, ...found.before.parts]) {
          if (kind === 'translate') expect(language).toBe(found.language);
          else expect(language).toBe('zxx');
        }
      })
    );
  });
});

describe('leadOf', () => {
  const found = reach(planOf(say('la el')), planOf(say('si  pasaportulll')));

  it('ends what has no end of its own, as the engine would read it', () => {
    expect(found && leadOf(found, 'and the passport ')).toEqual({ source: 'si pasaportul.', english: 'and the passport.' });
    expect(found && leadOf(found, 'And the passport?')?.english).toBe('And the passport?');
    expect(found && leadOf(found, '“And the passport?”')?.english).toBe('“And the passport?”');
  });

  it('is nothing where the message before came out as nothing', () => {
    expect(found && leadOf(found, null)).toBeNull();
    expect(found && leadOf(found, '  ')).toBeNull();
  });
});
