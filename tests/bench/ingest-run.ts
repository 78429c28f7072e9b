/** One import of one UFDR, measured in a process of its own: `ingest-run.ts FILE` prints its figures as JSON. */
import { openAsBlob } from 'node:fs';
import { BlobReader, ZipReader, type FileEntry } from '@zip.js/zip.js';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { ufedXml } from '../../src/lib/formats/ufed-xml/index.ts';
import { sha256Hex } from '../../src/lib/pipeline/hash.ts';
import { ingest } from '../../src/lib/pipeline/ingest.ts';
import { waited_ms, watchMemory } from './own-process.ts';

export interface IngestRun {
  readonly messages: number;
  readonly xmlBytes: number;
  /** As the clock on the wall has it, and without the waits for a core that other programs held. */
  readonly wall_ms: number;
  readonly own_ms: number;
  readonly peakBytes: number;
  readonly storeBytes: number;
  /** SHA-256 of the file and inflating its report, by the same code and nothing else. */
  readonly raw_ms: number;
}

const { signal } = new AbortController();

async function timed<R>(work: () => Promise<R>): Promise<{ wall_ms: number; own_ms: number; result: R }> {
  const from = performance.now();
  const waited = waited_ms();
  const result = await work();
  const wall_ms = performance.now() - from;
  return { wall_ms, own_ms: wall_ms - (waited_ms() - waited), result };
}

async function inflated(blob: Blob): Promise<number> {
  const zip = new ZipReader(new BlobReader(blob));
  const entry = (await zip.getEntries())[0] as FileEntry;
  let bytes = 0;
  await entry.getData(
    new WritableStream<Uint8Array>({
      write(chunk) {
        bytes += chunk.length;
      }
    }),
    { checkCrc32: false }
  );
  await zip.close();
  return bytes;
}

async function measure(path: string): Promise<IngestRun> {
  const blob = await openAsBlob(path);
  const input = { name: path, sizeBytes: blob.size, blob };
  const options = { zone: 'Europe/London', region: 'GB', owner: null };
  const store = new EvidenceStore();
  const memory = watchMemory();
  const ours = await timed(() => ingest(store, { input, format: ufedXml, options, facts: [], nowMs: 0 }, () => {}, signal));
  const peakBytes = memory.stop();
  const { sum, failure } = ours.result;
  if (failure !== null || sum.seen !== sum.kept + sum.folded + sum.refused) throw new Error(failure?.message ?? 'the sum is off');
  const raw = await timed(async () => {
    await sha256Hex(blob, signal);
    return inflated(blob);
  });
  return {
    messages: sum.byKind.message.kept,
    xmlBytes: raw.result,
    wall_ms: ours.wall_ms,
    own_ms: ours.own_ms,
    peakBytes,
    storeBytes: store.sizeBytes().reduce((bytes, part) => bytes + part.bytes, 0),
    raw_ms: raw.own_ms
  };
}

console.log(JSON.stringify(await measure(process.argv[2] ?? '')));
