/** Threads of Meta's downloads. Who takes part and what the thread is called stands behind the messages: see `headSearch`. */
import type { AccountRef, ItemKind, SourcePlace, ThreadRef } from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceQuestion } from '../contract.ts';
import { unusedFields, writeDetails } from '../json/details.ts';
import type { JsonReader, JsonSetting } from '../json/json-format.ts';
import { JsonObject, textOf, type JsonValue } from '../json/value.ts';
import type { JsonItem, JsonPath, SurveyVisitor } from '../json/walk.ts';
import { ServiceAccounts } from '../service-accounts.ts';
import { ItemTimes } from '../time/item-times.ts';
import { MetaMessages } from './messages.ts';
import { repaired } from './mojibake.ts';

/** The head of a thread's file. */
interface ThreadHead {
  readonly participants: string[];
  title: string;
  path: string;
  type: string;
  /** End-to-end archives are right UTF-8 and are not repaired. */
  isEncryptedArchive: boolean;
  /** Which app, by the paths of attached files: '' where none tells. */
  app: string;
}

const APPS: readonly (readonly [app: string, sign: RegExp])[] = [
  ['instagram', /instagram/i],
  ['messenger', /facebook|messenger/i]
];
const HEAD_KEYS: ReadonlySet<string> = new Set(['participants', 'title', 'thread_path', 'thread_type', 'threadName', 'messages']);
const NO_FIELDS: ReadonlySet<string> = new Set();

export class MetaReader implements JsonReader {
  readonly #setting: JsonSetting;
  readonly #times: ItemTimes;
  readonly #services = new Map<string, { accounts: ServiceAccounts; messages: MetaMessages }>();
  readonly #threads = new Map<string, ThreadRef>();
  /** In how many threads each account takes part: the download's own account is in all of them. */
  readonly #inThreads = new Map<string, { readonly ref: AccountRef; threads: number }>();
  #ownNames: string[] = [];
  #head: ThreadHead = emptyHead();
  #path = '';
  #place: (offset: number) => SourcePlace = (offset) => ({ path: '', offset, unit: 'byte' });

  constructor(setting: JsonSetting) {
    this.#setting = setting;
    this.#times = new ItemTimes(setting.options, setting.tally);
  }

  begin(path: string, place: (offset: number) => SourcePlace): void {
    this.#path = path;
    this.#place = place;
    this.#head = emptyHead();
  }

  end(): void {}

  kindAt(path: JsonPath): ItemKind {
    return path[0] === 'messages' ? 'message' : 'generic';
  }

  /** Reads a document for its head alone; of the messages only whether they name a file. */
  headSearch(): SurveyVisitor {
    const head = this.#head;
    return {
      isDone: false,
      open: (path, isArray) => {
        if (path.length === 0 || (path[0] === 'messages' && path.length === 1 && isArray)) return 'walk';
        if (path[0] === 'messages') return path.length === 2 && head.app === '' ? 'build' : 'skip';
        return path[0] === 'participants' ? 'build' : 'skip';
      },
      value: (path, value) => {
        const [key] = path;
        if (path.length === 2 && key === 'messages' && value instanceof JsonObject) {
          if (value.get('senderName') !== undefined) head.isEncryptedArchive = true;
          for (const list of ['photos', 'videos', 'audio_files', 'files', 'gifs'])
            for (const file of value.list(list))
              if (file instanceof JsonObject && head.app === '') head.app = appOf(file.text('uri'));
        }
        if (path.length !== 1) return;
        if (key === 'participants' && Array.isArray(value))
          for (const one of value) {
            const name = one instanceof JsonObject ? one.text('name') : textOf(one);
            if (name !== '' && head.participants.length < 100_000) head.participants.push(name);
          }
        else if (key === 'title' || key === 'threadName') head.title = textOf(value);
        else if (key === 'thread_path') head.path = textOf(value);
        else if (key === 'thread_type') head.type = textOf(value);
        if (key === 'threadName') head.isEncryptedArchive = true;
      },
      close: () => undefined
    };
  }

  open(path: JsonPath, isArray: boolean): 'walk' | 'build' {
    return path.length === 0 || (path.length === 1 && path[0] === 'messages' && isArray) ? 'walk' : 'build';
  }

  close(): void {}

  value(path: JsonPath, value: JsonValue, item: JsonItem): void {
    const place = this.#place(item.offset);
    const [key] = path;
    if (key === 'messages')
      return this.#service().messages.read(value, item, this.#thread(), place, this.#head.isEncryptedArchive);
    if (path.length !== 1 || typeof key !== 'string' || HEAD_KEYS.has(key)) return;
    if (key === 'profile_v2' || key === 'profile') return this.#profile(value, place, 'messenger');
    if (key === 'profile_user' && Array.isArray(value)) {
      for (const one of value) this.#profile(one, place, 'instagram');
      return;
    }
    // What else a thread states of itself (picture, link to join, whether the account is still in it).
    if (value === null || value === false || value === '') return;
    const object = new JsonObject();
    object.set(key, value);
    const fields = unusedFields(object, NO_FIELDS);
    if (fields.length > 0)
      writeDetails(this.#setting.sink, 'meta thread details', [['thread', this.#thread().key]], fields, place, '');
  }

  questions(): readonly SourceQuestion[] {
    const { options } = this.#setting;
    if (options.owner !== null || [...this.#services.values()].some(({ accounts }) => accounts.own !== null)) return [];
    const candidates = [...this.#inThreads.values()].sort((a, b) => b.threads - a.threads).map(({ ref }) => ref);
    return [{ kind: 'owner', reason: sentence('json-ask-owner'), candidates: candidates.slice(0, 50) }];
  }

  #text(raw: string): string {
    return this.#head.isEncryptedArchive ? raw : (repaired(raw) ?? raw);
  }

  #service(): { accounts: ServiceAccounts; messages: MetaMessages } {
    const service = appOf(this.#path) || this.#head.app || appOf(this.#setting.file) || 'meta';
    let held = this.#services.get(service);
    if (held === undefined) {
      const accounts = new ServiceAccounts(service, this.#setting.options, this.#setting.file);
      held = { accounts, messages: new MetaMessages(this.#setting, accounts, this.#times) };
      this.#services.set(service, held);
      for (const name of this.#ownNames) accounts.setOwn(accounts.byName(name));
    }
    return held;
  }

  #thread(): ThreadRef {
    const { accounts } = this.#service();
    const head = this.#head;
    const folder = this.#path.slice(0, this.#path.lastIndexOf('/') + 1);
    // message_1.json, message_2.json of one folder are one thread.
    const key =
      head.path !== ''
        ? head.path
        : head.isEncryptedArchive && head.title !== ''
          ? head.title
          : folder || `${this.#setting.file}/${this.#path}`;
    const known = this.#threads.get(`${accounts.service} ${key}`);
    if (known !== undefined) return known;
    const members = [...new Set(head.participants.map((name) => accounts.byName(this.#text(name))))];
    const title = this.#text(head.title);
    const thread: ThreadRef = {
      service: accounts.service,
      key,
      // Nobody listed: then who writes belongs to it, and more than two may.
      isGroup: members.length > 2 || members.length === 0 || /group/i.test(head.type),
      members,
      ...(title === '' ? {} : { name: title })
    };
    this.#threads.set(`${accounts.service} ${key}`, thread);
    for (const ref of members) {
      const held = this.#inThreads.get(ref.identifier);
      if (held === undefined) this.#inThreads.set(ref.identifier, { ref, threads: 1 });
      else held.threads++;
    }
    return thread;
  }

  /** The account's own profile: its name is how it appears in every thread. */
  #profile(value: JsonValue, place: SourcePlace, service: string): void {
    if (!(value instanceof JsonObject)) return;
    const fromMap = value.object('string_map_data')?.object('Name')?.text('value') ?? '';
    const name =
      repaired(value.object('name')?.text('full_name') ?? fromMap) ?? value.object('name')?.text('full_name') ?? fromMap;
    const { sink, options, file } = this.#setting;
    const accounts = this.#services.get(service)?.accounts ?? new ServiceAccounts(service, options, file);
    const fields = unusedFields(value, NO_FIELDS).map(([key, text]): [string, string] => [key, repaired(text) ?? text]);
    if (name === '') return writeDetails(sink, 'meta profile', [], fields, place, '');
    this.#ownNames = [name];
    const account = accounts.byName(name);
    sink.seen('account');
    sink.account({ account, isOwner: true, place });
    writeDetails(sink, 'meta profile', [['account', account.identifier]], fields, place, '');
  }
}

function emptyHead(): ThreadHead {
  return { participants: [], title: '', path: '', type: '', isEncryptedArchive: false, app: '' };
}

function appOf(path: string): string {
  return APPS.find(([, sign]) => sign.test(path))?.[0] ?? '';
}
