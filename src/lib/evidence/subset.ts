/**
 * Some messages of a store as a store of their own, for another officer: with the accounts, conversations and files that
 * they name, and with every place that holds them. Calls, contacts, positions and other items of the files are not
 * taken along; nor are names that only a file without one of these messages gives.
 */
import { accountId, NONE, utcMs } from './ids.ts';
import type { TimeColumns } from './message-table.ts';
import { CONFIDENCES, DIRECTIONS, MEMBERSHIP_CHANGES, TIME_BASES, type EvidenceTime, type SourcePlace } from './records.ts';
import { EvidenceStore, type StoredGeneric } from './store.ts';

export interface Subset {
  readonly store: EvidenceStore;
  /** The new number of a message by its old one. */
  readonly numberOf: ReadonlyMap<number, number>;
}

/** @param messages numbers in the store; their order there is kept */
export function subsetOf(whole: EvidenceStore, messages: Iterable<number>): Subset {
  const chosen = [...new Set(messages)].sort((a, b) => a - b);
  const store = new EvidenceStore();
  const taken = new Taken(whole, store);
  const numberOf = new Map<number, number>();
  const table = whole.messages;
  for (const old of chosen) {
    const [firstAttachment, endAttachment] = table.attachmentRange(old);
    const place = table.place.at(old);
    const number = store.messages.push({
      time: timeIn(whole.messages.time, old),
      service: store.services.number(whole.services.at(table.service.at(old))),
      thread: taken.thread(table.thread.at(old)),
      from: taken.account(table.from.at(old)),
      to: Array.from(table.to.at(old), (account) => taken.account(account)),
      direction: DIRECTIONS[table.direction.at(old)] ?? 'unknown',
      state: table.state.at(old),
      confidence: CONFIDENCES[table.confidence.at(old)] ?? 'unstated',
      body: table.body.at(old),
      attachments: endAttachment - firstAttachment,
      source: taken.source(place.source),
      place: place.place,
      itemId: place.itemId
    });
    store.attachments.push(...whole.attachments.slice(firstAttachment, endAttachment));
    numberOf.set(old, number);
  }
  for (let row = 0; row < whole.copies.length; row++) {
    const number = numberOf.get(whole.copies.message.at(row));
    if (number === undefined) continue;
    const { source, place, itemId } = whole.copies.place.at(row);
    store.copies.message.push(number);
    store.copies.place.push(taken.source(source), place, itemId);
  }
  takeMemberships(whole, store, numberOf, taken);
  takeDetails(whole, store, chosen, taken);
  taken.finish();
  return { store, numberOf };
}

/** Who came and went, where the message that says so is taken along. */
function takeMemberships(whole: EvidenceStore, store: EvidenceStore, numberOf: ReadonlyMap<number, number>, taken: Taken): void {
  const { memberships } = whole;
  for (let row = 0; row < whole.committed.memberships; row++) {
    const message = numberOf.get(memberships.message.at(row));
    if (message === undefined) continue;
    const { source, place } = memberships.place.at(row);
    store.memberships.push({
      thread: taken.thread(memberships.thread.at(row)),
      account: taken.account(memberships.account.at(row)),
      change: MEMBERSHIP_CHANGES[memberships.change.at(row)] ?? 'joined',
      by: taken.account(memberships.by.at(row)),
      time: timeIn(memberships.time, row),
      message,
      source: taken.source(source),
      place
    });
  }
}

/** Fields that stand beside a message, at the same place: answers, reactions, text before a repair. */
function takeDetails(whole: EvidenceStore, store: EvidenceStore, chosen: readonly number[], taken: Taken): void {
  const key = (source: number, { path, offset, unit }: SourcePlace): string => JSON.stringify([source, path, offset, unit]);
  const places = new Set(
    chosen.map((message) => {
      const { source, place } = whole.messages.place.at(message);
      return key(source, place);
    })
  );
  const isDetail = (record: (typeof whole.others)[number]): record is StoredGeneric =>
    record.kind === 'generic' && places.has(key(record.source, record.place));
  for (const detail of whole.others.filter(isDetail)) store.pushOther({ ...detail, source: taken.source(detail.source) });
}

function timeIn(time: TimeColumns, row: number): EvidenceTime {
  const at = time.utcMs.at(row);
  return {
    raw: time.raw.at(row),
    utcMs: Number.isNaN(at) ? null : utcMs(at),
    basis: TIME_BASES[time.basis.at(row)] ?? 'unknown'
  };
}

/** Gives numbers to what is named, in the order in which it is met. */
class Taken {
  readonly #whole: EvidenceStore;
  readonly #store: EvidenceStore;
  readonly #accounts = new Map<number, number>();
  readonly #threads = new Map<number, number>();
  readonly #sources = new Map<number, number>();

  constructor(whole: EvidenceStore, store: EvidenceStore) {
    this.#whole = whole;
    this.#store = store;
  }

  account(old: number): number {
    return old === NONE ? NONE : numbered(this.#accounts, old);
  }

  thread(old: number): number {
    for (const member of this.#whole.directory.threads[old]?.members ?? []) this.account(member);
    return numbered(this.#threads, old);
  }

  source(old: number): number {
    return numbered(this.#sources, old);
  }

  /** Writes the directory and the list of files, once everything was met. */
  finish(): void {
    const { directory, sources } = this.#whole;
    this.#store.sources.push(...[...this.#sources.keys()].flatMap((old) => sources[old] ?? []));
    const known = ({ source }: { readonly source: number }): boolean => this.#sources.has(source);
    const accounts = [...this.#accounts.keys()].flatMap((old) => directory.accounts[old] ?? []);
    const threads = [...this.#threads.keys()].flatMap((old) => directory.threads[old] ?? []);
    this.#store.directory.restore({
      accounts: accounts.map((account) => ({
        ...account,
        rawIdentifiers: [...account.rawIdentifiers],
        names: account.names.filter(known).map((name) => ({ ...name, source: this.source(name.source) })),
        ownerOf: account.ownerOf.filter((source) => known({ source })).map((source) => this.source(source))
      })),
      threads: threads.map((thread) => ({
        ...thread,
        members: thread.members.map((member) => accountId(this.account(member)))
      }))
    });
    this.#store.commit();
  }
}

function numbered(numbers: Map<number, number>, old: number): number {
  const known = numbers.get(old);
  if (known !== undefined) return known;
  numbers.set(old, numbers.size);
  return numbers.size - 1;
}
