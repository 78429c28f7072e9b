/** Writes the whole sample case into a folder. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeZip } from './archive.ts';
import { END_MS } from './clock.ts';
import { AS_WRITTEN, type Exchange } from './exchange.ts';
import { accountAt, LINE_NEW_NUMBER } from './people.ts';
import { csvText, type CsvTally } from './phone-csv.ts';
import { callsXml, smsText, type Half, type SmsTally } from './sms-backup.ts';
import { STORY_ID, STORY_NAME } from './story.ts';
import { coreThreads, ownerOf, type Device } from './threads.ts';
import { CALLS_FILES, SMS_FILES, truthOf, type FileTruth, type Truth } from './truth.ts';
import { emptyTally, reportText, utf8Chunks } from './ufdr.ts';
import { placeholderFiles } from './ufed-extras.ts';
import { chatText, exportName } from './whatsapp.ts';

export interface SampleOptions {
  /** Message records over all files, about. */
  readonly scale: number;
  readonly seed: number;
  readonly out: string;
  readonly exchange?: Exchange;
}

/** What the app needs to import a file without asking: whose phone, and which zone. */
interface ManifestFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly device: Device;
  readonly format: FileTruth['format'];
  /** The owner's account at the time of the file. */
  readonly owner: string;
  readonly ownerName: string;
  /** Zone to choose for stamps that carry none. */
  readonly zone: string;
}

export interface Manifest {
  readonly story: string;
  readonly name: string;
  readonly scale: number;
  readonly seed: number;
  readonly files: readonly ManifestFile[];
}

const NO_DUPLICATES = { messages: 0, calls: 0, contacts: 0 };

async function writeText(path: string, pieces: Iterable<string>): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const chunk of utf8Chunks(pieces)) await file.write(chunk);
  } finally {
    await file.close();
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

/** Files of an earlier run in the folder that this run would not replace (chats have varying names). */
async function clearEarlier(out: string): Promise<void> {
  for (const name of await readdir(out)) {
    if (/^(WhatsApp Chat - .*\.zip|(sms|calls)-\d{14}\.xml|phone-a\.ufdr|download\.csv|truth\.json|manifest\.json)$/.test(name)) {
      await rm(join(out, name));
    }
  }
}

/** Writes every file, truth.json and manifest.json; returns the last two. */
export async function writeSample(options: SampleOptions): Promise<{ manifest: Manifest; truth: Truth }> {
  const { scale, seed, out } = options;
  const exchange = options.exchange ?? AS_WRITTEN;
  await mkdir(out, { recursive: true });
  await clearEarlier(out);
  const files: Record<string, FileTruth> = {};
  const devices = new Map<string, { device: Device; atMs: number }>();
  const add = (name: string, device: Device, atMs: number, truth: FileTruth): void => {
    files[name] = truth;
    devices.set(name, { device, atMs });
  };

  const tally = emptyTally();
  await writeZip(
    join(out, 'phone-a.ufdr'),
    [
      { name: 'report.xml', chunks: utf8Chunks(reportText({ seed, scale, exchange }, tally)) },
      ...placeholderFiles().map((f) => ({ name: f.path, chunks: [f.bytes] }))
    ],
    true
  );
  const { models, messages, calls, contacts, duplicates, ...detail } = tally;
  add('phone-a.ufdr', 'A', END_MS, {
    format: 'ufed-xml',
    messages,
    calls,
    contacts,
    duplicates,
    refused: 0,
    detail: { models, ...detail }
  });

  for (const thread of coreThreads(scale)) {
    if (!thread.devices.includes('B')) continue;
    const counts = { messages: 0, systemLines: 0 };
    const name = exportName(thread, exchange);
    await writeZip(join(out, name), [{ name: '_chat.txt', chunks: utf8Chunks(chatText(thread, seed, counts, exchange)) }]);
    add(name, 'B', END_MS, {
      format: 'whatsapp-text',
      messages: counts.messages,
      calls: 0,
      contacts: 0,
      duplicates: NO_DUPLICATES,
      refused: 0,
      detail: { systemLines: counts.systemLines }
    });
  }

  for (const half of ['before', 'after'] as const satisfies Half[]) {
    const atMs = half === 'before' ? LINE_NEW_NUMBER - 1 : END_MS;
    const counts: SmsTally = { sms: 0, mms: 0, duplicates: 0, claimed: 0 };
    await writeText(join(out, SMS_FILES[half]), smsText(scale, seed, half, counts, exchange));
    add(SMS_FILES[half], 'C', atMs, {
      format: 'sms-backup-xml',
      messages: counts.sms + counts.mms,
      calls: 0,
      contacts: 0,
      duplicates: { ...NO_DUPLICATES, messages: counts.duplicates },
      refused: 0,
      detail: { sms: counts.sms, mms: counts.mms, claimedCount: counts.claimed }
    });
    const xml = callsXml(seed, half, exchange);
    await writeText(join(out, CALLS_FILES[half]), [xml.text]);
    add(CALLS_FILES[half], 'C', atMs, {
      format: 'sms-backup-xml',
      messages: 0,
      calls: xml.count,
      contacts: 0,
      duplicates: NO_DUPLICATES,
      refused: 0,
      detail: {}
    });
  }

  const rows: CsvTally = { messages: 0, otherRows: 0, roundedNumbers: 0 };
  await writeText(join(out, 'download.csv'), csvText(scale, seed, rows, exchange));
  add('download.csv', 'D', END_MS, {
    format: 'phone-csv',
    messages: rows.messages,
    calls: 0,
    contacts: 0,
    duplicates: NO_DUPLICATES,
    refused: rows.otherRows,
    detail: { roundedNumbers: rows.roundedNumbers }
  });

  const list: ManifestFile[] = [];
  for (const [name, truth] of Object.entries(files)) {
    const { device, atMs } = devices.get(name) ?? { device: 'A' as const, atMs: END_MS };
    const person = ownerOf(device);
    list.push({
      name,
      bytes: (await stat(join(out, name))).size,
      sha256: await sha256Of(join(out, name)),
      device,
      format: truth.format,
      owner: accountAt(person, atMs),
      ownerName: exchange.name(person),
      zone: 'Europe/London'
    });
  }
  const manifest: Manifest = { story: STORY_ID, name: STORY_NAME, scale, seed, files: list };
  const truth = truthOf(seed, scale, files);
  await writeFile(join(out, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
  await writeFile(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  return { manifest, truth };
}
