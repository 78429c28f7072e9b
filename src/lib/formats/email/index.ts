/** E-mail: single messages (.eml), mailboxes (.mbox, as Google Takeout and mail programs write them), and zips of them. */
import { SourceError } from '../../evidence/findings.ts';
import type { SourcePlace } from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceDocument, SourceDocuments } from '../container/documents.ts';
import { lockedProbe, openDocumentsOf, readDocuments } from '../container/read-documents.ts';
import { looksLikeZip } from '../container/zip.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe } from '../contract.ts';
import { CountingSink } from '../counting-sink.ts';
import { FindingTally } from '../finding-tally.ts';
import { MailRecords } from './mail-records.ts';
import { mailsOf } from './mailbox.ts';

const ENTRY = /\.(?:eml|mbox)$/i;
const PROBE_MAILS = 200;
/** Headers that some server or program of every letter writes. */
const KNOWN =
  /^(?:from|to|cc|subject|date|message-id|received|return-path|delivered-to|mime-version|reply-to|dkim-signature|x-[\w-]+|content-type)$/i;

/** 0 to 1: begins with a block of headers of which several are a letter's. */
function mailness(bytes: Uint8Array): number {
  const lines = new TextDecoder('latin1')
    .decode(bytes.subarray(0, 16_384))
    .replace(/^\xef\xbb\xbf/, '')
    .split(/\r?\n/);
  const isMailbox = /^From \S+.*\d{4}\s*$/.test(lines[0] ?? '') || /^From \S+@\S+/.test(lines[0] ?? '');
  const names = new Set<string>();
  for (const line of lines.slice(isMailbox ? 1 : 0)) {
    if (line === '') break;
    if (/^[ \t]/.test(line) && names.size > 0) continue;
    const name = /^([!-9;-~]{1,100}):/.exec(line)?.[1]?.toLowerCase();
    if (name === undefined) return 0;
    names.add(name);
  }
  const known = [...names].filter((name) => KNOWN.test(name)).length;
  const isLetter = names.has('from') && (names.has('date') || names.has('to') || names.has('subject'));
  if (isMailbox) return isLetter ? 0.97 : known >= 2 ? 0.6 : 0;
  return isLetter && known >= 3 ? 0.93 : 0;
}

function sniff(head: SniffHead): number {
  if (!looksLikeZip(head.bytes)) return mailness(head.bytes);
  return Math.min(0.6, Math.max(0, ...(head.inside ?? []).map((inner) => mailness(inner.bytes))));
}

const open = (input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceDocuments> =>
  openDocumentsOf(ENTRY, sentence('mail-zip-without', { file: input.name }), input, options, signal);

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const source = await open(input, options, signal);
  try {
    const locked = lockedProbe(source);
    if (locked !== null) return locked;
    const records = new MailRecords(new CountingSink(), new FindingTally(), options, input.name);
    for (const document of source.documents) {
      if (records.mails >= PROBE_MAILS) break;
      for await (const mail of mailsOf(document.chunks(signal))) {
        signal.throwIfAborted();
        await records.keep(mail, { path: document.path, offset: mail.offset, unit: 'byte' });
        if (records.mails >= PROBE_MAILS) break;
      }
    }
    return {
      questions:
        options.owner === null ? [{ kind: 'owner', reason: sentence('mail-ask-owner'), candidates: records.candidates() }] : [],
      facts: [sentence('mail-count', { mails: records.mails })]
    };
  } finally {
    await source.close();
  }
}

async function read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const source = await open(input, options, signal);
  try {
    const tally = new FindingTally();
    const records = new MailRecords(sink, tally, options, input.name);
    await readDocuments(source, input, sink, signal, {
      documents: source.documents,
      read: (document, progress) => readDocument(document, input.name, records, signal, progress),
      end: () => tally.flush(sink),
      isNothing: () => records.mails === 0
    });
  } finally {
    await source.close();
  }
}

async function readDocument(
  document: SourceDocument,
  file: string,
  records: MailRecords,
  signal: AbortSignal,
  progress: (bytes: number) => void
): Promise<void> {
  const place = (offset: number): SourcePlace => ({ path: document.path, offset, unit: 'byte' });
  const before = records.mails;
  for await (const mail of mailsOf(document.chunks(signal))) {
    signal.throwIfAborted();
    await records.keep(mail, place(mail.offset));
    progress(mail.offset + mail.sizeBytes);
  }
  if (records.mails === before)
    throw new SourceError('not-recognised', sentence('mail-none', { where: document.where }), file, place(0));
}

export const email: Format = {
  id: 'email',
  version: 1,
  label: 'E-mail (.eml, .mbox)',
  gathers: { takes: (name) => ENTRY.test(name) },
  sniff,
  probe,
  read
};
