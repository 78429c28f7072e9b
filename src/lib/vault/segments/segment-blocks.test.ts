import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockKey, callsOfRun, contentOf, contents, faultRun, openStore } from '../../../../tests/fixtures/fault-run.ts';
import { MemoryDisk } from '../../../../tests/fixtures/memory-disk.ts';
import type { BlockStore } from '../blocks.ts';
import { journalLine, type SegmentCommit } from './commit.ts';
import { GROUP } from './parity.ts';
import { DiskFull } from './room.ts';

const key = await blockKey();

async function written(count: number): Promise<{ disk: MemoryDisk; store: BlockStore; before: string[] }> {
  const disk = new MemoryDisk();
  const store = await openStore(disk, key);
  for (let i = 0; i < count; i++) await store.put('messages', contentOf(i));
  return { disk, store, before: (await contents(store)).texts };
}

function flip(disk: MemoryDisk, name: string, at: number): void {
  const bytes = disk.files.get(name);
  if (bytes === undefined || bytes.length === 0) throw new Error(`${name} is not there`);
  bytes[at % bytes.length] = (bytes[at % bytes.length] as number) ^ 0x41;
}

describe('blocks in segments', () => {
  it('come back in order, in a window that writes and in one that reads', async () => {
    const { disk, before } = await written(40);
    expect(before.length).toBe(40);
    expect(await contents(await openStore(disk, key))).toEqual({ texts: before, lost: [] });
    expect(await contents(await openStore(disk, key, true))).toEqual({ texts: before, lost: [] });
    expect([...disk.files.keys()].filter((name) => name.startsWith('segment')).length).toBe(GROUP);
  });

  it('are readable to the last commit whichever call fails, for want of room, by an abort or for no known reason', async () => {
    const calls = await callsOfRun(key);
    expect(calls).toBeGreaterThan(200);
    const wrong: string[] = [];
    // Each call by each fault; before or after it took effect in turns, and both in the long series.
    for (const [turn, kind] of (['quota', 'abort', 'unknown'] as const).entries())
      for (let at = 1; at <= calls; at++) {
        const failure = await faultRun({ at, kind, when: (at + turn) % 2 === 0 ? 'before' : 'after' }, key);
        if (failure !== '') wrong.push(failure);
      }
    expect(wrong).toEqual([]);
  }, 300_000);

  it('are rebuilt from the journal where the database was wiped', async () => {
    const { disk, before } = await written(21);
    disk.commits = [];
    const store = await openStore(disk, key);
    expect(await contents(store)).toEqual({ texts: before, lost: [] });
    expect(disk.commits.length).toBe(21);
    await store.put('audit', contentOf(50));
    expect(disk.commits.length).toBe(22);
  });

  it('keep a journal that is written anew where it was cut, changed or taken away', async () => {
    const { disk, before } = await written(20);
    const whole = disk.files.get('journal')?.slice();
    for (const damage of [
      () => flip(disk, 'journal', 777),
      () => disk.files.set('journal', disk.files.get('journal')?.slice(0, 500) ?? new Uint8Array()),
      () => disk.files.delete('journal'),
      () => disk.files.set('journal', Uint8Array.from([...(whole ?? []), 1, 2, 3]))
    ]) {
      damage();
      expect((await contents(await openStore(disk, key))).texts).toEqual(before);
      expect(disk.files.get('journal')).toEqual(whole);
    }
  });

  it('are named where the line of their commit has bad hex, and open by the line where the record has', async () => {
    for (const [field, bad] of [
      ['nonceHex', 'zz'.repeat(12)],
      ['nonceHex', 'AB'.repeat(12)],
      ['nonceHex', '0'],
      ['sha256Hex', ''],
      ['length', -1],
      ['offset', 'x'],
      ['root', `${'0'.repeat(63)}x`]
    ] as const) {
      const { disk, before } = await written(20);
      const whole = disk.files.get('journal') ?? new Uint8Array();
      const good = disk.commits;
      const changed = (commit: SegmentCommit): SegmentCommit => (commit.seq === 7 ? { ...commit, [field]: bad } : commit);
      // With a check sum of its own: the line is as somebody wrote it, and no commit.
      disk.files.set('journal', Uint8Array.from(good.flatMap((commit) => [...journalLine(changed(commit))])));
      expect((await contents(await openStore(disk, key))).texts).toEqual(before);
      expect(disk.files.get('journal')).toEqual(whole);

      disk.commits = good.map(changed);
      expect(await contents(await openStore(disk, key))).toEqual({ texts: before, lost: [] });

      disk.files.set('journal', Uint8Array.from(good.flatMap((commit) => [...journalLine(changed(commit))])));
      disk.commits = [];
      const alone = await openStore(disk, key);
      expect(await contents(alone)).toEqual({ texts: before.filter((_, i) => i !== 6), lost: [7] });

      disk.files.set('journal', Uint8Array.from(good.flatMap((commit) => [...journalLine(changed(commit))])));
      disk.commits = good.map(changed);
      const both = await openStore(disk, key);
      expect((await contents(both)).lost).toEqual([7]);
      await both.put('audit', contentOf(61));
      expect((await contents(await openStore(disk, key))).texts).toContain(`audit:${contentOf(61).join(',')}`);
    }
  });

  it('say how many are missing that the third head knew of', async () => {
    const { disk } = await written(12);
    disk.commits = disk.commits.filter(({ seq }) => seq <= 9);
    const lines = new TextDecoder().decode(disk.files.get('journal')).split('\n').slice(0, 9);
    disk.files.set('journal', new TextEncoder().encode(`${lines.join('\n')}\n`));
    const store = await openStore(disk, key);
    expect([store.lastSeq, store.beyond]).toEqual([9, 3]);
  });

  it('come back from parity, one a group, wherever they were damaged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 36 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('flip', 'cut', 'gone'),
        async (count, which, at, how) => {
          const { disk, before } = await written(count);
          const names = [...disk.files.keys()].filter((name) => name.startsWith('segment'));
          const name = names[which % names.length] as string;
          if (how === 'flip') flip(disk, name, at);
          else if (how === 'cut') disk.files.set(name, disk.files.get(name)?.slice(0, at % 60) ?? new Uint8Array());
          else disk.files.delete(name);
          const store = await openStore(disk, key);
          expect(await contents(store)).toEqual({ texts: before, lost: [] });
          expect(store.mended.length).toBeGreaterThan(0);
          // It was written back: the next opening finds nothing to mend.
          const next = await openStore(disk, key);
          expect((await contents(next)).texts).toEqual(before);
          expect(next.mended).toEqual([]);
        }
      ),
      { numRuns: 25 }
    );
  });

  it('come back at the first opening where one of two helps the other, and need no second', async () => {
    const disk = new MemoryDisk();
    const store = await openStore(disk, key);
    // Damage behind the end of the short one hinders only its own block, which comes later.
    for (const length of [40, 190, 60])
      await store.put(
        'messages',
        Uint8Array.from({ length }, (_, i) => i)
      );
    const before = (await contents(store)).texts;
    flip(disk, 'segment-00', 5);
    flip(disk, 'segment-01', -1 + (disk.files.get('segment-01')?.length ?? 0));
    const opened = await openStore(disk, key);
    expect(await contents(opened)).toEqual({ texts: before, lost: [] });
    expect(opened.mended.map(({ seq }) => seq)).toEqual([1, 2]);
    expect((await openStore(disk, key)).mended).toEqual([]);
  });

  it('come back from parity whose own bytes went bad before, once the case was opened in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 36 }), fc.nat(), fc.nat(), fc.nat(), async (count, at, ratio, which) => {
        const { disk, before } = await written(count);
        const parity = disk.files.get('parity') ?? new Uint8Array();
        for (let i = at % parity.length; i < parity.length && i < (at % parity.length) + 1 + (ratio % 16); i++)
          flip(disk, 'parity', i);
        const opened = await openStore(disk, key);
        expect(await contents(opened)).toEqual({ texts: before, lost: [] });
        await opened.put('audit', contentOf(60));
        disk.files.delete(`segment-${String(which % Math.min(count, GROUP)).padStart(2, '0')}`);
        const after = await contents(await openStore(disk, key));
        expect(after.lost).toEqual([]);
        expect(after.texts).toEqual([...before, `audit:${contentOf(60).join(',')}`]);
      }),
      { numRuns: 40 }
    );
  });

  it('come back from parity wherever the writing was stopped, at once and at the next opening', async () => {
    const wrong: string[] = [];
    const whole = new MemoryDisk();
    const store = await openStore(whole, key);
    const opening = whole.calls;
    for (let i = 0; i < GROUP + 4; i++) await store.put('messages', contentOf(i));
    for (let stop = opening + 1; stop <= whole.calls; stop++) {
      const disk = new MemoryDisk();
      disk.stopAt = stop;
      const stopped = await openStore(disk, key);
      const acknowledged: string[] = [];
      for (let i = 0; i < GROUP + 4 && !disk.isStopped; i++)
        if (await Promise.race([stopped.put('messages', contentOf(i)).then(() => true), disk.stopped]))
          acknowledged.push(`messages:${contentOf(i).join(',')}`);
      disk.goOn();
      for (const name of [...disk.files.keys()].filter((one) => one.startsWith('segment'))) {
        const held = disk.files.get(name) ?? new Uint8Array();
        disk.files.delete(name);
        const next = await openStore(disk, key);
        const { texts, lost } = await contents(next);
        // The newest block of all, which nobody was told of, may have been committed before its parity.
        if (lost.some((seq) => seq <= acknowledged.length) || acknowledged.some((text, i) => texts[i] !== text))
          wrong.push(`${name} after call ${stop}`);
        disk.files.set(name, held);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('are named where two of a group are damaged, and the others open', async () => {
    const { disk, before } = await written(40);
    flip(disk, 'segment-03', 5);
    flip(disk, 'segment-07', 5);
    const store = await openStore(disk, key);
    expect(await contents(store)).toEqual({ texts: before.filter((_, i) => i !== 3 && i !== 7), lost: [4, 8] });
    // And they are not made whole by the parity of what is damaged.
    await store.put('audit', contentOf(60));
    expect((await contents(await openStore(disk, key))).lost).toEqual([4, 8]);
  });

  it('refuse an import that does not fit and still take a note, from the reserve', async () => {
    const { disk, store, before } = await written(5);
    disk.quotaBytes = disk.usedBytes + 100;
    await expect(
      store.put(
        'messages',
        new Uint8Array(5000).map((_, i) => (i * i) >> 3)
      )
    ).rejects.toBeInstanceOf(DiskFull);
    await store.put('identity', contentOf(70));
    const again = await openStore(disk, key);
    expect((await contents(again)).texts.slice(0, 5)).toEqual(before);
    expect((await contents(again)).texts.at(-1)).toBe(`identity:${contentOf(70).join(',')}`);
  });
});
