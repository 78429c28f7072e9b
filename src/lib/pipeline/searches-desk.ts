/** Searches as a record: lists of terms counted in one go, and a log of what was looked for. See [Note: Searches made]. */
import { countBits, rowsOf } from '../analysis/filter/bits.ts';
import { Pace } from '../analysis/pace.ts';
import type { ParsedQuery } from '../analysis/search/query.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { canonicalJson } from '../language/packs/canonical-json.ts';
import { packSearch, type SearchCount, type SearchEntry, type SearchLog } from '../records/search-log.ts';
import type { CaseFilter } from './contract.ts';
import {
  MOST_TERMS,
  type CaseSearchEntry,
  type Replay,
  type SearchesApi,
  type Surrounding,
  type TermCount
} from './searches-contract.ts';

interface DeskParts {
  readonly store: EvidenceStore;
  readonly log: SearchLog<Surrounding>;
  readonly clock: () => number;
  readonly parse: (text: string) => ParsedQuery;
  /** Messages that meet the filter, and those that a pattern could not be tried on. The set on screen is left alone. */
  readonly find: (filter: CaseFilter) => Promise<{ bits: Uint32Array; untried: number }>;
  /** Messages with machine or certified English. */
  readonly withEnglish: () => number;
  /** Resolves once the block is on disk. */
  readonly keep: (kind: string, bytes: Uint8Array) => Promise<void>;
}

export class SearchesDesk implements SearchesApi {
  readonly #parts: DeskParts;
  #stop: AbortController | null = null;
  /** What writes goes one after the other, so that numbers are given once. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  async countTerms(
    texts: readonly string[],
    filter: CaseFilter,
    within: string,
    onProgress: (share: number) => void
  ): Promise<TermCount[]> {
    if (texts.length > MOST_TERMS) throw new RangeError(`${texts.length} terms are more than the ${MOST_TERMS} of one list`);
    await this.cancelTerms();
    const stop = (this.#stop = new AbortController());
    const pace = new Pace({ signal: stop.signal, onProgress });
    const surrounding = without(filter);
    const rows: TermCount[] = [];
    for (const text of texts) {
      rows.push(await this.#count(text, surrounding));
      await pace.breathe(rows.length / texts.length);
    }
    const searches = rows.map(({ text, fault, messages }) => ({ text, found: fault === null ? messages : null }));
    if (rows.length > 0) await this.#write('list', searches, surrounding, within);
    return rows;
  }

  cancelTerms(): Promise<void> {
    this.#stop?.abort(new DOMException('Counting terms was stopped.', 'AbortError'));
    return Promise.resolve();
  }

  async noteSearch(filter: CaseFilter, within: string): Promise<void> {
    const text = filter.text ?? '';
    if (text.trim() === '') return;
    const surrounding = without(filter);
    await this.#write('typed', [{ text, found: await this.#found(text, surrounding) }], surrounding, within);
  }

  searches(): Promise<readonly CaseSearchEntry[]> {
    return Promise.resolve(this.#parts.log.entries.toReversed());
  }

  async replaySearch(number: number): Promise<Replay> {
    const entry = this.#parts.log.entries.find((one) => one.number === number);
    if (entry === undefined) throw new RangeError(`There is no search ${number}`);
    const found: (number | null)[] = [];
    for (const { text } of entry.searches) found.push(await this.#found(text, entry.filter));
    return { number, found, ...this.#held() };
  }

  async #count(text: string, surrounding: Surrounding): Promise<TermCount> {
    const nothing = { text, messages: 0, threads: 0, senders: 0, firstMs: null, lastMs: null, untried: 0 };
    const parsed = this.#parts.parse(text);
    if (!parsed.ok) return { ...nothing, fault: { code: parsed.error.code, at: parsed.error.at } };
    if (parsed.query === null) return { ...nothing, fault: { code: 'nothing-to-search', at: 0 } };
    const { bits, untried } = await this.#parts.find({ ...surrounding, text });
    const { messages, directory } = this.#parts.store;
    const threads = new Set<number>();
    const senders = new Set<number>();
    let firstMs = Number.POSITIVE_INFINITY;
    let lastMs = Number.NEGATIVE_INFINITY;
    const rows = rowsOf(bits);
    for (const row of rows) {
      threads.add(messages.thread.at(row));
      senders.add(directory.partyOf(messages.from.at(row)));
      const ms = messages.time.utcMs.at(row);
      // NaN fails both.
      if (ms < firstMs) firstMs = ms;
      if (ms > lastMs) lastMs = ms;
    }
    const isTimed = firstMs <= lastMs;
    return {
      text,
      fault: null,
      messages: rows.length,
      threads: threads.size,
      senders: senders.size,
      firstMs: isTimed ? firstMs : null,
      lastMs: isTimed ? lastMs : null,
      untried
    };
  }

  async #found(text: string, surrounding: Surrounding): Promise<number | null> {
    const parsed = this.#parts.parse(text);
    if (!parsed.ok || parsed.query === null) return null;
    return countBits((await this.#parts.find({ ...surrounding, text })).bits);
  }

  #held(): { of: number; withEnglish: number } {
    return { of: this.#parts.store.committed.messages, withEnglish: this.#parts.withEnglish() };
  }

  #write(
    kind: SearchEntry<Surrounding>['kind'],
    searches: readonly SearchCount[],
    filter: Surrounding,
    within: string
  ): Promise<void> {
    const turn = this.#queue.then(async () => {
      const { log, clock, keep } = this.#parts;
      const last = log.entries.at(-1);
      const held = this.#held();
      if (last !== undefined && isSame(last, { kind, searches, filter, within, ...held })) return;
      const entry = { number: (last?.number ?? 0) + 1, madeAtMs: clock(), kind, searches, filter, within, ...held };
      await keep('searches', packSearch(entry));
      log.add(entry);
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }
}

function without(filter: CaseFilter): Surrounding {
  const { text: _, ...surrounding } = filter;
  return surrounding;
}

const isSame = (last: CaseSearchEntry, now: Omit<CaseSearchEntry, 'number' | 'madeAtMs'>): boolean => {
  const { number: _, madeAtMs: __, ...before } = last;
  // Both are plain data; a list that is counted again is a new entry only where a count changed.
  return canonicalJson(before) === canonicalJson(now);
};
