import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packBlock } from '../evidence/blocks.ts';
import { AttributionLog, doOverlap, isSameThing, packAttribution } from './attribution-log.ts';
import type { AttributedSpan, Attribution, AttributionEvent, AttributionWithdrawal } from './attribution-log.ts';

const attribution = (number: number, more: Partial<Attribution> = {}): Attribution => ({
  kind: 'attribute',
  number,
  thing: { kind: 'handset', text: '35000000000001', service: '' },
  person: { name: 'Rosa M', account: null },
  fromMs: 10,
  untilMs: null,
  source: 'custody record',
  madeAtMs: 5,
  madeBy: 'DC 4411',
  ...more
});
const withdrawal = (of: number): AttributionWithdrawal => ({
  kind: 'withdraw',
  attribution: of,
  withdrawnAtMs: 6,
  withdrawnBy: 'DS 1',
  words: 'wrong box'
});

describe('the log of attributions', () => {
  it('keeps every attribution, and lets only those count that nobody withdrew', () => {
    const log = new AttributionLog();
    for (const event of [attribution(1), attribution(2), withdrawal(1)]) log.add(event);
    expect(log.attributions.map(({ number }) => number)).toEqual([1, 2]);
    expect(log.standing()).toEqual([attribution(2)]);
    expect(log.withdrawalOf(1)).toMatchObject({ withdrawnBy: 'DS 1', words: 'wrong box' });
    expect(log.withdrawalOf(2)).toBeNull();
  });

  it('comes back from its blocks, open ends and words included', () => {
    const events: AttributionEvent[] = [
      attribution(1, { person: { name: 'Dana', account: 7 } }),
      withdrawal(1),
      attribution(2, { fromMs: null, untilMs: 99, source: 'exhibit AB/1, “box” label' })
    ];
    const log = new AttributionLog();
    for (const event of events) log.unpack(packAttribution(event));
    expect(log.attributions).toEqual([events[0], events[2]]);
    expect(log.standing()).toEqual([events[2]]);
  });

  it('gives no number twice, also where the block of an attribution is lost', () => {
    const log = new AttributionLog();
    expect(log.nextNumber).toBe(1);
    log.add(attribution(2));
    log.add(withdrawal(4));
    expect(log.nextNumber).toBe(5);
    expect(log.standing().map(({ number }) => number)).toEqual([2]);
  });

  it('refuses a record of a later version', () => {
    const later = packBlock('attributions', {}, { version: 2, event: withdrawal(1) });
    expect(() => new AttributionLog().unpack(later)).toThrow('version 2');
  });
});

describe('spans of attributions', () => {
  it('overlap where a moment lies in both', () => {
    const end = fc.option(fc.integer({ min: 0, max: 12 }), { freq: 3 });
    const span: fc.Arbitrary<AttributedSpan> = fc
      .record({ fromMs: end, untilMs: end })
      .filter(({ fromMs, untilMs }) => fromMs === null || untilMs === null || fromMs < untilMs);
    const holds = ({ fromMs, untilMs }: AttributedSpan, at: number): boolean =>
      (fromMs === null || fromMs <= at) && (untilMs === null || at < untilMs);
    fc.assert(
      fc.property(span, span, (a, b) => {
        const moments = Array.from({ length: 16 }, (_, i) => i - 2);
        expect(doOverlap(a, b)).toBe(moments.some((at) => holds(a, at) && holds(b, at)));
      })
    );
  });

  it('are of one thing where kind, text and service are the same', () => {
    const thing = { kind: 'handle', text: 'rosa', service: 'telegram' } as const;
    expect(isSameThing(thing, { ...thing })).toBe(true);
    expect(isSameThing(thing, { ...thing, service: 'signal' })).toBe(false);
    expect(isSameThing(thing, { ...thing, kind: 'number' })).toBe(false);
    expect(isSameThing(thing, { ...thing, text: 'Rosa' })).toBe(false);
  });
});
