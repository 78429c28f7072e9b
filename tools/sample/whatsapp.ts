/** Phone B: one WhatsApp export a chat, in the layout of an iPhone set to British English. */
import { international, savedName } from './address-book.ts';
import { whatsAppStamp } from './clock.ts';
import { AS_WRITTEN, type Exchange } from './exchange.ts';
import { accountAt, type Person } from './people.ts';
import { messagesOf, type Message } from './talk.ts';
import { ownerOf, type Thread } from './threads.ts';

/** Mark that iOS puts before its own words (left-to-right mark). */
const LRM = '\u200e';
const ENCRYPTED = 'Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them.';

interface WhatsAppTally {
  /** Lines that someone sent, placeholders for media and removed messages included. */
  messages: number;
  /** Lines that the app wrote: encryption, group made, number changed. */
  systemLines: number;
}

const owner = ownerOf('B');

/** A person as this phone shows them: name, or the number between direction marks. */
function shown(person: Person, atMs: number, exchange: Exchange): string {
  if (person === owner) return exchange.name(owner);
  const name = savedName('B', person, atMs, exchange);
  return name ?? `\u202a${international(accountAt(person, atMs)).replaceAll(' ', '\u00a0')}\u202c`;
}

/** Title of a chat on this phone. */
export function chatTitle(thread: Thread, exchange: Exchange = AS_WRITTEN): string {
  const other = thread.members.find((p) => p !== owner) ?? owner;
  return thread.group ?? shown(other, 0, exchange);
}

/** "WhatsApp Chat - Casa 14 _ tura.zip": what a file name or an address may not hold is left out. */
export function exportName(thread: Thread, exchange: Exchange = AS_WRITTEN): string {
  const title = chatTitle(thread, exchange)
    .normalize('NFD')
    .replace(/[/\\:]/g, '_')
    .replace(/[^ -~]|[*?"<>|%#&]/g, '');
  return `WhatsApp Chat - ${title.trim()}.zip`;
}

function bodyOf(m: Message): { text: string; marked: boolean } {
  switch (m.kind) {
    case 'voice':
      return { text: `${LRM}audio omitted`, marked: true };
    case 'photo':
      return { text: `${LRM}image omitted`, marked: true };
    case 'missed-call':
      return { text: `${LRM}Missed voice call, ${LRM}${m.from === owner ? 'No answer' : 'Tap to call back'}`, marked: true };
    case 'removed':
      return { text: `${LRM}${m.from === owner ? 'You deleted this message.' : 'This message was deleted.'}`, marked: true };
    default:
      return { text: m.text, marked: false };
  }
}

/** The `_chat.txt` of a thread: CRLF between messages, LF inside them. */
export function* chatText(
  thread: Thread,
  seed: number,
  tally: WhatsAppTally,
  exchange: Exchange = AS_WRITTEN
): Generator<string> {
  const title = chatTitle(thread, exchange);
  const list = messagesOf(thread, seed, exchange);
  const first = list[0];
  if (!first) return;
  const startMs = first.atMs - 60_000;
  const system = (atMs: number, text: string): string => {
    tally.systemLines += 1;
    return `[${whatsAppStamp(atMs)}] ${title}: ${LRM}${text}\r\n`;
  };
  yield system(startMs, ENCRYPTED);
  if (thread.group !== undefined) {
    const maker = thread.members[0] ?? owner;
    const who = maker === owner ? 'You' : shown(maker, startMs, exchange);
    yield system(startMs + 1000, `${who} created group “${thread.group}”`);
    if (maker !== owner) yield system(startMs + 2000, `${who} added you`);
  }
  for (const m of list) {
    if (m.kind === 'system') {
      yield system(m.atMs, m.text.replace(m.from.name, shown(m.from, m.atMs, exchange)));
      continue;
    }
    const { text, marked } = bodyOf(m);
    tally.messages += 1;
    yield `${marked ? LRM : ''}[${whatsAppStamp(m.atMs)}] ${shown(m.from, m.atMs, exchange)}: ${text}\r\n`;
  }
}
