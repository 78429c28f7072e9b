/** Senders to accounts, and the thread they write in. */
import type { AccountRef, ThreadRef } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { accountRef, e164Of } from '../phone-number.ts';
import type { ChatScan } from './chat-scan.ts';
import { cleanName } from './senders.ts';

const SERVICE = 'whatsapp';
const NUMBER = /^\+?[\d\s().\-\u2010-\u2015]{5,}$/;
/** What an export calls its own user in some languages. */
const SELF = new Set(['you', 'vous', 'tú', 'tu', 'usted', 'você', 'voce', 'dumneavoastră', 'du']);

export interface ChatPeople {
  readonly thread: ThreadRef;
  /** The account of a sender; one object per name. */
  of(sender: string): AccountRef;
  /** The phone's own user; null where nothing tells who it is. */
  readonly self: AccountRef | null;
  /** Sender name of the phone's own user; null where nothing tells it. */
  readonly exporter: string | null;
  /** How it was told, for the note. */
  readonly exporterFrom:
    'named-by-officer' | 'number-of-owner' | 'own-deleted-message' | 'other-side-of-chat-name' | 'word-for-self' | null;
}

function isNumber(sender: string): boolean {
  return NUMBER.test(sender) && /\d{3}/.test(sender);
}

/** Which sender is the phone's own user, from the officer's word first and then from what the chat itself says. */
function exporterOf(scan: ChatScan, chatName: string | null, options: ReadOptions): [string | null, ChatPeople['exporterFrom']] {
  const names = [...scan.senders.lines.keys()];
  const { owner } = options;
  const wanted = owner === null ? '' : cleanName(owner.name).toLowerCase();
  const byName = wanted === '' ? undefined : names.find((name) => name.toLowerCase() === wanted);
  if (byName !== undefined) return [byName, 'named-by-officer'];
  const number = owner === null ? undefined : e164Of(owner.identifier, options.region);
  const byNumber =
    number === undefined ? undefined : names.find((name) => isNumber(name) && e164Of(name, options.region) === number);
  if (byNumber !== undefined) return [byNumber, 'number-of-owner'];
  const byDeletion =
    scan.exporterNames.length === 1 ? scan.exporterNames.find((name) => scan.senders.lines.has(name)) : undefined;
  if (byDeletion !== undefined) return [byDeletion, 'own-deleted-message'];
  const bySelf = names.find((name) => SELF.has(name.toLowerCase()));
  if (bySelf !== undefined) return [bySelf, 'word-for-self'];
  if (chatName !== null && names.length === 2 && !scan.hasGroupLines && names.includes(cleanName(chatName))) {
    return [names.find((name) => name !== cleanName(chatName)) as string, 'other-side-of-chat-name'];
  }
  return [null, null];
}

/** `file` scopes names where no owner is known: a name in one phone's address book means nothing on another's. */
export function peopleOf(scan: ChatScan, file: string, fileChatName: string | null, options: ReadOptions): ChatPeople {
  const names = [...scan.senders.lines.keys()];
  const chatName = fileChatName ?? scan.groupName ?? scan.senders.chatNames[0] ?? null;
  const [exporter, exporterFrom] = exporterOf(scan, chatName, options);
  const { owner } = options;
  const ownerRef =
    owner === null
      ? null
      : accountRef(SERVICE, owner.identifier, options.region, owner.name === '' ? (exporter ?? '') : owner.name);
  const scope = ownerRef?.identifier ?? file;
  const refs = new Map<string, AccountRef>();
  const of = (sender: string): AccountRef => {
    let ref = refs.get(sender);
    if (ref === undefined) {
      if (sender === exporter && ownerRef !== null) ref = ownerRef;
      else if (isNumber(sender)) ref = accountRef(SERVICE, sender, options.region);
      else ref = { service: SERVICE, identifier: `name:${scope}/${sender}`, rawIdentifier: sender, name: sender };
      refs.set(sender, ref);
    }
    return ref;
  };
  const self = ownerRef ?? (exporter === null ? null : of(exporter));
  const isGroup = scan.hasGroupLines || names.length > 2;
  const members = names.map(of);
  if (ownerRef !== null && !members.includes(ownerRef)) members.push(ownerRef);
  if (isGroup) {
    const name = fileChatName ?? scan.groupName ?? chatName;
    return {
      thread: { service: SERVICE, key: `group:${scope}/${name ?? file}`, ...(name === null ? {} : { name }), isGroup, members },
      of,
      self,
      exporter,
      exporterFrom
    };
  }
  const others = names.filter((name) => name !== exporter);
  // Where only the owner writes, the chat's name is the other side.
  const other =
    others.length === 0 && chatName !== null ? cleanName(chatName) : others.length === 1 ? (others[0] as string) : null;
  if (other !== null && !members.includes(of(other))) members.push(of(other));
  const key = other === null ? `chat:${scope}/${chatName ?? file}` : of(other).identifier;
  const name = chatName ?? other;
  return {
    thread: { service: SERVICE, key, ...(name === null ? {} : { name }), isGroup, members },
    of,
    self,
    exporter,
    exporterFrom
  };
}
