/**
 * What a case can be asked about the same messages on two devices. In `CaseFilter.phones` a number stands for a list of
 * the newest answer, as its rows name it in `set`.
 */
import type { MatchKind, Skew } from '../analysis/reconcile/facts.ts';

/** Messages, and the number that a filter knows them by. */
export interface CountedSet {
  readonly count: number;
  readonly set: number;
}

export interface DeviceName {
  readonly id: number;
  readonly label: string;
}

/** What one of two devices alone holds, by what the other holds around it. See OnlyOn. */
export interface OnlyOnRow {
  readonly between: CountedSet;
  readonly outside: CountedSet;
  readonly without: CountedSet;
}

/** One message with both its places: for reading beside each other. */
export interface MatchRow {
  readonly a: number;
  readonly b: number;
  readonly kind: MatchKind;
  /** Time on B less time on A. */
  readonly apartMs: number;
}

export interface PhonePairRow {
  readonly a: DeviceName;
  readonly b: DeviceName;
  /** The one that most matches stand on first. */
  readonly skews: readonly Skew[];
  /** One at import already: equal in time and text. */
  readonly sameTime: number;
  readonly byKey: CountedSet;
  readonly byText: CountedSet;
  readonly changed: CountedSet;
  readonly ambiguous: CountedSet;
  readonly onlyA: OnlyOnRow;
  readonly onlyB: OnlyOnRow;
  /** Some matches, evenly over time. */
  readonly examples: readonly MatchRow[];
}

export interface PhonesView {
  readonly pairs: readonly PhonePairRow[];
  readonly devices: readonly DeviceName[];
  /** Messages that are no entry of their own because another copy stands for them. */
  readonly folded: number;
  readonly rule: { readonly id: string; readonly version: number };
  readonly elapsed_ms: number;
}

/** The same message on another device. */
export interface TwinRow {
  readonly messageId: number;
  readonly device: string;
  readonly kind: MatchKind;
  /** Its time less this message's. */
  readonly apartMs: number;
  /** Whether both are one entry in lists. */
  readonly isOneEntry: boolean;
}

export interface ReconcileApi {
  /** The devices of the whole case, two by two. A later call ends an earlier one. */
  phones(onProgress: (share: number) => void): Promise<PhonesView>;
  cancelPhones(): Promise<void>;
}
