/** Ties from address books: the people whose files hold an entry, and the people whom it names. */
import type { EvidenceStore, StoredContact } from '../evidence/store.ts';
import { caseDevices, deviceOfSource } from './case-devices.ts';
import { PairsFound, recordProvenance } from './found-pairs.ts';
import type { AddressBookTie } from './tie-contract.ts';

/** Rows of one tie that are named. */
const NAMED_ROWS = 4;

interface Found {
  readonly entries: StoredContact[];
  inBookOfA: number;
  inBookOfB: number;
}

/**
 * An address book is that of the accounts which the files of its device call their own. An entry of a device without
 * such an account ties nobody and is counted.
 */
export function addressBookTies(store: EvidenceStore): { ties: AddressBookTie[]; unowned: number } {
  const { directory, others, sources } = store;
  const devices = caseDevices(store);
  const deviceOf = deviceOfSource(devices);
  const ownersOf = devices.map(({ owners }) => new Set(owners.map(({ id }) => id)));
  const pairs = new PairsFound<Found>(() => ({ entries: [], inBookOfA: 0, inBookOfB: 0 }));
  let unowned = 0;
  for (const record of others) {
    if (record.kind !== 'contact' || record.source >= sources.length) continue;
    const owners = ownersOf[deviceOf.get(record.source)!]!;
    if (owners.size === 0) {
      unowned++;
      continue;
    }
    const named = new Set(record.accounts.map((account) => directory.partyOf(account)));
    for (const owner of owners)
      for (const party of named) {
        if (owners.has(party)) continue;
        const found = pairs.at(owner, party);
        found.entries.push(record);
        if (owner < party) found.inBookOfA++;
        else found.inBookOfB++;
      }
  }
  const ties = pairs.all().map(({ a, b, found }): AddressBookTie => ({
    kind: 'address-book',
    a: { id: a, label: directory.label(a) },
    b: { id: b, label: directory.label(b) },
    inBookOfA: found.inBookOfA,
    inBookOfB: found.inBookOfB,
    rows: found.entries.slice(0, NAMED_ROWS).map((entry) => ({
      words: entry.name,
      utcMs: null,
      timeRaw: '',
      provenance: recordProvenance(store, entry)
    })),
    rowCount: found.entries.length
  }));
  // In each other's address book first: that both kept the other's number says more than that one did.
  const isMutual = (tie: AddressBookTie): number => Number(tie.inBookOfA > 0 && tie.inBookOfB > 0);
  ties.sort((x, y) => isMutual(y) - isMutual(x) || y.rowCount - x.rowCount || x.a.id - y.a.id || x.b.id - y.b.id);
  return { ties, unowned };
}
