/** Which lines a translator is shown: the chosen ones, with their neighbours in the conversation as context. */
import type { EvidenceStore } from '../evidence/store.ts';

/** Chosen lines that one request takes: some days of a translator's work, and what an office program still opens. */
export const MOST_LINES = 5000;
/** Neighbours on each side at most. */
export const MOST_CONTEXT = 20;

export interface ChosenLine {
  readonly messageId: number;
  readonly isContext: boolean;
}

/**
 * Lines by conversation, each in order of time, conversations in the order of their first chosen line. A chosen
 * message without words is context: there is nothing to translate in it.
 */
export function requestLines(store: EvidenceStore, messageIds: Iterable<number>, contextLines: number): ChosenLine[] {
  const { messages, committed } = store;
  const around = Math.min(MOST_CONTEXT, Math.max(0, Math.floor(contextLines)));
  const chosen = new Set<number>();
  for (const id of messageIds) if (Number.isInteger(id) && id >= 0 && id < committed.messages) chosen.add(id);
  const threads = new Map<number, number[]>();
  for (const id of chosen) threads.set(messages.thread.at(id), []);
  const thread = messages.thread.view(0, committed.messages);
  for (let id = 0; id < thread.length; id++) threads.get(thread[id] as number)?.push(id);
  const time = (id: number): number => {
    const ms = messages.time.utcMs.at(id);
    return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
  };
  const earlier = (a: number, b: number): number => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : a - b);
  const groups = [...threads.values()].map((ids) => {
    ids.sort(earlier);
    const shown = new Set<number>();
    for (const [at, id] of ids.entries()) {
      if (!chosen.has(id)) continue;
      for (let i = Math.max(0, at - around); i <= Math.min(ids.length - 1, at + around); i++) shown.add(i);
    }
    return [...shown].sort((a, b) => a - b).map((at) => ids[at] as number);
  });
  const first = (ids: readonly number[]): number => ids.find((id) => chosen.has(id)) ?? 0;
  groups.sort((a, b) => earlier(first(a), first(b)));
  return groups.flat().map((messageId) => ({
    messageId,
    isContext: !chosen.has(messageId) || messages.body.at(messageId).trim() === ''
  }));
}
