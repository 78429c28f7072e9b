/** Reads each of WhatsApp's databases by what it holds. */
import { told } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceQuestion } from '../contract.ts';
import type { SourceDatabase } from '../sqlite/database.ts';
import type { DatabaseReader, DatabaseSetting } from '../sqlite/database-format.ts';
import { ItemTimes } from '../time/item-times.ts';
import { AndroidCalls } from './android-calls.ts';
import { AndroidMessages } from './android-messages.ts';
import { readOldMessages } from './android-old.ts';
import { readContacts } from './contacts.ts';
import { IosCalls } from './ios-calls.ts';
import { IosMessages } from './ios-messages.ts';
import { ItemWriter } from './item-writer.ts';
import { WhatsAppPeople } from './people.ts';

/** What the parts of this reader share. */
export interface WhatsAppParts {
  readonly setting: DatabaseSetting;
  readonly people: WhatsAppPeople;
  readonly times: ItemTimes;
  readonly writer: ItemWriter;
}

export class WhatsAppReader implements DatabaseReader {
  readonly #parts: WhatsAppParts;

  constructor(setting: DatabaseSetting) {
    const people = new WhatsAppPeople(setting.options);
    const times = new ItemTimes(setting.options, setting.tally);
    this.#parts = { setting, people, times, writer: new ItemWriter(setting, people) };
  }

  async read(database: SourceDatabase, progress: (share: number) => void): Promise<void> {
    await readContacts(database, this.#parts);
    progress(0.1);
    if (database.has('ZWAMESSAGE')) {
      const messages = new IosMessages(this.#parts, database);
      const own = await messages.findOwn();
      if (own !== null) this.#sayOwn(database, own);
      await messages.read();
    }
    progress(0.5);
    if (database.has('ZWACDCALLEVENT')) await new IosCalls(this.#parts, database).read();
    if (database.has('jid')) await new AndroidMessages(this.#parts, database).read();
    progress(0.8);
    if (database.has('messages', 'key_remote_jid')) await readOldMessages(this.#parts, database);
    if (database.has('call_log')) await new AndroidCalls(this.#parts, database).read();
    progress(1);
  }

  questions(): readonly SourceQuestion[] {
    const isOpen = this.#parts.people.own === null && this.#parts.writer.messages > 0;
    return isOpen ? [{ kind: 'owner', reason: sentence('sqlite-ask-owner'), candidates: [] }] : [];
  }

  #sayOwn(database: SourceDatabase, jid: string): void {
    const { sink } = this.#parts.setting;
    const own = this.#parts.people.takeOwn(jid);
    if (own === null) return;
    sink.note({
      code: 'header-guessed',
      severity: 'note',
      ...told(sentence('sqlite-owner-taken', { where: database.where, name: own.identifier })),
      place: null
    });
    sink.seen('account');
    const path = database.path === '' ? 'ZWAMESSAGE' : `${database.path}/ZWAMESSAGE`;
    sink.account({ account: own, isOwner: true, place: { path, offset: 1, unit: 'row' } });
  }
}
