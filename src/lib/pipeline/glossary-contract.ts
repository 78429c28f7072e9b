/** What a case can be asked about its glossary, the lexicon and new terms. Part of CaseApi; see contract.ts. */
import type { FileFault } from '../language/glossary-file.ts';
import type { GlossaryChange, GlossaryTerm, TermFault, TermText } from '../language/glossary.ts';
import type { SourceKind } from '../language/lexicon/entry.ts';
import type { CaseFilter, TextHit } from './contract.ts';

/** What the case's glossary or the built-in lexicon says about words of one message. Never without its quote. */
export interface TermHint {
  readonly origin: 'case' | 'lexicon';
  /** The words as the message has them. */
  readonly quotes: readonly string[];
  /** Where they stand: the message's own words, its machine text or the certified one in its place, or what was heard in its voice notes. */
  readonly side: TextHit['side'] | 'transcript';
  /** Languages of the term, as far as known. */
  readonly languages: readonly string[];
  readonly sense: string;
  readonly innocent: string;
  readonly note: string;
  /** The kind of register and its year; null for a term of the case. */
  readonly source: { readonly kind: SourceKind; readonly year: number } | null;
  /** Who wrote a term of the case, and when; null for the lexicon. */
  readonly written: { readonly who: string; readonly atMs: number } | null;
}

export interface GlossaryView {
  readonly version: number;
  readonly terms: readonly GlossaryTerm[];
  /** Newest first. */
  readonly changes: readonly GlossaryChange[];
  /** What undo would take back. */
  readonly undoable: GlossaryChange | null;
}

export type GlossaryRequest =
  | { readonly kind: 'add'; readonly text: TermText; readonly who: string }
  | { readonly kind: 'amend'; readonly id: number; readonly text: TermText; readonly who: string }
  | { readonly kind: 'remove'; readonly id: number; readonly who: string }
  | { readonly kind: 'undo'; readonly who: string };

export interface GlossaryAnswer {
  /** Why nothing was changed; null when it was. */
  readonly fault: TermFault | null;
  readonly view: GlossaryView;
}

/** Sum of a glossary file: read = added + kept out, each with its row and reason. */
export interface TakenIn {
  readonly fault: FileFault | null;
  readonly read: number;
  readonly added: number;
  readonly keptOut: readonly { readonly row: number; readonly term: string; readonly fault: TermFault }[];
  readonly view: GlossaryView;
}

/** How many messages of a set hold a term, and the search that opens them. */
export interface TermUse {
  readonly origin: 'case' | 'lexicon';
  /** Id of the glossary's or the lexicon's term. */
  readonly id: string;
  readonly messages: number;
  readonly query: string;
}

/** 'original': words as written. 'english': machine text, and the original where it is English. */
export type KeynessSide = 'original' | 'english';

export interface KeyTermRow {
  readonly term: string;
  /** The search whose messages within the set are `inside`, and outside of it `outside`. */
  readonly query: string;
  readonly inside: number;
  readonly outside: number;
  readonly threads: number;
  readonly logLikelihood: number;
  readonly logRatio: number;
  /** Null where the rest of the case has none. */
  readonly percentDifference: number | null;
  /** Up to three messages of different conversations, by id. */
  readonly quotes: readonly number[];
}

export interface KeynessView {
  readonly terms: readonly KeyTermRow[];
  /** How many terms passed; more than `terms` where the list was cut. */
  readonly passed: number;
  readonly tried: number;
  /** The log-likelihood that a term had to reach. */
  readonly bound: number;
  /** Messages with text in the set and in the rest. */
  readonly insideOf: number;
  readonly outsideOf: number;
  readonly threads: number;
  readonly side: KeynessSide;
  readonly elapsed_ms: number;
}

export interface GlossaryApi {
  glossary(): Promise<GlossaryView>;
  changeGlossary(request: GlossaryRequest): Promise<GlossaryAnswer>;
  /** Takes in the text of a glossary file, JSON or CSV. */
  takeInGlossary(text: string, who: string): Promise<TakenIn>;
  /** Uses of all terms of an origin among the messages of a filter. */
  termUses(filter: CaseFilter, origin: 'case' | 'lexicon'): Promise<TermUse[]>;
  /** Terms of the filter's messages against the rest of the case. A later call ends an earlier one. */
  keyness(filter: CaseFilter, side: KeynessSide, onProgress: (share: number) => void): Promise<KeynessView>;
  cancelKeyness(): Promise<void>;
}
