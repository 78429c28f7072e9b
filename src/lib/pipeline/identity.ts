/** The evidence as the identity kernel wants it: who was in direct contact, under which names, and who said what. */
import type { Dyads, IdentityFacts, PartyName, SharedEntry, Statement } from '../analysis/identity/facts.ts';
import { NEW_NUMBER_PHRASES } from '../analysis/identity/number-words.ts';
import { rowsOf } from '../analysis/filter/bits.ts';
import { NONE } from '../evidence/ids.ts';
import { MessageState } from '../evidence/records.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { folded } from '../language/fold.ts';
import { NUMBER_LIKE, tailOf, tailsOf } from './number-tails.ts';
import type { SearchDesk } from './search-desk.ts';

/** Parties here are single numbers and handles, whatever was joined: a decision changes no reason. */
export async function identityFacts(store: EvidenceStore, search: SearchDesk): Promise<IdentityFacts> {
  const { directory } = store;
  const partyOf = directory.ownPartyColumn();
  const owners: { source: number; party: number }[] = [];
  const names: PartyName[] = [];
  for (const [account, { identifier, names: given, ownerOf }] of directory.accounts.entries()) {
    const party = partyOf[account]!;
    for (const source of ownerOf) owners.push({ source, party });
    for (const { name, origin, source } of given) {
      const plain = nameForm(name);
      // What a spreadsheet left of a number is a new account at each row; its name would pair all of them.
      if (plain !== '' && !identifier.startsWith('damaged:'))
        names.push({ party, folded: plain, source, isContact: origin === 'contact' });
    }
  }
  const entries: SharedEntry[] = [];
  for (const [record, other] of store.others.entries()) {
    if (other.kind !== 'contact' || other.accounts.length < 2) continue;
    const parties = [...new Set(other.accounts.map((account) => partyOf[account]!))];
    if (parties.length > 1) entries.push({ parties, source: other.source, record });
  }
  return {
    parties: directory.partyCount,
    dyads: dyadsOf(store, partyOf),
    names,
    entries,
    statements: await statementsOf(store, search, partyOf),
    spellings: spellingsOf(store, partyOf),
    owners,
    groups: groupsOf(store, partyOf)
  };
}

/** A name as it is compared: no accents, case, emoji or marks. */
export function nameForm(name: string): string {
  return (folded(name).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

/** One pass over messages by conversation, one over calls. */
function dyadsOf(store: EvidenceStore, partyOf: Uint32Array): Dyads {
  const { messages, calls, directory, committed } = store;
  const threads = directory.threads.length;
  const count = new Uint32Array(threads);
  const firstMs = new Float64Array(threads).fill(Number.POSITIVE_INFINITY);
  const lastMs = new Float64Array(threads).fill(Number.NEGATIVE_INFINITY);
  const threadOf = messages.thread.view(0, committed.messages);
  const state = messages.state.view(0, committed.messages);
  const utcMs = messages.time.utcMs.view(0, committed.messages);
  for (let row = 0; row < threadOf.length; row++) {
    // A line that the service itself wrote is no contact.
    if ((state[row]! & MessageState.system) !== 0) continue;
    const thread = threadOf[row]!;
    count[thread]!++;
    const ms = utcMs[row]!;
    if (ms < firstMs[thread]!) firstMs[thread] = ms;
    if (ms > lastMs[thread]!) lastMs[thread] = ms;
  }
  const byPair = new Map<number, [count: number, firstMs: number, lastMs: number]>();
  const add = (a: number, b: number, events: number, first: number, last: number): void => {
    const key = Math.min(a, b) * directory.partyCount + Math.max(a, b);
    const known = byPair.get(key);
    if (known === undefined) byPair.set(key, [events, first, last]);
    else {
      known[0] += events;
      if (first < known[1]) known[1] = first;
      if (last > known[2]) known[2] = last;
    }
  };
  for (const [number, thread] of directory.threads.entries()) {
    if (thread.isGroup || count[number] === 0) continue;
    const [a, b, ...more] = new Set(thread.members.map((account) => partyOf[account]!));
    if (a !== undefined && b !== undefined && more.length === 0) add(a, b, count[number]!, firstMs[number]!, lastMs[number]!);
  }
  for (let call = 0; call < committed.calls; call++) {
    const from = calls.from.at(call);
    const to = calls.to.at(call);
    if (from === NONE || to.length !== 1) continue;
    const [a, b] = [partyOf[from]!, partyOf[to[0]!]!];
    const ms = calls.time.utcMs.at(call);
    if (a !== b) add(a, b, 1, Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms, Number.isNaN(ms) ? Number.NEGATIVE_INFINITY : ms);
  }
  const rows = [...byPair];
  const time = (ms: number): number => (Number.isFinite(ms) ? ms : Number.NaN);
  return {
    a: Uint32Array.from(rows, ([key]) => Math.floor(key / directory.partyCount)),
    b: Uint32Array.from(rows, ([key]) => key % directory.partyCount),
    count: Uint32Array.from(rows, ([, [events]]) => events),
    firstMs: Float64Array.from(rows, ([, [, first]]) => time(first)),
    lastMs: Float64Array.from(rows, ([, [, , last]]) => time(last))
  };
}

function groupsOf(store: EvidenceStore, partyOf: Uint32Array): { offsets: Uint32Array; ids: Uint32Array } {
  const ids: number[] = [];
  const ends: number[] = [0];
  for (const thread of store.directory.threads) {
    if (!thread.isGroup) continue;
    for (const party of new Set(thread.members.map((account) => partyOf[account]!))) ids.push(party);
    ends.push(ids.length);
  }
  return { offsets: Uint32Array.from(ends), ids: Uint32Array.from(ids) };
}

/** Digits that stand for one number in different spellings; two full numbers of two countries are never one. */
function spellingsOf(store: EvidenceStore, partyOf: Uint32Array): number[][] {
  const byTail = new Map<string, { full: Set<number>; bare: Set<number> }>();
  for (const [account, { identifier, e164 }] of store.directory.accounts.entries()) {
    if (!/^\+?\d{9,15}$/u.test(identifier)) continue;
    const tail = tailOf(identifier);
    const known = byTail.get(tail) ?? { full: new Set(), bare: new Set() };
    (e164 === null ? known.bare : known.full).add(partyOf[account]!);
    byTail.set(tail, known);
  }
  return [...byTail.values()].flatMap(({ full, bare }) =>
    full.size < 2 && full.size + bare.size > 1 ? [[...full, ...bare]] : []
  );
}

/** Messages with a phrase about a new number that hold a number of another party of the case. */
async function statementsOf(store: EvidenceStore, search: SearchDesk, partyOf: Uint32Array): Promise<Statement[]> {
  const { messages } = store;
  const byTail = tailsOf(store, (account) => partyOf[account]!);
  const isOwnAt = new Map<number, boolean>();
  for (const { phrase, isOwn } of NEW_NUMBER_PHRASES) {
    // Not in transcripts: what a model heard in a voice note is no reason for or against.
    const parsed = search.parse(`original:"${phrase}" OR translation:"${phrase}"`);
    if (!parsed.ok || parsed.query === null) continue;
    for (const id of rowsOf((await search.find(parsed.query)).bits)) isOwnAt.set(id, isOwn || isOwnAt.get(id) === true);
  }
  const statements: Statement[] = [];
  for (const [message, isOwn] of [...isOwnAt].sort(([x], [y]) => x - y)) {
    const from = messages.from.at(message);
    if (from === NONE) continue;
    const speaker = partyOf[from]!;
    for (const [number] of messages.body.at(message).matchAll(NUMBER_LIKE)) {
      const named = byTail.get(tailOf(number));
      if (named !== undefined && named !== speaker) statements.push({ message, speaker, named, isOwn });
    }
  }
  return statements;
}
