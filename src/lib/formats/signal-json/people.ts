/** Recipients and conversations of a Signal export, by its own numbers for them. */
import type { AccountRef, MembershipRecord, SourcePlace, ThreadRef } from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { JsonObject, textOf } from '../json/value.ts';
import type { ServiceAccounts } from '../service-accounts.ts';
import type { GroupChange } from './group-changes.ts';

interface Group {
  readonly title: string;
  readonly key: string;
  readonly members: readonly string[];
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

export class SignalPeople {
  readonly #accounts: ServiceAccounts;
  readonly #file: string;
  readonly #byNumber = new Map<string, AccountRef>();
  /** Accounts by the service's id (ACI), in which group lists name their members. */
  readonly #byAci = new Map<string, AccountRef>();
  readonly #groups = new Map<string, Group>();
  readonly #chats = new Map<string, string>();
  readonly #threads = new Map<string, ThreadRef>();

  constructor(accounts: ServiceAccounts, file: string) {
    this.#accounts = accounts;
    this.#file = file;
  }

  /** Learns a `recipient` frame: a contact, a group, or the account itself. Returns the contact where it is one. */
  recipient(frame: JsonObject): AccountRef | null {
    const id = frame.text('id');
    const contact = frame.object('contact');
    const group = frame.object('group');
    if (contact !== null) {
      const name =
        joined(contact.text('systemGivenName'), contact.text('systemFamilyName')) ||
        joined(contact.object('nickname')?.text('given') ?? '', contact.object('nickname')?.text('family') ?? '') ||
        joined(contact.text('profileGivenName'), contact.text('profileFamilyName')) ||
        contact.text('username');
      const ref = this.person(contact.text('e164'), contact.text('aci') || contact.text('pni'), name, id);
      this.#byNumber.set(id, ref);
      if (contact.text('aci') !== '') this.#byAci.set(contact.text('aci'), ref);
      return ref;
    }
    if (group !== null) {
      const snapshot = group.object('snapshot');
      const title = snapshot?.object('title')?.text('title') ?? snapshot?.text('title') ?? '';
      const members = (snapshot?.list('members') ?? []).flatMap((one) => (one instanceof JsonObject ? [one.text('userId')] : []));
      this.#groups.set(id, { title, key: group.text('masterKey') || `${this.#file}/${id}`, members });
      return null;
    }
    if (frame.object('self') !== null) {
      const own = this.#accounts.own ?? this.#accounts.byName('Me');
      this.#accounts.setOwn(own);
      this.#byNumber.set(id, own);
    }
    return null;
  }

  chat(frame: JsonObject): void {
    this.#chats.set(frame.text('id'), frame.text('recipientId'));
  }

  /** A conversation as the desktop app's database has it. */
  conversation(row: JsonObject): AccountRef | null {
    const id = row.text('id');
    const name = row.text('name') || row.text('profileFullName') || row.text('profileName') || row.text('title');
    this.#chats.set(id, id);
    if (row.text('type') === 'group') {
      const listed = row.list('membersV2').length > 0 ? row.list('membersV2') : row.list('members');
      const members = listed.map((one) => (one instanceof JsonObject ? one.text('aci') || one.text('uuid') : textOf(one)));
      this.#groups.set(id, { title: name, key: row.text('groupId') || id, members });
      return null;
    }
    const aci = row.text('serviceId') || row.text('uuid');
    const ref = this.person(row.text('e164'), aci, name, id);
    this.#byNumber.set(id, ref);
    if (aci !== '') this.#byAci.set(aci, ref);
    return ref;
  }

  /** Anyone by whatever the export gives: a number first, else the service's id, else the export's own number for them. */
  person(number: string, aci: string, name: string, fallback: string): AccountRef {
    if (number !== '') return this.#accounts.byNumber(number, name);
    if (aci !== '') return this.#byAci.get(aci) ?? this.#accounts.byId(aci, name);
    return name === '' ? this.#accounts.byId(`recipient:${this.#file}/${fallback}`, '', fallback) : this.#accounts.byName(name);
  }

  /** An account by the service's id, as lines of groups name it; null for ''. */
  byAci(aci: string): AccountRef | null {
    return aci === '' ? null : this.person('', aci, '', '');
  }

  /** Tells who came and went. */
  tell(sink: EvidenceSink, changes: readonly GroupChange[], record: Pick<MembershipRecord, 'thread' | 'time' | 'place'>): void {
    for (const { change, who, by } of changes) {
      const account = this.byAci(who);
      if (account !== null) sink.membership({ ...record, account, change, by: this.byAci(by) });
    }
  }

  author(id: string): AccountRef | null {
    return id === '' ? null : (this.#byNumber.get(id) ?? this.#accounts.byId(`recipient:${this.#file}/${id}`, '', id));
  }

  thread(chatId: string): ThreadRef {
    let thread = this.#threads.get(chatId);
    if (thread === undefined) {
      const recipient = this.#chats.get(chatId) ?? '';
      const group = this.#groups.get(recipient);
      const other = this.#byNumber.get(recipient);
      const { own } = this.#accounts;
      if (group !== undefined) {
        const members = group.members.flatMap((aci) => this.#byAci.get(aci) ?? []);
        thread = {
          service: 'signal',
          key: group.key,
          isGroup: true,
          members,
          ...(group.title === '' ? {} : { name: group.title })
        };
      } else if (other !== undefined) {
        const members = [own, other].filter((ref): ref is AccountRef => ref !== null);
        thread = {
          service: 'signal',
          key: other.identifier,
          isGroup: false,
          members: [...new Set(members)],
          ...(other.name === undefined ? {} : { name: other.name })
        };
      } else thread = { service: 'signal', key: chatId === '' ? this.#file : chatId, isGroup: true, members: [] };
      this.#threads.set(chatId, thread);
    }
    return thread;
  }

  /** A conversation known by its name alone: the folder of signal-export. */
  namedThread(name: string): ThreadRef {
    let thread = this.#threads.get(`name:${name}`);
    if (thread === undefined) {
      thread = {
        service: 'signal',
        key: `chat:${this.#file}/${name}`,
        isGroup: true,
        members: [],
        ...(name === '' ? {} : { name })
      };
      this.#threads.set(`name:${name}`, thread);
    }
    return thread;
  }

  /** Writes a person of the export's list as a contact. */
  keep(sink: EvidenceSink, ref: AccountRef, itemId: string, place: SourcePlace): void {
    sink.seen('contact');
    sink.contact({ name: ref.name ?? '', accounts: [ref], service: 'signal', state: 0, confidence: 'unstated', place, itemId });
  }
}
