import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Head, HeadSlot } from '../vault/segments/ports.ts';
import { HeadRelay } from './head-relay.ts';

function page(): HeadSlot & { kept: Map<string, Head | null> } {
  const kept = new Map<string, Head | null>();
  return {
    kept,
    get: async (caseId) => kept.get(caseId) ?? null,
    async set(caseId, head) {
      kept.set(caseId, head);
    }
  };
}

describe('heads by way of the page', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('wait for the page and then keep what was said before it was there', async () => {
    const relay = new HeadRelay();
    const setting = relay.set('a case', { seq: 3, root: 'ab' });
    const slot = page();
    relay.attach(slot);
    await setting;
    expect(slot.kept.get('a case')).toEqual({ seq: 3, root: 'ab' });
    expect(await relay.get('a case')).toEqual({ seq: 3, root: 'ab' });
  });

  it('hold nothing up where the page is silent', async () => {
    vi.useFakeTimers();
    const relay = new HeadRelay();
    const got = relay.get('a case');
    const set = relay.set('a case', null);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await got).toBeNull();
    await set;
  });
});
