/** What a case can be asked about the use of cards, handsets, numbers and handles over time. Part of CaseApi; see contract.ts. */
import type { UseSpan } from '../analysis/identity/lanes.ts';
import type { Provenance } from './contract.ts';

export type { UseSpan };

/** 'sim': a card by its IMSI. 'iccid': a card by its serial number. 'handset': by the first 14 digits of its IMEI. */
export type UseLaneKind = 'handset' | 'sim' | 'iccid' | 'number' | 'handle';

/** One use with the place that says so. */
export interface UsePlace {
  readonly what: 'message' | 'call' | 'record';
  readonly utcMs: number | null;
  readonly timeRaw: string;
  readonly provenance: Provenance;
}

/** Another lane that a row, or a file about its own device, names together with this one. */
export interface UseTogether {
  /** Index in `lanes`. */
  readonly lane: number;
  /** Rows that name both, dated and undated; 0 where only a file about its device does. */
  readonly uses: number;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export interface UseLane {
  readonly kind: UseLaneKind;
  /** Digits, number or handle. */
  readonly text: string;
  readonly services: readonly string[];
  /** Who it stands for in the evidence; null for cards and handsets. */
  readonly person: { readonly party: number; readonly label: string } | null;
  /** Files that hold a use, or name it as their device's own. */
  readonly files: readonly string[];
  /** Files that name it as their device's own. */
  readonly ownOf: readonly string[];
  /** What files say of it where they describe their device, word for word: `IMSI: 00101... (Last known use: ...)`. */
  readonly stated: readonly { readonly file: string; readonly words: string }[];
  readonly dated: number;
  readonly undated: number;
  readonly spans: readonly UseSpan[];
  readonly together: readonly UseTogether[];
  /** Others of its kind that were together with the same lane as it by turns: two cards of one handset. */
  readonly byTurnsWith: readonly number[];
  /** The first and the last dated use; of an undated lane one use. */
  readonly examples: readonly UsePlace[];
}

export interface UseLanesView {
  /** Handsets, cards, numbers, handles; of one kind the one used first stands first. */
  readonly lanes: readonly UseLane[];
  /** Of all spans; null where no use has a time. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly rule: { readonly id: 'lanes'; readonly version: number };
  readonly elapsed_ms: number;
}

export interface UseLanesApi {
  /** Over the whole case. A later call ends an earlier one. */
  useLanes(onProgress: (share: number) => void): Promise<UseLanesView>;
  cancelUseLanes(): Promise<void>;
}
