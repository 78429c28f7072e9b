/** Heads in localStorage: see [Note: Three heads]. Numbers and hashes of ciphertext, and nothing of the evidence. */
import type { Head, HeadSlot } from './ports.ts';

const keyOf = (caseId: string): string => `skein.head.${caseId}`;

export function pageHeads(storage: Storage): HeadSlot {
  return {
    get: (caseId) => Promise.resolve(parse(storage.getItem(keyOf(caseId)))),
    async set(caseId, head) {
      if (head === null) storage.removeItem(keyOf(caseId));
      else storage.setItem(keyOf(caseId), JSON.stringify({ seq: head.seq, root: head.root } satisfies Head));
    }
  };
}

/** What is no head says nothing. */
function parse(text: string | null): Head | null {
  try {
    const head: unknown = JSON.parse(text ?? 'null');
    if (typeof head !== 'object' || head === null || !('seq' in head) || !('root' in head)) return null;
    return typeof head.seq === 'number' && typeof head.root === 'string' ? { seq: head.seq, root: head.root } : null;
  } catch {
    return null;
  }
}
