/** Files of a drop that no reader takes, counted by what they are, so that every one of them is accounted for. */
import type { Finding } from '../../evidence/findings.ts';
import { say, sentence, type Sentence } from '../../evidence/wording/sentence.ts';

/** Paths that are listed of one kind; the others are counted. */
const MOST_PATHS = 200;

export interface UnreadKind {
  /** What the files are, or what is the matter with the one. */
  readonly what: Sentence;
  readonly files: number;
  readonly sizeBytes: number;
  /** The first of them. */
  readonly paths: readonly string[];
}

export class UnreadTally {
  readonly #kinds = new Map<string, { what: Sentence; files: number; sizeBytes: number; paths: string[] }>();

  add(path: string, sizeBytes: number, what: Sentence, files = 1): void {
    const key = say(what);
    const kind = this.#kinds.get(key) ?? { what, files: 0, sizeBytes: 0, paths: [] };
    this.#kinds.set(key, kind);
    kind.files += files;
    kind.sizeBytes += sizeBytes;
    if (kind.paths.length < MOST_PATHS) kind.paths.push(path);
  }

  get files(): number {
    return [...this.#kinds.values()].reduce((sum, { files }) => sum + files, 0);
  }

  /** Most files first; of equally many, what comes first in English. */
  list(): UnreadKind[] {
    return [...this.#kinds]
      .sort(([a, x], [b, y]) => y.files - x.files || (a < b ? -1 : 1))
      .map(([, kind]) => ({ ...kind, paths: [...kind.paths] }));
  }
}

/** What a file is in place of an export: a kind that many share, or the finding's own sentence where it is about this file. */
export function kindOf(finding: Finding): Sentence {
  const { code, values } = finding.sentence;
  if (code === 'file-empty' || code === 'file-blank') return sentence('drop-empty');
  if (code === 'file-is-text') return sentence('drop-other-text');
  if (code === 'file-is-binary') return sentence('drop-other-binary');
  const what = values?.['what'];
  if (code === 'file-is-other' && typeof what === 'object' && 'code' in what) return what;
  return finding.sentence;
}
