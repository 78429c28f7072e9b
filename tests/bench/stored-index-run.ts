/** One step of an index on disk in a process of its own: `stored-index-run.ts build|read FOLDER SIZE` prints a StoredRun. */
import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { SearchDesk, type IndexStanding } from '../../src/lib/pipeline/search-desk.ts';
import { Transcripts } from '../../src/lib/pipeline/transcripts.ts';
import { Translations } from '../../src/lib/pipeline/translations.ts';
import { CertifiedLog } from '../../src/lib/records/certified-log.ts';
import { importDataKey } from '../../src/lib/vault/keys.ts';
import { DerivedFiles } from '../../src/lib/vault/segments/derived-files.ts';
import type { SegmentFolder } from '../../src/lib/vault/segments/ports.ts';
import { cpu_ms } from './measure.ts';
import { generateTexts } from './messages.ts';
import { peakFromHere } from './own-process.ts';

export interface StoredRun {
  /** Until everything can be searched. */
  readonly cpu_ms: number;
  /** Resident over the start; the texts are there before the start. */
  readonly peakBytes: number;
  readonly standing: IndexStanding;
  /** Writing all of it; then what a hundredth more messages cost, indexing and writing. */
  readonly keep_ms: number;
  readonly more_ms: number;
  readonly moreBytes: number;
}

/** Files of a folder; whole files are written and read, as the index's are. */
function folderOnDisk(path: string, count: (bytes: number) => void): SegmentFolder {
  const at = (name: string): string => join(path, name);
  return {
    async open(name) {
      const file = await open(at(name), 'a').then((made) => made.close().then(() => open(at(name), 'r+')));
      return {
        size: async () => (await file.stat()).size,
        read: () => Promise.reject(new TypeError('This file was opened for writing.')),
        async write(bytes, offset) {
          await file.write(bytes, 0, bytes.length, offset);
          count(bytes.length);
        },
        truncate: (length) => file.truncate(length),
        flush: () => file.sync(),
        close: () => void file.close()
      };
    },
    async peek(name) {
      const bytes = await readFile(at(name)).catch(() => null);
      if (bytes === null) return null;
      const refused = (): Promise<never> => Promise.reject(new TypeError('This file was opened for reading.'));
      return {
        size: async () => bytes.length,
        read: async (from, length) => new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset + from, length),
        write: refused,
        truncate: refused,
        flush: refused,
        close: () => {}
      };
    },
    remove: (name) => rm(at(name), { force: true }),
    names: () => readdir(path)
  };
}

const [mode, path, size] = [process.argv[2], process.argv[3] as string, Number(process.argv[4])];
const { texts } = generateTexts(size + size / 100);
const store = new EvidenceStore();
for (const text of texts) store.messages.body.push(text);
store.committed.messages = size;
const translations = new Translations();
translations.extend(texts.length);
let written = 0;
const key = await importDataKey(Uint8Array.from({ length: 32 }, (_, i) => i));
const shelf = new DerivedFiles(
  folderOnDisk(path, (bytes) => (written += bytes)),
  'a case',
  key,
  false
);
const desk = new SearchDesk(store, translations, new CertifiedLog(), new Transcripts(), shelf);
const peak = peakFromHere();
let start = cpu_ms();
await desk.warm();
const until = cpu_ms() - start;
const peakBytes = peak();
const standing = desk.standing;
start = cpu_ms();
await desk.keep();
const keep_ms = cpu_ms() - start;
written = 0;
let more_ms = 0;
// The one that builds leaves the index as it is, for the one that reads.
if (mode === 'read') {
  store.committed.messages = texts.length;
  start = cpu_ms();
  await desk.keep();
  more_ms = cpu_ms() - start;
}
const answer: StoredRun = { cpu_ms: until, peakBytes, standing, keep_ms, more_ms, moreBytes: written };
console.log(JSON.stringify(answer));
process.exit(0);
