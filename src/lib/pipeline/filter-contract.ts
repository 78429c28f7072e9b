/** What a filter of messages holds, and what it gives. */
import type { PartySide } from '../analysis/filter/audience.ts';
import type { LineStanding } from './language-contract.ts';

/** All parts are combined with AND; the values inside one part with OR. */
export interface FilterParts {
  readonly parties?: readonly number[];
  /**
   * Where `parties` stand: senders ('from', also where it is absent), receivers, or either. Receivers are the named
   * recipients, else the other members of the conversation; of a call, those who were called.
   */
  readonly partySide?: PartySide;
  /** Messages between these two parties only (an edge). */
  readonly between?: readonly [number, number];
  readonly threads?: readonly number[];
  readonly sources?: readonly number[];
  /** Any of. */
  readonly tags?: readonly number[];
  readonly services?: readonly string[];
  readonly languages?: readonly string[];
  /** Any of. */
  readonly lines?: readonly LineStanding[];
  readonly communities?: readonly number[];
  readonly topics?: readonly number[];
  /** See pattern-contract.ts, timeline-contract.ts, place-contract.ts and reconcile-contract.ts, and [Note: Numbered sets]. */
  readonly patterns?: readonly number[];
  readonly timeline?: readonly number[];
  readonly places?: readonly number[];
  readonly phones?: readonly number[];
  /** MessageState bits: any of. */
  readonly states?: number;
  /** UTC, from inclusive, to exclusive. */
  readonly time?: { readonly fromMs: number | null; readonly toMs: number | null };
  /** Search text in the query language of analysis/search. */
  readonly text?: string;
}

/** Parts that must be met, less what `not` excludes. */
export interface FilterGroup extends FilterParts {
  readonly not?: FilterParts;
}

/**
 * The parts that all messages meet, and alternatives of which each message meets one at least. An alternative without
 * a condition, one that was just begun, is passed over.
 */
export interface CaseFilter extends FilterGroup {
  readonly anyOf?: readonly FilterGroup[];
}

export type { PartySide };

export interface FacetValue {
  /** Number id or string key of the facet's value. */
  readonly value: number | string;
  readonly label: string;
  readonly count: number;
}

export interface FilterResult {
  /** Names this set in later calls; valid until the next filter call. */
  readonly setId: number;
  readonly total: number;
  readonly of: number;
  readonly facets: {
    /** Counted on the filter's `partySide`: a message to several counts once for each of them. */
    readonly parties: readonly FacetValue[];
    readonly threads: readonly FacetValue[];
    readonly services: readonly FacetValue[];
    readonly languages: readonly FacetValue[];
    readonly sources: readonly FacetValue[];
    readonly tags: readonly FacetValue[];
    readonly states: readonly FacetValue[];
  };
  /** Messages per time bucket for the brush: counts over equal buckets from `fromMs`, `bucketMs` wide. */
  readonly histogram: { readonly fromMs: number; readonly bucketMs: number; readonly counts: Uint32Array };
  /** Matches without a usable time, shown in their own lane. */
  readonly untimed: number;
  /** Messages that a pattern of the search could not be tried on within its time: 0 when the answer is whole. */
  readonly untried: number;
  readonly untranslated: number;
  /** Parties that the filter names and another stands for since an officer joined them: the party, and the person. */
  readonly standing: readonly (readonly [party: number, person: number])[];
  readonly elapsed_ms: number;
}
