/**
 * [Note: Audience] A message has one sender and any number of receivers, but a facet's dimension has one small number
 * a row. What repeats is the pair of sender and audience: two in a conversation of two, one for each writing member of
 * a group. So the pair is the dimension: a choice of people becomes a choice of pairs, counts of pairs become counts of
 * people afterwards, and the pass over the rows ([Note: One pass]) stays as it is.
 *
 * The audience of a message is its named recipients, else the members of its conversation. The sender is never among
 * the receivers. Members are those that a source lists, and whoever wrote, less those whom a source states to have been
 * out when the message went out ([Note: Rosters]).
 */

/** Which end of a message the chosen people stand at. */
export type PartySide = 'from' | 'to' | 'either';

export interface AudienceColumns {
  /** How many parties there are; their numbers are below it. */
  readonly parties: number;
  /** Party of each row's sender; `parties` itself where nobody is named. */
  readonly from: Uint32Array;
  /** Conversation of each row, or its roster. */
  readonly thread: Uint32Array;
  /** Named recipients of row r: ids[ends[r - 1] .. ends[r]), as parties. */
  readonly named: { readonly ends: Uint32Array; readonly ids: Uint32Array };
  /** Members of thread t: ids[offsets[t] .. offsets[t + 1]), as parties, each once. */
  readonly members: { readonly offsets: Uint32Array; readonly ids: Uint32Array };
}

export class Audiences {
  readonly #columns: AudienceColumns;
  readonly #pairs: Uint32Array;
  #rowsDone = 0;
  /** Open addressing over pair numbers plus 1, kept at most half full. */
  #slots: Uint32Array = new Uint32Array(1024);
  readonly #parties: number;
  readonly #senderOf: number[] = [];
  readonly #setOf: number[] = [];
  /** 1 where the sender is one of the audience. */
  readonly #isInside: number[] = [];
  readonly #sets: Sets;

  constructor(columns: AudienceColumns) {
    this.#columns = columns;
    this.#parties = columns.parties;
    this.#sets = new Sets(columns);
    this.#pairs = new Uint32Array(columns.from.length);
  }

  /** Rows that have their pair. */
  get rowsDone(): number {
    return this.#rowsDone;
  }

  /** Pair of sender and audience of each row; works out what `extend` has not reached. */
  get pairs(): Uint32Array {
    this.extend(this.#pairs.length);
    return this.#pairs;
  }

  /** Works out the pairs of rows below `toRow`, so that a long case can be done in turns. */
  extend(toRow: number): void {
    const { from, thread, named } = this.#columns;
    const end = Math.min(toRow, from.length);
    let slots = this.#slots;
    for (let row = this.#rowsDone; row < end; row++) {
      const set = this.#sets.of(thread[row]!, row === 0 ? 0 : named.ends[row - 1]!, named.ends[row]!);
      const sender = from[row]!;
      let at = hashOf(set, sender) & (slots.length - 1);
      let pair = slots[at]! - 1;
      while (pair >= 0 && (this.#setOf[pair] !== set || this.#senderOf[pair] !== sender)) {
        at = (at + 1) & (slots.length - 1);
        pair = slots[at]! - 1;
      }
      if (pair < 0) {
        pair = this.#senderOf.length;
        this.#senderOf.push(sender);
        this.#setOf.push(set);
        this.#isInside.push(Number(this.#sets.has(set, sender)));
        slots[at] = pair + 1;
        if (pair * 2 > slots.length) slots = this.#grown(slots.length * 2);
      }
      this.#pairs[row] = pair;
    }
    this.#slots = slots;
    this.#rowsDone = Math.max(this.#rowsDone, end);
  }

  /** How many pairs there are. */
  get size(): number {
    this.extend(this.#pairs.length);
    return this.#senderOf.length;
  }

  /** 1 for each pair with one of the people on that side. */
  mask(people: readonly number[], side: PartySide): Uint8Array {
    const { size } = this;
    const isChosen = new Uint8Array(this.#parties + 1);
    for (const party of people) if (party >= 0 && party < this.#parties) isChosen[party] = 1;
    const chosenIn = this.#sets.countIn(isChosen);
    const mask = new Uint8Array(size);
    for (let pair = 0; pair < mask.length; pair++) {
      const isFrom = isChosen[this.#senderOf[pair]!] === 1;
      const receivers = chosenIn[this.#setOf[pair]!]! - (isFrom ? this.#isInside[pair]! : 0);
      mask[pair] = Number(side === 'from' ? isFrom : receivers > 0 || (side === 'either' && isFrom));
    }
    return mask;
  }

  /** Counts of pairs as counts of people on that side: a message counts once for each of them. */
  perParty(counts: Uint32Array, side: PartySide): Uint32Array {
    const people = new Uint32Array(this.#parties + 1);
    const bySet = new Uint32Array(this.#sets.count);
    const { size } = this;
    for (let pair = 0; pair < size; pair++) {
      const count = counts[pair]!;
      if (count === 0) continue;
      const sender = this.#senderOf[pair]!;
      bySet[this.#setOf[pair]!]! += count;
      // A sender inside the audience is counted there with everyone else, and is no receiver. What falls below
      // nought here wraps around and comes back with the sums by set.
      if (side !== 'from') people[sender]! -= this.#isInside[pair]! * count;
      if (side !== 'to') people[sender]! += count;
    }
    if (side !== 'from') this.#sets.addTo(people, bySet);
    return people.subarray(0, this.#parties);
  }

  #grown(size: number): Uint32Array {
    const slots = new Uint32Array(size);
    for (let pair = 0; pair < this.#senderOf.length; pair++) {
      let at = hashOf(this.#setOf[pair]!, this.#senderOf[pair]!) & (size - 1);
      while (slots[at] !== 0) at = (at + 1) & (size - 1);
      slots[at] = pair + 1;
    }
    return slots;
  }
}

/** Distinct audiences: set t is that of thread t; sets of named recipients follow as they are met. */
class Sets {
  readonly #threads: number;
  readonly #members: AudienceColumns['members'];
  readonly #named: Uint32Array;
  readonly #lists: Uint32Array[] = [];
  readonly #byKey = new Map<string, number>();
  /** Set of one named recipient, the common case, plus 1. */
  readonly #single: Uint32Array;
  /** Where the last named list of each thread stands and which set it is: neighbours mostly name the same people. */
  readonly #lastStart: Uint32Array;
  readonly #lastEnd: Uint32Array;
  readonly #lastSet: Uint32Array;

  constructor({ parties, named, members }: AudienceColumns) {
    this.#threads = Math.max(0, members.offsets.length - 1);
    this.#members = members;
    this.#named = named.ids;
    this.#single = new Uint32Array(parties);
    this.#lastStart = new Uint32Array(this.#threads);
    this.#lastEnd = new Uint32Array(this.#threads);
    this.#lastSet = new Uint32Array(this.#threads);
  }

  get count(): number {
    return this.#threads + this.#lists.length;
  }

  of(thread: number, start: number, end: number): number {
    if (start === end) return thread;
    const named = this.#named;
    if (end - start === 1) return (this.#single[named[start]!] ||= this.#add(named.slice(start, end)) + 1) - 1;
    const lastStart = this.#lastStart[thread]!;
    if (end - start === this.#lastEnd[thread]! - lastStart) {
      let i = start;
      while (i < end && named[i] === named[lastStart + i - start]) i++;
      if (i === end) return this.#lastSet[thread]!;
    }
    const distinct = Uint32Array.from(new Set(named.subarray(start, end))).sort();
    const key = distinct.join(' ');
    let set = this.#byKey.get(key);
    if (set === undefined) this.#byKey.set(key, (set = this.#add(distinct)));
    this.#lastStart[thread] = start;
    this.#lastEnd[thread] = end;
    this.#lastSet[thread] = set;
    return set;
  }

  has(set: number, party: number): boolean {
    return this.#at(set).includes(party);
  }

  /** For each set how many of the marked parties it holds. */
  countIn(marked: Uint8Array): Uint32Array {
    const counts = new Uint32Array(this.count);
    for (let set = 0; set < counts.length; set++) {
      const ids = this.#at(set);
      for (let i = 0; i < ids.length; i++) counts[set]! += marked[ids[i]!]!;
    }
    return counts;
  }

  addTo(people: Uint32Array, bySet: Uint32Array): void {
    for (let set = 0; set < bySet.length; set++) {
      const count = bySet[set]!;
      if (count === 0) continue;
      const ids = this.#at(set);
      for (let i = 0; i < ids.length; i++) people[ids[i]!]! += count;
    }
  }

  #at(set: number): Uint32Array {
    if (set >= this.#threads) return this.#lists[set - this.#threads]!;
    return this.#members.ids.subarray(this.#members.offsets[set], this.#members.offsets[set + 1]);
  }

  #add(list: Uint32Array): number {
    return this.#threads + this.#lists.push(list) - 1;
  }
}

/** Spreads both numbers over 32 bits: multipliers of Knuth's and of Murmur's finaliser. */
function hashOf(set: number, sender: number): number {
  const mixed = Math.imul(set, 0x9e3779b1) ^ Math.imul(sender, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
