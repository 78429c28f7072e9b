/** A message has no tag, one or several: each distinct set of tags has a number, so that a filter counts them in one pass. */
import type { TagLog } from '../records/tag-log.ts';

export interface TagSets {
  /** Number of its set by message. */
  readonly values: Uint32Array;
  /** Tags of each set, ascending; the first is the empty one. */
  readonly sets: readonly (readonly number[])[];
}

/** Null where no message is tagged. */
export function tagSets(log: Pick<TagLog, 'tags' | 'messagesOf'>, rows: number): TagSets | null {
  const tags = log.tags().filter(({ count }) => count > 0);
  if (tags.length === 0) return null;
  const values = new Uint32Array(rows);
  const sets: (readonly number[])[] = [[]];
  for (const { id } of tags) {
    // By set so far, the set with this tag too: tags come in ascending order.
    const withTag = new Map<number, number>();
    for (const message of log.messagesOf(id)) {
      if (message >= rows) break;
      const before = values[message] as number;
      let number = withTag.get(before);
      if (number === undefined) {
        number = sets.length;
        sets.push([...(sets[before] as readonly number[]), id]);
        withTag.set(before, number);
      }
      values[message] = number;
    }
  }
  return { values, sets };
}
