/** Parties by volume, in one pass over the selected rows. Counts only: nothing here judges a person. */
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { PartyRow } from './contract.ts';
import { partyRosters, rosterAt } from './rosters.ts';
import { receivers } from './rows.ts';

/** Counts for the parties of the given messages and calls, most messages first, ties by label. */
export function partyRows(
  store: EvidenceStore,
  messageIds: Uint32Array,
  callIds: Uint32Array,
  communityOf: (party: number) => number | null
): PartyRow[] {
  const { directory, messages, calls } = store;
  const n = directory.partyCount;
  const sent = new Uint32Array(n);
  const received = new Uint32Array(n);
  const callCount = new Uint32Array(n);
  const callSeconds = new Float64Array(n);
  const first = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const last = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  const threads = new ThreadCounter(n, directory.threads.length);
  const seenAt = (party: number, utcMs: number): void => {
    if (Number.isNaN(utcMs)) return;
    if (utcMs < (first[party] as number)) first[party] = utcMs;
    if (utcMs > (last[party] as number)) last[party] = utcMs;
  };
  const rosters = partyRosters(store);
  for (const id of messageIds) {
    const thread = messages.thread.at(id);
    const utcMs = messages.time.utcMs.at(id);
    const from = messages.from.at(id);
    const sender = directory.partyOf(from);
    if (sender !== NONE) {
      sent[sender] = (sent[sender] as number) + 1;
      seenAt(sender, utcMs);
      threads.add(sender, thread);
    }
    const to = messages.to.at(id).length > 0 ? receivers(store, id) : rosterAt(rosters, id);
    for (const party of to) {
      if (party === sender) continue;
      received[party] = (received[party] as number) + 1;
      seenAt(party, utcMs);
      threads.add(party, thread);
    }
  }
  for (const id of callIds) {
    const utcMs = calls.time.utcMs.at(id);
    const duration = calls.duration_s.at(id);
    for (const party of new Set([calls.from.at(id), ...calls.to.at(id)].map((account) => directory.partyOf(account)))) {
      if (party === NONE) continue;
      callCount[party] = (callCount[party] as number) + 1;
      if (!Number.isNaN(duration)) callSeconds[party] = (callSeconds[party] as number) + duration;
      seenAt(party, utcMs);
    }
  }
  const order = Uint32Array.from({ length: n }, (_, i) => i).filter(
    (p) => (sent[p] as number) + (received[p] as number) + (callCount[p] as number) > 0
  );
  const volume = (p: number): number => (sent[p] as number) + (received[p] as number) + (callCount[p] as number);
  order.sort((a, b) => volume(b) - volume(a) || a - b);
  return Array.from(order, (party) => ({
    ...describeParty(store, party),
    sent: sent[party] as number,
    received: received[party] as number,
    calls: callCount[party] as number,
    callSeconds: callSeconds[party] as number,
    threads: threads.count(party),
    firstMs: Number.isFinite(first[party]) ? (first[party] as number) : null,
    lastMs: Number.isFinite(last[party]) ? (last[party] as number) : null,
    community: communityOf(party)
  }));
}

function describeParty(
  store: EvidenceStore,
  party: number
): Pick<PartyRow, 'id' | 'label' | 'identifiers' | 'services' | 'names' | 'isOwnerOf' | 'isJoined'> {
  const accounts = store.directory.accountsOf(party).map((id) => store.directory.accounts[id]);
  const identifiers = new Set<string>();
  const services = new Set<string>();
  const names = new Map<string, { name: string; from: string }>();
  const isOwnerOf = new Set<string>();
  for (const account of accounts) {
    if (account === undefined) continue;
    services.add(account.service);
    if (account.e164 !== null) identifiers.add(account.e164);
    else for (const raw of account.rawIdentifiers) identifiers.add(raw);
    for (const { name, origin, source } of account.names) {
      const file = store.sources[source]?.name ?? '';
      names.set(`${name}\n${origin}\n${file}`, { name, from: `${origin}:${file}` });
    }
    for (const source of account.ownerOf) isOwnerOf.add(store.sources[source]?.name ?? '');
  }
  return {
    id: party,
    label: store.directory.label(party),
    identifiers: [...identifiers],
    services: [...services],
    names: [...names.values()],
    isOwnerOf: [...isOwnerOf],
    isJoined: store.directory.joinedWith(party).length > 1
  };
}

/** Distinct threads of each party. */
class ThreadCounter {
  readonly #seen = new Set<number>();
  readonly #counts: Uint32Array;
  readonly #threads: number;

  constructor(parties: number, threads: number) {
    this.#counts = new Uint32Array(parties);
    this.#threads = Math.max(1, threads);
  }

  add(party: number, thread: number): void {
    const key = party * this.#threads + thread;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#counts[party] = (this.#counts[party] as number) + 1;
  }

  count(party: number): number {
    return this.#counts[party] as number;
  }
}
