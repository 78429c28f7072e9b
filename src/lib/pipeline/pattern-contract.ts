/**
 * What a case can be asked about patterns. In `CaseFilter.patterns` the number n stands for the messages that met
 * finding n of the newest answer, and -n - 1 for those of the same people that did not.
 */
import type { RuleId } from '../analysis/patterns/facts.ts';
import type { CaseFilter } from './contract.ts';

export interface PatternRow {
  /** Place in this answer. */
  readonly id: number;
  readonly rule: RuleId;
  readonly people: readonly { readonly id: number; readonly label: string }[];
  /** How many messages met the rule, and how many of the same people speak against the reading. */
  readonly messages: number;
  readonly against: number;
  /** Counts that the rule's words name. */
  readonly values: Readonly<Record<string, number>>;
  readonly fromMs: number;
  readonly toMs: number;
  /** Ids of some of the messages, first and last among them. */
  readonly quotes: readonly number[];
  readonly againstQuotes: readonly number[];
}

export interface PatternsView {
  readonly findings: readonly PatternRow[];
  readonly rules: readonly { readonly id: RuleId; readonly version: number }[];
  /** Messages looked at, and those left out because their time is unknown or the service wrote them. */
  readonly messages: number;
  readonly leftOut: number;
  readonly elapsed_ms: number;
}

export interface PatternApi {
  /** What the rules find among a filter's messages. A later call ends an earlier one. */
  patterns(filter: CaseFilter, onProgress: (share: number) => void): Promise<PatternsView>;
  cancelPatterns(): Promise<void>;
}
