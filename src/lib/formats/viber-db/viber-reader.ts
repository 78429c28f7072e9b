/** Reads each of Viber's databases by what it holds. */
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceQuestion } from '../contract.ts';
import type { DatabaseReader, DatabaseSetting } from '../sqlite/database-format.ts';
import type { SourceDatabase } from '../sqlite/database.ts';
import { ItemTimes } from '../time/item-times.ts';
import { readCalls } from './android-calls.ts';
import { AndroidMessages } from './android-messages.ts';
import { DesktopMessages } from './desktop-messages.ts';
import { IosMessages } from './ios-messages.ts';
import { ItemWriter } from './item-writer.ts';
import { ViberPeople } from './people.ts';
import { readPhoneBook } from './phone-book.ts';

/** What the parts of this reader share. */
export interface ViberParts {
  readonly setting: DatabaseSetting;
  readonly people: ViberPeople;
  readonly times: ItemTimes;
  readonly writer: ItemWriter;
}

export class ViberReader implements DatabaseReader {
  readonly #parts: ViberParts;

  constructor(setting: DatabaseSetting) {
    const people = new ViberPeople(setting.options, setting.file);
    const times = new ItemTimes(setting.options, setting.tally);
    this.#parts = { setting, people, times, writer: new ItemWriter(setting, people) };
  }

  async read(database: SourceDatabase, progress: (share: number) => void): Promise<void> {
    await readPhoneBook(database, this.#parts);
    progress(0.2);
    if (database.has('calls')) await readCalls(database, this.#parts);
    progress(0.4);
    if (database.has('participants_info')) await new AndroidMessages(this.#parts, database).read();
    if (database.has('ZVIBERMESSAGE')) await new IosMessages(this.#parts, database).read();
    if (database.has('ChatInfo')) await new DesktopMessages(this.#parts, database).read();
    progress(1);
  }

  questions(): readonly SourceQuestion[] {
    const { people, writer } = this.#parts;
    if (people.own !== null || writer.items === 0) return [];
    return [{ kind: 'owner', reason: sentence('sqlite-ask-owner'), candidates: [] }];
  }
}
