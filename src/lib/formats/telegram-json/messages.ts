/** One message or service line of a Telegram export, to records. */
import { ownTable } from '../../evidence/own-table.ts';
import {
  MessageState,
  type AccountRef,
  type CallOutcome,
  type EvidenceTime,
  type MembershipRecord,
  type SourcePlace,
  type ThreadRef
} from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { HashSet64 } from '../hash-set.ts';
import { unusedFields, writeDetails, type DetailFields } from '../json/details.ts';
import { refuseItem, stateOfItem, type JsonSetting } from '../json/json-format.ts';
import { JsonObject, textOf, type JsonValue } from '../json/value.ts';
import type { JsonItem } from '../json/walk.ts';
import type { ServiceAccounts } from '../service-accounts.ts';
import type { ItemTimes } from '../time/item-times.ts';
import { attachmentsOf } from './attachments.ts';
import { peerId } from './peers.ts';
import { runsOf } from './runs.ts';

export interface TelegramChat {
  readonly thread: ThreadRef;
  /** The export's own word: 'personal_chat', 'private_supergroup', ... */
  readonly type: string;
  readonly id: string;
  /** The other side of a conversation of two. */
  readonly other: AccountRef | null;
}

const NOBODY: readonly AccountRef[] = [];
/** Service lines of groups, in the export's own words. */
const COMINGS: ReadonlySet<string> = new Set([
  'create_group',
  'create_channel',
  'invite_members',
  'join_group_by_link',
  'join_group_by_request'
]);
const GOINGS: ReadonlySet<string> = new Set(['remove_members']);
const BY_THEMSELVES: ReadonlySet<string> = new Set([
  'create_group',
  'create_channel',
  'join_group_by_link',
  'join_group_by_request'
]);
/** Fields that become part of a record; all others are kept as details of the message. */
const USED: ReadonlySet<string> = new Set([
  'id',
  'type',
  'date',
  'date_unixtime',
  'from',
  'from_id',
  'actor',
  'actor_id',
  'text',
  'text_entities',
  'action'
]);
const USED_FILES: ReadonlySet<string> = new Set([
  ...USED,
  'photo',
  'photo_file_size',
  'file',
  'file_name',
  'file_size',
  'mime_type',
  'contact_vcard'
]);
const USED_CALL: ReadonlySet<string> = new Set([...USED, 'duration_seconds', 'is_video']);
/** Of a service line: what it is about, in the order in which it is told. */
const SERVICE_WORDS = [
  'title',
  'new_title',
  'members',
  'inviter',
  'message_id',
  'emoticon',
  'game_message_id',
  'score',
  'amount',
  'period',
  'text'
];
/** Why a call ended, by the app: https://core.telegram.org/type/PhoneCallDiscardReason */
const OUTCOMES: Readonly<Record<string, CallOutcome>> = ownTable({
  missed: 'missed',
  busy: 'rejected',
  hangup: 'answered',
  disconnect: 'unknown'
});

export class TelegramMessages {
  readonly #setting: JsonSetting;
  readonly #accounts: ServiceAccounts;
  readonly #times: ItemTimes;
  readonly #copies = new HashSet64();
  /** Comings and goings of people who stand by name. */
  readonly #changes: (Omit<MembershipRecord, 'account'> & { readonly name: string })[] = [];

  constructor(setting: JsonSetting, accounts: ServiceAccounts, times: ItemTimes) {
    this.#setting = setting;
    this.#accounts = accounts;
    this.#times = times;
  }

  read(value: JsonValue, item: JsonItem, chat: TelegramChat, place: SourcePlace): void {
    const { sink, tally } = this.#setting;
    if (!(value instanceof JsonObject)) return refuseItem(sink, 'message', place, value, sentence('json-item-odd'));
    const from = this.#sender(value);
    const runs = runsOf(value);
    const action = value.text('action');
    const { attachments, state: mediaState } = attachmentsOf(value);
    const stamp = value.text('date_unixtime') || value.text('date');
    if (stamp === '' && from === null && runs.text === '' && action === '' && attachments.length === 0)
      return refuseItem(sink, 'message', place, value, sentence('json-item-bare'));
    if (item.isCut) tally.add('cell-cut', 'warning', 'json-items-cut', place);
    const id = value.text('id');
    if (id !== '' && !this.#copies.add(`${chat.thread.key} ${id} ${stamp}`, action, runs.text)) {
      sink.seen('message');
      sink.fold('message', place);
      tally.add('duplicate-folded', 'note', 'json-items-folded', place);
      return;
    }
    const time = this.#time(value, place);
    if (from !== null) this.#accounts.wrote(from);
    const isCall = action === 'phone_call' || action === 'conference_call';
    if (isCall) this.#call(value, chat, from, time, item, place);
    else {
      const isService = action !== '' || value.text('type') === 'service';
      const spoken = runs.text === '' ? pollText(value) : runs.text;
      sink.seen('message');
      sink.message({
        thread: chat.thread,
        from,
        to: NOBODY,
        body: isService && spoken === '' ? serviceText(value, action) : spoken,
        time,
        direction: this.#accounts.directionOf(from),
        state:
          stateOfItem(item) |
          mediaState |
          (isService ? MessageState.system : 0) |
          (value.get('forwarded_from') === undefined && value.get('forwarded_from_id') === undefined
            ? 0
            : MessageState.forwarded) |
          (this.#isEdited(value) ? MessageState.edited : 0),
        confidence: 'unstated',
        attachments,
        place,
        itemId: id,
        // Times are by the second: two equal words within one are two messages.
        fold: 'ordinal'
      });
      if (isService && chat.thread.isGroup) this.#membership(value, action, from, chat, time, place);
      this.#location(value, time, place, id);
    }
    // Where a file was left out, the reason stands in place of its path and is kept.
    const used = isCall ? USED_CALL : (mediaState & MessageState.mediaOmitted) === 0 ? USED_FILES : USED;
    const details: DetailFields = [...runs.details, ...unusedFields(value, used)];
    const ids: DetailFields = [
      ['chat', chat.thread.key],
      ['message', id]
    ];
    writeDetails(sink, 'telegram message details', ids, details, place, id);
  }

  /** Tells who came and went, once all names of the document are known. */
  finish(): void {
    for (const { name, ...rest } of this.#changes.splice(0)) {
      const account = this.#accounts.named(name);
      if (account !== null) this.#setting.sink.membership({ ...rest, account });
    }
  }

  /**
   * Members stand by the name that they show alone: they are told when all accounts of the document are known. Where the name
   * is missing (a deleted account), nobody is dated.
   */
  #membership(
    value: JsonObject,
    action: string,
    actor: AccountRef | null,
    chat: TelegramChat,
    time: EvidenceTime,
    place: SourcePlace
  ): void {
    const change = COMINGS.has(action) ? 'joined' : GOINGS.has(action) ? 'left' : null;
    if (change === null) return;
    const { thread } = chat;
    const { sink } = this.#setting;
    if (BY_THEMSELVES.has(action) && actor !== null) sink.membership({ thread, account: actor, change, by: actor, time, place });
    for (const member of value.list('members')) {
      const name = textOf(member);
      // Who leaves by themselves is the one member of a removal of their own.
      if (actor !== null && name === actor.name) sink.membership({ thread, account: actor, change, by: actor, time, place });
      else if (name !== '') this.#changes.push({ thread, name, change, by: actor, time, place });
    }
  }

  #sender(value: JsonObject): AccountRef | null {
    const id = peerId(value.text('from_id') || value.text('actor_id'));
    const name = value.text('from') || value.text('actor');
    if (id !== '') return this.#accounts.byId(id, name);
    return name === '' ? null : this.#accounts.byName(name);
  }

  #time(value: JsonObject, place: SourcePlace): EvidenceTime {
    const unix = value.text('date_unixtime');
    return unix === '' ? this.#times.stamp(value.text('date'), place) : this.#times.unix(unix, place);
  }

  /** Exports of some years give every message an `edited` of 1970, or of its own moment. */
  #isEdited(value: JsonObject): boolean {
    const unix = value.text('edited_unixtime');
    if (unix !== '') return /^\d{9,13}$/.test(unix) && unix !== value.text('date_unixtime');
    const edited = value.text('edited');
    return edited !== '' && edited !== value.text('date') && !/^19[67]\d-/.test(edited);
  }

  #call(
    value: JsonObject,
    chat: TelegramChat,
    from: AccountRef | null,
    time: EvidenceTime,
    item: JsonItem,
    place: SourcePlace
  ): void {
    const { sink } = this.#setting;
    const { own } = this.#accounts;
    const duration_s = value.count('duration_seconds') ?? value.count('duration');
    const stated = OUTCOMES[value.text('discard_reason')] ?? 'unknown';
    const to = chat.thread.members.filter((member) => member.identifier !== from?.identifier);
    sink.seen('call');
    sink.call({
      service: 'telegram',
      from,
      to: to.length === 0 && own !== null && from?.identifier === chat.other?.identifier ? [own] : to,
      time,
      duration_s,
      direction: this.#accounts.directionOf(from),
      outcome: (duration_s ?? 0) > 0 ? 'answered' : stated === 'answered' ? 'unknown' : stated,
      isVideo: value.isTrue('is_video'),
      state: stateOfItem(item),
      confidence: 'unstated',
      place,
      itemId: value.text('id')
    });
  }

  #location(value: JsonObject, time: EvidenceTime, place: SourcePlace, itemId: string): void {
    const where = value.object('location_information');
    if (where === null) return;
    const [latitude, longitude] = [Number(where.text('latitude') || NaN), Number(where.text('longitude') || NaN)];
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return;
    const { sink } = this.#setting;
    sink.seen('location');
    sink.location({
      latitude_deg: latitude,
      longitude_deg: longitude,
      precision_m: null,
      kind: 'shared',
      label: [value.text('place_name'), value.text('address')].filter((part) => part !== '').join(', '),
      time,
      state: 0,
      confidence: 'unstated',
      place,
      itemId
    });
  }
}

/** A poll's words were typed by its sender like any others. */
function pollText(value: JsonObject): string {
  const poll = value.object('poll');
  if (poll === null) return '';
  const answers = poll.list('answers').flatMap((answer) => (answer instanceof JsonObject ? [`- ${answer.text('text')}`] : []));
  return [questionOf(poll), ...answers].join('\n');
}

/** Newer exports write the question as runs. */
function questionOf(poll: JsonObject): string {
  const plain = poll.text('question');
  return plain === '' ? (poll.object('question')?.text('text') ?? '') : plain;
}

/** The app's own words for what happened, with what they are about: 'invite_members: Ana, Ion'. */
function serviceText(value: JsonObject, action: string): string {
  const about: string[] = [];
  for (const word of SERVICE_WORDS) {
    const field = value.get(word);
    const texts = Array.isArray(field) ? field.map(textOf) : [textOf(field)];
    about.push(...texts.filter((text) => text !== ''));
  }
  return about.length === 0 ? action : `${action}: ${about.join(', ')}`;
}
