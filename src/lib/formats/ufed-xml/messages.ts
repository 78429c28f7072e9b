/** InstantMessage, SMS, MMS, Email and ChatActivity models to message records. */
import { ownTable } from '../../evidence/own-table.ts';
import { MessageState, type AccountRef, type AttachmentRecord, type Direction, type ThreadRef } from '../../evidence/records.ts';
import { isGroupId } from '../phone-number.ts';
import type { ReportContext } from './context.ts';
import type { Model } from './model.ts';
import { confidenceOf, deletedStateBits, statusBits } from './values.ts';
import { Field } from './vocabulary.ts';

const NOBODY: readonly AccountRef[] = [];
const NO_ATTACHMENTS: readonly AttachmentRecord[] = [];
const FALLBACK_SERVICE: Readonly<Record<string, string>> = ownTable({ SMS: 'sms', MMS: 'mms', Email: 'email' });

function isTrue(text: string): boolean {
  return text === 'True' || text === 'true' || text === '1';
}

const SYSTEM_MESSAGE = 'system message';

/** Parties of WhatsApp's own lines ("X joined"). */
function isSystem(party: Model): boolean {
  const shown = party.text(Field.Identifier) || party.text(Field.Name);
  return shown.length === SYSTEM_MESSAGE.length && shown.toLowerCase() === SYSTEM_MESSAGE;
}

interface Ends {
  from: AccountRef | null;
  to: AccountRef[];
  direction: Direction;
  system: boolean;
}

/** Who sent and who received, by slots (From, To), by roles (Parties), and by the mark of the phone's owner. */
export function endsOf(context: ReportContext, model: Model, service: string): Ends {
  const ends: Ends = { from: null, to: [], direction: 'unknown', system: false };
  const open: AccountRef[] = [];
  let ownerReceives = false;
  for (const part of model.parts) {
    if (part.type.name !== 'Party') continue;
    if (isSystem(part)) {
      ends.system = true;
      continue;
    }
    const ref = context.party(service, part);
    if (ref === null) continue;
    const flag = part.text(Field.IsPhoneOwner);
    if (isTrue(flag)) context.markOwner(ref);
    const own = context.isOwner(ref);
    const role = part.text(Field.Role);
    if (part.slot === Field.From || (part.slot !== Field.To && role === 'From')) {
      ends.from ??= ref;
      if (own) ends.direction = 'outgoing';
      else if (flag !== '' && ends.direction === 'unknown') ends.direction = 'incoming';
    } else if (part.slot === Field.To || part.slot === Field.Cc || part.slot === Field.Bcc || role === 'To') {
      ends.to.push(ref);
      if (own) ownerReceives = true;
    } else open.push(ref);
  }
  if (ends.direction === 'unknown') {
    const folder = (
      model.text(Field.Folder) ||
      model.text(Field.Direction) ||
      model.text(Field.Type) ||
      model.text(Field.Status)
    ).toLowerCase();
    if (ownerReceives || /inbox|incoming|received|missed|unread/.test(folder)) ends.direction = 'incoming';
    else if (/sent|outbox|outgoing|draft/.test(folder)) ends.direction = 'outgoing';
    else if (ends.from !== null && context.owner(service) !== null) ends.direction = 'incoming';
    else if (model.type.name !== 'InstantMessage' && ends.from !== null && ends.to.length === 0) ends.direction = 'incoming';
    else if (model.type.name !== 'InstantMessage' && ends.from === null && ends.to.length > 0) ends.direction = 'outgoing';
  }
  // Parties without a role: the one at the other end, as the direction says.
  for (const ref of open) {
    if (ends.direction === 'incoming' && ends.from === null && !context.isOwner(ref)) ends.from = ref;
    else ends.to.push(ref);
  }
  return ends;
}

/** Which conversation a Chat is: its own id where it has one, else the others in it. */
export function threadOfChat(context: ReportContext, chat: Model): ThreadRef {
  const service = context.service(chat.text(Field.Source), 'unknown');
  const id = chat.text(Field.Id);
  const members: AccountRef[] = [];
  const others: AccountRef[] = [];
  for (const part of chat.parts) {
    if (part.type.name !== 'Party' || isSystem(part)) continue;
    const ref = context.party(service, part);
    if (ref === null || members.some((member) => member.identifier === ref.identifier)) continue;
    members.push(ref);
    if (isTrue(part.text(Field.IsPhoneOwner))) context.markOwner(ref);
    if (!context.isOwner(ref)) others.push(ref);
  }
  const isGroup = isGroupId(id) || /group|broadcast|channel/i.test(chat.text(Field.ChatType)) || members.length > 2;
  let key = id === '' ? '' : context.book.of(service, id).identifier;
  if (key === '')
    key =
      others.length > 0
        ? others
            .map((ref) => ref.identifier)
            .sort()
            .join(' ')
        : chat.id;
  const name = chat.text(Field.Name);
  return { service, key, isGroup, members, ...(name === '' ? {} : { name }) };
}

/** Conversation of a message outside of any chat (SMS, MMS, e-mail): the other parties. */
function threadOfParties(context: ReportContext, service: string, ends: Ends): ThreadRef {
  const others = [ends.from, ...ends.to].filter((ref): ref is AccountRef => ref !== null && !context.isOwner(ref));
  const keys = [...new Set(others.map((ref) => ref.identifier))].sort();
  const key = keys.length === 0 ? 'unknown' : keys.join(' ');
  const cacheKey = `${service} ${key}`;
  let thread = context.threads.get(cacheKey);
  if (thread === undefined) {
    const own = context.owner(service);
    const members = others.filter((ref, i) => others.findIndex((other) => other.identifier === ref.identifier) === i);
    thread = { service, key, isGroup: keys.length > 1, members: own === null ? members : [own, ...members] };
    context.threads.set(cacheKey, thread);
  }
  return thread;
}

function attachmentOf(context: ReportContext, part: Model): AttachmentRecord {
  const path = part.text(Field.attachment_extracted_path);
  const tagged = context.tagged.find(part.fileId, path);
  const size = /^\d{1,15}$/.test(part.dataLength) ? Number(part.dataLength) : (tagged?.sizeBytes ?? null);
  const contentType = part.text(Field.ContentType);
  const transcript = part.text(Field.Transcript);
  return {
    name:
      part.text(Field.Filename) ||
      part.text(Field.Title) ||
      path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
    ...(contentType === '' ? {} : { contentType }),
    ...(size === null ? {} : { sizeBytes: size }),
    ...(tagged === null || tagged.sha256Hex === '' ? {} : { sha256Hex: tagged.sha256Hex }),
    ...(path === '' ? {} : { path }),
    ...(transcript === '' ? {} : { transcript })
  };
}

function stateOf(model: Model, attachments: readonly AttachmentRecord[], system: boolean): number {
  let state = deletedStateBits(model.deletedState) | statusBits(model.text(Field.Status)) | statusBits(model.text(Field.Folder));
  if (system || /system/i.test(model.text(Field.Type))) state |= MessageState.system;
  if (isTrue(model.text(Field.IsDeleted))) state |= MessageState.deletedByUser;
  if (isTrue(model.text(Field.Edited))) state |= MessageState.edited;
  let label = model.text(Field.Label);
  for (const part of model.parts) {
    if (part.type.name === 'MessageLabel') label += ` ${part.text(Field.Label)}`;
    else if (part.type.name === 'ForwardedMessageData') label += ' forwarded';
  }
  if (label !== '') {
    if (/forwarded/i.test(label)) state |= MessageState.forwarded;
    if (/edited/i.test(label)) state |= MessageState.edited;
    if (/deleted/i.test(label)) state |= MessageState.deletedByUser;
  }
  for (const { name, contentType } of attachments) {
    if (contentType?.includes('codecs=opus') === true || /^PTT-/i.test(name)) state |= MessageState.voiceNote;
  }
  return state;
}

/** Keeps one message. `chat` is the Chat around it, null outside of one. */
export function emitMessage(context: ReportContext, model: Model, chat: Model | null): void {
  const body = model.text(Field.Body);
  const subject = model.text(Field.Subject);
  const text = subject === '' ? body : body === '' ? subject : `${subject}\n\n${body}`;
  const rawTime = model.text(Field.TimeStamp);
  if (context.begin('message', model, rawTime, text)) return;
  const fallback = chat?.thread?.service ?? FALLBACK_SERVICE[model.type.name] ?? 'unknown';
  const service =
    chat !== null || model.type.name === 'InstantMessage'
      ? context.service(model.text(Field.Source) || (chat?.text(Field.Source) ?? ''), fallback)
      : fallback;
  const ends = endsOf(context, model, service);
  let from = ends.from;
  if (ends.direction === 'outgoing') from ??= context.owner(service);
  let thread = chat?.thread ?? null;
  if (thread === null) {
    thread = threadOfParties(context, service, ends);
    const own = context.owner(service);
    if (ends.direction === 'incoming' && ends.to.length === 0 && own !== null) ends.to.push(own);
  }
  let attachments: AttachmentRecord[] | null = null;
  for (const part of model.parts) if (part.type.name === 'Attachment') (attachments ??= []).push(attachmentOf(context, part));
  const time = context.time(model, Field.TimeStamp);
  const state = stateOf(model, attachments ?? NO_ATTACHMENTS, ends.system);
  context.sink.message({
    thread,
    from,
    to: ends.to.length === 0 ? NOBODY : ends.to,
    body: text,
    time,
    direction: ends.direction,
    state: time.ambiguous === true ? state | MessageState.timeAmbiguous : state,
    confidence: confidenceOf(model.confidence),
    attachments: attachments ?? NO_ATTACHMENTS,
    place: context.place(model),
    itemId: model.text(Field.Identifier) || model.id,
    fold: 'identical'
  });
}

/** A line of a chat's activity log ("X added Y") as a system message of that chat. */
export function emitActivity(context: ReportContext, model: Model, chat: Model): void {
  const timeField = model.text(Field.SystemMessageTimeStamp) === '' ? Field.TimeStamp : Field.SystemMessageTimeStamp;
  const service = chat.thread?.service ?? 'unknown';
  const who = model.parts.find((part) => part.type.name === 'Party');
  const action = model.text(Field.Action);
  const body = model.text(Field.SystemMessageBody) || action;
  if (context.begin('message', model, model.text(timeField), body)) return;
  const ref = who === undefined ? null : context.party(service, who);
  context.sink.message({
    thread: chat.thread ?? threadOfChat(context, chat),
    from: ref,
    to: NOBODY,
    body,
    time: context.time(model, timeField),
    direction: 'unknown',
    state: deletedStateBits(model.deletedState) | MessageState.system,
    confidence: confidenceOf(model.confidence),
    attachments: NO_ATTACHMENTS,
    place: context.place(model),
    itemId: model.id,
    fold: 'identical'
  });
}
