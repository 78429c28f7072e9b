/** One message of either kind of Discord document, to records. */
import {
  MessageState,
  type AccountRef,
  type AttachmentRecord,
  type EvidenceTime,
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

const NOBODY: readonly AccountRef[] = [];
/** Types of lines that people write; all others are written by the app about what happened. */
const SPOKEN: ReadonlySet<string> = new Set([
  '',
  'Default',
  'Reply',
  '0',
  '19',
  'ChatInputCommand',
  'ContextMenuCommand',
  '20',
  '23'
]);
const USED: ReadonlySet<string> = new Set(['id', 'timestamp', 'content', 'author', 'attachments', 'stickers']);
const CALL_USED: ReadonlySet<string> = new Set(['id', 'timestamp', 'author', 'callEndedTimestamp', 'type']);
const PACKAGE_USED: ReadonlySet<string> = new Set(['ID', 'Timestamp', 'Contents', 'Attachments']);
/** Of a person: looks, and what stands in the account itself. */
const AUTHOR_USED: ReadonlySet<string> = new Set(['id', 'name', 'nickname', 'discriminator', 'color', 'avatarUrl', 'roles']);

export class DiscordMessages {
  readonly #setting: JsonSetting;
  readonly #accounts: ServiceAccounts;
  readonly #times: ItemTimes;
  readonly #copies = new HashSet64();

  constructor(setting: JsonSetting, accounts: ServiceAccounts, times: ItemTimes) {
    this.#setting = setting;
    this.#accounts = accounts;
    this.#times = times;
  }

  /** A message of a channel's export. */
  ofExport(value: JsonValue, item: JsonItem, thread: ThreadRef, place: SourcePlace): void {
    const { sink } = this.#setting;
    if (!(value instanceof JsonObject)) return refuseItem(sink, 'message', place, value, sentence('json-item-odd'));
    const id = value.text('id');
    const stamp = value.text('timestamp');
    const body = value.text('content');
    const author = value.object('author');
    const attachments = [...filesOf(value), ...stickersOf(value)];
    if (stamp === '' && author === null && body === '' && attachments.length === 0)
      return refuseItem(sink, 'message', place, value, sentence('json-item-bare'));
    if (this.#isCopy(thread, id, stamp, body, place)) return;
    const from = author === null ? null : this.author(author);
    if (from !== null) this.#accounts.wrote(from);
    const type = value.text('type');
    const time = this.#times.stamp(stamp, place);
    const isCall = type === 'Call' || type === '3';
    if (isCall) {
      const ended = this.#times.stamp(value.text('callEndedTimestamp'), place);
      const duration_s = time.utcMs === null || ended.utcMs === null ? null : Math.round((ended.utcMs - time.utcMs) / 1000);
      sink.seen('call');
      sink.call({
        service: 'discord',
        from,
        to: thread.members.filter((member) => member.identifier !== from?.identifier),
        time,
        duration_s: duration_s === null || duration_s < 0 ? null : duration_s,
        direction: this.#accounts.directionOf(from),
        // Who took it the export does not say: a call that nobody takes lasts as well.
        outcome: 'unknown',
        isVideo: false,
        state: stateOfItem(item),
        confidence: 'unstated',
        place,
        itemId: id
      });
    } else {
      const isForwarded = value.object('reference')?.text('type') === 'Forward' || value.object('forwardedMessage') !== null;
      sink.seen('message');
      sink.message({
        thread,
        from,
        to: NOBODY,
        body,
        time,
        direction: this.#accounts.directionOf(from),
        state:
          stateOfItem(item) |
          (SPOKEN.has(type) ? 0 : MessageState.system) |
          (value.text('timestampEdited') === '' ? 0 : MessageState.edited) |
          (isForwarded ? MessageState.forwarded : 0),
        confidence: 'unstated',
        attachments,
        place,
        itemId: id,
        fold: attachments.length > 0 ? 'ordinal' : 'identical'
      });
      this.#membership(value, from, thread, time, place);
    }
    if (item.isCut) this.#setting.tally.add('cell-cut', 'warning', 'json-items-cut', place);
    const rest = unusedFields(value, isCall ? CALL_USED : USED).filter(([key, text]) => key !== 'type' || !SPOKEN.has(text));
    const ofAuthor =
      author === null ? [] : unusedFields(author, AUTHOR_USED).map(([key, text]): [string, string] => [`author.${key}`, text]);
    this.#details(thread, id, [...rest, ...ofAuthor], place);
  }

  /** Groups without a server: whom the line mentions was taken in or put out, or went when they wrote it themselves. */
  #membership(value: JsonObject, by: AccountRef | null, thread: ThreadRef, time: EvidenceTime, place: SourcePlace): void {
    const type = value.text('type');
    const change =
      type === 'RecipientAdd' || type === '1' ? 'joined' : type === 'RecipientRemove' || type === '2' ? 'left' : null;
    if (change === null || !thread.isGroup) return;
    for (const mention of value.list('mentions')) {
      if (!(mention instanceof JsonObject)) continue;
      const account = this.author(mention);
      this.#setting.sink.membership({ thread, account, change, by, time, place });
    }
  }

  /** A row of a package: all are the account's own, and their times are in UTC by Discord's description. */
  ofPackage(value: JsonValue, item: JsonItem, thread: ThreadRef, place: SourcePlace): void {
    const { sink } = this.#setting;
    if (!(value instanceof JsonObject)) return refuseItem(sink, 'message', place, value, sentence('json-item-odd'));
    const id = value.text('ID');
    const stamp = value.text('Timestamp');
    const body = value.text('Contents');
    // Addresses of files, parted by blanks.
    const urls = value
      .text('Attachments')
      .split(/\s+/)
      .filter((url) => url !== '');
    if (stamp === '' && body === '' && urls.length === 0)
      return refuseItem(sink, 'message', place, value, sentence('json-item-bare'));
    if (this.#isCopy(thread, id, stamp, body, place)) return;
    const from = this.#accounts.own;
    sink.seen('message');
    sink.message({
      thread,
      from,
      to: NOBODY,
      body,
      time: this.#times.utcStamp(stamp, place),
      direction: 'outgoing',
      state: stateOfItem(item) | MessageState.sent,
      confidence: 'unstated',
      attachments: urls.map((url) => ({ name: fileName(url), path: url })),
      place,
      itemId: id,
      // Newer packages tell times by the second.
      fold: 'ordinal'
    });
    this.#details(thread, id, unusedFields(value, PACKAGE_USED), place);
  }

  #isCopy(thread: ThreadRef, id: string, stamp: string, body: string, place: SourcePlace): boolean {
    if (id === '' || this.#copies.add(`${thread.key} ${id} ${stamp}`, body)) return false;
    const { sink, tally } = this.#setting;
    sink.seen('message');
    sink.fold('message', place);
    tally.add('duplicate-folded', 'note', 'json-items-folded', place);
    return true;
  }

  /** The account of an author as an export describes one. */
  author(author: JsonObject): AccountRef {
    const id = author.text('id');
    const name = author.text('nickname') || author.text('name');
    const tag = author.text('discriminator');
    // Accounts had a number of four digits behind their name until 2023.
    const raw = tag === '' || tag === '0000' || tag === '0' ? author.text('name') : `${author.text('name')}#${tag}`;
    return id === '' ? this.#accounts.byName(name) : this.#accounts.byId(id, name, raw === '' ? id : raw);
  }

  #details(thread: ThreadRef, id: string, fields: DetailFields, place: SourcePlace): void {
    const ids: DetailFields = [
      ['channel', thread.key],
      ['message', id]
    ];
    writeDetails(this.#setting.sink, 'discord message details', ids, fields, place, id);
  }
}

function filesOf(value: JsonObject): AttachmentRecord[] {
  const files: AttachmentRecord[] = [];
  for (const file of value.list('attachments')) {
    if (!(file instanceof JsonObject)) continue;
    const path = file.text('url');
    const sizeBytes = file.count('fileSizeBytes');
    files.push({
      name: file.text('fileName') || fileName(path),
      ...(sizeBytes === null ? {} : { sizeBytes }),
      ...(path === '' ? {} : { path })
    });
  }
  return files;
}

function stickersOf(value: JsonObject): AttachmentRecord[] {
  return value.list('stickers').flatMap((one) => {
    if (!(one instanceof JsonObject)) return [];
    const path = one.text('sourceUrl');
    return [{ name: one.text('name') || fileName(path), contentType: 'image', ...(path === '' ? {} : { path }) }];
  });
}

/** Last part of an address, without what follows a question mark. */
function fileName(url: string): string {
  const path = url.split(/[?#]/, 1)[0] as string;
  return path.slice(path.lastIndexOf('/') + 1);
}
