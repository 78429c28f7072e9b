/** Conversations and senders as parties, for kernels that count people. */
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore } from '../evidence/store.ts';

/** Members of thread t, each once: ids[offsets[t] .. offsets[t + 1]). */
export function threadMembers({ directory }: EvidenceStore): { readonly offsets: Uint32Array; readonly ids: Uint32Array } {
  const partyOf = directory.partyColumn();
  const offsets = new Uint32Array(directory.threads.length + 1);
  const ids: number[] = [];
  for (const [t, thread] of directory.threads.entries()) {
    for (const party of new Set(thread.members.map((account) => partyOf[account] as number))) ids.push(party);
    offsets[t + 1] = ids.length;
  }
  return { offsets, ids: Uint32Array.from(ids) };
}

/** Party that wrote each message; the number of parties itself where nobody is named. */
export function senderColumn({ messages, directory, committed }: EvidenceStore): Uint32Array {
  const partyOf = directory.partyColumn();
  const nobody = directory.partyCount;
  return (messages.from.view(0, committed.messages) as Uint32Array).map((account) =>
    account === NONE ? nobody : (partyOf[account] as number)
  );
}
