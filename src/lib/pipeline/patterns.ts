/** The evidence as the rules want it, and what they find as rows to show. */
import type { PatternFacts, PatternFinding } from '../analysis/patterns/facts.ts';
import { findPatterns, PATTERN_RULES } from '../analysis/patterns/library.ts';
import type { PaceOptions } from '../analysis/pace.ts';
import { furtherSources } from '../evidence/mirrors.ts';
import { MessageState } from '../evidence/records.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { zoneClock } from '../formats/time/zone-clock.ts';
import { ownersOfSources } from './case-devices.ts';
import { NUMBER_LIKE, tailOf, tailsOf } from './number-tails.ts';
import type { PatternRow, PatternsView } from './pattern-contract.ts';
import { partyRosters } from './rosters.ts';
import { senderColumn, threadMembers } from './thread-members.ts';

const QUOTES = 5;
const AGAINST_QUOTES = 2;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * What the rules find in a set.
 * @param ids messages of the set, in order of time
 * @throws the signal's reason when aborted
 */
export async function patternsView(
  store: EvidenceStore,
  ids: Uint32Array,
  zone: string,
  options: PaceOptions
): Promise<{ view: PatternsView; found: readonly PatternFinding[] }> {
  const started = performance.now();
  const facts = patternFacts(store, ids, zone);
  const found = await findPatterns(facts, options);
  const view = {
    findings: found.map((finding, id) => patternRow(store, finding, id)),
    rules: PATTERN_RULES.map(({ id, version }) => ({ id, version })),
    messages: facts.rows.length,
    leftOut: ids.length - facts.rows.length,
    elapsed_ms: performance.now() - started
  };
  return { view, found };
}

export function patternFacts(store: EvidenceStore, ids: Uint32Array, zone: string): PatternFacts {
  const { messages, directory, committed } = store;
  const parties = directory.partyCount;
  const utcMs = messages.time.utcMs.view(0, committed.messages) as Float64Array;
  const state = messages.state.view(0, committed.messages) as Uint16Array;
  const clock = zoneClock(zone);
  return {
    parties,
    rows: ids.filter((id) => !Number.isNaN(utcMs[id]!) && (state[id]! & MessageState.system) === 0),
    from: senderColumn(store),
    thread: messages.thread.view(0, committed.messages) as Uint32Array,
    utcMs,
    members: threadMembers(store),
    audience: partyRosters(store),
    isGroup: Uint8Array.from(directory.threads, ({ isGroup }) => Number(isGroup)),
    local: (ms) => {
      const localMs = ms + clock.offsetMs(ms);
      const day = Math.floor(localMs / DAY_MS);
      return { day, minute: Math.floor((localMs - day * DAY_MS) / MINUTE_MS) };
    },
    text: (id) => messages.body.at(id),
    sourcesOf: copiesBySource(store),
    owners: ownersOfSources(store),
    numbersIn: numbersIn(tailsOf(store))
  };
}

function numbersIn(byTail: ReadonlyMap<string, number>): (text: string) => number[] {
  return (text) =>
    text.length < 8
      ? []
      : Array.from(text.matchAll(NUMBER_LIKE), ([number]) => byTail.get(tailOf(number)) ?? -1).filter((p) => p >= 0);
}

/** Sources of each message with its copies: one list for every distinct set of files. */
function copiesBySource(store: EvidenceStore): (id: number) => readonly number[] {
  const { messages, sources } = store;
  const alone = sources.map((_, source) => [source]);
  const more = new Map<number, number[]>();
  furtherSources(store, (id, source) => more.set(id, [...(more.get(id) ?? [messages.place.source.at(id)]), source]));
  return (id) => more.get(id) ?? alone[messages.place.source.at(id)] ?? [];
}

function patternRow(store: EvidenceStore, finding: PatternFinding, id: number): PatternRow {
  const { messages, against, people, ...rest } = finding;
  return {
    ...rest,
    id,
    people: people.map((party) => ({ id: party, label: store.directory.label(party) })),
    messages: messages.length,
    against: against.length,
    quotes: evenly(messages, QUOTES),
    againstQuotes: evenly(against, AGAINST_QUOTES)
  };
}

/** Some of a list, first and last among them. */
function evenly(ids: Uint32Array, count: number): number[] {
  if (ids.length <= count) return [...ids];
  return Array.from({ length: count }, (_, i) => ids[Math.round((i * (ids.length - 1)) / (count - 1))]!);
}
