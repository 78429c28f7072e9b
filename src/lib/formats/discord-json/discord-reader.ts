/** Walks both kinds of Discord documents and keeps what they say about channels and the account. */
import { told } from '../../evidence/findings.ts';
import type { AccountRef, ItemKind, SourcePlace, ThreadRef } from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceQuestion } from '../contract.ts';
import { unusedFields, writeDetails } from '../json/details.ts';
import { refuseItem, type JsonReader, type JsonSetting } from '../json/json-format.ts';
import { JsonObject, textOf, type JsonValue } from '../json/value.ts';
import type { JsonItem, JsonPath, SurveyVisitor } from '../json/walk.ts';
import { ServiceAccounts } from '../service-accounts.ts';
import { ItemTimes } from '../time/item-times.ts';
import { DiscordMessages } from './messages.ts';

/** Kinds of channels that are conversations of people and no rooms of a server, by both kinds of documents. */
const PAIR_TYPES: ReadonlySet<string> = new Set(['DirectTextChat', 'DM', '1']);
const CHANNEL_USED: ReadonlySet<string> = new Set(['id', 'type', 'name', 'categoryId', 'iconUrl']);
const ACCOUNT_USED: ReadonlySet<string> = new Set([
  'id',
  'username',
  'relationships',
  'phone',
  'email',
  'avatar_hash',
  'settings',
  'flags',
  'connections'
]);

export class DiscordReader implements JsonReader {
  readonly #setting: JsonSetting;
  readonly #accounts: ServiceAccounts;
  readonly #times: ItemTimes;
  readonly #messages: DiscordMessages;
  readonly #names = new Map<string, string>();
  /** Channels of a package by their folder. */
  readonly #channels = new Map<string, ThreadRef>();
  #path = '';
  #place: (offset: number) => SourcePlace = (offset) => ({ path: '', offset, unit: 'byte' });
  #guild: JsonObject | null = null;
  #thread: ThreadRef | null = null;
  #found = 0;
  #saidOwnOnly = false;

  constructor(setting: JsonSetting) {
    this.#setting = setting;
    this.#accounts = new ServiceAccounts('discord', setting.options, setting.file);
    this.#times = new ItemTimes(setting.options, setting.tally);
    this.#messages = new DiscordMessages(setting, this.#accounts, this.#times);
  }

  begin(path: string, place: (offset: number) => SourcePlace): void {
    this.#path = path;
    this.#place = place;
    this.#guild = null;
    this.#thread = null;
    this.#found = 0;
  }

  end(): void {}

  kindAt(path: JsonPath): ItemKind {
    return path[0] === 'messages' || typeof path[0] === 'number' ? 'message' : 'generic';
  }

  /** Looks for the account that the officer named, so that the first messages know their direction too. */
  ownSearch(): SurveyVisitor {
    const { accounts, setting } = { accounts: this.#accounts, setting: this.#setting };
    return {
      get isDone() {
        return setting.options.owner === null || accounts.own !== null;
      },
      open: (path, isArray) => this.open(path, isArray),
      value: (path, value) => {
        const author = path[0] === 'messages' && value instanceof JsonObject ? value.object('author') : null;
        if (author !== null) this.#messages.author(author);
      },
      close: () => undefined
    };
  }

  open(path: JsonPath, isArray: boolean): 'walk' | 'build' {
    if (path.length === 0) return this.#isWhole() ? 'build' : 'walk';
    return path.length === 1 && path[0] === 'messages' && isArray ? 'walk' : 'build';
  }

  close(): void {}

  value(path: JsonPath, value: JsonValue, item: JsonItem): void {
    const place = this.#place(item.offset);
    if (path.length === 0) return this.#whole(value, place);
    const [key] = path;
    if (typeof key === 'number') {
      this.#sayOwnOnly();
      this.#messages.ofPackage(value, item, this.#packageThread(), place);
    } else if (key === 'messages' && path.length === 2) {
      this.#found++;
      this.#messages.ofExport(value, item, this.#thread ?? this.#unnamed(), place);
    } else if (key === 'guild' && value instanceof JsonObject) this.#guild = value;
    else if (key === 'channel' && value instanceof JsonObject) this.#channel(value, place);
    else if (key === 'messageCount') this.#check(textOf(value), place);
    else if (key === 'messages') {
      // Exports never write anything but a list here.
      refuseItem(this.#setting.sink, 'message', place, value, sentence('json-item-odd'));
    }
  }

  questions(): readonly SourceQuestion[] {
    if (this.#setting.options.owner !== null || this.#accounts.own !== null) return [];
    return [{ kind: 'owner', reason: sentence('json-ask-owner'), candidates: this.#accounts.busiest() }];
  }

  /** Small documents of a package that are read as one object. */
  #isWhole(): boolean {
    return /(?:^|\/)(?:user|channel|index)\.json$/i.test(this.#path);
  }

  #whole(value: JsonValue, place: SourcePlace): void {
    if (!(value instanceof JsonObject)) return;
    if (/user\.json$/i.test(this.#path)) this.#account(value, place);
    else if (/index\.json$/i.test(this.#path)) for (const [id, name] of value.values) this.#names.set(id, textOf(name));
    else this.#channels.set(folderOf(this.#path), this.#packageChannel(value, place));
  }

  /** The account's own page: itself, and whom it lists as friends, blocked or asked. */
  #account(value: JsonObject, place: SourcePlace): void {
    const { sink } = this.#setting;
    const id = value.text('id');
    const own = this.#accounts.byId(
      id,
      value.text('global_name') || value.text('username'),
      value.text('username'),
      value.text('phone')
    );
    this.#accounts.setOwn(own);
    sink.seen('account');
    sink.account({ account: own, isOwner: true, place });
    const fields = unusedFields(value, ACCOUNT_USED);
    for (const key of ['username', 'email', 'phone']) if (value.text(key) !== '') fields.push([key, value.text(key)]);
    writeDetails(sink, 'discord account details', [['account', id]], fields, place, id);
    for (const one of value.list('relationships')) {
      if (!(one instanceof JsonObject)) continue;
      const user = one.object('user');
      const shown = one.text('display_name') || user?.text('global_name') || user?.text('username') || '';
      const ref = this.#accounts.byId(one.text('id') || user?.text('id') || '', '', user?.text('username') || one.text('id'));
      sink.seen('contact');
      sink.contact({
        name: shown,
        accounts: [ref],
        service: 'discord',
        notes: one.text('type'),
        state: 0,
        confidence: 'unstated',
        place,
        itemId: ref.identifier
      });
    }
  }

  #packageChannel(value: JsonObject, place: SourcePlace): ThreadRef {
    const id = value.text('id');
    const { own } = this.#accounts;
    const others: AccountRef[] = [];
    for (const one of value.list('recipients')) {
      const who = one instanceof JsonObject ? one.text('id') : textOf(one);
      if (who === '' || who === own?.identifier) continue;
      others.push(this.#accounts.byId(who, one instanceof JsonObject ? one.text('global_name') || one.text('username') : ''));
    }
    const members = own === null ? others : [own, ...others];
    const name = value.text('name') || (this.#names.get(id) ?? '');
    const guild = value.object('guild')?.text('name') ?? '';
    const isGroup = !PAIR_TYPES.has(value.text('type'));
    const thread = { service: 'discord', key: id, isGroup, members, ...named(name, guild) };
    writeDetails(
      this.#setting.sink,
      'discord channel details',
      [['channel', id]],
      unusedFields(value, new Set([...CHANNEL_USED, 'recipients'])),
      place,
      id
    );
    return thread;
  }

  #packageThread(): ThreadRef {
    const folder = folderOf(this.#path);
    let thread = this.#channels.get(folder);
    if (thread === undefined) {
      // A list without its channel beside it: the folder is named after the channel.
      const id = /c?(\d{5,25})\/?$/.exec(folder)?.[1] ?? `${this.#setting.file}/${this.#path}`;
      const { own } = this.#accounts;
      const name = this.#names.get(id) ?? '';
      thread = { service: 'discord', key: id, isGroup: true, members: own === null ? [] : [own], ...named(name, '') };
      this.#channels.set(folder, thread);
    }
    return thread;
  }

  #channel(value: JsonObject, place: SourcePlace): void {
    const id = value.text('id');
    this.#thread = {
      service: 'discord',
      key: id === '' ? `${this.#setting.file}/${this.#path}` : id,
      isGroup: !PAIR_TYPES.has(value.text('type')),
      members: [],
      ...named(value.text('name'), this.#guild?.text('id') === '0' ? '' : (this.#guild?.text('name') ?? ''))
    };
    const guild =
      this.#guild === null
        ? []
        : unusedFields(this.#guild, new Set(['iconUrl'])).map(([key, text]): [string, string] => [`guild.${key}`, text]);
    const fields = [...guild, ...unusedFields(value, CHANNEL_USED)];
    writeDetails(this.#setting.sink, 'discord channel details', [['channel', id]], fields, place, id);
  }

  #unnamed(): ThreadRef {
    this.#thread = { service: 'discord', key: `${this.#setting.file}/${this.#path}`, isGroup: true, members: [] };
    return this.#thread;
  }

  #check(claimed: string, place: SourcePlace): void {
    if (!/^\d{1,12}$/.test(claimed) || Number(claimed) === this.#found) return;
    const where = this.#path === '' ? this.#setting.file : sentence('entry-in', { file: this.#setting.file, entry: this.#path });
    const said = told(sentence('discord-count-wrong', { where, claimed, found: this.#found }));
    this.#setting.sink.note({ code: 'count-disagrees', severity: 'warning', ...said, place });
  }

  #sayOwnOnly(): void {
    if (this.#saidOwnOnly) return;
    this.#saidOwnOnly = true;
    const said = told(sentence('discord-own-only', { file: this.#setting.file }));
    this.#setting.sink.note({ code: 'not-included', severity: 'note', ...said, place: null });
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function named(name: string, guild: string): { readonly name?: string } {
  const whole = [guild, name].filter((part) => part !== '').join(' / ');
  return whole === '' ? {} : { name: whole };
}
