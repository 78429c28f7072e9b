/**
 * Second pass over a chat: every line with the chat's own header is one item, and all lines up to the next one
 * are its text.
 *
 * Text before the first header (an export that was cut at its start) is one item and is refused, with its place:
 * nobody can say who wrote it. A message over a million characters is cut there and marked partial; the lines
 * that follow it up to the next header are one refused item.
 */
import {
  MessageState,
  type AccountRef,
  type AttachmentRecord,
  type Direction,
  type EvidenceTime,
  type SourcePlace
} from '../../evidence/records.ts';
import { told } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { localMsOf } from '../time/civil.ts';
import { dateUnder, type WideDateOrder } from '../time/date-order.ts';
import { placeStamp } from '../time/evidence-time.ts';
import type { ZoneClock } from '../time/zone-clock.ts';
import type { LineBatch } from '../text/lines.ts';
import type { ChatText } from './chat-file.ts';
import type { ChatScan } from './chat-scan.ts';
import { readHeader, type ChatHeader } from './header.ts';
import { readMarks } from './marks.ts';
import { membershipLine, type LineName } from './membership-lines.ts';
import type { ChatPeople } from './people.ts';
import { isEncryptionNotice, systemLineOf } from './system-lines.ts';

const LONGEST_TEXT = 1_000_000;

export interface ChatReadSetting {
  readonly chat: ChatText;
  readonly scan: ChatScan;
  readonly people: ChatPeople;
  readonly order: WideDateOrder;
  readonly clock: ZoneClock | null;
}

/** Local milliseconds of a header under an order, NaN where its date is none. */
function localMsOfHeader(header: ChatHeader, order: WideDateOrder): number {
  const date = dateUnder(order, header);
  return date === null ? NaN : localMsOf(date.year, date.month, date.day, header.hour, header.minute, header.second, 0);
}

export class ChatReader {
  readonly #setting: ChatReadSetting;
  readonly #sink: EvidenceSink;
  readonly #isIos: boolean;
  #header: ChatHeader | null = null;
  #offset = 0;
  #parts: string[] = [];
  #length = 0;
  /** Lines beyond the longest text, or before the first header. */
  #stray: { offset: number; lines: number; raw: string; reason: 'before' | 'too-long' } | null = null;
  #unreadableTimes = 0;
  #repeatedTimes = 0;
  readonly #files = new Map<string, AttachmentRecord>();

  constructor(setting: ChatReadSetting, sink: EvidenceSink) {
    this.#setting = setting;
    this.#sink = sink;
    this.#isIos = setting.scan.first.family !== 'dash';
  }

  add(batch: LineBatch): void {
    for (let i = 0; i < batch.texts.length; i++) this.#line(batch.texts[i] as string, batch.offsets[i] as number);
  }

  /** Emits the last message and the notes that stand for many. */
  finish(): void {
    this.#flush();
    this.#flushStray();
    if (this.#repeatedTimes > 0) {
      this.#sink.note({
        code: 'time-ambiguous',
        severity: 'note',
        ...told(
          sentence('chat-times-repeated', {
            chat: this.#setting.chat.label,
            times: this.#repeatedTimes,
            zone: this.#setting.clock?.zone ?? ''
          })
        ),
        place: null
      });
    }
  }

  #line(text: string, offset: number): void {
    const header = readHeader(text);
    if (header !== null && header.signature === this.#setting.scan.signature) {
      this.#flush();
      this.#flushStray();
      this.#header = header;
      this.#offset = offset;
      return;
    }
    if (this.#header === null) {
      if (text.trim() !== '' || this.#stray !== null) this.#addStray(text, offset, 'before');
      return;
    }
    if (this.#stray !== null || this.#length + text.length > LONGEST_TEXT) {
      this.#addStray(text, offset, 'too-long');
      return;
    }
    this.#parts.push(text);
    this.#length += text.length + 1;
  }

  #addStray(text: string, offset: number, reason: 'before' | 'too-long'): void {
    this.#stray ??= { offset, lines: 0, raw: '', reason };
    this.#stray.lines++;
    if (this.#stray.raw.length < 500)
      this.#stray.raw = `${this.#stray.raw}${this.#stray.raw === '' ? '' : '\n'}${text}`.slice(0, 500);
  }

  #flushStray(): void {
    const stray = this.#stray;
    if (stray === null) return;
    this.#stray = null;
    const { label } = this.#setting.chat;
    this.#sink.seen('message');
    this.#sink.refuse('message', {
      code: stray.reason === 'before' ? 'item-unreadable' : 'too-large',
      ...told(
        stray.reason === 'before'
          ? sentence('chat-lines-before', { chat: label, lines: stray.lines, offset: stray.offset })
          : sentence('chat-lines-left-out', { chat: label, lines: stray.lines, offset: stray.offset, most: LONGEST_TEXT })
      ),
      place: this.#place(stray.offset),
      raw: stray.raw
    });
  }

  #flush(): void {
    const header = this.#header;
    if (header === null) return;
    const { scan, people } = this.#setting;
    const place = this.#place(this.#offset);
    this.#sink.seen('message');
    const split = scan.senders.split(header.rest);
    const text = this.#parts.length === 0 ? split.body : `${split.body}\n${this.#parts.join('\n')}`;
    this.#header = null;
    this.#parts = [];
    this.#length = 0;
    const time = this.#time(header, place);
    let state = time.ambiguous === true ? MessageState.timeAmbiguous : 0;
    if (this.#stray !== null) state |= MessageState.partial;
    const system = split.sender === null ? 'line' : this.#systemKind(split.sender, split.body);
    if (split.sender === null || system === 'line') {
      this.#emit(null, text.replace(/^\u200e/, ''), time, state | MessageState.system, [], 'unknown', place);
      this.#membership(text, time, place);
      return;
    }
    const from = people.of(split.sender);
    const direction: Direction =
      people.exporter === null ? 'unknown' : people.exporter === split.sender ? 'outgoing' : 'incoming';
    if (system === 'call') {
      this.#emit(split.sender, text.replace(/^\u200e/, ''), time, state | MessageState.system, [], direction, place, from);
      return;
    }
    const marked = readMarks(text, this.#isIos);
    const attachments = marked.attachments.map((one) => this.#withFile(one));
    state |= marked.state;
    const isNamedFile = (marked.state & MessageState.mediaOmitted) === 0;
    if (isNamedFile && attachments.some((one) => one.path === undefined)) state |= MessageState.mediaOmitted;
    this.#emit(split.sender, marked.body, time, state, attachments, direction, place, from);
  }

  /** Dates of members, where the line is about one. A name that the file does not resolve ("you") dates nobody. */
  #membership(line: string, time: EvidenceTime, place: SourcePlace): void {
    const { people, scan } = this.#setting;
    if (!people.thread.isGroup) return;
    const found = membershipLine(line, (name) => scan.senders.lines.has(name));
    if (found === null) return;
    const refOf = (name: LineName): AccountRef | null => (name === null ? people.self : people.of(name));
    const by = found.by === undefined ? null : refOf(found.by);
    for (const name of found.who) {
      const account = refOf(name);
      if (account !== null) this.#sink.membership({ thread: people.thread, account, change: found.change, by, time, place });
    }
  }

  /** 'line': the app's own words behind a name; 'call': a call notice, whose sender is the caller. */
  #systemKind(sender: string, body: string): 'line' | 'call' | null {
    if (isEncryptionNotice(body)) return 'line';
    const isChatName = sender === this.#setting.people.thread.name && this.#setting.people.thread.isGroup;
    if (!body.startsWith('\u200e') && !isChatName) return null;
    const kind = systemLineOf(body)?.kind;
    return kind === undefined ? null : kind === 'call' ? 'call' : 'line';
  }

  #time(header: ChatHeader, place: SourcePlace): EvidenceTime {
    const { order, clock, chat } = this.#setting;
    const localMs = localMsOfHeader(header, order);
    if (Number.isNaN(localMs)) {
      if (this.#unreadableTimes++ < 200) {
        this.#sink.note({
          code: 'time-unreadable',
          severity: 'warning',
          ...told(sentence('chat-time-unreadable', { chat: chat.label, stamp: header.stampRaw, offset: place.offset })),
          place
        });
      }
      return { raw: header.stampRaw, utcMs: null, basis: 'unknown' };
    }
    const time = placeStamp(header.stampRaw, { localMs, offset_min: null, hasTime: true }, clock);
    if (time.ambiguous === true) this.#repeatedTimes++;
    return time;
  }

  #withFile(attachment: AttachmentRecord): AttachmentRecord {
    const known = this.#files.get(attachment.name);
    if (known !== undefined) return known;
    const found = this.#setting.chat.beside(attachment.name);
    const whole = found === undefined ? attachment : { ...attachment, sizeBytes: found.sizeBytes, path: found.path };
    if (this.#files.size < 100_000) this.#files.set(attachment.name, whole);
    return whole;
  }

  #place(offset: number): SourcePlace {
    return { path: this.#setting.chat.path, offset, unit: 'byte' };
  }

  #emit(
    sender: string | null,
    body: string,
    time: EvidenceTime,
    state: number,
    attachments: readonly AttachmentRecord[],
    direction: Direction,
    place: SourcePlace,
    from = sender === null ? null : this.#setting.people.of(sender)
  ): void {
    const { thread } = this.#setting.people;
    this.#sink.message({
      thread,
      from,
      to: [],
      body,
      time,
      direction,
      state,
      confidence: 'unstated',
      attachments,
      place,
      itemId: '',
      fold: 'ordinal'
    });
  }
}
