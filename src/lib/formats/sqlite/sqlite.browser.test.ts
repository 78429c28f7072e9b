/** The same SQLite in a worker of a real browser: its WASM from our own origin, slices of a file read as they are asked for. */
import { describe, expect, it } from 'vitest';
import { asWritten } from '../../evidence/wording/sentence.ts';
import { FindingTally } from '../finding-tally.ts';
import { SourceDatabase } from './database.ts';
import { EngineFile } from './engine.ts';
import { LoadedBytes } from './bytes.ts';

describe('databases in a browser', () => {
  it('reads in a worker as it does here', async () => {
    const worker = new Worker(new URL('../../../../tests/browser/sqlite.worker.ts', import.meta.url), { type: 'module' });
    const answer = await new Promise<unknown>((resolve, reject) => {
      worker.addEventListener('message', (event: MessageEvent<unknown>) => resolve(event.data), { once: true });
      worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
    });
    worker.terminate();
    const { bytes, wal, rows, readsSlices } = answer as {
      bytes: Uint8Array;
      wal: Uint8Array;
      rows: unknown;
      readsSlices: boolean;
    };
    expect(readsSlices).toBe(true);
    const database = await SourceDatabase.open(
      {
        path: '',
        where: asWritten('a.db'),
        file: 'a.db',
        blob: new Blob([new Uint8Array(bytes)]),
        wal: new Blob([new Uint8Array(wal)])
      },
      new FindingTally()
    );
    const here: unknown[] = [];
    for await (const batch of database.rows('message', ['body'], new AbortController().signal))
      for (const row of batch) here.push([row.rowId, row.text('body'), row.isPartial]);
    database.close();
    expect(here.length).toBe(400);
    expect(rows).toEqual(here);
    await expect(EngineFile.open(new LoadedBytes(new Uint8Array(10))).then((file) => file.check('x'))).rejects.toThrow();
  });
});
