/**
 * Two phones that hold the same talk, each with its own clock and its own losses, and the truth about it: for measuring
 * reconciliation. Records go straight into an evidence store; their item id is the number of the true message.
 */
import { MessageState, type AccountRef, type MessageRecord, type ThreadRef } from '../../src/lib/evidence/records.ts';
import { utcMs } from '../../src/lib/evidence/ids.ts';
import { accountAt, type Person } from './people.ts';
import { Stream } from './random.ts';
import { messagesOf, type Message } from './talk.ts';
import { coreThreads, ownerOf, type Thread } from './threads.ts';

export interface TwoPhonesOptions {
  readonly seed: number;
  /** Messages of the conversation of two, and of the group. */
  readonly messages: number;
  readonly group: number;
  /** Phone B's clock less phone A's. */
  readonly skewMs: number;
  /** Share of messages that each phone lost, 0..1, apart from each other. */
  readonly lost: number;
  /** Shares of messages that were edited later, and that B shows as deleted. */
  readonly edited: number;
  readonly deleted: number;
  /** Longest way of a message from one phone to the other. */
  readonly transportMs: number;
  /** Phone B states times by the minute alone. */
  readonly byMinute: boolean;
  /** Share of messages that are followed by one to three "ok" of the same sender within seconds. */
  readonly repeats: number;
}

export const ISSUE_CASE: TwoPhonesOptions = {
  seed: 1,
  messages: 3000,
  group: 1500,
  skewMs: 90_000,
  lost: 0.02,
  edited: 0.01,
  deleted: 0.005,
  transportMs: 2000,
  byMinute: false,
  repeats: 0.06
};

export interface PhoneRecords {
  readonly owner: AccountRef;
  /** In order of the phone's own clock. */
  readonly records: readonly MessageRecord[];
}

export interface TwoPhones {
  readonly a: PhoneRecords;
  readonly b: PhoneRecords;
  /** Item ids of messages that both phones hold. */
  readonly both: ReadonlySet<string>;
  readonly onlyA: ReadonlySet<string>;
  readonly onlyB: ReadonlySet<string>;
}

/** Same options, same records. */
export function twoPhones(options: TwoPhonesOptions): TwoPhones {
  const { seed, lost, skewMs } = options;
  const owners = { a: accountOf(ownerOf('A')), b: accountOf(ownerOf('B')) };
  const dice = new Stream(seed, 'two phones');
  const a: MessageRecord[] = [];
  const b: MessageRecord[] = [];
  const [both, onlyA, onlyB] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const [id, message] of talk(options).entries()) {
    const itemId = String(id);
    const [onA, onB] = [!dice.chance(lost), !dice.chance(lost)];
    const way = Math.floor(dice.next() * options.transportMs);
    const change = dice.next();
    if (onA) a.push(record(message, itemId, message.atMs, message.text, 0));
    if (onB) {
      const shown = message.atMs + skewMs + way;
      const atMs = options.byMinute ? Math.floor(shown / 60_000) * 60_000 : Math.floor(shown / 1000) * 1000;
      if (change < options.edited) b.push(record(message, itemId, atMs, `${message.text} !!`, MessageState.edited));
      else if (change < options.edited + options.deleted) {
        b.push(record(message, itemId, atMs, '', MessageState.deletedByUser | MessageState.tombstone));
      } else b.push(record(message, itemId, atMs, message.text, 0));
    }
    if (onA && onB) both.add(itemId);
    else if (onA) onlyA.add(itemId);
    else if (onB) onlyB.add(itemId);
  }
  const inOrder = (records: MessageRecord[]): MessageRecord[] =>
    records.sort((x, y) => Number(x.time.utcMs) - Number(y.time.utcMs));
  return { a: { owner: owners.a, records: inOrder(a) }, b: { owner: owners.b, records: inOrder(b) }, both, onlyA, onlyB };
}

type Said = Pick<Message, 'thread' | 'atMs' | 'from' | 'text'>;

function talk({ seed, messages, group, repeats }: TwoPhonesOptions): Said[] {
  const threads = coreThreads(6000);
  const sized = (id: string, count: number): Thread => ({ ...threads.find((thread) => thread.id === id)!, count });
  const dice = new Stream(seed, 'repeats');
  const said: Said[] = [];
  for (const thread of [sized('sorin-ionela', messages), sized('house', group)]) {
    for (const message of messagesOf(thread, seed)) {
      // Planted lines are the same for every seed.
      if (message.kind !== 'text' || message.plantedId !== undefined) continue;
      said.push(message);
      if (!dice.chance(repeats)) continue;
      const times = dice.int(1, 3);
      for (let i = 1; i <= times; i++) said.push({ ...message, atMs: message.atMs + i * dice.int(2, 9) * 1000, text: 'ok' });
    }
  }
  return said.sort((x, y) => x.atMs - y.atMs);
}

const accounts = new Map<string, AccountRef>();

function accountOf(person: Person): AccountRef {
  const number = accountAt(person, 0);
  const known = accounts.get(number);
  if (known !== undefined) return known;
  const made = { service: 'whatsapp', identifier: number, rawIdentifier: number, e164: number, name: person.name };
  accounts.set(number, made);
  return made;
}

const refs = new Map<string, ThreadRef>();

function threadOf(thread: Thread): ThreadRef {
  const known = refs.get(thread.id);
  if (known !== undefined) return known;
  const isGroup = thread.group !== undefined;
  const made = { service: 'whatsapp', key: thread.id, isGroup, members: thread.members.map(accountOf) };
  refs.set(thread.id, made);
  return made;
}

function record({ thread, from }: Said, itemId: string, atMs: number, body: string, state: number): MessageRecord {
  return {
    thread: threadOf(thread),
    from: accountOf(from),
    to: [],
    body,
    time: { raw: String(atMs), utcMs: utcMs(atMs), basis: 'utc-by-spec' },
    direction: 'unknown',
    state,
    confidence: 'unstated',
    attachments: [],
    place: { path: '', offset: Number(itemId) + 1, unit: 'row' },
    itemId,
    fold: 'ordinal'
  };
}
