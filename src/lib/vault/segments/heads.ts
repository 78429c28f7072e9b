/**
 * [Note: Three heads]
 * What was committed is said three times: by records in IndexedDB, by lines of a journal beside the segments, and by a
 * number and a root in localStorage. A crash, a wiped database or a damaged file takes one of them back or away. On
 * opening they are held together: commits are what the database or the journal has, the database's word first, and
 * whichever lags is written again from the others. A head in localStorage that is ahead of both says that blocks are
 * missing which nobody could name otherwise.
 */
import { isSoundCommit, type SegmentCommit } from './commit.ts';
import type { Head } from './ports.ts';

export interface Standing {
  /** By number less one; a hole where neither database nor journal has the commit. */
  readonly commits: readonly (SegmentCommit | undefined)[];
  /** In the journal and not in the database. */
  readonly missingOnShelf: readonly SegmentCommit[];
  /** False where the journal lacks a line or has one that says otherwise. */
  readonly isJournalWhole: boolean;
  /** How many commits the head in localStorage knows beyond the newest that was found. */
  readonly beyond: number;
}

export function compareHeads(shelf: readonly SegmentCommit[], journal: readonly SegmentCommit[], head: Head | null): Standing {
  const commits: (SegmentCommit | undefined)[] = [];
  for (const commit of shelf) commits[commit.seq - 1] = commit;
  const missingOnShelf: SegmentCommit[] = [];
  let written = 0;
  for (const line of journal) {
    const held = commits[line.seq - 1];
    if (held === undefined && follows(commits[line.seq - 2], line)) {
      commits[line.seq - 1] = line;
      missingOnShelf.push(line);
    }
    // A record that was changed in the database keeps its place there and no more.
    else if (held !== undefined && !isSoundCommit(held)) commits[line.seq - 1] = line;
    if (commits[line.seq - 1]?.root === line.root) written++;
  }
  const count = commits.reduce((n) => n + 1, 0);
  return {
    // Holes become undefined, so that loops see them.
    commits: Array.from(commits),
    missingOnShelf,
    isJournalWhole: written === count && journal.length === count,
    beyond: Math.max(0, (head?.seq ?? 0) - commits.length)
  };
}

/** A line after one that nobody has is taken at its word. */
function follows(before: SegmentCommit | undefined, commit: SegmentCommit): boolean {
  return before === undefined || before.sha256Hex === commit.previous;
}
