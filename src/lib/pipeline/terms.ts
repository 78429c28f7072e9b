/** Words that set groups of messages apart from each other. */
import { topicTerms } from '../analysis/topics/labels.ts';
import { topicWords } from '../analysis/topics/words.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { englishOf, type EnglishSources } from './english.ts';

/** So many messages of a group are looked at, evenly spread: enough for a name, at any size of case. */
const SAMPLED = 2000;
const TERMS = 5;

/** @returns for each group its words, heaviest first. */
export function distinctTerms(store: EvidenceStore, sources: EnglishSources, groups: readonly Uint32Array[]): string[][] {
  const words: string[][] = [];
  const groupOf: number[] = [];
  for (const [group, ids] of groups.entries()) {
    const step = Math.max(1, ids.length / SAMPLED);
    for (let at = 0; at < ids.length; at += step) {
      words.push(topicWords(englishOf(store, sources, ids[Math.floor(at)] as number)));
      groupOf.push(group);
    }
  }
  return topicTerms(words, Int32Array.from(groupOf), groups.length, TERMS).map((list) => list.map(({ term }) => term));
}
