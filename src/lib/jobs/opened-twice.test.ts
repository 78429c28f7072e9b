/** A case on a damaged disk, opened twice: parity mends what it can, and both openings say the same of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockKey, openStore } from '../../../tests/fixtures/fault-run.ts';
import { MemoryDisk } from '../../../tests/fixtures/memory-disk.ts';
import { markOf } from '../evidence/blocks.ts';
import { fileContents, importBlocks, steps, tell, told, written, type Reading } from '../pipeline/saved-case.fixture.ts';
import { SavedCase } from '../pipeline/saved-case.ts';
import type { BlockStore } from '../vault/blocks.ts';

const key = await blockKey();

async function openCase(disk: MemoryDisk): Promise<{ store: BlockStore; reading: Reading; lost: number }> {
  const store = await openStore(disk, key);
  const saved = new SavedCase();
  for await (const { kind, bytes } of store.readAll(({ seq, kind }) => saved.lose(seq, kind))) saved.add(kind, bytes);
  const reading = saved.finish();
  return { store, reading, lost: saved.lost.length };
}

const damage = fc.record({
  file: fc.nat(40),
  at: fc.nat(),
  how: fc.constantFrom('flip' as const, 'cut' as const, 'remove' as const)
});

describe('a case on a damaged disk', () => {
  it('says the same at each opening, and after a further import', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.array(damage, { maxLength: 4 }), fileContents, async (course, damages, further) => {
        const disk = new MemoryDisk();
        const writer = await openStore(disk, key);
        for (const { kind, bytes } of written(course).blocks) await writer.put(kind, bytes);
        const was = told((await openCase(disk)).reading);
        const segments = [...disk.files.keys()].filter((name) => name.startsWith('segment')).sort();
        const hit = new Set<string>();
        for (const { file, at, how } of damages) {
          const name = segments[file % Math.max(1, segments.length)];
          const bytes = disk.files.get(name ?? '');
          if (name === undefined || bytes === undefined || bytes.length === 0) continue;
          hit.add(name);
          if (how === 'remove') disk.files.delete(name);
          else if (how === 'cut') disk.files.set(name, bytes.slice(0, at % bytes.length));
          else bytes[at % bytes.length]! ^= 0x41;
        }
        const { store, reading, lost } = await openCase(disk);
        const once = told(reading);
        // Each block of a group lies in a segment of its own: one damaged segment costs nothing.
        if (hit.size < 2) expect([once, lost]).toEqual([was, 0]);
        const second = await openCase(disk);
        expect(told(second.reading)).toEqual(once);
        expect([second.lost, second.store.mended]).toEqual([lost, []]);

        const mark = markOf(reading.store);
        const intake = tell(reading.store, 900, { ...further, again: [] });
        for (const { kind, bytes } of importBlocks(reading.store, mark)) await store.put(kind, bytes);
        intake.commit();
        reading.translations.extend(reading.store.committed.messages);
        expect(told((await openCase(disk)).reading)).toEqual(told(reading));
      }),
      { numRuns: 40 }
    );
  });
});
