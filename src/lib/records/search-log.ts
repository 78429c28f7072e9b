/**
 * What was searched for in a case, when, in which messages, and how many were found: the annex on the search strategy
 * that disclosure asks for.
 *
 * [Note: Searches made] The log only grows, one encrypted block a search. It keeps the query as typed, the rest of the
 * filter both as data (so that the search can be made again) and in the words that stood on screen, and how much there
 * was to search at that moment: messages, and those of them with English. A count without these cannot be checked.
 */
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import { NewerRecord } from './newer-record.ts';

/**
 * Raised with any change of the entries; a block of a later version is refused, not guessed at. Version 2: filters may
 * hold alternatives, which an earlier Skein would pass over and find more.
 */
const VERSION = 2;

/** One query and what it found at that time. */
export interface SearchCount {
  readonly text: string;
  /** Messages; null where the query could not be read. */
  readonly found: number | null;
}

export interface SearchEntry<Filter> {
  /** From 1 in each case. */
  readonly number: number;
  /** The device's clock, milliseconds since 1970. */
  readonly madeAtMs: number;
  /** One query that was typed, or a list of them counted at once. */
  readonly kind: 'typed' | 'list';
  readonly searches: readonly SearchCount[];
  /** The filter without its text. */
  readonly filter: Filter;
  /** The same in words, '' for the whole case. */
  readonly within: string;
  /** Messages of the case, and those with machine or certified English. */
  readonly of: number;
  readonly withEnglish: number;
}

export class SearchLog<Filter> {
  readonly #entries: SearchEntry<Filter>[] = [];

  /** Oldest first. */
  get entries(): readonly SearchEntry<Filter>[] {
    return this.#entries;
  }

  add(entry: SearchEntry<Filter>): void {
    this.#entries.push(entry);
  }

  /** Adds the entry of a block that `packSearch` wrote. @throws an error named BlockError for a later version. */
  unpack(block: Uint8Array): void {
    const { version, entry } = unpackBlock(block).json as { readonly version: number; readonly entry: SearchEntry<Filter> };
    if (version > VERSION) throw new NewerRecord(`Searches have version ${version}; this Skein reads ${VERSION}`);
    this.add(entry);
  }
}

/** One entry as a block for the vault. */
export function packSearch<Filter>(entry: SearchEntry<Filter>): Uint8Array {
  return packBlock('searches', {}, { version: VERSION, entry });
}
