/**
 * From messages and calls to who is tied to whom.
 *
 * [Note: Group messages]
 * A message between two is one tie of weight 1. A message to a group is a hyper-edge: whether each reader mattered is
 * unknown, so its weight of 1 is shared equally over the other members who are active, that is, who wrote at least
 * once in that thread. The hyper-edge itself is kept (hyperEdges): ties of two are its projection by this rule. Silent members would make every large group look like a gang; they get no tie from it.
 * Who had not yet come to the group when a message went out, or had left it, is no receiver of it: the rows of a group with
 * dated members are those of its rosters ([Note: Rosters]), and activity is that of the group and not of the roster.
 * Activity is judged over all events, not the filtered ones, so that narrowing a date cannot invent ties.
 */
import { NONE } from '../../evidence/ids.ts';
import { orderBy, pairOrder, type Pairs } from './csr.ts';

/** One row an event, in any order. */
export interface EventColumns {
  readonly count: number;
  /** Party that wrote or called; NONE for system rows, which tie nobody. */
  readonly from: Uint32Array;
  /** Thread, or NONE. */
  readonly thread: Uint32Array;
  /** 1 where the row is a call. Absent: all are messages. */
  readonly isCall?: Uint8Array;
}

/** Members of thread t are ids[offsets[t] .. offsets[t+1]). Repeats and NONE are allowed. */
export interface ThreadMembers {
  readonly offsets: Uint32Array;
  readonly ids: Uint32Array;
  /** Conversation that each row is a part of, where several rows are one. Absent: each is one by itself. */
  readonly whole?: Uint32Array;
}

/** Active members above which a thread ties nobody unless told otherwise. */
export const MOST_ACTIVE = 500;

export interface AggregateOptions {
  /** Rows to count, each at most once. Absent: all. */
  readonly rows?: Uint32Array;
  /**
   * Threads with more active members than this tie nobody: each tie would weigh under 1/500 of a message and their
   * number grows with the square. They are counted in the result, not lost silently.
   */
  readonly maxActive?: number;
}

export interface PairList extends Pairs {
  /** Messages one of the two wrote in a thread where the other is active. */
  readonly messages: Uint32Array;
  readonly calls: Uint32Array;
  /** Events whose thread has nobody else to tie: notes to self, groups in which only one writes, NONE. */
  readonly untied: number;
  /** Threads left out for their size, and their events. */
  readonly oversizedThreads: number;
  readonly oversizedEvents: number;
}

/** Each member of each thread with what it wrote: the hypergraph that ties are projected from. */
interface Incidence {
  /** Slots of thread t are offsets[t] .. offsets[t+1]; each is one party in one thread. */
  readonly offsets: Uint32Array;
  readonly ids: Uint32Array;
  /** 1 where the party ever wrote or called there. */
  readonly wrote: Uint8Array;
  /** Of the counted rows. */
  readonly messages: Uint32Array;
  readonly calls: Uint32Array;
  /** Counted rows whose sender or thread is unknown. */
  readonly untied: number;
}

function incidence(parties: number, events: EventColumns, members: ThreadMembers, rows: Uint32Array | undefined): Incidence {
  let roster = distinctMembers(parties, members);
  let { slots, strangers } = locateSenders(parties, events, roster);
  if (strangers.length > 0) {
    roster = withStrangers(events, roster, strangers);
    ({ slots, strangers } = locateSenders(parties, events, roster));
  }
  const { offsets, ids } = roster;
  const wrote = new Uint8Array(ids.length);
  const messages = new Uint32Array(ids.length);
  const calls = new Uint32Array(ids.length);
  const { isCall } = events;
  let untied = 0;
  const count = (row: number): void => {
    const slot = slots[row]!;
    if (slot === NONE) untied++;
    else if (isCall !== undefined && isCall[row] === 1) calls[slot]!++;
    else messages[slot]!++;
  };
  for (let row = 0; row < slots.length; row++) if (slots[row] !== NONE) wrote[slots[row]!] = 1;
  if (members.whole !== undefined) spreadActivity(roster, members.whole, wrote);
  if (rows === undefined) for (let row = 0; row < slots.length; row++) count(row);
  else for (const row of rows) count(row);
  return { offsets, ids, wrote, messages, calls, untied };
}

/** Who wrote in one part of a conversation is active in all of its parts. */
function spreadActivity({ offsets, ids }: ThreadMembers, whole: Uint32Array, wrote: Uint8Array): void {
  const parts = new Map<number, number[]>();
  for (let row = 0; row < whole.length; row++) {
    const held = parts.get(whole[row]!);
    if (held === undefined) parts.set(whole[row]!, [row]);
    else held.push(row);
  }
  for (const rows of parts.values()) {
    if (rows.length < 2) continue;
    const active = new Set<number>();
    for (const row of rows) for (let s = offsets[row]!; s < offsets[row + 1]!; s++) if (wrote[s] === 1) active.add(ids[s]!);
    for (const row of rows) for (let s = offsets[row]!; s < offsets[row + 1]!; s++) if (active.has(ids[s]!)) wrote[s] = 1;
  }
}

/** A thread of three or more with counted events: one edge that joins all of them. */
export interface HyperEdge {
  readonly thread: number;
  /** Everybody in it, as the files name them or as they wrote. */
  readonly members: Uint32Array;
  /** Those of them who ever wrote or called there: the ones that share its weight. */
  readonly active: Uint32Array;
  readonly messages: number;
  readonly calls: number;
}

/** Those with the most events first, then by thread. See [Note: Group messages]. */
export function hyperEdges(parties: number, events: EventColumns, members: ThreadMembers, rows?: Uint32Array): HyperEdge[] {
  const { offsets, ids, wrote, messages, calls } = incidence(parties, events, members, rows);
  const edges: HyperEdge[] = [];
  for (let t = 0; t + 1 < offsets.length; t++) {
    const [start, end] = [offsets[t]!, offsets[t + 1]!];
    if (end - start < 3) continue;
    let inMessages = 0;
    let inCalls = 0;
    for (let s = start; s < end; s++) {
      inMessages += messages[s]!;
      inCalls += calls[s]!;
    }
    if (inMessages + inCalls === 0) continue;
    const all = ids.slice(start, end);
    edges.push({
      thread: t,
      members: all,
      active: all.filter((_, i) => wrote[start + i] === 1),
      messages: inMessages,
      calls: inCalls
    });
  }
  return edges.sort((x, y) => y.messages + y.calls - x.messages - x.calls || x.thread - y.thread);
}

/**
 * Ties between parties 0..parties-1.
 * @throws RangeError when a row names a party or thread that is not there.
 */
export function aggregate(
  parties: number,
  events: EventColumns,
  members: ThreadMembers,
  options: AggregateOptions = {}
): PairList {
  const maxActive = options.maxActive ?? MOST_ACTIVE;
  const {
    offsets,
    ids,
    wrote,
    messages: messagesOf,
    calls: callsOf,
    ...rest
  } = incidence(parties, events, members, options.rows);
  let { untied } = rest;
  const open = new PairBuffer(Math.max(1024, ids.length >> 1));
  const active = new Uint32Array(maxActive);
  const oversized = new Set<number>();
  let oversizedEvents = 0;
  for (let t = 0, start = 0; t + 1 < offsets.length; t++) {
    const end = offsets[t + 1]!;
    let total = 0;
    let actives = 0;
    // Of two members the silent one is plainly the one addressed.
    const pairwise = end - start === 2;
    for (let s = start; s < end; s++) {
      total += messagesOf[s]! + callsOf[s]!;
      if (!pairwise && wrote[s] === 0) continue;
      if (actives < maxActive) active[actives] = s;
      actives++;
    }
    start = end;
    if (total === 0) continue;
    if (actives < 2) {
      untied += total;
      continue;
    }
    if (actives > maxActive) {
      oversized.add(members.whole?.[t] ?? t);
      oversizedEvents += total;
      continue;
    }
    const share = 1 / (actives - 1);
    for (let i = 0; i < actives; i++) {
      const a = active[i]!;
      for (let j = i + 1; j < actives; j++) {
        const b = active[j]!;
        const messages = messagesOf[a]! + messagesOf[b]!;
        const calls = callsOf[a]! + callsOf[b]!;
        if (messages + calls > 0) open.push(ids[a]!, ids[b]!, (messages + calls) * share, messages, calls);
      }
    }
  }
  return { ...open.merge(parties), untied, oversizedThreads: oversized.size, oversizedEvents };
}

/** Ties of single threads before the same pair's threads are added up. */
class PairBuffer {
  #length = 0;
  #low: Uint32Array;
  #high: Uint32Array;
  #weight: Float64Array;
  #messages: Uint32Array;
  #calls: Uint32Array;

  constructor(capacity: number) {
    this.#low = new Uint32Array(capacity);
    this.#high = new Uint32Array(capacity);
    this.#weight = new Float64Array(capacity);
    this.#messages = new Uint32Array(capacity);
    this.#calls = new Uint32Array(capacity);
  }

  push(a: number, b: number, weight: number, messages: number, calls: number): void {
    if (this.#length === this.#low.length) this.#grow();
    const i = this.#length++;
    this.#low[i] = a < b ? a : b;
    this.#high[i] = a < b ? b : a;
    this.#weight[i] = weight;
    this.#messages[i] = messages;
    this.#calls[i] = calls;
  }

  merge(parties: number): Pairs & { messages: Uint32Array; calls: Uint32Array } {
    const low = this.#low.subarray(0, this.#length);
    const high = this.#high.subarray(0, this.#length);
    const order = pairOrder(parties, low, high);
    const source = new Uint32Array(this.#length);
    const target = new Uint32Array(this.#length);
    const weight = new Float64Array(this.#length);
    const messages = new Uint32Array(this.#length);
    const calls = new Uint32Array(this.#length);
    let last = -1;
    for (let i = 0; i < order.length; i++) {
      const e = order[i]!;
      const a = low[e]!;
      const b = high[e]!;
      if (last < 0 || source[last] !== a || target[last] !== b) {
        last++;
        source[last] = a;
        target[last] = b;
      }
      weight[last]! += this.#weight[e]!;
      messages[last]! += this.#messages[e]!;
      calls[last]! += this.#calls[e]!;
    }
    const n = last + 1;
    return {
      source: source.slice(0, n),
      target: target.slice(0, n),
      weight: weight.slice(0, n),
      messages: messages.slice(0, n),
      calls: calls.slice(0, n)
    };
  }

  #grow(): void {
    const size = this.#low.length * 2;
    const wider = <A extends Uint32Array | Float64Array>(next: A, from: A): A => {
      next.set(from);
      return next;
    };
    this.#low = wider(new Uint32Array(size), this.#low);
    this.#high = wider(new Uint32Array(size), this.#high);
    this.#weight = wider(new Float64Array(size), this.#weight);
    this.#messages = wider(new Uint32Array(size), this.#messages);
    this.#calls = wider(new Uint32Array(size), this.#calls);
  }
}

/** Members without repeats and NONE. Each place in `ids` is one slot: a party in a thread. */
function distinctMembers(parties: number, members: ThreadMembers): ThreadMembers {
  const threads = members.offsets.length - 1;
  const seenIn = new Uint32Array(parties).fill(NONE);
  const offsets = new Uint32Array(threads + 1);
  const ids = new Uint32Array(members.ids.length);
  let length = 0;
  for (let t = 0; t < threads; t++) {
    for (let k = members.offsets[t]!; k < members.offsets[t + 1]!; k++) {
      const id = members.ids[k]!;
      if (id === NONE) continue;
      if (id >= parties) throw new RangeError(`thread ${t} names party ${id} of ${parties}`);
      if (seenIn[id] === t) continue;
      seenIn[id] = t;
      ids[length++] = id;
    }
    offsets[t + 1] = length;
  }
  return { offsets, ids: ids.subarray(0, length) };
}

/** The slot of each event's sender, NONE where it has none; `strangers` are rows whose sender is no member. */
function locateSenders(
  parties: number,
  events: EventColumns,
  roster: ThreadMembers
): { slots: Uint32Array; strangers: number[] } {
  const { offsets, ids } = roster;
  const threads = offsets.length - 1;
  const { from: sender, thread } = events;
  const slots = new Uint32Array(events.count).fill(NONE);
  const strangers: number[] = [];
  const inLarge = new Uint32Array(events.count);
  let large = 0;
  for (let row = 0; row < events.count; row++) {
    const from = sender[row]!;
    const t = thread[row]!;
    if (from === NONE || t === NONE) continue;
    if (from >= parties || t >= threads) {
      throw new RangeError(`event ${row} names party ${from} in thread ${t}, of ${parties} and ${threads}`);
    }
    const end = offsets[t + 1]!;
    let s = offsets[t]!;
    if (end - s > 16) {
      inLarge[large++] = row;
      continue;
    }
    while (s < end && ids[s] !== from) s++;
    if (s < end) slots[row] = s;
    else strangers.push(row);
  }
  // Rows of large groups go thread by thread, so that one array can say where each party stands.
  const slotOf = new Uint32Array(large === 0 ? 0 : parties);
  const slotIn = new Uint32Array(large === 0 ? 0 : parties).fill(NONE);
  let current = NONE;
  for (const row of orderBy(thread, threads, inLarge.subarray(0, large))) {
    const t = thread[row]!;
    if (t !== current) {
      current = t;
      for (let s = offsets[t]!; s < offsets[t + 1]!; s++) {
        slotOf[ids[s]!] = s;
        slotIn[ids[s]!] = t;
      }
    }
    const from = sender[row]!;
    if (slotIn[from] === t) slots[row] = slotOf[from]!;
    else strangers.push(row);
  }
  return { slots, strangers };
}

/** Adds senders who are no members: exports list who is in a group now, and someone who left still wrote. */
function withStrangers(events: EventColumns, roster: ThreadMembers, strangers: readonly number[]): ThreadMembers {
  const missing = new Map<number, Set<number>>();
  for (const row of strangers) {
    const t = events.thread[row]!;
    const known = missing.get(t);
    if (known === undefined) missing.set(t, new Set([events.from[row]!]));
    else known.add(events.from[row]!);
  }
  let added = 0;
  for (const extra of missing.values()) added += extra.size;
  const ids = new Uint32Array(roster.ids.length + added);
  const offsets = new Uint32Array(roster.offsets.length);
  let at = 0;
  for (let t = 0; t + 1 < offsets.length; t++) {
    for (let k = roster.offsets[t]!; k < roster.offsets[t + 1]!; k++) ids[at++] = roster.ids[k]!;
    for (const id of missing.get(t) ?? []) ids[at++] = id;
    offsets[t + 1] = at;
  }
  return { offsets, ids };
}
