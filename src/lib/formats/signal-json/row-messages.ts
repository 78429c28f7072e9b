/** Messages of signal-export's lines, and rows of the desktop app's database or of the phone's, as JSON or CSV. */
import {
  MessageState,
  type AccountRef,
  type AttachmentRecord,
  type Direction,
  type MessageRecord,
  type SourcePlace,
  type ThreadRef
} from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { HashSet64 } from '../hash-set.ts';
import { unusedFields, writeDetails, type DetailFields } from '../json/details.ts';
import { refuseItem, stateOfItem, type JsonSetting } from '../json/json-format.ts';
import { JsonObject, type JsonValue } from '../json/value.ts';
import type { JsonItem } from '../json/walk.ts';
import type { ServiceAccounts } from '../service-accounts.ts';
import type { ItemTimes } from '../time/item-times.ts';
import { changesOfRow } from './group-changes.ts';
import type { SignalPeople } from './people.ts';

/** A message but for what the same holds of every row. */
type Kept = Omit<MessageRecord, 'to' | 'confidence' | 'state'>;

const NOBODY: readonly AccountRef[] = [];
const LINE_USED: ReadonlySet<string> = new Set(['date', 'sender', 'body', 'attachments', 'deleted', 'call', 'missed']);
/** Names of one thing in the dumps of several programs, the first that is there is read. */
const FIELDS = {
  id: ['id', '_id', 'guid'],
  chat: ['conversationId', 'thread_id', 'threadId', 'conversation', 'chat'],
  time: ['sent_at', 'date_sent', 'sentAt', 'timestamp', 'date', 'received_at_ms'],
  number: ['source', 'sourceNumber', 'address', 'sender', 'from', 'author'],
  aci: ['sourceServiceId', 'sourceUuid'],
  body: ['body', 'message', 'text'],
  type: ['type', 'msg_type', 'direction']
} as const;
const ROW_USED: ReadonlySet<string> = new Set([
  'attachments',
  'deletedForEveryone',
  'isErased',
  'remote_deleted',
  'read',
  'json',
  ...Object.values(FIELDS).flat()
]);
/** Base types of the phone's database, in the lowest five bits: https://github.com/signalapp/Signal-Android (MessageTypes). */
const INBOX = 20;

function pick(row: JsonObject, names: readonly string[]): string {
  for (const name of names) {
    const text = row.text(name);
    if (text !== '') return text;
  }
  return '';
}

export class RowMessages {
  readonly #setting: JsonSetting;
  readonly #accounts: ServiceAccounts;
  readonly #times: ItemTimes;
  readonly #people: SignalPeople;
  readonly #copies = new HashSet64();

  constructor(setting: JsonSetting, accounts: ServiceAccounts, times: ItemTimes, people: SignalPeople) {
    this.#setting = setting;
    this.#accounts = accounts;
    this.#times = times;
    this.#people = people;
  }

  /** A line of signal-export: the time is the clock of the computer that ran it, without a zone. */
  ofLine(value: JsonObject, item: JsonItem, thread: ThreadRef, place: SourcePlace): void {
    const { sink } = this.#setting;
    const stamp = value.text('date');
    const sender = value.text('sender');
    const body = value.text('body');
    const attachments = filesOf(value);
    if (stamp === '' && sender === '' && body === '' && attachments.length === 0)
      return refuseItem(sink, 'message', place, value, sentence('json-item-bare'));
    const from = this.#sender(sender);
    const time = this.#times.stamp(stamp, place);
    if (value.isTrue('call')) {
      sink.seen('call');
      sink.call({
        service: 'signal',
        from,
        to: NOBODY,
        time,
        duration_s: null,
        direction: this.#accounts.directionOf(from),
        outcome: value.isTrue('missed') ? 'missed' : 'unknown',
        isVideo: false,
        state: stateOfItem(item),
        confidence: 'unstated',
        place,
        itemId: ''
      });
    } else {
      const direction = this.#accounts.directionOf(from);
      const record: Kept = { thread, from, body, time, direction, attachments, place, itemId: '', fold: 'ordinal' };
      this.#keep(record, deletedState(value.isTrue('deleted'), body), item);
    }
    const details = unusedFields(
      value,
      value.isTrue('call') ? new Set([...LINE_USED].filter((key) => key !== 'body')) : LINE_USED
    );
    writeDetails(
      sink,
      'signal message details',
      [
        ['chat', thread.key],
        ['time', stamp],
        ['sender', sender]
      ],
      details,
      place,
      ''
    );
  }

  /** A row of a database. */
  ofRow(value: JsonValue, item: JsonItem, place: SourcePlace): void {
    const { sink, tally } = this.#setting;
    if (!(value instanceof JsonObject)) return refuseItem(sink, 'message', place, value, sentence('json-item-odd'));
    const id = pick(value, FIELDS.id);
    const chatId = pick(value, FIELDS.chat);
    const stamp = pick(value, FIELDS.time);
    const body = pick(value, FIELDS.body);
    const number = pick(value, FIELDS.number);
    const aci = pick(value, FIELDS.aci);
    const attachments = filesOf(value);
    const isDeleted = isSet(value, 'deletedForEveryone') || isSet(value, 'isErased') || isSet(value, 'remote_deleted');
    if (stamp === '' && body === '' && number === '' && aci === '' && attachments.length === 0)
      return refuseItem(sink, 'message', place, value, sentence('json-item-bare'));
    if (id !== '' && !this.#copies.add(`${chatId} ${id} ${stamp}`, body)) {
      sink.seen('message');
      sink.fold('message', place);
      tally.add('duplicate-folded', 'note', 'json-items-folded', place);
      return;
    }
    const type = pick(value, FIELDS.type);
    const direction = directionOf(type);
    const { own } = this.#accounts;
    const named =
      number === '' && aci === ''
        ? null
        : this.#people.person(/[a-z]/i.test(number) ? '' : number, aci, /[a-z]/i.test(number) ? number : '', chatId);
    // The phone's database files every message under the other side's address.
    const from = direction === 'outgoing' ? (value.text('address') !== '' || named === null ? own : named) : named;
    if (from !== null) this.#accounts.wrote(from);
    const time = /^\d+$/.test(stamp) ? this.#times.unix(stamp, place) : this.#times.stamp(stamp, place);
    const system = isSystemType(type);
    const thread = chatId === '' && named !== null ? this.#pair(named) : this.#people.thread(chatId);
    const shown = body === '' && system ? type : body;
    this.#keep(
      {
        thread,
        from,
        body: shown,
        time,
        direction,
        attachments,
        place,
        itemId: id,
        fold: attachments.length > 0 ? 'ordinal' : 'identical'
      },
      deletedState(isDeleted, shown) |
        (system ? MessageState.system : 0) |
        (value.list('editHistory').length > 0 ? MessageState.edited : 0) |
        (direction === 'incoming' && isSet(value, 'read') ? MessageState.read : 0),
      item
    );
    if (system && thread.isGroup) this.#people.tell(sink, changesOfRow(value.object('groupV2Change')), { thread, time, place });
    const details = unusedFields(value, ROW_USED).filter(([, text]) => text !== '0');
    const ids: DetailFields = [
      ['chat', chatId],
      ['message', id || stamp]
    ];
    writeDetails(sink, 'signal message details', ids, details, place, id);
  }

  #pair(other: AccountRef): ThreadRef {
    const { own } = this.#accounts;
    return { service: 'signal', key: other.identifier, isGroup: false, members: own === null ? [other] : [own, other] };
  }

  #sender(name: string): AccountRef | null {
    if (name === '') return null;
    if (name === 'Me') return this.#accounts.own;
    const ref = this.#accounts.byName(name);
    this.#accounts.wrote(ref);
    return ref;
  }

  #keep(record: Kept, state: number, item: JsonItem): void {
    const { sink, tally } = this.#setting;
    if (item.isCut) tally.add('cell-cut', 'warning', 'json-items-cut', record.place);
    sink.seen('message');
    sink.message({ ...record, to: NOBODY, confidence: 'unstated', state: state | stateOfItem(item) });
  }
}

/** A deleted message may still have its text: then it is no tombstone. */
function deletedState(isDeleted: boolean, body: string): number {
  return isDeleted ? MessageState.deletedByUser | (body === '' ? MessageState.tombstone : 0) : 0;
}

function isSet(row: JsonObject, key: string): boolean {
  return row.isTrue(key) || /^(?:1|true)$/i.test(row.text(key));
}

function directionOf(type: string): Direction {
  if (/^(?:incoming|received|inbox|in)$/i.test(type)) return 'incoming';
  if (/^(?:outgoing|sent|outbox|out)$/i.test(type)) return 'outgoing';
  if (!/^\d{1,12}$/.test(type)) return 'unknown';
  const base = Number(type) % 32;
  if (base === INBOX) return 'incoming';
  return base > INBOX && base <= INBOX + 6 ? 'outgoing' : 'unknown';
}

/** Words of the desktop app for lines that nobody wrote. */
function isSystemType(type: string): boolean {
  return /[a-z]/i.test(type) && directionOf(type) === 'unknown';
}

function filesOf(value: JsonObject): readonly AttachmentRecord[] {
  return value.list('attachments').flatMap((file) => {
    if (!(file instanceof JsonObject)) return [];
    const path = file.text('path');
    const contentType = file.text('contentType');
    const sizeBytes = file.count('size');
    return [
      {
        name: file.text('fileName') || file.text('name') || path.slice(path.lastIndexOf('/') + 1),
        ...(contentType === '' ? {} : { contentType }),
        ...(sizeBytes === null ? {} : { sizeBytes }),
        ...(path === '' ? {} : { path })
      }
    ];
  });
}
