/** Walks the documents of Snapchat's download. */
import { told } from '../../evidence/findings.ts';
import {
  MessageState,
  type AccountRef,
  type AttachmentRecord,
  type EvidenceTime,
  type ItemKind,
  type SourcePlace,
  type ThreadRef
} from '../../evidence/records.ts';
import { utcMs } from '../../evidence/ids.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceQuestion } from '../contract.ts';
import { HashSet64 } from '../hash-set.ts';
import { unusedFields, writeDetails, type DetailFields } from '../json/details.ts';
import { refuseItem, stateOfItem, type JsonReader, type JsonSetting } from '../json/json-format.ts';
import type { JsonShape } from '../json/shape.ts';
import { JsonObject, type JsonValue } from '../json/value.ts';
import type { JsonItem, JsonPath, SurveyVisitor } from '../json/walk.ts';
import { e164Of } from '../phone-number.ts';
import { ServiceAccounts } from '../service-accounts.ts';
import { ItemTimes } from '../time/item-times.ts';
import { withoutEntities } from '../text/entities.ts';

const USED: ReadonlySet<string> = new Set([
  'From',
  'To',
  'Media Type',
  'Created',
  'Created(microseconds)',
  'Content',
  'Text',
  'IsSender',
  'IsSaved',
  'Media IDs',
  'Conversation Title'
]);
/** Kinds that the row itself shows, by its text or its attachments. */
const SHOWN_KINDS: ReadonlySet<string> = new Set(['TEXT', 'MEDIA', 'IMAGE', 'VIDEO', 'NOTE', 'AUDIO', 'STICKER']);
const FRIEND_USED: ReadonlySet<string> = new Set(['Username', 'Display Name']);
/** 'Received Saved Chat History', 'Sent Snap History', ...: the older generation. */
const OLD_LIST = /^(Received|Sent) (?:(Saved|Unsaved) )?(Chat|Snap) History$/;
/** The files of chats and snaps, of either generation. */
const HISTORY = /(?:chat|snap)_history[^/]*$/i;
const NOBODY: readonly AccountRef[] = [];
const NO_FIELDS: ReadonlySet<string> = new Set();

export class SnapchatReader implements JsonReader {
  readonly #setting: JsonSetting;
  readonly #accounts: ServiceAccounts;
  readonly #times: ItemTimes;
  readonly #threads = new Map<string, ThreadRef>();
  readonly #copies = new HashSet64();
  #isSnaps = false;
  #place: (offset: number) => SourcePlace = (offset) => ({ path: '', offset, unit: 'byte' });
  #saidAbsence = false;

  constructor(setting: JsonSetting) {
    this.#setting = setting;
    this.#accounts = new ServiceAccounts('snapchat', setting.options, setting.file);
    this.#times = new ItemTimes(setting.options, setting.tally);
    const { owner, region } = setting.options;
    // Usernames are the service's ids; a telephone number is none of them.
    if (owner !== null && owner.identifier !== '' && e164Of(owner.identifier, region) === undefined)
      this.#accounts.setOwn(this.#accounts.byId(owner.identifier, owner.name));
  }

  /** Newer downloads mark what their own account sent: found first, so that each conversation is filed with both sides. */
  ownSearch(): SurveyVisitor {
    const accounts = this.#accounts;
    return {
      get isDone() {
        return accounts.own !== null;
      },
      open: (path, isArray) => this.open(path, isArray),
      value: (_path, value) => {
        if (accounts.own !== null || !(value instanceof JsonObject)) return;
        const from = value.text('From');
        if (value.isTrue('IsSender') && from !== '') accounts.setOwn(accounts.byId(from));
      },
      close: () => undefined
    };
  }

  begin(path: string, place: (offset: number) => SourcePlace, shape: JsonShape | null): void {
    const name = path === '' ? this.#setting.file : path;
    this.#isSnaps = /snap_history/i.test(name);
    this.#place = place;
    // A history without a message is the one whose silence is most easily misread.
    if (HISTORY.test(name) || shape?.topKeys.some((key) => OLD_LIST.test(key)) === true) this.#sayAbsence();
  }

  end(): void {}

  kindAt(path: JsonPath): ItemKind {
    return path.length === 2 && typeof path[1] === 'number' ? 'message' : 'generic';
  }

  open(path: JsonPath, isArray: boolean): 'walk' | 'build' {
    return path.length === 0 || (path.length === 1 && isArray) ? 'walk' : 'build';
  }

  close(): void {}

  value(path: JsonPath, value: JsonValue, item: JsonItem): void {
    const place = this.#place(item.offset);
    const [list] = path;
    if (path.length === 2 && typeof list === 'string') {
      const isFriend =
        value instanceof JsonObject && value.get('Username') !== undefined && value.get('Media Type') === undefined;
      if (isFriend) this.#friend(value, list, place);
      else if (this.#isOther(value)) this.#other(list, value, place);
      else this.#message(value, item, list, place);
      return;
    }
    if (list === 'Basic Information' && value instanceof JsonObject) return this.#account(value, place);
    if (value instanceof JsonObject && typeof list === 'string') this.#other(list, value, place);
  }

  questions(): readonly SourceQuestion[] {
    if (this.#setting.options.owner !== null || this.#accounts.own !== null) return [];
    return [{ kind: 'owner', reason: sentence('json-ask-owner'), candidates: this.#accounts.busiest() }];
  }

  /** Lists of an account's page (devices, logins) that are neither messages nor people. */
  #isOther(value: JsonValue): value is JsonObject {
    if (!(value instanceof JsonObject)) return false;
    return (
      !['Media Type', 'From', 'To', 'Content', 'Text', 'Created'].some((key) => value.get(key) !== undefined) &&
      value.values.size > 0
    );
  }

  #other(list: string, value: JsonObject, place: SourcePlace): void {
    const fields = unusedFields(value, NO_FIELDS);
    if (fields.length === 0) return refuseItem(this.#setting.sink, 'generic', place, value, sentence('json-item-bare'));
    this.#setting.sink.seen('generic');
    this.#setting.sink.generic({ type: `snapchat ${list}`, fields, time: null, state: 0, place, itemId: '' });
  }

  #account(value: JsonObject, place: SourcePlace): void {
    const name = value.text('Username');
    const { sink } = this.#setting;
    if (name !== '') {
      const own = this.#accounts.byId(name, value.text('Name'), name, value.text('Phone Number'));
      this.#accounts.setOwn(own);
      sink.seen('account');
      sink.account({ account: own, isOwner: true, place });
    }
    writeDetails(sink, 'snapchat account details', [['account', name]], unusedFields(value, new Set(['Username'])), place, '');
  }

  /** Lists of friends: real ones, deleted ones, requests sent, blocked ones. */
  #friend(value: JsonObject, list: string, place: SourcePlace): void {
    const { sink } = this.#setting;
    const id = value.text('Username');
    const name = withoutEntities(value.text('Display Name'));
    if (id === '' && name === '') return refuseItem(sink, 'contact', place, value, sentence('json-item-bare'));
    const accounts = id === '' ? [] : [this.#accounts.byId(id)];
    sink.seen('contact');
    sink.contact({ name, accounts, service: 'snapchat', notes: list, state: 0, confidence: 'unstated', place, itemId: id });
    const fields = unusedFields(value, FRIEND_USED);
    writeDetails(
      sink,
      'snapchat contact details',
      [
        ['contact', id || name],
        ['list', list]
      ],
      fields,
      place,
      id
    );
  }

  #message(value: JsonValue, item: JsonItem, list: string, place: SourcePlace): void {
    const { sink, tally } = this.#setting;
    if (!(value instanceof JsonObject)) return refuseItem(sink, 'message', place, value, sentence('json-item-odd'));
    this.#sayAbsence();
    const old = OLD_LIST.exec(list);
    const raw = value.text('Content') || value.text('Text');
    const stamp = value.text('Created');
    const kind = value.text('Media Type');
    const isSystem = /^STATUS/i.test(kind);
    // A line by the app has no text: its kind is what it says.
    const body = raw === '' && isSystem ? kind : withoutEntities(raw);
    const names = { from: value.text('From'), to: value.text('To') };
    if (stamp === '' && names.from === '' && names.to === '' && body === '' && kind === '')
      return refuseItem(sink, 'message', place, value, sentence('json-item-bare'));
    const isSent = old === null ? value.get('IsSender') === true : old[1] === 'Sent';
    const hasSide = old !== null || typeof value.get('IsSender') === 'boolean';
    const fine = value.text('Created(microseconds)');
    const media = value.text('Media IDs');
    // Both the saved and the other list of old downloads may hold one message; times by the second need the rest to be equal.
    const isFine = /^\d{13}$/.test(fine);
    if (isFine && !this.#copies.add(`${list} ${fine} ${kind} ${names.from} ${names.to}`, raw, media)) {
      sink.seen('message');
      sink.fold('message', place);
      tally.add('duplicate-folded', 'note', 'json-items-folded', place);
      return;
    }
    const from = names.from === '' ? null : this.#accounts.byId(names.from);
    if (from !== null) this.#accounts.wrote(from);
    const { own } = this.#accounts;
    const to = names.to === '' ? NOBODY : [this.#accounts.byId(names.to)];
    const other = old === null ? list : isSent ? names.to : names.from;
    const isSnap = this.#isSnaps || old?.[3] === 'Snap';
    if (item.isCut) tally.add('cell-cut', 'warning', 'json-items-cut', place);
    sink.seen('message');
    sink.message({
      thread: this.#thread(other, withoutEntities(value.text('Conversation Title'))),
      from: from ?? (isSent ? own : null),
      to: to.length === 0 && old !== null && !isSent && own !== null ? [own] : to,
      body,
      time: this.#time(stamp, fine, place),
      direction: !hasSide ? this.#accounts.directionOf(from) : isSent ? 'outgoing' : 'incoming',
      state:
        stateOfItem(item) |
        (isSystem ? MessageState.system : 0) |
        (/ERASED|DELETED/i.test(kind) ? MessageState.deletedByUser | MessageState.tombstone : 0) |
        (isSnap || (media === '' && /^(?:MEDIA|IMAGE|VIDEO|NOTE|AUDIO)$/i.test(kind)) ? MessageState.mediaOmitted : 0) |
        (/^(?:NOTE|AUDIO)/i.test(kind) ? MessageState.voiceNote : 0),
      confidence: 'unstated',
      attachments: attachmentsOf(kind, media),
      place,
      itemId: '',
      fold: isFine && kind === 'TEXT' ? 'identical' : 'ordinal'
    });
    const details: DetailFields = unusedFields(value, USED);
    if (raw !== body && raw !== '') details.push(['text as written', raw]);
    if (kind !== '' && !SHOWN_KINDS.has(kind)) details.push(['Media Type', kind]);
    if (value.get('IsSaved') === false) details.push(['IsSaved', 'false']);
    if (old?.[2] === 'Unsaved') details.push(['list', list]);
    const ids: DetailFields = [
      ['conversation', other],
      ['time', fine || stamp],
      ['from', names.from]
    ];
    writeDetails(sink, 'snapchat message details', ids, details, place, '');
  }

  #thread(other: string, title: string): ThreadRef {
    const key = `${other}\n${title}`;
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      const { own } = this.#accounts;
      // A group has a title of its own and is filed under an id.
      const isGroup = title !== '' || other === '';
      const members = isGroup ? [] : [own, this.#accounts.byId(other)].filter((ref): ref is AccountRef => ref !== null);
      thread = {
        service: 'snapchat',
        key: other === '' ? `${this.#setting.file}/${title}` : other,
        isGroup,
        members,
        ...(title === '' ? {} : { name: title })
      };
      this.#threads.set(key, thread);
    }
    return thread;
  }

  /** The field called microseconds holds milliseconds; it is believed where it says the second that is written out. */
  #time(stamp: string, fine: string, place: SourcePlace): EvidenceTime {
    if (stamp === '') return this.#times.unix(fine, place);
    const time = this.#times.utcStamp(stamp, place);
    const ms = /^\d{13}$/.test(fine) ? Number(fine) : NaN;
    return time.utcMs !== null && Math.floor(ms / 1000) * 1000 === time.utcMs ? { ...time, utcMs: utcMs(ms) } : time;
  }

  #sayAbsence(): void {
    if (this.#saidAbsence) return;
    this.#saidAbsence = true;
    this.#setting.sink.note({
      code: 'not-included',
      severity: 'note',
      ...told(sentence('snapchat-absence', { file: this.#setting.file })),
      place: null
    });
  }
}

/** Ids of media stand in for names: the files beside carry them in theirs. */
function attachmentsOf(kind: string, media: string): readonly AttachmentRecord[] {
  const ids = media.split(' | ').filter((id) => id !== '');
  const contentType = /^(IMAGE|VIDEO)$/i.test(kind) ? kind.toLowerCase() : /^(?:NOTE|AUDIO)$/i.test(kind) ? 'audio' : '';
  if (ids.length === 0)
    return /^(?:MEDIA|IMAGE|VIDEO|NOTE|AUDIO|STICKER)$/i.test(kind)
      ? [{ name: kind.toLowerCase(), ...(contentType === '' ? {} : { contentType }) }]
      : [];
  return ids.map((name) => (contentType === '' ? { name } : { name, contentType }));
}
