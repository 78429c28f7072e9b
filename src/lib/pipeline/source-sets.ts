/** A message stands in one file or, folded, in several: each distinct set of files has a number. */
import type { EvidenceStore } from '../evidence/store.ts';

export interface SourceSets {
  /** Number of its set by message. */
  readonly values: Uint16Array;
  /** Sources of each set, ascending; the first sets are the single sources. */
  readonly sets: readonly (readonly number[])[];
}

export function sourceSets({ messages, copies, sources, committed }: EvidenceStore): SourceSets {
  const values = Uint16Array.from(messages.place.source.view(0, committed.messages));
  const sets: number[][] = Array.from({ length: Math.max(1, sources.length) }, (_, n) => [n]);
  const numbers = new Map(sets.map((set, n) => [set.join(','), n]));
  for (let i = 0; i < copies.length; i++) {
    const id = copies.message.at(i);
    const set = new Set(sets[values[id] as number]).add(copies.place.source.at(i));
    const sorted = [...set].sort((a, b) => a - b);
    const key = sorted.join(',');
    let number = numbers.get(key);
    if (number === undefined) {
      number = sets.length;
      numbers.set(key, number);
      sets.push(sorted);
    }
    values[id] = number;
  }
  return { values, sets };
}
