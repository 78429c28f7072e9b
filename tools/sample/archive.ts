/** Zip files whose bytes depend on their contents alone. */
import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { configure, ZipWriter } from '@zip.js/zip.js';

// One thread and the library's own codec: the platform's may differ between versions.
configure({ useWebWorkers: false, useCompressionStream: false });

/** 1 February 2026, 12:00:00 in MS-DOS form: the same in every time zone. */
const DOS_TIME = ((((2026 - 1980) << 9) | (2 << 5) | 1) << 16) | (12 << 11);

interface Entry {
  readonly name: string;
  readonly chunks: Iterable<Uint8Array>;
  /** False for what does not get smaller: pictures, sound. */
  readonly isDeflated?: boolean;
}

function readable(chunks: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    }
  });
}

/**
 * Writes a zip to a path, streaming. Entries above 4 GiB need `zip64`, as real UFDR files have it.
 */
export async function writeZip(path: string, entries: Iterable<Entry>, zip64 = false): Promise<void> {
  const file = createWriteStream(path);
  const zip = new ZipWriter(Writable.toWeb(file) as WritableStream<Uint8Array>, { zip64 });
  for (const entry of entries) {
    await zip.add(entry.name, readable(entry.chunks), {
      level: entry.isDeflated === false ? 0 : 3,
      rawLastModDate: DOS_TIME,
      extendedTimestamp: false,
      zip64
    });
  }
  await zip.close();
}
