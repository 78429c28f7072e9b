/** Messages of each conversation, side by side. */
import type { EvidenceStore } from '../evidence/store.ts';

/** Messages by conversation, each in the order of the case, and where each conversation begins; one more is the end. */
export interface ConversationRows {
  readonly rows: Uint32Array;
  readonly begins: Uint32Array;
}

export function conversationRows(store: EvidenceStore): ConversationRows {
  const count = store.committed.messages;
  const thread = store.messages.thread.view(0, count);
  const begins = new Uint32Array(store.directory.threads.length + 1);
  for (const t of thread) begins[t + 1] = (begins[t + 1] as number) + 1;
  for (let t = 1; t < begins.length; t++) begins[t] = (begins[t] as number) + (begins[t - 1] as number);
  const next = begins.slice();
  const rows = new Uint32Array(count);
  thread.forEach((t, row) => {
    const at = next[t] as number;
    rows[at] = row;
    next[t] = at + 1;
  });
  return { rows, begins };
}
