/**
 * Something about a source that a person should know: what a user's data causes is a finding, never an
 * exception and never silence. `code` says which kind it is; `sentence` tells it in either language ([Note: Sentence]),
 * and `message` is its English, for the record and the terminal.
 */
import type { ItemKind, SourcePlace } from './records.ts';
import { say, type Sentence } from './wording/sentence.ts';

export const FINDING_CODES = [
  'not-recognised',
  'empty-file',
  'damaged-container',
  'wrong-password',
  'encrypted-without-key',
  'too-large',
  'ratio-too-high',
  'too-many-entries',
  'nested-too-deep',
  'not-utf8',
  'damaged-xml',
  'damaged-csv',
  'damaged-json',
  'damaged-database',
  'log-read',
  'cut-short',
  'item-unreadable',
  'time-unreadable',
  'time-without-zone',
  'time-ambiguous',
  'date-order-undecided',
  'number-damaged',
  'cell-cut',
  'count-disagrees',
  'unknown-type',
  'duplicate-folded',
  'entry-skipped',
  'header-guessed',
  'not-included',
  'not-saved',
  'document-hashed'
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export type Severity = 'note' | 'warning' | 'refusal' | 'failure';

export interface Finding {
  readonly code: FindingCode;
  /** 'refusal': one item was not kept. 'failure': the file could not be read further. */
  readonly severity: Severity;
  /** One clear sentence; names the file and place where the reader knows them. Never quotes evidence at length. */
  readonly sentence: Sentence;
  readonly message: string;
  readonly file: string;
  readonly place: SourcePlace | null;
  /** The refused item's own bytes as text, cut at 500 characters, so that a person can look at it. */
  readonly raw?: string;
}

/** The two fields of a finding that say what is the matter. */
export function told(sentence: Sentence): Pick<Finding, 'sentence' | 'message'> {
  return { sentence, message: say(sentence) };
}

/** The conservation law of one source: `seen === kept + folded + refused`, and the same for each kind. */
export interface SourceSum {
  seen: number;
  kept: number;
  folded: number;
  refused: number;
  byKind: Record<ItemKind, { seen: number; kept: number; folded: number; refused: number }>;
}

export function emptySum(): SourceSum {
  const none = () => ({ seen: 0, kept: 0, folded: 0, refused: 0 });
  return {
    ...none(),
    byKind: { message: none(), call: none(), contact: none(), account: none(), location: none(), generic: none() }
  };
}

/** An error that stops one file. It is turned into a 'failure' finding at the boundary; the case stays as it was. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: FindingCode;
  readonly file: string;
  readonly place: SourcePlace | null;
  readonly sentence: Sentence;
  constructor(code: FindingCode, sentence: Sentence, file: string, place: SourcePlace | null = null) {
    super(say(sentence));
    this.sentence = sentence;
    this.code = code;
    this.file = file;
    this.place = place;
  }
}
