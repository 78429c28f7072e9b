/**
 * Phone D: messages as rows, after a spreadsheet program had its way: title lines above a header
 * whose cell runs over two lines, numbers without "+" or without country, some rounded to powers
 * of ten, carriage returns spelled out, stamps with the zone in brackets, a line of totals below.
 */
import { savedName } from './address-book.ts';
import { csvStamp } from './clock.ts';
import { AS_WRITTEN, type Exchange } from './exchange.ts';
import { testImei } from './identifiers.ts';
import { accountAt, type Person } from './people.ts';
import { hashOf } from './random.ts';
import { messagesOf, type Message } from './talk.ts';
import { crowdThreads } from './crowd.ts';
import { coreThreads, ownerOf, sizesOf, type Thread } from './threads.ts';

export interface CsvTally {
  /** Rows that hold a message. */
  messages: number;
  /** Rows after the header that hold none: the line of totals. */
  otherRows: number;
  /** Cells in which a number was rounded and is lost. */
  roundedNumbers: number;
}

const owner = ownerOf('D');

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A number the way a spreadsheet may leave it. */
function messy(account: string, key: number, tally: CsvTally): string {
  if (!account.startsWith('+')) return account;
  const digits = account.slice(1);
  if (key % 41 === 7) {
    tally.roundedNumbers += 1;
    return `${Number(digits).toExponential(3).replace('e+', 'E+')}`;
  }
  if (key % 5 === 1 && digits.startsWith('44')) return digits.slice(2);
  if (key % 5 === 2) return account;
  return digits;
}

function* threadsOfD(scale: number, seed: number): Generator<Thread> {
  for (const thread of coreThreads(scale)) if (thread.devices.includes('D')) yield thread;
  for (const thread of crowdThreads(seed, sizesOf(scale).crowdRecords)) {
    if (thread.devices[0] === 'D') yield thread;
  }
}

const ATTACHMENT: Partial<Record<Message['kind'], string>> = { voice: 'audio.opus', photo: 'image.jpg' };

/** download.csv, piece by piece; CRLF rows. */
export function* csvText(scale: number, seed: number, tally: CsvTally, exchange: Exchange = AS_WRITTEN): Generator<string> {
  const list: Message[] = [];
  for (const thread of threadsOfD(scale, seed)) list.push(...messagesOf(thread, seed, exchange));
  const rows = list.filter((m) => m.kind !== 'system' && m.kind !== 'missed-call');
  rows.sort((a, b) => a.atMs - b.atMs || (a.thread.id < b.thread.id ? -1 : 1));
  yield `\ufeffPhone download,,,,,,,,,\r\nIMEI,${testImei(4)},,,,,,,,\r\n`;
  yield '#,Source,Chat,Direction,From,From name,To,"Timestamp: Date\nand time",Body,Status,Attachment\r\n';
  for (const [i, m] of rows.entries()) {
    const key = hashOf(m.thread.id, m.index);
    const nameOf = (p: Person): string => (p === owner ? exchange.name(owner) : (savedName('D', p, m.atMs, exchange) ?? ''));
    const other = m.thread.members.find((p) => p !== owner) ?? owner;
    const mine = m.from === owner;
    const to = m.thread.group ?? messy(accountAt(mine ? other : owner, m.atMs), key >>> 8, tally);
    const body = m.kind === 'removed' ? '' : m.text.replaceAll('\n', '_x000d_\n');
    const columns = [
      String(i + 1),
      m.thread.app,
      m.thread.group ?? nameOf(other),
      mine ? 'Outgoing' : 'Incoming',
      messy(accountAt(m.from, m.atMs), key, tally),
      nameOf(m.from),
      to,
      csvStamp(m.atMs),
      body,
      m.kind === 'removed' ? 'Deleted' : mine ? 'Sent' : 'Read',
      ATTACHMENT[m.kind] ?? ''
    ];
    tally.messages += 1;
    yield `${columns.map(cell).join(',')}\r\n`;
  }
  tally.otherRows = 1;
  yield `Total,${rows.length},,,,,,,,,\r\n`;
}
