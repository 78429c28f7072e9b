/** What a case can be asked about human translation: sheets out, sheets back in. Part of CaseApi; see contract.ts. */
import type { Finding } from '../evidence/findings.ts';
import type { DiffPiece } from '../language/word-diff.ts';
import type { TranslatorStatement } from '../records/certified-log.ts';
import type { Refusal } from '../report/translator/match-returned.ts';
import type { SheetFormat, SheetWords } from '../report/translator/sheet.ts';
import type { RowOrder } from './contract.ts';

export type { DiffPiece, Refusal, SheetFormat, SheetWords, TranslatorStatement };

/** Certified text of a message as rows carry it. */
export interface CertifiedText extends TranslatorStatement {
  readonly text: string;
  readonly note: string;
  readonly intake: number;
  readonly request: number;
  readonly line: number;
}

/** One text that a message had, machine or human, oldest first; `isShown` marks the one that counts. */
export type TextVersion =
  | MachineVersion
  | {
      readonly kind: 'certified';
      readonly certified: CertifiedText;
      readonly takenBy: string;
      readonly takenAtMs: number;
      readonly fileName: string;
      readonly fileSha256Hex: string;
      readonly withdrawn: { readonly by: string; readonly atMs: number } | null;
      readonly isShown: boolean;
    };

/** One machine line of a message. */
export interface MachineVersion {
  readonly kind: 'machine';
  readonly text: string;
  readonly modelId: string;
  readonly modelSha256Hex: string;
  readonly flags: number;
  readonly otherReading: string | null;
  readonly byItself: string | null;
  readonly meanLogProb: number | null;
  /** Null for lines of cases from before it was kept. */
  readonly madeAtMs: number | null;
  /** True for the line on screen; for none of them where a certified text stands. */
  readonly isShown: boolean;
}

/** Which lines go out: these messages, or everything of a filtered set. */
export interface LineChoice {
  readonly lines: { readonly messageIds: readonly number[] } | { readonly setId: number; readonly order: RowOrder };
  /** Lines of the same conversation before and after each chosen one. */
  readonly contextLines: number;
}

export interface RequestPlan {
  readonly lines: number;
  readonly context: number;
  /** Chosen messages without words of their own: sent as context only. */
  readonly withoutText: number;
  /** Lines by language, most first. */
  readonly languages: readonly { readonly language: string; readonly lines: number }[];
  /** Characters of the originals to translate: what translators count by. */
  readonly characters: number;
  /** Lines longer than a spreadsheet cell holds: cut in XLSX alone. */
  readonly longLines: number;
  /** More lines than one request takes; nothing can be made of it. */
  readonly isTooMany: boolean;
  readonly mostLines: number;
}

export interface RequestOptions {
  readonly formats: readonly SheetFormat[];
  readonly madeBy: string;
  /** Shown in the head only where the officer allows it; null otherwise. */
  readonly caseLabel: string | null;
  /** Root of the audit log as it stands, put in by the case worker; absent where there is no log. */
  readonly auditRoot?: string;
  /** False: people are numbered instead of named in the column beside the text. */
  readonly hasNames: boolean;
  readonly words: RequestWords;
}

/** Words in the officer's language. Where a value belongs, its name stands in braces. */
export interface RequestWords extends SheetWords {
  /** Each bit of doubt with its words. */
  readonly flags: readonly (readonly [bit: number, words: string])[];
  /** {model} */
  readonly caveat: string;
  /** {model} {doubts} */
  readonly caveatDoubts: string;
  /** {number} {date} */
  readonly requestLine: string;
  /** {lines} {context} */
  readonly countLine: string;
  /** {build} {root} */
  readonly buildLine: string;
  /** {label} */
  readonly caseLine: string;
  /** {n} */
  readonly person: string;
  readonly unknownSender: string;
  readonly unknownTime: string;
}

export interface MadeFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type ReturnedStatus = 'new' | 'changed' | 'same' | 'empty' | 'missing' | 'refused';

/** A returned file that was read and held against its requests; nothing is written yet. */
export interface ReturnedSummary {
  /** Names this reading in later calls; 0 where the file could not be read at all. */
  readonly returnedId: number;
  readonly fileName: string;
  readonly fileSha256Hex: string;
  readonly format: SheetFormat | null;
  readonly statement: TranslatorStatement;
  readonly requests: readonly number[];
  readonly counts: Readonly<Record<ReturnedStatus, number>>;
  /** Context lines that came back with a translation; taken in like the others. */
  readonly translatedContext: number;
  readonly hasMacros: boolean;
  /** Number of the intake that already holds these very bytes; null where none does. */
  readonly heldBy: number | null;
  /** Why the file could not be read; null where it could. */
  readonly failure: Finding | null;
}

export interface ReturnedLine {
  /** Place among all rows of the reading; names it when lines are left out. */
  readonly at: number;
  readonly status: ReturnedStatus;
  /** Where in the file; '' for a line that is missing there. */
  readonly place: string;
  readonly reference: string;
  readonly refusal: Refusal | null;
  readonly isContext: boolean;
  readonly messageId: number | null;
  readonly language: string;
  /** The case's own original where the row was matched, else what the file holds. */
  readonly original: string;
  readonly machineText: string | null;
  readonly modelId: string | null;
  readonly flags: number;
  /** Certified text that stands now. */
  readonly before: CertifiedText | null;
  readonly text: string;
  readonly note: string;
  /** Machine text against the returned one, word by word; null where one is missing. */
  readonly diff: readonly DiffPiece[] | null;
}

export interface RequestRow {
  readonly number: number;
  readonly madeAtMs: number;
  readonly madeBy: string;
  readonly lines: number;
  readonly context: number;
  /** Lines that have certified text by now. */
  readonly certified: number;
}

export interface IntakeRow extends TranslatorStatement {
  readonly number: number;
  readonly takenAtMs: number;
  readonly takenBy: string;
  readonly fileName: string;
  readonly fileSha256Hex: string;
  readonly lines: number;
  readonly refused: number;
  readonly requests: readonly number[];
  readonly withdrawn: { readonly by: string; readonly atMs: number } | null;
}

export interface TranslatorApi {
  /** Counts what a request would hold; nothing is kept. Rejects where the set was replaced by a newer filter. */
  planRequest(choice: LineChoice): Promise<RequestPlan>;
  /** Keeps the request, then makes its files. Rejects where there is nothing to translate or too much. */
  makeRequest(
    choice: LineChoice,
    options: RequestOptions
  ): Promise<{ readonly number: number; readonly files: readonly MadeFile[] }>;
  /** Reads a returned file and holds it against the requests; nothing is written. */
  readReturned(file: Blob, name: string): Promise<ReturnedSummary>;
  /** A window of a reading's rows of one kind, in the order of the file. */
  returnedLines(returnedId: number, status: ReturnedStatus, start: number, count: number): Promise<ReturnedLine[]>;
  /** Puts the new and changed lines of a reading beside their messages. @param leftOut `at` of lines to pass over. */
  takeIn(returnedId: number, statement: TranslatorStatement, takenBy: string, leftOut: readonly number[]): Promise<IntakeRow>;
  /** An intake counts no longer; its lines stay in the record. Rejects where it was withdrawn before. */
  withdrawIntake(intake: number, withdrawnBy: string): Promise<void>;
  translatorHistory(): Promise<{ readonly requests: readonly RequestRow[]; readonly intakes: readonly IntakeRow[] }>;
}
