/**
 * `npm run -s bench -- ingest-huge [--scale GB]`: a generated UFDR of so many gigabytes (8), a quarter of it report.xml and
 * the rest files that do not deflate, imported in a process of its own with its memory watched. Written in a stream into
 * .cache/bench and deleted afterwards: it needs that much room on the disk.
 */
import { randomFillSync } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeZip } from '../../tools/sample/archive.ts';
import { utf8Chunks, reportText, emptyTally } from '../../tools/sample/ufdr.ts';
import type { Figure } from './figure.ts';
import type { HugeRun } from './ingest-huge-run.ts';
import { inOwnProcess } from './own-process.ts';

const FOLDER = join('.cache', 'bench');
const GB = 8;
/** A reader stops at 2 GiB of text an entry; the report stays a little below a quarter of the zip. */
const REPORT_SHARE = 0.245;
const BYTES_A_MESSAGE = 2570;
const MEDIA_BYTES = 64 * 2 ** 20;
const TARGET_PEAK_MB = 500;

/** Bytes that no coder makes smaller; one block again and again, each time changed a little. */
function* noise(bytes: number): Generator<Uint8Array> {
  const block = randomFillSync(new Uint8Array(1 << 20));
  for (let at = 0; at < bytes; at += block.length) {
    randomFillSync(block, 0, 1024);
    yield block.slice(0, Math.min(block.length, bytes - at));
  }
}

export async function run(options: { scale?: number }): Promise<Figure[]> {
  const gb = options.scale ?? GB;
  const reportBytes = gb * 1e9 * REPORT_SHARE;
  const messages = Math.floor(reportBytes / BYTES_A_MESSAGE);
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, 'huge.ufdr');
  try {
    const report = reportText({ seed: 1, scale: messages, messages }, emptyTally());
    // Of what is left, deflated text takes some sixteenth of its size.
    const media = Math.ceil((gb * 1e9 - reportBytes / 16) / MEDIA_BYTES);
    await writeZip(
      path,
      (function* () {
        yield { name: 'report.xml', chunks: utf8Chunks(report) };
        for (let n = 0; n < media; n++) yield { name: `files/Video/VID-${n}.mp4`, chunks: noise(MEDIA_BYTES), isDeflated: false };
      })(),
      true
    );
    const zipBytes = statSync(path).size;
    const own = await inOwnProcess<HugeRun>(new URL('./ingest-huge-run.ts', import.meta.url), [path]);
    const peak = own.peakBytes / 1e6;
    const what = `zip of ${(zipBytes / 1e9).toFixed(2)} GB, report.xml of ${(own.xmlBytes / 1e9).toFixed(2)} GB`;
    return [
      {
        id: 'ingest-huge.peak',
        value: peak,
        unit: `MB resident over the start, the case's columns included (${what})`,
        target: `< ${TARGET_PEAK_MB}`,
        met: peak < TARGET_PEAK_MB
      },
      { id: 'ingest-huge.columns', value: own.storeBytes / 1e6, unit: 'MB of that are the case itself' },
      { id: 'ingest-huge.messages', value: own.messages, unit: 'messages, seen = kept + folded + refused' },
      { id: 'ingest-huge.cpu', value: own.cpu_ms / 1000, unit: 's of CPU, hash to columns' },
      { id: 'ingest-huge.wall', value: own.wall_ms / 1000, unit: 's by the clock on the wall' }
    ];
  } finally {
    rmSync(path, { force: true });
  }
}
