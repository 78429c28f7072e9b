/** The calls that a filter of messages lets through. */
import type { EvidenceStore } from '../evidence/store.ts';
import type { CaseFilter, FilterGroup, FilterParts, PartySide } from './filter-contract.ts';
import { alternativesOf } from './filter-vacancy.ts';
import { partyOfPair } from './standing-people.ts';

/**
 * Calls have people (a caller, and those who were called), a service, a source and a time, but no text, thread, language,
 * tag or translation: a filter that asks for one of those is about messages alone and lets no call through.
 */
export function selectCalls(
  store: EvidenceStore,
  filter: CaseFilter,
  communityOf: (party: number) => number | null
): Uint32Array {
  const shared = callsOf(store, filter, communityOf);
  const alternatives = alternativesOf(filter);
  if (alternatives.length === 0) return shared;
  const some = new Set(alternatives.flatMap((group) => [...callsOf(store, group, communityOf)]));
  return shared.filter((id) => some.has(id));
}

function callsOf(
  store: EvidenceStore,
  { not = {}, ...parts }: FilterGroup,
  communityOf: (party: number) => number | null
): Uint32Array {
  const isAboutText = (side: FilterParts): boolean =>
    (side.text ?? '').trim() !== '' ||
    [side.threads, side.languages, side.lines, side.tags, side.topics, side.patterns, side.timeline, side.places].some(has) ||
    (side.states ?? 0) !== 0;
  if (isAboutText(parts)) return new Uint32Array();
  const { calls, directory, services } = store;
  const chosen = {
    parties: asSet(parts.parties),
    notParties: asSet(not.parties),
    services: asSet(parts.services),
    notServices: asSet(not.services),
    sources: asSet(parts.sources),
    notSources: asSet(not.sources),
    communities: asSet(parts.communities)
  };
  const fromMs = parts.time?.fromMs ?? Number.NEGATIVE_INFINITY;
  const toMs = parts.time?.toMs ?? Number.POSITIVE_INFINITY;
  const pairPartyOf = partyOfPair(directory, parts.between ?? [-1, -2]);
  const isTimed = Number.isFinite(fromMs) || Number.isFinite(toMs);
  const ids: number[] = [];
  for (let id = 0; id < store.committed.calls; id++) {
    const utcMs = calls.time.utcMs.at(id);
    if (isTimed && !(utcMs >= fromMs && utcMs < toMs)) continue;
    const caller = directory.partyOf(calls.from.at(id));
    const called = Array.from(calls.to.at(id), (account) => directory.partyOf(account)).filter((party) => party !== caller);
    const stands = (people: ReadonlySet<number>, side: PartySide = 'from'): boolean =>
      (side !== 'to' && people.has(caller)) || (side !== 'from' && called.some((party) => people.has(party)));
    if (chosen.parties !== null && !stands(chosen.parties, parts.partySide)) continue;
    if (chosen.notParties !== null && stands(chosen.notParties, not.partySide)) continue;
    if (parts.between !== undefined) {
      const people = new Set([calls.from.at(id), ...calls.to.at(id)].map(pairPartyOf));
      if (!people.has(parts.between[0]) || !people.has(parts.between[1])) continue;
    }
    const service = services.at(calls.service.at(id));
    if (chosen.services !== null && !chosen.services.has(service)) continue;
    if (chosen.notServices?.has(service) === true) continue;
    const source = calls.place.source.at(id);
    if (chosen.sources !== null && !chosen.sources.has(source)) continue;
    if (chosen.notSources?.has(source) === true) continue;
    if (chosen.communities !== null && !chosen.communities.has(communityOf(caller) ?? -1)) continue;
    ids.push(id);
  }
  return Uint32Array.from(ids);
}

const has = (values: readonly unknown[] | undefined): boolean => values !== undefined && values.length > 0;
const asSet = <T>(values: readonly T[] | undefined): Set<T> | null => (has(values) ? new Set(values) : null);
