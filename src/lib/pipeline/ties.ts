/** The evidence as the network kernels want it: party columns for messages and calls, thread members as rows. */
import { aggregate, hyperEdges, type HyperEdge, type PairList, type ThreadMembers } from '../analysis/network/events.ts';
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { partyRosters } from './rosters.ts';

/** Event columns of a whole case. Messages come first, then calls: the event of call c is `messages + c`. */
export interface TieEvents {
  readonly parties: number;
  readonly messages: number;
  readonly from: Uint32Array;
  readonly thread: Uint32Array;
  readonly isCall: Uint8Array;
  readonly members: ThreadMembers;
  /** The same by those who could receive each event: `thread` and `members` themselves where no source dates anybody. */
  readonly roster: Uint32Array;
  readonly rosters: ThreadMembers;
}

/**
 * A call has no thread in the evidence; here the people of a call make one, so that a call between two weighs like a
 * message between two and a conference call is shared like a group message.
 */
export function tieEvents(store: EvidenceStore): TieEvents {
  const { messages, calls, directory, committed } = store;
  const partyOf = directory.partyColumn();
  const count = committed.messages + committed.calls;
  const from = new Uint32Array(count);
  const thread = new Uint32Array(count);
  const isCall = new Uint8Array(count);
  const senders = messages.from.view(0, committed.messages);
  for (let i = 0; i < senders.length; i++) from[i] = senders[i] === NONE ? NONE : (partyOf[senders[i] as number] as number);
  thread.set(messages.thread.view(0, committed.messages));
  const members = directory.threads.map((t) => t.members.map((account) => partyOf[account] as number));
  const callThreads = new Map<string, number>();
  for (let c = 0; c < committed.calls; c++) {
    const caller = calls.from.at(c);
    const people = [caller, ...calls.to.at(c)].filter((account) => account !== NONE).map((account) => partyOf[account] as number);
    const key = [...new Set(people)].sort((a, b) => a - b).join(',');
    let number = callThreads.get(key);
    if (number === undefined) {
      number = members.length;
      callThreads.set(key, number);
      members.push(people);
    }
    from[committed.messages + c] = caller === NONE ? NONE : (partyOf[caller] as number);
    thread[committed.messages + c] = number;
    isCall[committed.messages + c] = 1;
  }
  const all = toRows(members);
  const events = { parties: directory.partyCount, messages: committed.messages, from, thread, isCall, members: all };
  return { ...events, ...dated(store, thread, all) };
}

/** Rosters of conversations behind the conversations and the calls, so that the numbers of these stay as they are. */
function dated(store: EvidenceStore, thread: Uint32Array, all: ThreadMembers): Pick<TieEvents, 'roster' | 'rosters'> {
  const made = partyRosters(store);
  const first = made.threads;
  if (made.thread.length === first) return { roster: thread, rosters: all };
  const shift = all.offsets.length - 1 - first;
  const roster = thread.slice();
  for (const [row, number] of made.of.entries()) if (number >= first) roster[row] = number + shift;
  const own = made.offsets.subarray(first + 1);
  const end = all.offsets.at(-1)!;
  const start = made.offsets[first]!;
  const offsets = new Uint32Array(all.offsets.length + own.length);
  offsets.set(all.offsets);
  offsets.set(
    own.map((offset) => end + offset - start),
    all.offsets.length
  );
  const ids = new Uint32Array(offsets.at(-1)!);
  ids.set(all.ids);
  ids.set(made.ids.subarray(start), end);
  const whole = Uint32Array.from({ length: offsets.length - 1 }, (_, row) =>
    row < all.offsets.length - 1 ? row : made.thread[row - shift]!
  );
  return { roster, rosters: { offsets, ids, whole } };
}

/** Ties over the given messages and calls. */
export function ties(events: TieEvents, messageIds: Uint32Array, callIds: Uint32Array): PairList {
  const { parties, from, isCall, roster, rosters } = events;
  const columns = { count: from.length, from, thread: roster, isCall };
  return aggregate(parties, columns, rosters, { rows: rowsOf(events, messageIds, callIds) });
}

/** The groups among the given messages and calls, each as one edge over all of its people. */
export function groupTies(events: TieEvents, messageIds: Uint32Array, callIds: Uint32Array): HyperEdge[] {
  const { parties, from, thread, isCall, members } = events;
  const columns = { count: from.length, from, thread, isCall };
  return hyperEdges(parties, columns, members, rowsOf(events, messageIds, callIds));
}

function rowsOf(events: TieEvents, messageIds: Uint32Array, callIds: Uint32Array): Uint32Array {
  const rows = new Uint32Array(messageIds.length + callIds.length);
  rows.set(messageIds);
  for (let i = 0; i < callIds.length; i++) rows[messageIds.length + i] = events.messages + (callIds[i] as number);
  return rows;
}

function toRows(lists: readonly (readonly number[])[]): { offsets: Uint32Array; ids: Uint32Array } {
  const offsets = new Uint32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) offsets[i + 1] = (offsets[i] as number) + list.length;
  const ids = new Uint32Array(offsets[lists.length] as number);
  for (const [i, list] of lists.entries()) ids.set(list, offsets[i]);
  return { offsets, ids };
}
