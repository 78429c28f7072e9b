/** What views ask about searches: many terms counted at once, and the searches that were made. */
import type { QueryErrorCode } from '../analysis/search/query.ts';
import type { SearchEntry } from '../records/search-log.ts';
import type { CaseFilter } from './contract.ts';

/** The filter around a search: everything but its text. */
export type Surrounding = Omit<CaseFilter, 'text'>;
export type CaseSearchEntry = SearchEntry<Surrounding>;

/** One term of a list over the filtered messages. */
export interface TermCount {
  readonly text: string;
  /** Why it could not be read, and where in the text (UTF-16); null where it was counted. */
  readonly fault: { readonly code: QueryErrorCode; readonly at: number } | null;
  readonly messages: number;
  readonly threads: number;
  readonly senders: number;
  /** Of the messages with a known time; null where there is none. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** Messages that a pattern could not be tried on within its time. */
  readonly untried: number;
}

/** A search of the log made again. */
export interface Replay {
  readonly number: number;
  /** One for each query of the entry; null where it cannot be read, or its filter names what is no longer there. */
  readonly found: readonly (number | null)[];
  readonly of: number;
  readonly withEnglish: number;
}

/** Most terms of one list. */
export const MOST_TERMS = 2000;

export interface SearchesApi {
  /**
   * Counts each text within the filter, whose own text is passed over, and writes the list into the log of searches.
   * @throws RangeError above MOST_TERMS; the signal's reason when `cancelTerms` or a later call ended it
   */
  countTerms(
    texts: readonly string[],
    filter: CaseFilter,
    within: string,
    onProgress: (share: number) => void
  ): Promise<TermCount[]>;
  cancelTerms(): Promise<void>;
  /** Writes a search into the log; one that stands there last already, with the same outcome, is not written twice. */
  noteSearch(filter: CaseFilter, within: string): Promise<void>;
  /** Newest first. */
  searches(): Promise<readonly CaseSearchEntry[]>;
  /** Makes a search of the log again, over what the case holds now. @throws RangeError where there is no such search */
  replaySearch(number: number): Promise<Replay>;
}
