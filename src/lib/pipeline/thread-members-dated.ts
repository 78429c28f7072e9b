/**
 * Who belongs to a conversation: from when until when, where a source states it, and the first and last line of each there.
 * Somebody whom no source dates is known from lines alone, and that says nothing of when they came or went.
 */
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { MemberRow } from './contract.ts';
import type { MemberPeriod, MembershipEnd } from './membership-contract.ts';
import { datedAccounts } from './rosters.ts';

interface Span {
  firstMs: number | null;
  lastMs: number | null;
  written: number;
  readonly periods: MemberPeriod[];
}

export function threadMembersDated(store: EvidenceStore, thread: number): MemberRow[] {
  const { messages, directory, committed } = store;
  const spans = new Map<number, Span>();
  for (const account of directory.threads[thread]?.members ?? []) {
    spans.set(directory.partyOf(account), { firstMs: null, lastMs: null, written: 0, periods: [] });
  }
  for (const [account, { periods }] of datedAccounts(store, thread)) {
    const span = spans.get(directory.partyOf(account));
    for (const { from, until } of periods) span?.periods.push({ from: endAt(store, from), until: endAt(store, until) });
  }
  const threadOf = messages.thread.view(0, committed.messages);
  for (let id = 0; id < threadOf.length; id++) {
    if (threadOf[id] !== thread) continue;
    const span = spans.get(directory.partyOf(messages.from.at(id)));
    if (span === undefined) continue;
    span.written++;
    const ms = messages.time.utcMs.at(id);
    if (Number.isNaN(ms)) continue;
    span.firstMs = Math.min(span.firstMs ?? ms, ms);
    span.lastMs = Math.max(span.lastMs ?? ms, ms);
  }
  return [...spans].map(([party, span]) => ({ id: party, label: directory.label(party), ...span }));
}

function endAt({ memberships, directory, sources }: EvidenceStore, row: number | null): MembershipEnd | null {
  if (row === null) return null;
  const ms = memberships.time.utcMs.at(row);
  const by = memberships.by.at(row);
  const message = memberships.message.at(row);
  return {
    utcMs: Number.isNaN(ms) ? null : ms,
    timeRaw: memberships.time.raw.at(row),
    byLabel: by === NONE ? '' : directory.label(directory.partyOf(by)),
    message: message === NONE ? null : message,
    fileName: sources[memberships.place.source.at(row)]?.name ?? ''
  };
}
