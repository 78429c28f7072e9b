/** A message stands in one file or, folded, in several: each distinct set of files has a number. */
import { furtherSources } from '../evidence/mirrors.ts';
import type { EvidenceStore } from '../evidence/store.ts';

export interface SourceSets {
  /** Number of its set by message. */
  readonly values: Uint16Array;
  /** Sources of each set, ascending; the first sets are the single sources. */
  readonly sets: readonly (readonly number[])[];
}

/** @param withMirrors whether a message that stands for another stands in that one's files too */
export function sourceSets(store: EvidenceStore, withMirrors = true): SourceSets {
  const { messages, copies, sources, committed } = store;
  const values = Uint16Array.from(messages.place.source.view(0, committed.messages));
  const sets: number[][] = Array.from({ length: Math.max(1, sources.length) }, (_, n) => [n]);
  const numbers = new Map(sets.map((set, n) => [set.join(','), n]));
  const add = (id: number, source: number): void => {
    const set = new Set(sets[values[id] as number]).add(source);
    const sorted = [...set].sort((a, b) => a - b);
    const key = sorted.join(',');
    let number = numbers.get(key);
    if (number === undefined) {
      number = sets.length;
      numbers.set(key, number);
      sets.push(sorted);
    }
    values[id] = number;
  };
  if (withMirrors) furtherSources(store, add);
  else for (let i = 0; i < copies.length; i++) add(copies.message.at(i), copies.place.source.at(i));
  return { values, sets };
}
