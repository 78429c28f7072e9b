/** SMS Backup & Restore (Android): sms-*.xml and calls-*.xml, bare or in a zip. */
import { SourceError, told } from '../../evidence/findings.ts';
import type { AccountRef } from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { asWritten, sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import { looksLikeZip, ZipContainer } from '../container/zip.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe, SourceQuestion } from '../contract.ts';
import { CountingSink } from '../counting-sink.ts';
import { blobChunks } from '../text/decode.ts';
import { detectEncoding } from '../text/encoding.ts';
import { faultSentence, XmlFault } from '../xml/events.ts';
import { utf8Chunks } from '../xml/utf8-source.ts';
import { BackupHandler } from './backup-handler.ts';

const ENTRY = /(?:^|[\\/])(?:sms|calls)[^\\/]*\.xml$/i;
const PROBE_BYTES = 2 * 2 ** 20;

export const smsBackupXml: Format = {
  id: 'sms-backup-xml',
  version: 1,
  label: 'SMS Backup & Restore',
  gathers: { takes: (name) => ENTRY.test(name) },
  sniff,
  probe,
  read
};

function sniff(head: SniffHead): number {
  if (head.entries !== undefined) return head.entries.some((name) => ENTRY.test(name)) ? 0.7 : 0;
  if (looksLikeZip(head.bytes)) return 0;
  const text = new TextDecoder(detectEncoding(head.bytes).encoding).decode(head.bytes.subarray(0, 8192)).replace(/^\ufeff/, '');
  if (!/^\s*</.test(text)) return 0;
  if (/<(?:smses|calls)[\s>]/.test(text)) return 0.98;
  return /<(?:sms|mms|call)\s[^<>]*\bdate=/.test(text) ? 0.6 : 0;
}

interface Backup {
  readonly path: string;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly open: () => AsyncIterable<Uint8Array>;
}

async function backupsOf(
  input: SourceInput,
  options: ReadOptions,
  signal: AbortSignal
): Promise<{ backups: readonly Backup[]; zip: ZipContainer | null }> {
  if (input.sizeBytes === 0) throw new SourceError('empty-file', sentence('file-empty', { file: input.name }), input.name);
  const head = new Uint8Array(await input.blob.slice(0, 4).arrayBuffer());
  if (!looksLikeZip(head)) {
    return {
      backups: [
        { path: '', packedBytes: input.sizeBytes, sizeBytes: input.sizeBytes, open: () => blobChunks(input.blob, signal) }
      ],
      zip: null
    };
  }
  const zip = await ZipContainer.open(input, {
    signal,
    wanted: (name) => ENTRY.test(name),
    ...(options.password === undefined ? {} : { password: options.password })
  });
  const entries = zip.entries.filter((entry) => !entry.isDirectory && ENTRY.test(entry.name));
  if (entries.length === 0)
    throw new SourceError('not-recognised', sentence('backup-zip-without', { file: input.name }), input.name);
  return {
    backups: entries.map((entry) => ({
      path: entry.name,
      packedBytes: entry.compressedBytes,
      sizeBytes: entry.sizeBytes,
      open: () => zip.read(entry, signal)
    })),
    zip
  };
}

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const { backups, zip } = await backupsOf(input, options, signal);
  const questions: SourceQuestion[] = [];
  const facts: Sentence[] = [];
  try {
    const locked = zip?.entries.find((entry) => ENTRY.test(entry.name) && zip.needsPassword(entry));
    if (locked !== undefined)
      return {
        questions: [{ kind: 'password', reason: sentence('file-encrypted', { where: whereIn(input.name, locked.name) }) }],
        facts: [sentence('zip-encrypted')]
      };
    for (const backup of backups) {
      const sink = new CountingSink();
      const handler = new BackupHandler(sink, backup.path, options);
      let bytes = 0;
      try {
        for await (const chunk of utf8Chunks(backup.open(), () => undefined)) {
          signal.throwIfAborted();
          handler.tokenizer.write(chunk);
          if ((bytes += chunk.length) >= PROBE_BYTES) break;
        }
      } catch (error) {
        if (!(error instanceof XmlFault)) throw error;
      }
      for (const { list, count } of handler.claims)
        facts.push(sentence('backup-claims', { file: backup.path === '' ? input.name : backup.path, list, count }));
    }
    // The format never names the phone's own number; times are in UTC by its description.
    if (options.owner === null)
      questions.push({
        kind: 'owner',
        reason: sentence('backup-ask-owner'),
        candidates: [] satisfies AccountRef[]
      });
    return { questions, facts };
  } finally {
    await zip?.close();
  }
}

async function read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const { backups, zip } = await backupsOf(input, options, signal);
  try {
    for (const note of zip?.notes ?? []) sink.note(note);
    let before = 0;
    for (const backup of backups) {
      const share = backup.sizeBytes > 0 ? backup.packedBytes / backup.sizeBytes : 1;
      const start = before;
      await readBackup(input.name, backup, options, sink, signal, (bytes) =>
        sink.progress(Math.min(input.sizeBytes, Math.floor(start + bytes * share)))
      );
      before += backup.packedBytes;
    }
    sink.progress(input.sizeBytes);
  } finally {
    await zip?.close();
  }
}

function whereIn(file: string, path: string): Sentence {
  return path === '' ? asWritten(file) : sentence('entry-in', { file, entry: path });
}

async function readBackup(
  file: string,
  backup: Backup,
  options: ReadOptions,
  sink: EvidenceSink,
  signal: AbortSignal,
  progress: (bytes: number) => void
): Promise<void> {
  const handler = new BackupHandler(sink, backup.path, options);
  const where = whereIn(file, backup.path);
  let bytes = 0;
  try {
    const chunks = utf8Chunks(backup.open(), (encoding) =>
      handler.tally.add('not-utf8', 'note', 'text-in-encoding', null, 1, { encoding })
    );
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      handler.tokenizer.write(chunk);
      progress((bytes += chunk.length));
    }
    handler.tokenizer.end();
  } catch (error) {
    handler.breakOff();
    if (!(error instanceof XmlFault)) throw error;
    throw new SourceError(error.kind === 'cut' ? 'cut-short' : 'damaged-xml', faultSentence(error, where), file, {
      path: backup.path,
      offset: error.offset,
      unit: 'byte'
    });
  } finally {
    const { notUtf8, looseAmpersands, illegalReferences } = handler.tokenizer.faults;
    handler.tally.add('not-utf8', 'warning', 'texts-not-utf8', null, notUtf8);
    handler.tally.add('damaged-xml', 'note', 'loose-ampersands', null, looseAmpersands);
    handler.tally.add('damaged-xml', 'note', 'illegal-references', null, illegalReferences);
    handler.tally.flush(sink);
  }
  if (!handler.sawList && handler.found === 0)
    throw new SourceError('not-recognised', sentence('backup-not-one', { where }), file);
  const claimed = handler.claims.reduce((sum, { count }) => sum + count, 0);
  if (handler.claims.length > 0 && claimed !== handler.found) {
    sink.note({
      code: 'count-disagrees',
      severity: 'warning',
      ...told(sentence('backup-count-wrong', { where, claimed, found: handler.found })),
      place: null
    });
  }
}
