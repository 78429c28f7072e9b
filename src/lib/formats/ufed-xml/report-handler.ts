/**
 * The report as it streams by: models become records when their element ends.
 *
 * [Note: UFED order] A Chat states its id and its participants before its messages, so each message is
 * given out as soon as it is read and a chat of a million messages never stands in memory. Where a chat
 * begins with messages, they wait (2,000 at most) until it says which one it is.
 */
import { ownTable } from '../../evidence/own-table.ts';
import { told } from '../../evidence/findings.ts';
import type { ItemKind } from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { ByteInterner } from '../xml/bytes.ts';
import type { XmlTag } from '../xml/tag.ts';
import type { XmlHandler } from '../xml/events.ts';
import { XmlTokenizer } from '../xml/tokenizer.ts';
import type { ReportContext } from './context.ts';
import { emitActivity, emitMessage, threadOfChat } from './messages.ts';
import { Model, MOST_WAITING } from './model.ts';
import { emitAccounts, emitCall, emitContact, emitGeneric, emitLocation } from './other-items.ts';
import { base64Text } from './values.ts';
import { Field, Kind, kindOf, ModelTypes } from './vocabulary.ts';

/** Longest text of one field; what is longer is cut there and said. */
const LONGEST_VALUE = 8 * 2 ** 20;
const MOST_PARTS = 100_000;
const KIND_BITS = 5;
const KIND_MASK = 31;
const BASE64 = 1;
const FORMATTED = 2;

const ITEM_OF: Readonly<Record<string, ItemKind>> = ownTable({
  message: 'message',
  activity: 'message',
  call: 'call',
  contact: 'contact',
  account: 'account',
  location: 'location',
  journey: 'generic',
  generic: 'generic'
});

export class ReportHandler implements XmlHandler {
  readonly tokenizer: XmlTokenizer;
  /** Models of each type, nested ones included. */
  readonly typeCounts = new Map<string, number>();
  project: ReadonlyMap<string, string> | null = null;
  readonly extractions: string[] = [];
  /** True where models stand without the report around them. */
  isFragment = false;
  readonly #context: ReportContext;
  readonly #types = new ModelTypes();
  readonly #kinds = new Uint8Array(1 << 16);
  readonly #stack: Model[] = [];
  #top: Model | null = null;
  /** Values that come often; a full table only costs the time of decoding. */
  readonly #values = new ByteInterner(1 << 15);
  #table: ByteInterner | null = null;
  #text = '';
  #inValue = false;
  #valueFlags = 0;
  #formatted = '';
  #cut = false;
  #section = '';
  #item = '';
  #inCase = false;
  #file: { id: string; size: number | null; localPath: string; sha256: string } | null = null;

  constructor(context: ReportContext) {
    this.#context = context;
    this.tokenizer = new XmlTokenizer(this, { manyRoots: true });
  }

  classify(tag: XmlTag): number {
    const kind = kindOf(this.tokenizer.names.textOf(tag.nameId));
    this.#kinds[tag.nameId] = kind;
    let detail = 0;
    if (kind === Kind.field || kind === Kind.modelField) detail = this.#context.names.number(tag.get('name') ?? '');
    else if (kind === Kind.value) {
      if (tag.get('format')?.toLowerCase() === 'base64string') detail |= BASE64;
      if (tag.valueBytes('formattedTimestamp') > 0) detail |= FORMATTED;
    }
    return kind | (detail << KIND_BITS);
  }

  open(tag: XmlTag, offset: number): void {
    const kind = tag.role & KIND_MASK;
    const detail = tag.role >> KIND_BITS;
    const top = this.#top;
    if (top !== null) {
      switch (kind) {
        case Kind.field: {
          const wanted = top.type.wanted;
          if (wanted === null) {
            top.openField = detail;
            this.#table = null;
          } else {
            const flag = wanted[detail] ?? 0;
            top.openField = flag === 0 ? -1 : detail;
            this.#table = flag === 2 ? this.#values : null;
          }
          break;
        }
        case Kind.value:
          if (top.openField >= 0) {
            this.#inValue = true;
            this.#valueFlags = detail;
            if ((detail & FORMATTED) !== 0) this.#formatted = tag.get('formattedTimestamp') ?? '';
            this.tokenizer.wantText = true;
            this.tokenizer.textTable = this.#table;
          }
          break;
        case Kind.modelField:
          top.openSlot = detail;
          break;
        case Kind.model:
          this.#begin(tag, offset, top.openSlot);
          break;
        case Kind.dataSource:
          if (top.type.name === 'Attachment') top.dataLength = tag.get('length') ?? '';
          break;
      }
      return;
    }
    this.#openOutside(kind, tag, offset);
  }

  #begin(tag: XmlTag, offset: number, slot: number): void {
    const table = this.#values;
    const typeName = tag.often('type', table);
    const model = new Model(this.#types.of(typeName), offset, slot);
    // Parts are never items of their own inside of another model, so their ids are not needed there.
    if (model.type.use !== 'part' || this.#top === null) {
      model.id = tag.get('id') ?? '';
      model.deletedState = tag.often('deleted_state', table);
      model.confidence = tag.often('decoding_confidence', table);
    }
    if (typeName === 'Attachment') model.fileId = tag.get('file_id') ?? '';
    this.typeCounts.set(typeName, (this.typeCounts.get(typeName) ?? 0) + 1);
    this.#stack.push(model);
    this.#top = model;
  }

  #openOutside(kind: number, tag: XmlTag, offset: number): void {
    switch (kind) {
      case Kind.model:
        if (this.tokenizer.depth <= 1) this.isFragment = true;
        this.#begin(tag, offset, -1);
        return;
      case Kind.project: {
        const attributes = new Map<string, string>();
        for (let i = 0; i < Math.min(tag.count, 64); i++) attributes.set(tag.name(i), tag.value(i));
        this.project ??= attributes;
        return;
      }
      case Kind.extractionInfo: {
        const name = [tag.get('name'), tag.get('type'), tag.get('deviceName')]
          .filter((text) => text !== undefined && text !== '')
          .join(', ');
        if (this.extractions.length < 1000) this.extractions.push(name);
        this.#device('Extraction', `${tag.get('id') ?? ''} ${name}`.trim(), offset);
        return;
      }
      case Kind.caseInformation:
        this.#inCase = true;
        return;
      case Kind.metadata:
        this.#section = tag.get('section') ?? '';
        return;
      case Kind.file: {
        const size = tag.get('size') ?? '';
        this.#file = { id: tag.get('id') ?? '', size: /^\d{1,15}$/.test(size) ? Number(size) : null, localPath: '', sha256: '' };
        return;
      }
      case Kind.field:
      case Kind.item: {
        if (kind === Kind.field && !this.#inCase) return;
        const name = tag.get('name') ?? '';
        if (this.#file !== null && name !== 'Local Path' && name !== 'SHA256') return;
        this.#item = name;
        this.#itemGroup = tag.get('group') ?? '';
        this.#itemOffset = offset;
        this.#text = '';
        this.tokenizer.wantText = true;
        return;
      }
    }
  }

  #itemOffset = 0;
  /** What a report says beside an item: when a card was last used, or in which of several extractions it stands. */
  #itemGroup = '';

  text(text: string): void {
    if (this.#text.length + text.length > LONGEST_VALUE) {
      this.#text += text.slice(0, LONGEST_VALUE - this.#text.length);
      this.#cut = true;
    } else this.#text = this.#text === '' ? text : this.#text + text;
  }

  close(nameId: number): void {
    const kind = this.#kinds[nameId] as number;
    const top = this.#top;
    if (top === null) {
      this.#closeOutside(kind);
      return;
    }
    if (kind === Kind.value) {
      if (!this.#inValue) return;
      this.#inValue = false;
      this.tokenizer.wantText = false;
      this.tokenizer.textTable = null;
      const text = (this.#valueFlags & BASE64) === 0 ? this.#text.trim() : base64Text(this.#text);
      this.#text = '';
      if (this.#cut) {
        this.#cut = false;
        this.#context.tally.add('too-large', 'warning', 'report-texts-cut', this.#context.place(top), 1, { most: LONGEST_VALUE });
      }
      if (top.fields.length < MOST_PARTS) top.add(top.openField, text);
      if (this.#formatted !== '') {
        if (this.#formatted !== text && text.charCodeAt(4) !== 45) top.addFormatted(text, this.#formatted);
        this.#formatted = '';
      }
    } else if (kind === Kind.field) top.openField = -1;
    else if (kind === Kind.modelField) top.openSlot = -1;
    else if (kind === Kind.model) {
      this.#stack.pop();
      this.#top = this.#stack.at(-1) ?? null;
      this.#settle(top, this.#top);
    }
  }

  #closeOutside(kind: number): void {
    switch (kind) {
      case Kind.field:
      case Kind.item:
        if (this.#item === '' && !this.tokenizer.wantText) return;
        this.tokenizer.wantText = false;
        if (this.#file !== null) {
          if (this.#item === 'Local Path') this.#file.localPath = this.#text.trim();
          else this.#file.sha256 = this.#text.trim();
        } else this.#device(this.#item, this.#text.trim(), this.#itemOffset);
        this.#text = '';
        this.#item = '';
        return;
      case Kind.file:
        if (this.#file !== null)
          this.#context.tagged.add(this.#file.id, this.#file.localPath, this.#file.size, this.#file.sha256);
        this.#file = null;
        return;
      case Kind.caseInformation:
        this.#inCase = false;
        return;
      case Kind.metadata:
        this.#section = '';
        return;
    }
  }

  #device(name: string, value: string, offset: number): void {
    if (value === '' || name === '') return;
    const context = this.#context;
    context.sink.device({
      name: this.#section === '' || this.#section === 'Device Info' ? name : `${this.#section}: ${name}`,
      value: (this.#itemGroup === '' ? value : `${value} (${this.#itemGroup})`).slice(0, 10_000),
      place: { path: context.path, offset, unit: 'byte' }
    });
    if (name === 'MSISDN' || name === 'LastUsedMSISDN') context.addOwnNumber(value, name === 'LastUsedMSISDN');
  }

  /** A model has ended: it is kept, becomes part of the one around it, or waits for its chat. */
  #settle(model: Model, parent: Model | null): void {
    const context = this.#context;
    switch (model.type.use) {
      case 'part':
        if (parent === null) emitGeneric(context, model, model.type.name);
        else if (model.type.name === 'Coordinate' && parent.type.use === 'message')
          emitLocation(context, model, 'shared', 'shared in a message');
        else if (parent.parts.length < MOST_PARTS) parent.addPart(model);
        else emitGeneric(context, model, model.type.name);
        return;
      case 'message':
        if (parent === null || parent.type.use === 'generic') emitMessage(context, model, null);
        else if (parent.type.use === 'thread') this.#message(model, parent);
        else if (model.fields.length > 0 || model.parts.length > 0)
          emitGeneric(context, model, `${model.type.name} in ${parent.type.name}`);
        return;
      case 'activity':
        if (parent?.type.use === 'thread') {
          parent.thread ??= threadOfChat(context, parent);
          parent.messages++;
          emitActivity(context, model, parent);
        } else emitGeneric(context, model, model.type.name);
        return;
      case 'thread':
        this.#release(model);
        if (model.messages === 0) emitGeneric(context, model, model.type.name);
        return;
      case 'call':
        return emitCall(context, model);
      case 'contact':
        return emitContact(context, model);
      case 'account':
        return emitAccounts(context, model);
      case 'location':
        return emitLocation(context, model, parent?.type.use === 'journey' ? 'journey' : null, parent?.text(Field.Name) ?? '');
      case 'journey':
        return emitGeneric(context, model, model.type.name);
      case 'generic':
        if (parent?.type.use === 'generic' && parent.parts.length < MOST_PARTS) parent.addPart(model);
        else emitGeneric(context, model, parent === null ? model.type.name : `${model.type.name} in ${parent.type.name}`);
        return;
    }
  }

  #message(model: Model, chat: Model): void {
    chat.messages++;
    if (chat.thread === null) {
      if (chat.text(Field.Id) === '' && chat.parts.length === 0 && chat.waiting.length < MOST_WAITING) {
        chat.addWaiting(model);
        return;
      }
      this.#release(chat);
    }
    emitMessage(this.#context, model, chat);
  }

  #release(chat: Model): void {
    chat.thread ??= threadOfChat(this.#context, chat);
    for (const model of chat.waiting) emitMessage(this.#context, model, chat);
    chat.waiting = [];
  }

  /** The report broke off: what was being read is counted and refused, with its place. Chats give out what waits. */
  breakOff(reason: 'report-breaks-off' | 'reading-stopped' | 'only-looked-at'): void {
    const context = this.#context;
    while (this.#stack.length > 0) {
      const model = this.#stack.pop() as Model;
      let kind = ITEM_OF[model.type.use];
      const around = this.#stack.at(-1);
      if (kind === 'message' && around?.type.use === 'thread') around.messages++;
      if (model.type.use === 'thread') {
        this.#release(model);
        // A chat is an item of its own only where it has no messages.
        if (model.messages === 0) kind = 'generic';
      }
      if (kind === undefined) continue;
      context.sink.seen(kind);
      context.sink.refuse(kind, {
        code: 'item-unreadable',
        ...told(sentence('report-item-incomplete', { type: model.type.name, id: model.id, reason: sentence(reason) })),
        place: context.place(model),
        raw: model.values.join(' | ').slice(0, 500)
      });
    }
    this.#top = null;
  }
}
