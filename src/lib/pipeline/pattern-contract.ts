/** What a case can be asked about patterns. */
import type { RuleId } from '../analysis/patterns/facts.ts';
import type { CaseFilter, MessageRow } from './contract.ts';

export interface PatternRow {
  /** Number in this answer; `CaseFilter.patterns` takes it while the answer is the newest. */
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
  /** Some of the messages, first and last among them. */
  readonly quotes: readonly MessageRow[];
  readonly againstQuotes: readonly MessageRow[];
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
