/**
 * Members of conversations as sources and dates give them: for each message those who could receive it
 * ([Note: Rosters]), and for one conversation from when until when each belonged ([Note: Dated membership]).
 */
import { membershipOf, type AccountMembership, type MembershipEvent } from '../analysis/membership/periods.ts';
import { rostersOf, type MemberGaps, type Rosters } from '../analysis/membership/rosters.ts';
import { MEMBERSHIP_CHANGES, MessageState } from '../evidence/records.ts';
import type { EvidenceStore } from '../evidence/store.ts';

const JOINED = MEMBERSHIP_CHANGES.indexOf('joined');

/** Kept by store, since lists ask for the receivers of one message after the other. */
const made = new WeakMap<EvidenceStore, { readonly revision: number; readonly rosters: Rosters }>();

/** Rosters over all committed messages, with accounts as members. */
export function accountRosters(store: EvidenceStore): Rosters {
  const { revision } = store;
  const held = made.get(store);
  if (held?.revision === revision) return held.rosters;
  const rosters = makeRosters(store);
  made.set(store, { revision, rosters });
  return rosters;
}

/** Members who could receive this message. */
export function rosterAt({ of, offsets, ids }: Rosters, message: number): Uint32Array {
  const roster = of[message]!;
  return ids.subarray(offsets[roster], offsets[roster + 1]);
}

/** The same with parties as members, each once: a person of several numbers could read while one of them was in. */
export function partyRosters(store: EvidenceStore): Rosters {
  const { offsets, ids, ...rest } = accountRosters(store);
  const partyOf = store.directory.partyColumn();
  const ends = new Uint32Array(offsets.length);
  const parties = new Uint32Array(ids.length);
  const lastIn = new Uint32Array(store.directory.partyCount);
  let length = 0;
  for (let roster = 0; roster + 1 < offsets.length; roster++) {
    for (let i = offsets[roster]!; i < offsets[roster + 1]!; i++) {
      const party = partyOf[ids[i]!]!;
      if (lastIn[party] === roster + 1) continue;
      lastIn[party] = roster + 1;
      parties[length++] = party;
    }
    ends[roster + 1] = length;
  }
  return { ...rest, offsets: ends, ids: parties.subarray(0, length) };
}

/** Periods and gaps of each account that a source dates in this conversation. */
export function datedAccounts(store: EvidenceStore, thread: number): Map<number, AccountMembership> {
  return memberships(store, (t) => t === thread).get(thread) ?? new Map<number, AccountMembership>();
}

function makeRosters(store: EvidenceStore): Rosters {
  const { directory, messages, committed } = store;
  const offsets = new Uint32Array(directory.threads.length + 1);
  for (const [t, { members }] of directory.threads.entries()) offsets[t + 1] = offsets[t]! + members.length;
  const ids = new Uint32Array(offsets[directory.threads.length]!);
  for (const [t, { members }] of directory.threads.entries()) ids.set(members, offsets[t]);
  const gaps: MemberGaps[] = [];
  for (const [thread, accounts] of memberships(store, () => true))
    for (const [member, one] of accounts) gaps.push({ thread, member, gaps: one.gaps });
  return rostersOf({
    members: { offsets, ids },
    gaps,
    thread: messages.thread.view(0, committed.messages) as Uint32Array,
    utcMs: messages.time.utcMs.view(0, committed.messages) as Float64Array
  });
}

/** By conversation and account. Reads the messages once, and not at all where no source dates anybody. */
function memberships(store: EvidenceStore, isWanted: (thread: number) => boolean): Map<number, Map<number, AccountMembership>> {
  const { memberships: table, messages, directory, committed } = store;
  const events = new Map<number, Map<number, MembershipEvent[]>>();
  for (let row = 0; row < committed.memberships; row++) {
    const thread = table.thread.at(row);
    if (!isWanted(thread)) continue;
    let byAccount = events.get(thread);
    if (byAccount === undefined) events.set(thread, (byAccount = new Map<number, MembershipEvent[]>()));
    const event = { row, atMs: table.time.utcMs.at(row), isJoin: table.change.at(row) === JOINED };
    const held = byAccount.get(table.account.at(row));
    if (held === undefined) byAccount.set(table.account.at(row), [event]);
    else held.push(event);
  }
  if (events.size === 0) return new Map();
  const isDated = new Uint8Array(directory.threads.length);
  for (const thread of events.keys()) isDated[thread] = 1;
  const wrote = new Map<string, number[]>();
  const threadOf = messages.thread.view(0, committed.messages);
  for (let id = 0; id < threadOf.length; id++) {
    const thread = threadOf[id]!;
    if (isDated[thread] === 0 || (messages.state.at(id) & MessageState.system) !== 0) continue;
    const account = messages.from.at(id);
    const ms = messages.time.utcMs.at(id);
    if (Number.isNaN(ms) || !events.get(thread)!.has(account)) continue;
    const key = `${thread} ${account}`;
    const held = wrote.get(key);
    if (held === undefined) wrote.set(key, [ms]);
    else held.push(ms);
  }
  const found = new Map<number, Map<number, AccountMembership>>();
  for (const [thread, byAccount] of events) {
    const accounts = new Map<number, AccountMembership>();
    for (const [account, rows] of byAccount) {
      const times = (wrote.get(`${thread} ${account}`) ?? []).sort((x, y) => x - y);
      accounts.set(account, membershipOf(rows, times));
    }
    found.set(thread, accounts);
  }
  return found;
}
