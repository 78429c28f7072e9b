/** The search index built from messages against the one that lies sealed on disk, each in a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { against, type Figure } from './figure.ts';
import { inOwnProcess } from './own-process.ts';
import type { StoredRun } from './stored-index-run.ts';

const RUN = new URL('./stored-index-run.ts', import.meta.url);

export async function storedFigures(messages: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'skein-bench-'));
  try {
    const built = await inOwnProcess<StoredRun>(RUN, ['build', folder, String(messages)]);
    const read = await inOwnProcess<StoredRun>(RUN, ['read', folder, String(messages)]);
    if (read.standing.origin !== 'read' || read.standing.indexedAgain > 0) throw new Error('The index on disk was not used.');
    const named = messages.toLocaleString('en');
    return [
      {
        ...against('search.stored.read', read.cpu_ms, 'ms CPU', 'built anew', built.cpu_ms),
        unit: `ms CPU until ${named} texts can be searched, unsealed and held against the texts`
      },
      { id: 'search.stored.size', value: read.standing.sizeOnDiskBytes / 1e6, unit: 'MB on disk' },
      {
        ...against('search.stored.peak', read.peakBytes / 1e6, 'MB', 'built anew', built.peakBytes / 1e6),
        unit: 'MB resident over the start'
      },
      { id: 'search.stored.write', value: built.keep_ms, unit: 'ms CPU to sum the texts, pack, seal and write all of it' },
      {
        id: 'search.stored.more',
        value: read.more_ms,
        unit: `ms CPU to index and write a hundredth more (${(read.moreBytes / 1e6).toFixed(2)} MB written)`
      }
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
