/** Changes of a filter as plain functions from one filter to the next. */
import type { CaseFilter, FilterGroup, PartySide } from '../pipeline/contract.ts';

/** Parts that hold a list of values. */
export type ListPart =
  | 'parties'
  | 'threads'
  | 'sources'
  | 'tags'
  | 'services'
  | 'languages'
  | 'communities'
  | 'topics'
  | 'patterns'
  | 'timeline'
  | 'places'
  | 'phones';
export type PartValue<P extends ListPart> = NonNullable<CaseFilter[P]>[number];

/** The filter with one part replaced; empty lists and empty texts take the part away. */
export function withPart<P extends keyof CaseFilter>(filter: CaseFilter, part: P, value: CaseFilter[P] | undefined): CaseFilter {
  const next: { -readonly [K in keyof CaseFilter]: CaseFilter[K] } = { ...filter };
  delete next[part];
  if (!isVacant(value)) next[part] = value as CaseFilter[P];
  return next;
}

/** Adds the value or takes it out; a value that was excluded before is no longer excluded. */
export function toggleValue<P extends ListPart>(filter: CaseFilter, part: P, value: PartValue<P>): CaseFilter {
  const included = withPart(filter, part, toggled(valuesOf(filter, part), value) as CaseFilter[P]);
  return without(included, part, value);
}

/** Excludes the value or stops excluding it; an excluded value is never also included. */
export function excludeValue<P extends ListPart>(filter: CaseFilter, part: P, value: PartValue<P>): CaseFilter {
  const not = withPart(filter.not ?? {}, part, toggled(valuesOf(filter.not ?? {}, part), value) as CaseFilter[P]);
  const kept = valuesOf(filter, part)?.filter((other) => other !== value);
  // Whoever is left out is left out on the side that the facets count.
  const sided = part === 'parties' && filter.not?.parties === undefined ? withPart(not, 'partySide', filter.partySide) : not;
  return withPart(withPart(filter, part, kept as CaseFilter[P]), 'not', sided);
}

/** The filter with these people on one side of the messages, in place of whatever people it had. */
export function withPeople(filter: CaseFilter, people: readonly number[], side: PartySide): CaseFilter {
  return withPart(withPart(filter, 'parties', people), 'partySide', side === 'from' ? undefined : side);
}

/** Moves the filter's people, included and excluded, to another side; the next person chosen will stand there too. */
export function onSide(filter: CaseFilter, side: PartySide): CaseFilter {
  const stored = side === 'from' ? undefined : side;
  const moved = withPart(filter, 'partySide', stored);
  return filter.not?.parties === undefined ? moved : withPart(moved, 'not', withPart(filter.not, 'partySide', stored));
}

/** The filter with the person in place of each number that another stands for now. */
export function withPersons(filter: CaseFilter, standing: readonly (readonly [party: number, person: number])[]): CaseFilter {
  const personOf = new Map(standing);
  const renamed = (parties: readonly number[]): number[] => [...new Set(parties.map((party) => personOf.get(party) ?? party))];
  const inGroup = <G extends FilterGroup>(group: G): G => {
    const { parties, not } = group;
    const inside = parties === undefined ? group : { ...group, parties: renamed(parties) };
    return not?.parties === undefined ? inside : { ...inside, not: { ...not, parties: renamed(not.parties) } };
  };
  const shared = inGroup(filter);
  return shared.anyOf === undefined ? shared : { ...shared, anyOf: shared.anyOf.map(inGroup) };
}

export function sideOf(filter: Pick<CaseFilter, 'partySide'>): PartySide {
  return filter.partySide ?? 'from';
}

/** Whether every message passes. A side without people is where the next person will stand, and hides nothing. */
export function isEmptyFilter(filter: CaseFilter): boolean {
  return Object.entries(filter).every(([part, value]) => part === 'partySide' || isVacant(value));
}

/** Whether the filter names values of a part anywhere: to be met, left out, or in an alternative. */
export function namesPart(filter: CaseFilter, part: ListPart): boolean {
  const groups: readonly FilterGroup[] = [filter, ...(filter.anyOf ?? [])];
  return groups.some((group) => group[part] !== undefined || group.not?.[part] !== undefined);
}

/** The filter without that part, wherever it stands. */
export function withoutPart(filter: CaseFilter, part: ListPart): CaseFilter {
  const bare = (group: FilterGroup): CaseFilter =>
    withPart(withPart(group, part, undefined), 'not', withPart(group.not ?? {}, part, undefined));
  return filter.anyOf === undefined ? bare(filter) : { ...bare(filter), anyOf: filter.anyOf.map(bare) };
}

function without<P extends ListPart>(filter: CaseFilter, part: P, value: PartValue<P>): CaseFilter {
  const excluded = valuesOf(filter.not ?? {}, part);
  if (excluded === undefined) return filter;
  const rest = excluded.filter((other) => other !== value) as unknown as CaseFilter[P];
  return withPart(filter, 'not', withPart(filter.not ?? {}, part, rest));
}

/** The list of one part; TypeScript cannot tie a generic part to its values by itself. */
function valuesOf<P extends ListPart>(filter: CaseFilter, part: P): readonly PartValue<P>[] | undefined {
  return filter[part] as readonly PartValue<P>[] | undefined;
}

function toggled<T>(list: readonly T[] | undefined, value: T): readonly T[] {
  if (list === undefined) return [value];
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}

function isVacant(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0) return true;
  // Alternatives are a list of filters; any other list holds numbers or names.
  if (Array.isArray(value)) return value.every((entry) => typeof entry === 'object' && isVacant(entry));
  if (typeof value !== 'object') return false;
  return isEmptyFilter(value as CaseFilter);
}
