/** Which identifiers a case holds, and how often, when and in which files each occurs. Reads no text and no name. */
import { identifierOfAccount, identifiersOfFact, type IdentifierKind } from '../analysis/crosscase/identifier.ts';
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore } from '../evidence/store.ts';

export interface IdentifierUse {
  /** Messages that it wrote or that were written to it, the conversation's other members included. */
  readonly messages: number;
  readonly calls: number;
  /** Address book entries with it. */
  readonly contacts: number;
  /** A file calls it its device's own. */
  readonly isOwn: boolean;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** Files that hold it, with the messages, calls, entries and facts of each. */
  readonly files: readonly { readonly name: string; readonly count: number }[];
}

export interface CaseIdentifier extends IdentifierUse {
  readonly key: string;
  readonly kind: IdentifierKind;
  /** Parties that have it, for a filter; none for devices and cards. */
  readonly parties: readonly number[];
}

interface Tally {
  readonly key: string;
  readonly kind: IdentifierKind;
  readonly parties: Set<number>;
  isOwn: boolean;
  messages: number;
  calls: number;
  contacts: number;
  firstMs: number;
  lastMs: number;
  readonly files: Map<number, number>;
}

/** By key, ascending. One pass over messages, calls and the smaller records of finished imports. */
export function caseIdentifiers(store: EvidenceStore): CaseIdentifier[] {
  const tallies = new Map<string, Tally>();
  const tallyOf = ({ key, kind }: { key: string; kind: IdentifierKind }): Tally => {
    let tally = tallies.get(key);
    if (tally === undefined) {
      tally = {
        key,
        kind,
        parties: new Set(),
        isOwn: false,
        messages: 0,
        calls: 0,
        contacts: 0,
        firstMs: Infinity,
        lastMs: -Infinity,
        files: new Map()
      };
      tallies.set(key, tally);
    }
    return tally;
  };
  const { directory, sources } = store;
  // The accounts of an import under way may still be taken back.
  const ofAccount = directory.accounts.slice(0, store.committed.accounts).map((account, id) => {
    const identifier = identifierOfAccount(account);
    if (identifier === null) return null;
    const tally = tallyOf(identifier);
    tally.parties.add(directory.partyOf(id));
    if (account.ownerOf.some((source) => source < sources.length)) tally.isOwn = true;
    return tally;
  });
  countMessages(store, ofAccount);
  countCalls(store, ofAccount);
  for (const record of store.others) {
    if (record.kind === 'contact') {
      for (const tally of distinct(record.accounts, ofAccount)) {
        tally.contacts++;
        inFile(tally, record.source, 1);
      }
    } else if (record.kind === 'account') {
      const tally = ofAccount[record.account];
      if (tally !== null && tally !== undefined) inFile(tally, record.source, 1);
    } else if (record.kind === 'generic') {
      for (const [name, value] of namedTexts(record.fields))
        for (const identifier of identifiersOfFact(name, value)) inFile(tallyOf(identifier), record.source, 1);
    }
  }
  for (const [source, { devices }] of sources.entries())
    for (const { name, value } of devices)
      for (const identifier of identifiersOfFact(name, value)) {
        const tally = tallyOf(identifier);
        tally.isOwn = true;
        inFile(tally, source, 1);
      }
  return [...tallies.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ parties, firstMs, lastMs, files, ...rest }) => ({
      ...rest,
      parties: [...parties].sort((a, b) => a - b),
      firstMs: Number.isFinite(firstMs) ? firstMs : null,
      lastMs: Number.isFinite(lastMs) ? lastMs : null,
      files: [...files]
        .filter(([source]) => source < sources.length)
        .sort(([a], [b]) => a - b)
        .map(([source, count]) => ({ name: sources[source]!.name, count }))
    }));
}

/**
 * Most messages name no recipients: all members of their conversation stand in them. Those are counted by conversation
 * and file first, and then once for each member, so that a group of hundreds costs what a pair does.
 */
function countMessages(store: EvidenceStore, ofAccount: readonly (Tally | null)[]): void {
  const { messages, copies, directory, committed, sources } = store;
  const { threads } = directory;
  const width = sources.length + 1;
  const counts = new Uint32Array(threads.length);
  const first = new Float64Array(threads.length).fill(Infinity);
  const last = new Float64Array(threads.length).fill(-Infinity);
  const inFiles = new Map<number, number>();
  const named = new Map<number, readonly (Tally | null)[]>();
  for (let id = 0; id < committed.messages; id++) {
    const utcMs = messages.time.utcMs.at(id);
    const source = messages.place.source.at(id);
    const to = messages.to.at(id);
    if (to.length > 0) {
      const ends = distinct([messages.from.at(id), ...to], ofAccount);
      for (const tally of ends) {
        tally.messages++;
        inFile(tally, source, 1);
        seenAt(tally, utcMs);
      }
      named.set(id, ends);
      continue;
    }
    const thread = messages.thread.at(id);
    counts[thread]!++;
    if (utcMs < first[thread]!) first[thread] = utcMs;
    if (utcMs > last[thread]!) last[thread] = utcMs;
    const key = thread * width + source;
    inFiles.set(key, (inFiles.get(key) ?? 0) + 1);
  }
  for (let i = 0; i < copies.length; i++) {
    const id = copies.message.at(i);
    if (id >= committed.messages) continue;
    const source = copies.place.source.at(i);
    const ends = named.get(id);
    if (ends !== undefined) for (const tally of ends) inFile(tally!, source, 1);
    else {
      const key = messages.thread.at(id) * width + source;
      inFiles.set(key, (inFiles.get(key) ?? 0) + 1);
    }
  }
  const ends = threads.map(({ members }) => distinct(members, ofAccount));
  for (const [thread, tallies] of ends.entries()) {
    for (const tally of tallies) {
      tally.messages += counts[thread]!;
      seenAt(tally, first[thread]!);
      seenAt(tally, last[thread]!);
    }
  }
  for (const [key, count] of inFiles) for (const tally of ends[Math.floor(key / width)] ?? []) inFile(tally, key % width, count);
}

function countCalls({ calls, committed }: EvidenceStore, ofAccount: readonly (Tally | null)[]): void {
  for (let id = 0; id < committed.calls; id++) {
    for (const tally of distinct([calls.from.at(id), ...calls.to.at(id)], ofAccount)) {
      tally.calls++;
      inFile(tally, calls.place.source.at(id), 1);
      seenAt(tally, calls.time.utcMs.at(id));
    }
  }
}

function distinct(accounts: Iterable<number>, ofAccount: readonly (Tally | null)[]): Tally[] {
  const found = new Set<Tally>();
  for (const account of accounts) {
    const tally = account === NONE ? null : ofAccount[account];
    if (tally !== null && tally !== undefined) found.add(tally);
  }
  return [...found];
}

function inFile(tally: Tally, source: number, count: number): void {
  tally.files.set(source, (tally.files.get(source) ?? 0) + count);
}

function seenAt(tally: Tally, utcMs: number): void {
  if (!Number.isFinite(utcMs)) return;
  if (utcMs < tally.firstMs) tally.firstMs = utcMs;
  if (utcMs > tally.lastMs) tally.lastMs = utcMs;
}

/** Named texts of a record, also where a report gives them as two fields, `Name` and `Value`. */
export function namedTexts(fields: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const named = new Map(fields.map(([name, value]) => [name.toLowerCase(), value]));
  const [name, value] = [named.get('name'), named.get('value')];
  return name === undefined || value === undefined ? fields : [...fields, [name, value]];
}
