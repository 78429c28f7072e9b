import { describe, expect, it } from 'vitest';
import { ShareWatch } from './share-watch.svelte.ts';

describe('how far a calculation is', () => {
  it('says nothing of short ones, and what is left of long ones by their pace', () => {
    let now = 100;
    const watch = new ShareWatch(() => now);
    expect([watch.share, watch.isLong, watch.left_s]).toEqual([null, false, null]);
    now = 200;
    watch.tell(0.5);
    expect([watch.share, watch.isLong, watch.left_s]).toEqual([0.5, false, null]);
    now = 2100;
    watch.tell(0.04);
    expect([watch.isLong, watch.left_s]).toEqual([true, null]);
    now = 4100;
    watch.tell(0.25);
    expect(watch.left_s).toBeCloseTo(12);
  });
});
