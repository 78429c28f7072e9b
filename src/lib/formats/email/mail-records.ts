/** One e-mail to records. */
import { sha256 } from 'hash-wasm';
import PostalMime, { type Address, type Email } from 'postal-mime';
import { told } from '../../evidence/findings.ts';
import { utcMs } from '../../evidence/ids.ts';
import {
  MessageState,
  type AccountRef,
  type AttachmentRecord,
  type EvidenceTime,
  type SourcePlace,
  type ThreadRef
} from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { ReadOptions } from '../contract.ts';
import type { FindingTally } from '../finding-tally.ts';
import { HashSet64 } from '../hash-set.ts';
import { detailText, firstFields, writeDetails, type DetailFields } from '../json/details.ts';
import { ServiceAccounts } from '../service-accounts.ts';
import { NO_TIME } from '../time/evidence-time.ts';
import { MAIL_CAPS } from '../caps.ts';
import type { RawMail } from './mailbox.ts';
import { textOfHtml } from './mail-text.ts';

/** Headers that become part of the record. */
const USED: ReadonlySet<string> = new Set([
  'from',
  'to',
  'cc',
  'bcc',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'content-transfer-encoding'
]);
const MOST_DETAILS = 500;

export class MailRecords {
  mails = 0;
  readonly #sink: EvidenceSink;
  readonly #tally: FindingTally;
  readonly #accounts: ServiceAccounts;
  readonly #threads = new Map<string, ThreadRef>();
  readonly #copies = new HashSet64();

  constructor(sink: EvidenceSink, tally: FindingTally, options: ReadOptions, file: string) {
    this.#sink = sink;
    this.#tally = tally;
    this.#accounts = new ServiceAccounts('email', options, file);
    const address = options.owner?.identifier ?? '';
    if (address.includes('@')) this.#accounts.setOwn(this.#account(address, options.owner?.name ?? ''));
  }

  /** Who wrote most, for the question whose mailbox it is. */
  candidates(): AccountRef[] {
    return this.#accounts.busiest();
  }

  async keep(mail: RawMail, place: SourcePlace): Promise<void> {
    this.mails++;
    if (mail.bytes === null) {
      this.#sink.seen('message');
      this.#sink.refuse('message', {
        code: 'too-large',
        ...told(sentence('mail-too-large', { most: MAIL_CAPS.messageBytes })),
        place
      });
      return;
    }
    let email: Email;
    try {
      email = await PostalMime.parse(mail.bytes, {
        attachmentEncoding: 'arraybuffer',
        maxNestingDepth: 64,
        maxRfc822NestingDepth: 4
      });
    } catch (error) {
      // Its caps (parts in parts, size of headers) speak for themselves.
      const reason = error instanceof Error ? error.message : String(error);
      const raw = new TextDecoder('latin1').decode(mail.bytes.subarray(0, 500));
      this.#sink.seen('message');
      this.#sink.refuse('message', { code: 'item-unreadable', ...told(sentence('mail-unreadable', { reason })), place, raw });
      return;
    }
    const attachments: AttachmentRecord[] = [];
    for (const file of email.attachments) {
      const content = typeof file.content === 'string' ? new TextEncoder().encode(file.content) : new Uint8Array(file.content);
      attachments.push({
        name: file.filename ?? '',
        contentType: file.mimeType,
        sizeBytes: content.length,
        sha256Hex: await sha256(content)
      });
    }
    this.#write(email, attachments, place);
  }

  #write(email: Email, attachments: readonly AttachmentRecord[], place: SourcePlace): void {
    const subject = email.subject ?? '';
    const isHtmlAlone = (email.text ?? '').trim() === '' && (email.html ?? '') !== '';
    const text = (isHtmlAlone ? textOfHtml(email.html ?? '') : (email.text ?? '')).replace(/\r\n?/g, '\n').replace(/\n+$/, '');
    const [from = null] = this.#people(email.from === undefined ? [] : [email.from]);
    const to = this.#people([...(email.to ?? []), ...(email.cc ?? []), ...(email.bcc ?? [])]);
    const time = timeOf(email);
    if (time.raw !== '' && time.utcMs === null) this.#tally.add('time-unreadable', 'warning', 'times-unreadable', place);
    const itemId = email.messageId ?? '';
    if (from === null && to.length === 0 && time.raw === '' && subject === '' && text === '' && attachments.length === 0) {
      this.#sink.seen('message');
      this.#sink.refuse('message', { code: 'item-unreadable', ...told(sentence('mail-bare')), place });
      return;
    }
    const files = attachments.map((file) => file.sha256Hex).join(' ');
    if (itemId !== '' && !this.#copies.add(`${itemId} ${time.raw} ${subject}`, text, files)) {
      this.#sink.seen('message');
      this.#sink.fold('message', place);
      this.#tally.add('duplicate-folded', 'note', 'mails-folded', place);
      return;
    }
    if (isHtmlAlone) this.#tally.add('unknown-type', 'note', 'mails-of-html', place);
    if (from !== null) this.#accounts.wrote(from);
    this.#sink.seen('message');
    this.#sink.message({
      thread: this.#thread(from, to),
      from,
      to,
      body: [subject, text].filter((part) => part !== '').join('\n\n'),
      time,
      direction: this.#accounts.directionOf(from),
      state: stateOf(email),
      confidence: 'unstated',
      attachments,
      place,
      itemId,
      // Times are by the second: equal letters with ids of their own are two.
      fold: 'ordinal'
    });
    const headers: DetailFields = email.headers
      .filter(({ key }) => !USED.has(key))
      .map(({ originalKey, value }) => [originalKey, detailText(value)]);
    const details = firstFields(headers, MOST_DETAILS);
    if (isHtmlAlone) details.push(['html', detailText(email.html ?? '')]);
    writeDetails(this.#sink, 'e-mail details', [['message', itemId || time.raw]], details, place, itemId);
  }

  #account(address: string, name: string): AccountRef {
    return this.#accounts.byId(address.trim().toLowerCase(), name, address);
  }

  #people(addresses: readonly Address[]): AccountRef[] {
    const people: AccountRef[] = [];
    const add = (address: string, name: string): void => {
      if (address === '' && name === '') return;
      const ref = address === '' ? this.#accounts.byName(name) : this.#account(address, name);
      if (!people.some((held) => held.identifier === ref.identifier)) people.push(ref);
    };
    for (const one of addresses)
      if (one.group === undefined) add(one.address, one.name);
      else for (const inner of one.group) add(inner.address, inner.name);
    return people;
  }

  /** Letters between the same addresses are one conversation, as on the other formats; subjects change at will. */
  #thread(from: AccountRef | null, to: readonly AccountRef[]): ThreadRef {
    const members = [...(from === null ? [] : [from]), ...to];
    const keys = [...new Set(members.map((ref) => ref.identifier))].sort();
    const key = keys.length === 0 ? 'unknown' : keys.join(' ');
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      const unique = members.filter((ref, i) => members.findIndex((other) => other.identifier === ref.identifier) === i);
      thread = { service: 'email', key, isGroup: keys.length > 2, members: unique };
      this.#threads.set(key, thread);
    }
    return thread;
  }
}

function headerOf(email: Email, key: string): string {
  return email.headers.find((header) => header.key === key)?.value ?? '';
}

/** The Date header states its own offset; what is no date keeps its text. */
function timeOf(email: Email): EvidenceTime {
  const raw = headerOf(email, 'date');
  if (raw === '') return NO_TIME;
  const iso = email.date ?? '';
  const ms = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(iso) ? Date.parse(iso) : NaN;
  // Without an offset the library takes the clock of this computer, which the letter never saw.
  const hasOffset = /(?:[+-]\d{4}|\b(?:GMT|UTC?|Z|[ECMP][SD]T))\s*(?:\([^)]*\))?\s*$/i.test(raw);
  if (Number.isNaN(ms) || !hasOffset) return { raw, utcMs: null, basis: 'unknown' };
  return { raw, utcMs: utcMs(ms), basis: 'offset-in-data' };
}

/** Marks that mail programs keep in headers of their own. */
function stateOf(email: Email): number {
  const labels = headerOf(email, 'x-gmail-labels').toLowerCase();
  const status = headerOf(email, 'status') + headerOf(email, 'x-status');
  let state = 0;
  if (/\bdrafts?\b/.test(labels) || headerOf(email, 'x-mozilla-draft-info') !== '') state |= MessageState.draft;
  if (/\bsent\b/.test(labels)) state |= MessageState.sent;
  if (/\bopened\b/.test(labels) || /R/.test(status)) state |= MessageState.read;
  if (/\b(?:trash|bin)\b/.test(labels)) state |= MessageState.deletedByUser;
  return state;
}
