import { timeOrder } from '../lib/analysis/filter/time-order.ts';
import type { EvidenceStore } from '../lib/evidence/store.ts';

/** All messages in order of time, undated ones last. */
export function timedFirst({ messages, committed }: EvidenceStore): Uint32Array {
  return timeOrder(messages.time.utcMs.view(0, committed.messages));
}

/** All calls. */
export function allCalls({ committed }: EvidenceStore): Uint32Array {
  return Uint32Array.from({ length: committed.calls }, (_, id) => id);
}
