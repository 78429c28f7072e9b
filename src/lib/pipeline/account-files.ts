/** In which files each account stands: as sender, member, recipient, caller, name, entry or owner. */
import type { Pace } from '../analysis/pace.ts';
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore } from '../evidence/store.ts';

/** Rows between two looks at the clock. */
const ROWS_A_TURN = 1 << 14;

/**
 * Numbers of the sources of an account, ascending.
 * @throws the signal's reason when the pace was aborted
 */
export async function accountFiles(store: EvidenceStore, pace: Pace): Promise<(account: number) => readonly number[]> {
  const { messages, copies, calls, callCopies, directory, others, sources, committed } = store;
  const width = Math.max(1, sources.length);
  // Pairs of account and source, and of thread and source, each as one number.
  const seen = new Set<number>();
  const threads = new Set<number>();
  const note = (account: number, source: number): void => {
    if (account !== NONE && source < width) seen.add(account * width + source);
  };
  const noteMessage = (id: number, source: number): void => {
    note(messages.from.at(id), source);
    threads.add(messages.thread.at(id) * width + source);
    for (const account of messages.to.at(id)) note(account, source);
  };
  const noteCall = (id: number, source: number): void => {
    note(calls.from.at(id), source);
    for (const account of calls.to.at(id)) note(account, source);
  };
  for (let id = 0; id < committed.messages; id++) {
    if (id % ROWS_A_TURN === 0 && pace.due()) await pace.breathe(id / committed.messages);
    noteMessage(id, messages.place.source.at(id));
  }
  for (let i = 0; i < copies.length; i++) {
    if (i % ROWS_A_TURN === 0 && pace.due()) await pace.breathe(1);
    if (copies.message.at(i) < committed.messages) noteMessage(copies.message.at(i), copies.place.source.at(i));
  }
  for (let id = 0; id < committed.calls; id++) noteCall(id, calls.place.source.at(id));
  for (let i = 0; i < callCopies.length; i++)
    if (callCopies.message.at(i) < committed.calls) noteCall(callCopies.message.at(i), callCopies.place.source.at(i));
  for (const pair of threads) {
    const thread = directory.threads[Math.floor(pair / width)];
    for (const member of thread?.members ?? []) note(member, pair % width);
  }
  for (const other of others) {
    if (other.kind === 'contact') for (const account of other.accounts) note(account, other.source);
    else if (other.kind === 'account') note(other.account, other.source);
  }
  for (const [account, { names, ownerOf }] of directory.accounts.entries()) {
    for (const { source } of names) note(account, source);
    for (const source of ownerOf) note(account, source);
  }
  const byAccount = new Map<number, number[]>();
  for (const pair of seen) {
    const account = Math.floor(pair / width);
    const list = byAccount.get(account);
    if (list === undefined) byAccount.set(account, [pair % width]);
    else list.push(pair % width);
  }
  for (const list of byAccount.values()) list.sort((x, y) => x - y);
  return (account) => byAccount.get(account) ?? [];
}
