/** A filter about people as they count now: a number that was joined to others means the person. */
import type { Directory } from '../evidence/directory.ts';
import type { CaseFilter, FilterGroup, FilterParts } from './filter-contract.ts';

export function standingPeople(directory: Directory, filter: CaseFilter): CaseFilter {
  const { anyOf, ...shared } = filter;
  const standing = standingGroup(directory, shared);
  return anyOf === undefined ? standing : { ...standing, anyOf: anyOf.map((group) => standingGroup(directory, group)) };
}

/** The numbers of a filter that another stands for, each with that one. */
export function standingNumbers(directory: Directory, filter: CaseFilter): [party: number, person: number][] {
  const groups: readonly FilterGroup[] = [filter, ...(filter.anyOf ?? [])];
  const named = new Set(groups.flatMap(({ parties, not }) => [...(parties ?? []), ...(not?.parties ?? [])]));
  return [...named].filter((party) => directory.standing(party) !== party).map((party) => [party, directory.standing(party)]);
}

/** Two numbers of one person stay two: what is asked for are the messages from one to the other. */
function standingPair(directory: Directory, [a, b]: readonly [number, number]): readonly [number, number] {
  const [first, second] = [directory.standing(a), directory.standing(b)];
  return first === second ? [a, b] : [first, second];
}

/** Party of an account as a pair of `standingPeople` means it. */
export function partyOfPair(directory: Directory, [a, b]: readonly [number, number]): (account: number) => number {
  const isOne = directory.standing(a) === directory.standing(b);
  return isOne ? (account) => directory.ownPartyOf(account) : (account) => directory.partyOf(account);
}

function standingGroup(directory: Directory, { not, ...parts }: FilterGroup): FilterGroup {
  const inside = standingParts(directory, parts);
  return not === undefined ? inside : { ...inside, not: standingParts(directory, not) };
}

function standingParts(directory: Directory, parts: FilterParts): FilterParts {
  const { parties, between, ...rest } = parts;
  return {
    ...rest,
    ...(parties === undefined ? {} : { parties: [...new Set(parties.map((party) => directory.standing(party)))] }),
    ...(between === undefined ? {} : { between: standingPair(directory, between) })
  };
}
