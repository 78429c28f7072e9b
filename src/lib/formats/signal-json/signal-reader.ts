/** Walks a Signal document of any layout. */
import { ASSUMED_ZONE } from '../../evidence/assumptions.ts';
import type { ItemKind, SourcePlace } from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceQuestion } from '../contract.ts';
import { unusedFields, writeDetails } from '../json/details.ts';
import { refuseItem, type JsonReader, type JsonSetting } from '../json/json-format.ts';
import type { JsonShape } from '../json/shape.ts';
import { JsonObject, type JsonValue } from '../json/value.ts';
import type { JsonItem, JsonPath, SurveyVisitor } from '../json/walk.ts';
import { ServiceAccounts } from '../service-accounts.ts';
import { ItemTimes } from '../time/item-times.ts';
import { FrameMessages } from './frame-messages.ts';
import { layoutOf, ROW_LISTS, type SignalLayout } from './layout.ts';
import { SignalPeople } from './people.ts';
import { RowMessages } from './row-messages.ts';

const NO_FIELDS: ReadonlySet<string> = new Set();
const LISTS: ReadonlySet<string | number | undefined> = new Set([...ROW_LISTS, 'conversations']);

export class SignalReader implements JsonReader {
  readonly #setting: JsonSetting;
  readonly #accounts: ServiceAccounts;
  readonly #times: ItemTimes;
  readonly #people: SignalPeople;
  readonly #frames: FrameMessages;
  readonly #rows: RowMessages;
  #layout: SignalLayout = 'rows';
  #isTable = false;
  #chatName = '';
  #place: (offset: number) => SourcePlace = (offset) => ({ path: '', offset, unit: 'byte' });

  constructor(setting: JsonSetting) {
    this.#setting = setting;
    this.#accounts = new ServiceAccounts('signal', setting.options, setting.file);
    this.#times = new ItemTimes(setting.options, setting.tally);
    const { owner } = setting.options;
    if (owner !== null && owner.identifier !== '') this.#accounts.setOwn(this.#accounts.byNumber(owner.identifier, owner.name));
    this.#people = new SignalPeople(this.#accounts, setting.file);
    this.#frames = new FrameMessages(setting, this.#accounts, this.#times, this.#people);
    this.#rows = new RowMessages(setting, this.#accounts, this.#times, this.#people);
  }

  begin(path: string, place: (offset: number) => SourcePlace, shape: JsonShape | null): void {
    this.#place = place;
    this.#isTable = shape?.isTable === true;
    this.#layout = shape === null || this.#isTable ? 'rows' : (layoutOf(shape)?.layout ?? 'rows');
    // signal-export calls the account itself by this word.
    if (this.#layout === 'lines' && this.#accounts.own === null) this.#accounts.setOwn(this.#accounts.byName('Me'));
    // signal-export puts each chat into a folder of its name.
    const parts = path.split('/');
    this.#chatName = parts.length > 1 ? (parts.at(-2) as string) : this.#setting.file.replace(/\.\w+$/, '');
  }

  end(): void {}

  kindAt(path: JsonPath): ItemKind {
    return path[0] === 'conversations' ? 'contact' : 'message';
  }

  /** Recipients, chats and conversations, which a file may name behind their messages. */
  peopleSearch(): SurveyVisitor {
    const layout = this.#layout;
    return {
      isDone: layout === 'lines',
      open: (path, isArray) => {
        if (path.length === 0) return layout === 'frames' ? 'walk' : isArray ? 'skip' : 'walk';
        if (layout === 'frames') return path[0] === 'recipient' || path[0] === 'chat' ? 'build' : 'skip';
        return path[0] === 'conversations' ? (path.length === 1 ? 'walk' : 'build') : 'skip';
      },
      value: (path, value) => {
        if (!(value instanceof JsonObject)) return;
        if (path[0] === 'recipient') this.#people.recipient(value);
        else if (path[0] === 'chat') this.#people.chat(value);
        else if (path[0] === 'conversations') this.#people.conversation(value);
      },
      close: () => undefined
    };
  }

  open(path: JsonPath, isArray: boolean): 'walk' | 'build' {
    if (path.length === 0) return this.#layout === 'rows' ? (isArray || !this.#isTable ? 'walk' : 'build') : 'build';
    return path.length === 1 && isArray && LISTS.has(path[0]) ? 'walk' : 'build';
  }

  close(): void {}

  value(path: JsonPath, value: JsonValue, item: JsonItem): void {
    const place = this.#place(item.offset);
    const { sink } = this.#setting;
    if (path.length === 0) {
      if (!(value instanceof JsonObject)) return refuseItem(sink, 'message', place, value, sentence('json-item-odd'));
      if (this.#layout === 'lines') return this.#rows.ofLine(value, item, this.#people.namedThread(this.#chatName), place);
      return this.#frame(value, item, place);
    }
    const [list] = path;
    if (typeof list === 'number') return this.#rows.ofRow(value, item, place);
    if (path.length === 2 && typeof path[1] === 'number') {
      if (list !== 'conversations') return this.#rows.ofRow(value, item, place);
      if (!(value instanceof JsonObject)) return refuseItem(sink, 'contact', place, value, sentence('json-item-odd'));
      const ref = this.#people.conversation(value);
      if (ref !== null) this.#people.keep(sink, ref, value.text('id'), place);
      else this.#other('conversation', value, place);
      return;
    }
    if (value instanceof JsonObject || Array.isArray(value)) this.#other(String(list), value, place);
  }

  questions(): readonly SourceQuestion[] {
    const questions: SourceQuestion[] = [];
    const { options } = this.#setting;
    if (this.#times.zoneless > 0 && options.zone === null)
      questions.push({ kind: 'zone', reason: sentence('json-ask-zone'), assumed: ASSUMED_ZONE });
    // An export calls its own account "Me" or "self" and states no number.
    if (options.owner === null)
      questions.push({ kind: 'owner', reason: sentence('json-ask-owner'), candidates: this.#accounts.busiest() });
    return questions;
  }

  /** One line of the app's own export. */
  #frame(value: JsonObject, item: JsonItem, place: SourcePlace): void {
    const { sink } = this.#setting;
    const chatItem = value.object('chatItem');
    if (chatItem !== null) return this.#frames.read(chatItem, item, place);
    const recipient = value.object('recipient');
    if (recipient !== null) {
      const ref = this.#people.recipient(recipient);
      if (ref !== null) {
        this.#people.keep(sink, ref, recipient.text('id'), place);
        writeDetails(
          sink,
          'signal contact details',
          [['contact', ref.identifier]],
          unusedFields(recipient, NO_FIELDS),
          place,
          recipient.text('id')
        );
      } else this.#other('recipient', recipient, place);
      return;
    }
    const chat = value.object('chat');
    if (chat !== null) this.#people.chat(chat);
    const [kind = 'frame'] = value.values.keys();
    this.#other(kind, value, place);
  }

  #other(kind: string, value: JsonObject | JsonValue[], place: SourcePlace): void {
    const { sink } = this.#setting;
    const object = value instanceof JsonObject ? value : new JsonObject();
    if (Array.isArray(value)) object.set(kind, value);
    sink.seen('generic');
    sink.generic({
      type: `signal ${kind}`,
      fields: unusedFields(object, NO_FIELDS),
      time: null,
      state: 0,
      place,
      itemId: object.text('id')
    });
  }
}
