/** A filter about people as they count now: a number that was joined to others means the person. */
import type { Directory } from '../evidence/directory.ts';
import type { CaseFilter } from './contract.ts';

export function standingPeople(directory: Directory, filter: CaseFilter): CaseFilter {
  const { not, ...parts } = filter;
  const inside = standingParts(directory, parts);
  return not === undefined ? inside : { ...inside, not: standingParts(directory, not) };
}

function standingParts(directory: Directory, parts: Omit<CaseFilter, 'not'>): Omit<CaseFilter, 'not'> {
  const { parties, between, ...rest } = parts;
  return {
    ...rest,
    ...(parties === undefined ? {} : { parties: [...new Set(parties.map((party) => directory.standing(party)))] }),
    ...(between === undefined ? {} : { between: [directory.standing(between[0]), directory.standing(between[1])] as const })
  };
}
