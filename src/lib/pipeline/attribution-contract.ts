/** What a case can be asked about attributions of handsets, cards, numbers and handles. Part of CaseApi; see contract.ts. */
import type { AttributedSpan, AttributedThing } from '../records/attribution-log.ts';

export type { AttributedSpan, AttributedThing };

export interface AttributionRow extends AttributedSpan {
  readonly number: number;
  readonly thing: AttributedThing;
  /** In the officer's words, or what the account was called on that day. */
  readonly name: string;
  /** The account of the case as filters take it; null for a person in words. */
  readonly party: number | null;
  readonly source: string;
  /** The device's clock, milliseconds since 1970. */
  readonly madeAtMs: number;
  readonly madeBy: string;
  readonly withdrawn: { readonly atMs: number; readonly by: string; readonly words: string } | null;
}

/** UTF-16 units of each text. */
export const MAX_NAME_UNITS = 200;
export const MAX_SOURCE_UNITS = 500;

export interface AttributeRequest extends AttributedSpan {
  readonly kind: 'attribute';
  readonly thing: AttributedThing;
  /** In words, or a person of the case by number. */
  readonly person: { readonly words: string } | { readonly party: number };
  readonly source: string;
  readonly by: string;
}

export type AttributionRequest =
  | AttributeRequest
  /** Counts no longer; it stays in the record. */
  | { readonly kind: 'withdraw'; readonly number: number; readonly by: string; readonly words: string };

/** Why nothing was recorded. */
export type AttributionFault =
  | 'who-missing'
  | 'person-missing'
  /** No such person in the case, or one whose import is under way. */
  | 'person-unknown'
  | 'source-missing'
  | 'too-long'
  /** It ends before it begins. */
  | 'span-empty'
  /** Within that time the same thing is attributed to somebody else. */
  | 'attributed-otherwise';

export type AttributionAnswer =
  | { readonly ok: true; readonly row: AttributionRow }
  | {
      readonly ok: false;
      readonly fault: AttributionFault;
      /** The attribution that stands in the way; null where there is none to name. */
      readonly row: AttributionRow | null;
    };

export interface AttributionApi {
  /** Newest first, withdrawn ones included. */
  attributions(): Promise<AttributionRow[]>;
  /** Resolves once it is on disk. Rejects where an attribution that is withdrawn is not there, or was withdrawn before. */
  changeAttributions(request: AttributionRequest): Promise<AttributionAnswer>;
}
