/** One message of a Meta download, to records. */
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
import { repaired } from './mojibake.ts';

const NOBODY: readonly AccountRef[] = [];
const NO_FILES: readonly AttachmentRecord[] = [];
const USED: ReadonlySet<string> = new Set([
  'sender_name',
  'senderName',
  'timestamp_ms',
  'timestamp',
  'content',
  'text',
  'photos',
  'videos',
  'audio_files',
  'files',
  'gifs',
  'sticker',
  'media',
  'is_unsent',
  'isUnsent'
]);
/** Lists of attached files, with what the download says by their name about their kind. */
const FILE_LISTS: readonly (readonly [key: string, contentType: string])[] = [
  ['photos', 'image'],
  ['videos', 'video'],
  ['audio_files', 'audio'],
  ['files', ''],
  ['gifs', 'image'],
  ['media', '']
];
/** What the archive of encrypted chats writes where a file could not be had. */
const LOST_FILE = /^failed to download/i;
/** Kinds of lines that say no more than what the line holds. */
const PLAIN_KINDS: ReadonlySet<string> = new Set(['Generic', 'text', 'media', 'Share', 'link']);
const CALL_USED: ReadonlySet<string> = new Set([...[...USED].filter((key) => key !== 'content'), 'call_duration', 'missed']);

export class MetaMessages {
  readonly #setting: JsonSetting;
  readonly #accounts: ServiceAccounts;
  readonly #times: ItemTimes;
  readonly #copies = new HashSet64();

  constructor(setting: JsonSetting, accounts: ServiceAccounts, times: ItemTimes) {
    this.#setting = setting;
    this.#accounts = accounts;
    this.#times = times;
  }

  read(value: JsonValue, item: JsonItem, thread: ThreadRef, place: SourcePlace, isRightUtf8: boolean): void {
    const { sink, tally } = this.#setting;
    if (!(value instanceof JsonObject)) return refuseItem(sink, 'message', place, value, sentence('json-item-odd'));
    const asWritten: DetailFields = [];
    const textOf = (...keys: string[]): string => {
      const key = keys.find((one) => value.text(one) !== '') ?? '';
      const raw = value.text(key);
      const right = isRightUtf8 ? null : repaired(raw);
      if (right === null) return raw;
      asWritten.push([`${key} as written`, raw]);
      return right;
    };
    const name = textOf('sender_name', 'senderName');
    // The name's own writing is the same in every line; that of the content is this message's alone.
    asWritten.length = 0;
    const body = textOf('content', 'text');
    if (asWritten.length > 0) tally.add('not-utf8', 'note', 'json-texts-repaired', place);
    const stamp = value.text('timestamp_ms') || value.text('timestamp');
    const { attachments, isLost } = this.#filesOf(value, isRightUtf8);
    const isUnsent = value.isTrue('is_unsent') || value.isTrue('isUnsent');
    if (name === '' && stamp === '' && body === '' && attachments.length === 0)
      return refuseItem(sink, 'message', place, value, sentence('json-item-bare'));
    if (item.isCut) tally.add('cell-cut', 'warning', 'json-items-cut', place);
    const files = attachments.map((file) => file.path ?? file.name).join(' ');
    const reactions = value.list('reactions').length;
    if (!this.#copies.add(`${thread.key} ${stamp} ${name} ${reactions} ${isUnsent}`, body, files)) {
      // Times are in milliseconds: the same words by the same hand at one of them are one message, written twice.
      sink.seen('message');
      sink.fold('message', place);
      tally.add('duplicate-folded', 'note', 'json-items-folded', place);
      return;
    }
    const from = name === '' ? null : this.#accounts.byName(name);
    if (from !== null) this.#accounts.wrote(from);
    const time = this.#times.unix(stamp, place);
    const state = stateOfItem(item);
    const isCall = value.get('call_duration') !== undefined || value.text('type') === 'Call';
    if (isCall) {
      const duration_s = value.count('call_duration');
      sink.seen('call');
      sink.call({
        service: this.#accounts.service,
        from,
        to: thread.members.filter((member) => member.identifier !== from?.identifier),
        time,
        duration_s,
        direction: this.#accounts.directionOf(from),
        outcome: value.isTrue('missed') ? 'missed' : (duration_s ?? 0) > 0 ? 'answered' : 'unknown',
        isVideo: false,
        state,
        confidence: 'unstated',
        place,
        itemId: ''
      });
    } else {
      // Older downloads name lines that the app itself wrote.
      const isSystem = /^(?:un)?subscribe$/i.test(value.text('type'));
      sink.seen('message');
      sink.message({
        thread,
        from,
        to: NOBODY,
        body,
        time,
        direction: this.#accounts.directionOf(from),
        state:
          state |
          (isSystem ? MessageState.system : 0) |
          (isUnsent ? MessageState.deletedByUser | (body === '' ? MessageState.tombstone : 0) : 0) |
          (isLost ? MessageState.mediaOmitted : 0),
        confidence: 'unstated',
        attachments,
        place,
        itemId: '',
        // Pictures sent in one go share their moment and have no words: the store must not take them for copies.
        fold: attachments.length > 0 ? 'ordinal' : 'identical'
      });
      if (isSystem && thread.isGroup) this.#membership(value, from, thread, time, place, isRightUtf8);
    }
    const rest = unusedFields(value, isCall ? CALL_USED : USED).map(([key, text]): [string, string] => [
      key,
      isRightUtf8 ? text : (repaired(text) ?? text)
    ]);
    const kind = value.text('type');
    const details = [...asWritten, ...rest.filter(([key]) => key !== 'type' || !PLAIN_KINDS.has(kind))];
    const ids: DetailFields = [
      ['thread', thread.key],
      ['time', stamp]
    ];
    writeDetails(sink, `${this.#accounts.service} message details`, ids, details, place, '');
  }

  /** Older downloads list whom such a line is about; without a list it is about nobody in particular. */
  #membership(
    value: JsonObject,
    by: AccountRef | null,
    thread: ThreadRef,
    time: EvidenceTime,
    place: SourcePlace,
    isRightUtf8: boolean
  ): void {
    const change = /^un/i.test(value.text('type')) ? 'left' : 'joined';
    for (const user of value.list('users')) {
      const raw = user instanceof JsonObject ? user.text('name') : '';
      const name = isRightUtf8 ? raw : (repaired(raw) ?? raw);
      if (name === '') continue;
      const account = this.#accounts.byName(name);
      this.#setting.sink.membership({ thread, account, change, by, time, place });
    }
  }

  #filesOf(
    value: JsonObject,
    isRightUtf8: boolean
  ): { readonly attachments: readonly AttachmentRecord[]; readonly isLost: boolean } {
    const files: AttachmentRecord[] = [];
    let isLost = false;
    const add = (uri: string, contentType: string): void => {
      if (uri === '') return;
      if (LOST_FILE.test(uri)) {
        isLost = true;
        files.push({ name: uri });
        return;
      }
      const path = isRightUtf8 ? uri : (repaired(uri) ?? uri);
      const sizeBytes = this.#setting.sizeOf(path);
      files.push({
        name: path.slice(path.lastIndexOf('/') + 1),
        ...(contentType === '' ? {} : { contentType }),
        ...(sizeBytes === undefined ? {} : { sizeBytes }),
        path
      });
    };
    for (const [key, contentType] of FILE_LISTS)
      for (const file of value.list(key)) if (file instanceof JsonObject) add(file.text('uri'), contentType);
    add(value.object('sticker')?.text('uri') ?? '', 'image');
    return { attachments: files.length === 0 ? NO_FILES : files, isLost };
  }
}
