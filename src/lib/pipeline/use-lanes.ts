/** When cards, handsets, numbers and handles of a case were in use, and which were used together. */
import { areByTurns, useSpans, type LaneUse } from '../analysis/identity/lanes.ts';
import { Pace, type PaceOptions } from '../analysis/pace.ts';
import { NONE } from '../evidence/ids.ts';
import { CALL_OUTCOMES, MessageState } from '../evidence/records.ts';
import type { EvidenceStore, StoredGeneric } from '../evidence/store.ts';
import { namedTexts } from './case-identifiers.ts';
import { recordProvenance } from './found-pairs.ts';
import type { UseLane, UseLaneKind, UseLanesView, UsePlace, UseTogether } from './lanes-contract.ts';
import { NUMBER_LIKE, tailOf } from './number-tails.ts';
import { provenanceAt } from './rows.ts';
import { ServedNumbers } from './served-number.ts';
import { UseBook, type LaneEntry, type UseRow } from './use-book.ts';

/** Raised whenever the same evidence may give another result. */
const VERSION = 2;
const ROWS_A_TURN = 1 << 15;
const ANSWERED = CALL_OUTCOMES.indexOf('answered');
/** What nobody wrote, or nobody sent. */
const NO_USE = MessageState.system | MessageState.draft;
const KINDS: readonly UseLaneKind[] = ['handset', 'sim', 'iccid', 'number', 'handle'];
/** Names of facts that hold a telephone number of the device. */
const NUMBER_FACT = /msisdn|phone number/iu;
/** Share of the progress by which rows are read. */
const ROWS_SHARE = 0.8;

/**
 * Accounts are listed that a file calls its device's own, that an officer joined with others, or that a row names with a
 * card or a handset. Their uses are the messages they wrote, the calls they made and those they answered: a call that
 * rings says nothing of the number that it rings. Cards and handsets are used where a row of a file names them.
 * @throws the signal's reason when aborted
 */
export async function useLanesView(store: EvidenceStore, options: PaceOptions = {}): Promise<UseLanesView> {
  const started = performance.now();
  const pace = new Pace({ ...options, onProgress: (share) => options.onProgress?.(share * ROWS_SHARE) });
  const partyOf = store.directory.ownPartyColumn();
  const book = new UseBook(store);
  await readNamed(store, partyOf, book, pace);
  await readMessages(store, partyOf, book, pace);
  readCalls(store, partyOf, book);
  const rest: PaceOptions = { signal: options.signal };
  const uses = await useSpans(book.lanes.length, { lane: book.lane, utcMs: book.utcMs }, rest);
  const pairs = await useSpans(book.pairs.length, { lane: book.pair, utcMs: book.pairUtcMs }, rest);
  const firstOf = (lane: number): number => uses[lane]!.spans[0]?.fromMs ?? Infinity;
  const kindOf = (lane: number): number => KINDS.indexOf(book.lanes[lane]!.kind);
  const order = Array.from(book.lanes, (_, lane) => lane).sort(
    (a, b) => kindOf(a) - kindOf(b) || firstOf(a) - firstOf(b) || (book.lanes[a]!.text < book.lanes[b]!.text ? -1 : 1)
  );
  const placeOf = new Map(order.map((lane, place) => [lane, place]));
  const togetherOf = togetherBy(book, pairs, placeOf);
  const lanes = order.map((lane) => laneOf(store, book.lanes[lane]!, uses[lane]!, togetherOf.get(lane) ?? []));
  const spans = uses.flatMap((use) => use.spans);
  return {
    lanes: lanes.map((lane, place) => ({ ...lane, byTurnsWith: byTurns(place, lanes, uses, order) })),
    fromMs: spans.length === 0 ? null : spans.reduce((least, { fromMs }) => Math.min(least, fromMs), Infinity),
    toMs: spans.length === 0 ? null : spans.reduce((most, { toMs }) => Math.max(most, toMs), -Infinity),
    rule: { id: 'lanes', version: VERSION },
    elapsed_ms: performance.now() - started
  };
}

/** Cards and handsets with the numbers that a row, or a file about its own device, names together with them. */
export async function readNamed(store: EvidenceStore, partyOf: Uint32Array, book: UseBook, pace: Pace): Promise<void> {
  listAccounts(store, partyOf, book);
  await readRecords(store, partyOf, book, pace);
}

function listAccounts({ directory, sources, committed }: EvidenceStore, partyOf: Uint32Array, book: UseBook): void {
  const joined = new Map<number, Set<number>>();
  for (let account = 0; account < committed.accounts; account++) {
    const person = directory.partyOf(account);
    const known = joined.get(person);
    if (known === undefined) joined.set(person, new Set([partyOf[account]!]));
    else known.add(partyOf[account]!);
  }
  for (const own of joined.values()) if (own.size > 1) for (const party of own) book.ofParty(party);
  const owned = new Map<number, number[]>();
  for (let account = 0; account < committed.accounts; account++) {
    for (const source of directory.accounts[account]!.ownerOf)
      if (source < sources.length) owned.set(source, [...(owned.get(source) ?? []), book.ofParty(partyOf[account]!)]);
  }
  for (const [source, { devices }] of sources.entries()) {
    const facts: number[] = [];
    for (const { name, value } of devices) {
      const lanes = NUMBER_FACT.test(name) ? numbersIn(value, owned.get(source) ?? [], book) : book.ofFact(name, value);
      for (const lane of lanes) book.lanes[lane]!.stated.push({ source, words: `${name}: ${value}` });
      facts.push(...lanes);
    }
    book.ownTogether([...facts, ...(owned.get(source) ?? [])], source);
  }
}

/** Lanes of a file's own numbers that a fact about its device names. */
function numbersIn(value: string, owned: readonly number[], { lanes }: UseBook): number[] {
  const tails = (value.match(NUMBER_LIKE) ?? []).map(tailOf);
  return [...new Set(owned)].filter((lane) => lanes[lane]!.kind === 'number' && tails.includes(tailOf(lanes[lane]!.text)));
}

/** Rows that name a card or a handset. */
async function readRecords(store: EvidenceStore, partyOf: Uint32Array, book: UseBook, pace: Pace): Promise<void> {
  const { others, sources } = store;
  const served = new ServedNumbers(store, partyOf);
  for (let id = 0; id < others.length; id++) {
    if (id % ROWS_A_TURN === 0 && pace.due()) await pace.breathe((id / others.length) * 0.3);
    const record = others[id]!;
    if (record.kind !== 'generic' || record.source >= sources.length) continue;
    const lanes = namedTexts(record.fields).flatMap(([name, value]) => book.ofFact(name, value));
    if (lanes.length === 0) continue;
    const utcMs = record.time?.utcMs ?? Number.NaN;
    const row: UseRow = { what: 'record', id };
    for (const lane of new Set(lanes)) book.use(lane, utcMs, record.source, row);
    const party = served.of(record);
    book.together(party === null ? lanes : [...lanes, book.ofParty(party)], utcMs, row);
  }
}

async function readMessages(store: EvidenceStore, partyOf: Uint32Array, book: UseBook, pace: Pace): Promise<void> {
  const { messages, committed } = store;
  const from = messages.from.view(0, committed.messages);
  const state = messages.state.view(0, committed.messages);
  const utcMs = messages.time.utcMs.view(0, committed.messages);
  const source = messages.place.source.view(0, committed.messages);
  const laneOfParty = new Map<number, number>();
  for (let id = 0; id < from.length; id++) {
    if (id % ROWS_A_TURN === 0 && pace.due()) await pace.breathe(0.3 + (id / from.length) * 0.7);
    const account = from[id]!;
    if (account === NONE || (state[id]! & NO_USE) !== 0) continue;
    const party = partyOf[account]!;
    let lane = laneOfParty.get(party);
    if (lane === undefined) laneOfParty.set(party, (lane = book.knows(party) ? book.ofParty(party) : -1));
    if (lane >= 0) book.use(lane, utcMs[id]!, source[id]!, { what: 'message', id });
  }
}

function readCalls({ calls, committed }: EvidenceStore, partyOf: Uint32Array, book: UseBook): void {
  for (let id = 0; id < committed.calls; id++) {
    const ends = calls.outcome.at(id) === ANSWERED ? [calls.from.at(id), ...calls.to.at(id)] : [calls.from.at(id)];
    const parties = new Set(ends.filter((account) => account !== NONE).map((account) => partyOf[account]!));
    for (const party of parties)
      if (book.knows(party))
        book.use(book.ofParty(party), calls.time.utcMs.at(id), calls.place.source.at(id), { what: 'call', id });
  }
}

function togetherBy(
  { pairs }: UseBook,
  found: readonly LaneUse[],
  placeOf: ReadonlyMap<number, number>
): Map<number, UseTogether[]> {
  const byLane = new Map<number, UseTogether[]>();
  for (const [i, { spans, dated, undated }] of found.entries()) {
    const with_ = { uses: dated + undated, fromMs: spans[0]?.fromMs ?? null, toMs: spans.at(-1)?.toMs ?? null };
    const [a, b] = pairs[i]!;
    for (const [lane, other] of [
      [a, b],
      [b, a]
    ] as const)
      byLane.set(lane, [...(byLane.get(lane) ?? []), { lane: placeOf.get(other)!, ...with_ }]);
  }
  for (const list of byLane.values()) list.sort((x, y) => x.lane - y.lane);
  return byLane;
}

/** Lanes of the same kind beside the same other one, used by turns with this one. */
function byTurns(
  place: number,
  lanes: readonly Omit<UseLane, 'byTurnsWith'>[],
  uses: readonly LaneUse[],
  order: readonly number[]
): number[] {
  const beside = new Set(lanes[place]!.together.flatMap(({ lane }) => lanes[lane]!.together.map((other) => other.lane)));
  return [...beside]
    .filter((other) => other !== place && lanes[other]!.kind === lanes[place]!.kind)
    .filter((other) => areByTurns(uses[order[place]!]!, uses[order[other]!]!))
    .sort((a, b) => a - b);
}

function laneOf(
  store: EvidenceStore,
  { kind, text, party, sources, ownOf, stated, first, last, undated }: LaneEntry,
  use: LaneUse,
  together: readonly UseTogether[]
): Omit<UseLane, 'byTurnsWith'> {
  const { directory } = store;
  const names = (list: ReadonlySet<number>): string[] =>
    [...list].sort((a, b) => a - b).map((source) => store.sources[source]!.name);
  const services =
    party === null ? [] : [...new Set(directory.ownAccountsOf(party).map((account) => directory.accounts[account]!.service))];
  const rows = first === null ? [undated] : first.row.id === last!.row.id ? [first.row] : [first.row, last!.row];
  return {
    kind,
    text,
    services: services.sort(),
    person: party === null ? null : { party: directory.standing(party), label: directory.label(directory.standing(party)) },
    files: names(sources),
    ownOf: names(ownOf),
    stated: stated.map(({ source, words }) => ({ file: store.sources[source]!.name, words })),
    ...use,
    together,
    examples: rows.filter((row) => row !== null).map((row) => usePlace(store, row))
  };
}

export function usePlace(store: EvidenceStore, { what, id }: UseRow): UsePlace {
  if (what !== 'record') {
    const table = what === 'message' ? store.messages : store.calls;
    const ms = table.time.utcMs.at(id);
    return {
      what,
      utcMs: Number.isNaN(ms) ? null : ms,
      timeRaw: table.time.raw.at(id),
      provenance: provenanceAt(store, table.place, id)
    };
  }
  const record = store.others[id] as StoredGeneric;
  return {
    what,
    utcMs: record.time?.utcMs ?? null,
    timeRaw: record.time?.raw ?? '',
    provenance: recordProvenance(store, record)
  };
}
