/** What a case can be asked about persons behind numbers and handles. Part of CaseApi; see contract.ts. */
import type {
  IdentityDecision,
  SeenContact,
  SeenName,
  SeenReasonAgainst,
  SeenReasonFor,
  SeenReasons
} from '../records/identity-log.ts';

export type { SeenContact, SeenName, SeenReasonAgainst, SeenReasonFor };

/** One number or handle, whatever was joined. */
export interface IdentityParty {
  /** Its own number; filters take it, and mean the person that it counts as. */
  readonly party: number;
  readonly label: string;
  readonly identifiers: readonly string[];
  readonly services: readonly string[];
  /** Files in which it stands. */
  readonly files: readonly string[];
}

export interface DecisionRow extends SeenReasons {
  readonly number: number;
  readonly kind: IdentityDecision['kind'];
  readonly a: IdentityParty;
  readonly b: IdentityParty;
  readonly decidedAtMs: number;
  readonly decidedBy: string;
  readonly words: string;
  readonly undone: { readonly atMs: number; readonly by: string; readonly words: string } | null;
}

export interface SuggestionRow extends SeenReasons {
  readonly a: IdentityParty;
  readonly b: IdentityParty;
  readonly isShown: boolean;
  /** The decision on these two that counts; null where there is none. */
  readonly decision: DecisionRow | null;
  /** Both count as one person already, by decisions on other pairs. */
  readonly isJoinedByOthers: boolean;
}

/** 'weaker': pairs that are listed only where an officer asks for them. */
export type SuggestionPart = 'shown' | 'weaker';

export interface SuggestionCounts {
  readonly shown: number;
  readonly weaker: number;
  /** An import is under way: nothing was looked for, since its numbers may still be taken back. */
  readonly waitsForImport: boolean;
  readonly rule: { readonly id: 'identity'; readonly version: number };
  readonly elapsed_ms: number;
}

/** Why a decision was not recorded. */
export type IdentityFault =
  | 'import-under-way'
  /** The evidence changed since the suggestions were made. */
  | 'out-of-date'
  /** There is a decision on this very pair. */
  | 'decided-before'
  /** Confirming would make one person of two that a decision keeps apart. */
  | 'kept-apart'
  /** Other decisions make one person of the two. */
  | 'joined-by-others';

export type IdentityAnswer =
  | { readonly ok: true; readonly decision: DecisionRow }
  | {
      readonly ok: false;
      readonly fault: IdentityFault;
      /** The decision that stands in the way; null where there is none to name. */
      readonly decision: DecisionRow | null;
    };

export interface IdentityRequest {
  readonly kind: IdentityDecision['kind'];
  /** Own numbers of the two parties of a suggestion, in any order. */
  readonly a: number;
  readonly b: number;
  readonly by: string;
  readonly words: string;
}

/** One account of a person, with the files that hold it. */
export interface PersonAccount {
  readonly service: string;
  readonly identifier: string;
  readonly files: readonly string[];
}

export interface PersonAccounts {
  readonly accounts: readonly PersonAccount[];
  /** Confirmations that count and make these one person, oldest first. */
  readonly decisions: readonly DecisionRow[];
}

export interface IdentityApi {
  /** Looks for pairs that may be one person, over the whole case. A later call ends an earlier one. */
  identitySuggestions(onProgress: (share: number) => void): Promise<SuggestionCounts>;
  cancelIdentity(): Promise<void>;
  /** A window of the suggestions last made; empty where the evidence changed since. */
  suggestionRows(part: SuggestionPart, start: number, count: number): Promise<SuggestionRow[]>;
  decideIdentity(request: IdentityRequest): Promise<IdentityAnswer>;
  /** A decision counts no longer; it stays in the record. Rejects where it was taken back before. */
  undoIdentity(decision: number, by: string, words: string): Promise<void>;
  /** Newest first. */
  identityHistory(): Promise<DecisionRow[]>;
  personAccounts(party: number): Promise<PersonAccounts>;
}
