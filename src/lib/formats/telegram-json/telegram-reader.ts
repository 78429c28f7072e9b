/**
 * Walks result.json: chats with their messages, the address book, and the lists beside them (sessions, frequent
 * contacts, pictures), which are kept as named texts.
 * Layout as Telegram Desktop writes it: https://github.com/telegramdesktop/tdesktop (export/output).
 */
import { told } from '../../evidence/findings.ts';
import type { AccountRef, ItemKind, SourcePlace, ThreadRef } from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { ASSUMED_ZONE } from '../../evidence/assumptions.ts';
import type { SourceQuestion } from '../contract.ts';
import { unusedFields, writeDetails, type DetailFields } from '../json/details.ts';
import { refuseItem, type JsonReader, type JsonSetting } from '../json/json-format.ts';
import { JsonObject, textOf, type JsonValue } from '../json/value.ts';
import type { JsonItem, JsonPath, SurveyVisitor } from '../json/walk.ts';
import { ServiceAccounts } from '../service-accounts.ts';
import { ItemTimes } from '../time/item-times.ts';
import { TelegramMessages, type TelegramChat } from './messages.ts';
import { peerId } from './peers.ts';

const CHAT_LISTS: ReadonlySet<string | number | undefined> = new Set(['chats', 'left_chats']);
/** Conversations of the account with one other side, or with itself. */
const PAIRS: ReadonlySet<string> = new Set(['personal_chat', 'bot_chat', 'saved_messages', 'replies', 'verify_codes']);
const PERSONAL_USED: ReadonlySet<string> = new Set(['user_id', 'first_name', 'last_name', 'phone_number']);
const CONTACT_USED: ReadonlySet<string> = PERSONAL_USED;

export class TelegramReader implements JsonReader {
  readonly #setting: JsonSetting;
  readonly #accounts: ServiceAccounts;
  readonly #times: ItemTimes;
  readonly #messages: TelegramMessages;
  #place: (offset: number) => SourcePlace = (offset) => ({ path: '', offset, unit: 'byte' });
  #path = '';
  /** Scalars of the chat that is being walked. */
  #head = new Map<string, string>();
  #chat: TelegramChat | null = null;

  constructor(setting: JsonSetting) {
    this.#setting = setting;
    this.#accounts = new ServiceAccounts('telegram', setting.options, setting.file);
    this.#times = new ItemTimes(setting.options, setting.tally);
    this.#messages = new TelegramMessages(setting, this.#accounts, this.#times);
  }

  begin(path: string, place: (offset: number) => SourcePlace): void {
    this.#path = path;
    this.#place = place;
    this.#head = new Map();
    this.#chat = null;
  }

  end(): void {
    this.#messages.finish();
  }

  kindAt(path: JsonPath): ItemKind {
    if (path[0] === 'contacts') return 'contact';
    if (path[0] === 'personal_information') return 'account';
    return path.includes('messages') ? 'message' : 'generic';
  }

  open(path: JsonPath, isArray: boolean): 'walk' | 'build' | 'skip' {
    if (path.length === 0) return 'walk';
    if (path[0] === 'messages') return path.length === 1 && isArray ? 'walk' : 'build';
    if (CHAT_LISTS.has(path[0])) {
      if (path.length === 1 || (path.length === 2 && isArray)) return 'walk';
      if (path.length === 3 && !isArray) {
        this.#head = new Map();
        this.#chat = null;
        return 'walk';
      }
      return path.length === 4 && path[3] === 'messages' && isArray ? 'walk' : 'build';
    }
    if (path[0] === 'personal_information') return 'build';
    // Lists of other things: with or without an object around them.
    const isList = path.length === 1 || (path.length === 2 && typeof path[1] === 'string' && isArray);
    return isList ? 'walk' : 'build';
  }

  close(): void {}

  value(path: JsonPath, value: JsonValue, item: JsonItem): void {
    const last = path.at(-1);
    const place = this.#place(item.offset);
    if (path[0] === 'messages' || path[3] === 'messages') {
      this.#messages.read(value, item, this.#chatOf(path, place), place);
      return;
    }
    if (path[0] === 'personal_information' && value instanceof JsonObject) return this.#personal(value, place);
    if (path[0] === 'contacts' && typeof last === 'number') return this.#contact(value, place);
    if (!(value instanceof JsonObject) && !Array.isArray(value)) {
      // A scalar of a chat's head; words about the export itself ('about') are no evidence.
      const isHead = path.length === 1 || (path.length === 4 && CHAT_LISTS.has(path[0]));
      if (isHead && typeof last === 'string') {
        this.#head.set(last, textOf(value));
        return;
      }
      if (value === null || last === 'about') return;
    }
    this.#other(path, value, place);
  }

  questions(): readonly SourceQuestion[] {
    const questions: SourceQuestion[] = [];
    if (this.#times.zoneless > 0 && this.#setting.options.zone === null)
      questions.push({ kind: 'zone', reason: sentence('json-ask-zone'), assumed: ASSUMED_ZONE });
    if (this.#setting.options.owner === null && this.#accounts.own === null)
      questions.push({ kind: 'owner', reason: sentence('json-ask-owner'), candidates: this.#accounts.busiest() });
    return questions;
  }

  /**
   * Finds whose export it is before anything is written, so that every chat of two is filed alike: the account that
   * the export names, else who writes in a personal chat and is not the one it is named after.
   */
  ownSearch(): SurveyVisitor {
    const head = new Map<string, string>();
    let isDone = this.#accounts.own !== null;
    return {
      get isDone() {
        return isDone;
      },
      open: (path, isArray) => {
        if (path[0] === 'personal_information') return 'build';
        if (CHAT_LISTS.has(path[0]) && path.length === 3) head.clear();
        const isMessage = (path.length === 2 && path[0] === 'messages') || (path.length === 5 && path[3] === 'messages');
        if (isMessage) return 'build';
        return path.length === 0 || CHAT_LISTS.has(path[0]) || (path[0] === 'messages' && isArray) ? 'walk' : 'skip';
      },
      value: (path, value) => {
        const last = path.at(-1);
        if (isDone) return;
        if (!(value instanceof JsonObject)) {
          if (typeof last === 'string') head.set(last, textOf(value));
          return;
        }
        if (path[0] === 'personal_information') {
          isDone = this.#ownOf(value) !== null;
          return;
        }
        const type = head.get('type') ?? '';
        const from = peerId(value.text('from_id') || value.text('actor_id'));
        const named = value.text('from') || value.text('actor');
        // Making the account is enough where the officer has said who the owner is.
        if (from !== '') this.#accounts.byId(from, named);
        else if (named !== '') this.#accounts.byName(named);
        const isHopeless = path[0] === 'messages' && !PAIRS.has(type) && this.#setting.options.owner === null;
        isDone = this.#accounts.own !== null || isHopeless;
        if (isDone) return;
        const other = `user${head.get('id') ?? ''}`;
        const isOwn = type === 'saved_messages' || (type === 'personal_chat' && head.has('id') && from !== other);
        if (!isOwn || !from.startsWith('user') || value.text('forwarded_from') !== '') return;
        this.#accounts.setOwn(this.#accounts.byId(from, named));
        this.#setting.sink.note({
          code: 'header-guessed',
          severity: 'note',
          ...told(
            sentence('chat-owner-taken', {
              chat: this.#setting.file,
              name: named || from,
              sign: sentence('other-side-of-chat-name')
            })
          ),
          place: null
        });
        isDone = true;
      },
      close: () => undefined
    };
  }

  #chatOf(path: JsonPath, place: SourcePlace): TelegramChat {
    if (this.#chat !== null) return this.#chat;
    const type = this.#head.get('type') ?? '';
    const id = this.#head.get('id') ?? '';
    const name = this.#head.get('name') ?? '';
    const isGroup = !PAIRS.has(type);
    let other: AccountRef | null = null;
    let key: string;
    if (id === '' && name === '') {
      const list = path.slice(0, -2).join('.');
      key = `place:${this.#setting.file}/${this.#path}${list === '' ? '' : `/${list}`}`;
      this.#setting.tally.add('header-guessed', 'note', 'telegram-chat-nameless', place);
    } else if (isGroup) key = `${groupKind(type)}${id === '' ? `:${this.#setting.file}/${name}` : id}`;
    else {
      other = id === '' ? this.#accounts.byName(name) : this.#accounts.byId(`user${id}`, name, id);
      key = other.identifier;
    }
    const { own } = this.#accounts;
    const members = isGroup ? [] : [own, other].filter((ref): ref is AccountRef => ref !== null);
    const thread: ThreadRef = { service: 'telegram', key, isGroup, members, ...(name === '' ? {} : { name }) };
    this.#chat = { thread, type, id, other };
    return this.#chat;
  }

  #ownOf(value: JsonObject): AccountRef | null {
    const id = value.text('user_id');
    if (id === '') return null;
    const name = `${value.text('first_name')} ${value.text('last_name')}`.trim();
    const own = this.#accounts.byId(`user${id}`, name, id, value.text('phone_number'));
    this.#accounts.setOwn(own);
    return own;
  }

  #personal(value: JsonObject, place: SourcePlace): void {
    const own = this.#ownOf(value);
    if (own === null) return this.#other(['personal_information'], value, place);
    const { sink } = this.#setting;
    sink.seen('account');
    sink.account({ account: own, isOwner: true, place });
    writeDetails(sink, 'telegram account details', [['account', own.identifier]], unusedFields(value, PERSONAL_USED), place, '');
  }

  #contact(value: JsonValue, place: SourcePlace): void {
    const { sink } = this.#setting;
    if (!(value instanceof JsonObject)) return refuseItem(sink, 'contact', place, value, sentence('json-item-odd'));
    const name = `${value.text('first_name')} ${value.text('last_name')}`.trim();
    const id = value.text('user_id');
    const number = value.text('phone_number');
    if (name === '' && id === '' && number === '') return refuseItem(sink, 'contact', place, value, sentence('json-item-bare'));
    const accounts: AccountRef[] = [];
    // Older exports write 0 where the number has no account.
    if (id !== '' && id !== '0') accounts.push(this.#accounts.byId(`user${id}`, '', id, number));
    else if (number !== '') accounts.push(this.#accounts.byNumber(number));
    sink.seen('contact');
    sink.contact({ name, accounts, service: 'telegram', state: 0, confidence: 'unstated', place, itemId: id });
    const who = name || id || number;
    writeDetails(sink, 'telegram contact details', [['contact', who]], unusedFields(value, CONTACT_USED), place, id);
  }

  /** What is neither chat nor contact, by the name of its list. */
  #other(path: JsonPath, value: JsonValue, place: SourcePlace): void {
    const { sink } = this.#setting;
    const section = path.filter((part) => typeof part === 'string' && part !== 'list').join(' ');
    const fields: DetailFields =
      value instanceof JsonObject ? unusedFields(value, new Set()) : unusedFields(wrapped(value), new Set());
    sink.seen('generic');
    const stamp = value instanceof JsonObject ? value.text('date_unixtime') || value.text('created_unixtime') : '';
    sink.generic({
      type: `telegram ${section}`,
      fields,
      time: stamp === '' ? null : this.#times.unix(stamp, place),
      state: 0,
      place,
      itemId: value instanceof JsonObject ? value.text('id') : ''
    });
  }
}

function wrapped(value: JsonValue): JsonObject {
  const object = new JsonObject();
  object.set('value', value);
  return object;
}

/** A group keeps its id when it turns public or private, so the key says only what kind of id it is. */
function groupKind(type: string): string {
  if (/supergroup|channel/.test(type)) return 'channel';
  return type === 'private_group' ? 'chat' : 'group';
}
