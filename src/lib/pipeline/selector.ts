/** From a filter in words to sets of rows, facets and windows in order. See [Note: One pass]. */
import { evaluateAnyOf, type Alternative } from '../analysis/filter/alternatives.ts';
import { andInto, countBits, emptyBits, rowsOf, setBit } from '../analysis/filter/bits.ts';
import { evaluate, topValues, type FilterColumns, type Filtered } from '../analysis/filter/evaluate.ts';
import { rowsInOrder, timeOrder } from '../analysis/filter/time-order.ts';
import { Pace } from '../analysis/pace.ts';
import type { QueryNode } from '../analysis/search/query.ts';
import { MessageState } from '../evidence/records.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { TagLog } from '../records/tag-log.ts';
import { selectCalls } from './call-selection.ts';
import type { CaseFilter, FacetValue, FilterGroup, FilterParts, FilterResult, RowOrder } from './contract.ts';
import { FilterDimensions } from './filter-dimensions.ts';
import { setsCondition } from './filter-vacancy.ts';
import { LineStandings } from './line-standings.ts';
import { NUMBERED_PARTS, type NumberedPart, type SetOf } from './numbered-sets.ts';
import { accountRosters } from './rosters.ts';
import { threadName, type TextSources } from './rows.ts';
import type { SearchDesk } from './search-desk.ts';
import { partyOfPair, standingNumbers, standingPeople } from './standing-people.ts';

/** Values listed in a facet; the rest are reached by typing a name. */
const FACET_VALUES = 50;
/** Buckets of the time brush: one for about each pixel pair of a wide screen. */
const BUCKETS = 480;

export interface OrderedSet {
  /** Message ids in the order asked for. */
  readonly ids: Uint32Array;
  readonly query: QueryNode | null;
}

interface CurrentSet {
  readonly setId: number;
  readonly bits: Uint32Array;
  readonly query: QueryNode | null;
  readonly orders: Map<RowOrder, Uint32Array>;
}

/** A search text that cannot be read; the message names the place. */
export class QueryFault extends Error {
  override readonly name = 'QueryFault';
}

export class Selector {
  readonly #store: EvidenceStore;
  readonly #texts: TextSources;
  readonly #search: SearchDesk;
  readonly #dimensions: FilterDimensions;
  /** Resolves once the store knows which messages another stands for. */
  readonly #mirrored: () => Promise<unknown>;
  #order: Uint32Array | null = null;
  #span: { fromMs: number; toMs: number } | null = null;
  #topicOf: Int32Array | null = null;
  #communityOf: Int32Array | null = null;
  readonly #numbered = new Map<NumberedPart, SetOf>();
  #set: CurrentSet | null = null;
  #nextSet = 1;

  constructor(store: EvidenceStore, texts: TextSources, search: SearchDesk, tags: TagLog, mirrored: () => Promise<unknown>) {
    this.#mirrored = mirrored;
    this.#store = store;
    this.#texts = texts;
    this.#search = search;
    this.#dimensions = new FilterDimensions(store, texts.translations, tags);
  }

  /** The search of the newest filter, for hits in a single row. */
  get lastQuery(): QueryNode | null {
    return this.#set?.query ?? null;
  }

  /** Works out ahead, in turns, what filters and windows share: order of time, sets of files, who could read what. */
  async warm(): Promise<void> {
    const pace = new Pace();
    this.#buckets();
    this.#timeOrder();
    await pace.breathe(0);
    await this.#dimensions.warm(pace);
  }

  evidenceChanged(): void {
    this.#order = null;
    this.#span = null;
    this.#topicOf = null;
    this.#communityOf = null;
    this.#numbered.clear();
    this.#dimensions.forget();
  }

  /** Other parties count as one: see [Note: Joined parties]. */
  partiesChanged(): void {
    this.#communityOf = null;
    this.#dimensions.partiesChanged();
  }

  tagsChanged(): void {
    this.#dimensions.tagsChanged();
  }

  setTopics(topicOf: Int32Array): void {
    this.#topicOf = topicOf;
  }

  setCommunities(communityOf: Int32Array): void {
    this.#communityOf = communityOf;
  }

  /** See [Note: Numbered sets]. */
  setNumbered(part: NumberedPart, setOf: SetOf): void {
    this.#numbered.set(part, setOf);
  }

  communityOf(party: number): number | null {
    const community = this.#communityOf?.[party] ?? -1;
    return community < 0 ? null : community;
  }

  /** @param open place in `anyOf` whose own choices the facets leave open; null for the shared parts. [Note: Alternatives] */
  async filter(asked: CaseFilter, open: number | null = null): Promise<FilterResult> {
    const started = performance.now();
    const filter = standingPeople(this.#store.directory, asked);
    const place = open === null ? filter : filter.anyOf?.[open];
    if (place === undefined) throw new RangeError(`The filter has no alternative ${open}`);
    const { found, query, untried } = await this.#evaluate(filter, open);
    const set: CurrentSet = { setId: this.#nextSet++, bits: found.bits, query, orders: new Map() };
    this.#set = set;
    const { fromMs, widthMs } = this.#buckets();
    return {
      setId: set.setId,
      total: found.total,
      of: this.#store.committed.messages - this.#store.mirrors.size,
      facets: this.#facets(found, place),
      histogram: { fromMs, bucketMs: widthMs, counts: found.histogram },
      untimed: found.untimed,
      untried,
      untranslated: this.#countWaiting(found.bits),
      standing: standingNumbers(this.#store.directory, asked),
      elapsed_ms: performance.now() - started
    };
  }

  /** Messages that meet the filter as a set, and how many a pattern could not be tried on. The set on screen is left alone. */
  async find(asked: CaseFilter): Promise<{ bits: Uint32Array; untried: number }> {
    const { found, untried } = await this.#evaluate(standingPeople(this.#store.directory, asked));
    return { bits: found.bits, untried };
  }

  /** Messages and calls that meet the filter, ascending ids. The set on screen is left alone. */
  async select(asked: CaseFilter): Promise<{ messages: Uint32Array; calls: Uint32Array }> {
    const filter = standingPeople(this.#store.directory, asked);
    const { found } = await this.#evaluate(filter);
    const communityOf = (party: number): number | null => this.communityOf(party);
    return { messages: rowsOf(found.bits), calls: selectCalls(this.#store, filter, communityOf) };
  }

  /** Messages that meet the filter in order of time, undated ones last. The set on screen is left alone. */
  async inTimeOrder(filter: CaseFilter): Promise<Uint32Array> {
    const { found } = await this.#evaluate(filter);
    return rowsInOrder(this.#timeOrder(), found.bits);
  }

  /** The set's ids in an order. Rejects when the set was replaced by a newer filter. */
  async ordered(setId: number, order: RowOrder): Promise<OrderedSet> {
    const set = this.#set;
    if (set === null || set.setId !== setId) throw new RangeError(`Set ${setId} was replaced by a newer filter.`);
    let ids = set.orders.get(order);
    if (ids === undefined) {
      ids = this.#sorted(set, order);
      set.orders.set(order, ids);
    }
    return { ids, query: set.query };
  }

  #sorted(set: CurrentSet, order: RowOrder): Uint32Array {
    if (order === 'source') return rowsOf(set.bits);
    if (order === 'relevance' && set.query !== null) return this.#search.rank(set.query, set.bits);
    const byTime = rowsInOrder(this.#timeOrder(), set.bits);
    return order === 'time-descending' ? byTime.reverse() : byTime;
  }

  async #evaluate(
    filter: CaseFilter,
    open: number | null = null
  ): Promise<{ found: Filtered; query: QueryNode | null; untried: number }> {
    await this.#mirrored();
    const shared = await this.#conjunction(filter);
    const places = [shared];
    const alternatives: Alternative[] = [];
    for (const group of filter.anyOf ?? []) {
      const place = await this.#conjunction(group);
      places.push(place);
      alternatives.push({ columns: place.columns, setsCondition: setsCondition(group) });
    }
    const withoutMirrors = { ...shared.columns, outside: [...shared.columns.outside, ...this.#mirrorBits()] };
    const found = alternatives.length === 0 ? evaluate(withoutMirrors) : evaluateAnyOf(withoutMirrors, alternatives, open);
    const queries = places.flatMap(({ query }) => (query === null ? [] : [query]));
    return {
      found,
      // For hits and for the order by relevance: a message that one text found is marked by it.
      query: queries.length > 1 ? { kind: 'or', parts: queries } : (queries[0] ?? null),
      untried: places.reduce((sum, place) => sum + place.untried, 0)
    };
  }

  /** The columns for the parts that a message meets together, mirrors included. */
  async #conjunction({
    not = {},
    ...parts
  }: FilterGroup): Promise<{ columns: FilterColumns; query: QueryNode | null; untried: number }> {
    const { messages } = this.#store;
    const query = this.#parse(parts.text);
    const inside = await this.#sets(parts, query);
    const outside = await this.#sets(not, this.#parse(not.text));
    const columns: FilterColumns = {
      rows: this.#store.committed.messages,
      dimensions: this.#dimensions.choose(parts, not),
      flags: { values: messages.state.view() as Uint16Array, anyOf: parts.states ?? 0, noneOf: not.states ?? 0 },
      utcMs: messages.time.utcMs.view() as Float64Array,
      time: parts.time ?? null,
      inside: inside.sets,
      outside: outside.sets,
      buckets: this.#buckets()
    };
    return { columns, query, untried: inside.untried + outside.untried };
  }

  /** Messages that another stands for: see [Note: Mirrored messages]. */
  #mirrorBits(): Uint32Array[] {
    const { mirrors, committed } = this.#store;
    if (mirrors.size === 0) return [];
    const bits = emptyBits(committed.messages);
    for (const [mirror] of mirrors.all()) setBit(bits, mirror);
    return [bits];
  }

  /** Sets for the parts that are no facets: an edge, a topic, a community, a line's standing, a search text. */
  async #sets(parts: FilterParts, query: QueryNode | null): Promise<{ sets: Uint32Array[]; untried: number }> {
    const { committed } = this.#store;
    const sets: Uint32Array[] = [];
    const rowsWhere = (meets: (id: number) => boolean): Uint32Array => {
      const bits = emptyBits(committed.messages);
      for (let id = 0; id < committed.messages; id++) if (meets(id)) setBit(bits, id);
      return bits;
    };
    if (parts.between !== undefined) sets.push(this.#between(parts.between));
    if (parts.topics !== undefined) {
      const wanted = new Set(parts.topics);
      const topicOf = this.#topicOf;
      sets.push(rowsWhere((id) => topicOf !== null && wanted.has(topicOf[id] ?? -1)));
    }
    if (parts.communities !== undefined) {
      const wanted = new Set(parts.communities);
      const sender = this.#dimensions.senders();
      sets.push(rowsWhere((id) => wanted.has(this.#communityOf?.[sender[id] as number] ?? -1)));
    }
    for (const part of NUMBERED_PARTS) {
      const numbers = parts[part];
      if (numbers === undefined) continue;
      const bits = emptyBits(committed.messages);
      for (const n of numbers) for (const id of Array.from(this.#numbered.get(part)?.(n) ?? [])) setBit(bits, id);
      sets.push(bits);
    }
    if (parts.lines !== undefined) {
      const { lines } = parts;
      const standings = new LineStandings(this.#store, this.#texts.translations, this.#texts.certified);
      sets.push(rowsWhere((id) => lines.some((one) => standings.has(id, one))));
    }
    if (query === null) return { sets, untried: 0 };
    const { bits, untried } = await this.#search.find(query);
    sets.push(bits);
    return { sets, untried };
  }

  /** Messages that one of the two wrote in a thread the other belongs to, and was not known to be out of. */
  #between([a, b]: readonly [number, number]): Uint32Array {
    const partyOf = partyOfPair(this.#store.directory, [a, b]);
    const { messages, committed } = this.#store;
    const { of: rosterOf, offsets, ids } = accountRosters(this.#store);
    const withA = new Uint8Array(offsets.length - 1);
    const withB = new Uint8Array(offsets.length - 1);
    for (let roster = 0; roster < withA.length; roster++) {
      for (let i = offsets[roster]!; i < offsets[roster + 1]!; i++) {
        const party = partyOf(ids[i]!);
        if (party === a) withA[roster] = 1;
        if (party === b) withB[roster] = 1;
      }
    }
    const fromOf = messages.from.view(0, committed.messages);
    const bits = emptyBits(committed.messages);
    for (let id = 0; id < rosterOf.length; id++) {
      const from = partyOf(fromOf[id]!);
      if ((from === a && withB[rosterOf[id]!] === 1) || (from === b && withA[rosterOf[id]!] === 1)) setBit(bits, id);
    }
    return bits;
  }

  #parse(text: string | undefined): QueryNode | null {
    if (text === undefined || text.trim() === '') return null;
    const parsed = this.#search.parse(text);
    if (!parsed.ok) throw new QueryFault(`${parsed.error.message} (at character ${parsed.error.at + 1})`);
    return parsed.query;
  }

  #facets(found: Filtered, { not = {}, ...parts }: FilterGroup): FilterResult['facets'] {
    const { directory, services, sources } = this.#store;
    const [people = none, threads = none, service = none, language = none, sourceSet = none, tags = none] = found.counts;
    const list = (
      counts: Uint32Array,
      keep: readonly number[],
      value: (n: number) => number | string,
      label: (n: number) => string
    ): FacetValue[] => {
      const always = new Uint8Array(counts.length);
      for (const n of keep) if (n < always.length) always[n] = 1;
      return Array.from(topValues(counts, FACET_VALUES, always), (n) => ({
        value: value(n),
        label: label(n),
        count: counts[n] as number
      }));
    };
    const same = (n: number): number => n;
    return {
      parties: list(
        this.#dimensions.perParty(people, parts, not),
        [...(parts.parties ?? []), ...(not.parties ?? [])],
        same,
        (n) => directory.label(n)
      ),
      threads: list(threads, [...(parts.threads ?? []), ...(not.threads ?? [])], same, (n) => threadName(this.#store, n)),
      services: list(
        service,
        [],
        (n) => services.at(n),
        (n) => services.at(n)
      ),
      languages: list(
        language,
        [],
        (n) => this.#texts.translations.languages.at(n),
        (n) => this.#texts.translations.languages.at(n)
      ),
      sources: list(this.#dimensions.perSource(sourceSet), [], same, (n) => sources[n]?.name ?? ''),
      tags: this.#dimensions
        .perTag(tags)
        .filter(({ id, count }) => count > 0 || [...(parts.tags ?? []), ...(not.tags ?? [])].includes(id))
        .map(({ id, name, count }) => ({ value: id, label: name, count })),
      states: Object.entries(MessageState)
        .map(([name, bit]) => ({ value: bit, label: name, count: found.flagCounts[Math.log2(bit)] ?? 0 }))
        .filter(({ value, count }) => count > 0 || (((parts.states ?? 0) | (not.states ?? 0)) & value) !== 0)
    };
  }

  #countWaiting(bits: Uint32Array): number {
    const { translations } = this.#texts;
    if (translations.waiting === 0) return 0;
    const waiting = emptyBits(this.#store.committed.messages);
    for (let id = 0; id < this.#store.committed.messages; id++) if (!translations.isLookedAt(id)) setBit(waiting, id);
    return countBits(andInto(waiting, bits));
  }

  #times(): Float64Array {
    return this.#store.messages.time.utcMs.view(0, this.#store.committed.messages) as Float64Array;
  }

  #timeOrder(): Uint32Array {
    return (this.#order ??= timeOrder(this.#times()));
  }

  #buckets(): { fromMs: number; widthMs: number; count: number } {
    const span = (this.#span ??= timeSpan(this.#times()));
    return { fromMs: span.fromMs, widthMs: Math.max(1, Math.ceil((span.toMs - span.fromMs + 1) / BUCKETS)), count: BUCKETS };
  }
}

const none: Uint32Array = new Uint32Array();

function timeSpan(utcMs: Float64Array): { fromMs: number; toMs: number } {
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const ms of utcMs) {
    if (ms < fromMs) fromMs = ms;
    if (ms > toMs) toMs = ms;
  }
  return fromMs <= toMs ? { fromMs, toMs } : { fromMs: 0, toMs: 0 };
}
