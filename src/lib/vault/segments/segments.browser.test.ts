import { describe, expect, it } from 'vitest';
import { pageHeads } from './page-heads.ts';

describe('a case in files of the browser', () => {
  it('is read beside its writer, rebuilt after a wipe, mended after damage and gone after erasure', async () => {
    const worker = new Worker(new URL('../../../../tests/browser/vault.worker.ts', import.meta.url), { type: 'module' });
    const told = await new Promise<Record<string, unknown>>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Record<string, unknown>>) => resolve(data));
      worker.addEventListener('error', (event) => reject(new Error(event.message)));
    });
    worker.terminate();
    expect(told['failure']).toBeUndefined();
    const expected = told['expected'] as string[];
    const whole = { found: [...expected, 'later'], lost: [] };
    expect(told['besideBefore']).toEqual({ found: expected, lost: [] });
    // A window that reads sees the case as it was when it was opened there.
    expect(told['besideAfter']).toEqual({ found: expected, lost: [] });
    expect(told['afterWipe']).toEqual(['Heron']);
    expect(told['wiped']).toEqual(whole);
    expect(told['names']).toEqual([
      'journal',
      'parity',
      'record-0',
      'record-1',
      'reserve',
      ...Array.from({ length: 16 }, (_, i) => `segment-${String(i).padStart(2, '0')}`)
    ]);
    expect(told['clear']).toBe(false);
    expect(told['mended']).toEqual(whole);
    expect(told['mendedSeqs']).toEqual([4, 20]);
    expect(told['left']).toEqual([]);
    expect(told['heads']).toBe(0);
    expect(told['afterErasure']).toBe(0);
  });

  it('has a head in the page that says nothing where it was tampered with', async () => {
    const heads = pageHeads(localStorage);
    await heads.set('a case', { seq: 7, root: 'ab' });
    expect(await heads.get('a case')).toEqual({ seq: 7, root: 'ab' });
    for (const text of ['{', '7', 'null', '{"seq":"7"}']) {
      localStorage.setItem('skein.head.a case', text);
      expect(await heads.get('a case')).toBeNull();
    }
    await heads.set('a case', null);
    expect(localStorage.getItem('skein.head.a case')).toBeNull();
  });
});
