/**
 * Alternatives of a filter as plain functions from one filter to the next: "from Amina, or in Arabic". See
 * [Note: Alternatives] in analysis/filter.
 */
import type { CaseFilter, FilterGroup } from '../pipeline/contract.ts';
import { isEmptyFilter, withPart } from './filter-parts.ts';

type Part = keyof FilterGroup;

/** The parts of an alternative, or with null the filter with the parts that all share. */
export function alternativeAt(filter: CaseFilter, place: number | null): FilterGroup {
  return place === null ? filter : (filter.anyOf?.[place] ?? {});
}

/**
 * The filter with one more alternative, without a condition yet. Where it is the first "or", what is chosen so far
 * becomes the first alternative: officers choose, and then say "or". Time stays shared, since the time line is about
 * all messages, and so does a search text, unless it is all that there is.
 */
export function withNewAlternative(filter: CaseFilter): CaseFilter {
  if (filter.anyOf !== undefined) return { ...filter, anyOf: [...filter.anyOf, {}] };
  const { time, text, ...chosen } = filter;
  const hasChoice = !isEmptyFilter(chosen);
  const first: FilterGroup = hasChoice ? chosen : withPart({}, 'text', text);
  const shared = withPart(withPart({}, 'time', time), 'text', hasChoice ? text : undefined);
  return { ...shared, anyOf: [first, {}] };
}

export function withAlternative(filter: CaseFilter, place: number, parts: FilterGroup): CaseFilter {
  return { ...filter, anyOf: (filter.anyOf ?? []).map((group, i) => (i === place ? parts : group)) };
}

/**
 * The filter without an alternative. One that is left alone joins the shared parts where no part stands in both; else
 * it stays an alternative, since two choices of people, say, must both be met.
 */
export function withoutAlternative(filter: CaseFilter, place: number): CaseFilter {
  const { anyOf = [], ...shared } = filter;
  const left = anyOf.filter((_, i) => i !== place);
  const [last, ...others] = left;
  if (last === undefined) return shared;
  const isApart = others.length > 0 || partsOf(last).some((part) => shared[part] !== undefined);
  return isApart ? { ...shared, anyOf: left } : { ...shared, ...last };
}

/** Whether a part of one place can go to another: there is none of its kind there. */
export function canMove(filter: CaseFilter, part: Part, from: number | null, to: number | null): boolean {
  return from !== to && alternativeAt(filter, from)[part] !== undefined && alternativeAt(filter, to)[part] === undefined;
}

/** Moves one part from a place to another, people with the side on which they stand. */
export function withMoved(filter: CaseFilter, part: Part, from: number | null, to: number | null): CaseFilter {
  const source = alternativeAt(filter, from);
  const moved: readonly Part[] = part === 'parties' ? ['parties', 'partySide'] : [part];
  const put = (into: FilterGroup, values: FilterGroup): CaseFilter =>
    moved.reduce<CaseFilter>((next, one) => withPart(next, one, values[one]), into);
  const at = (next: CaseFilter, place: number | null, parts: FilterGroup): CaseFilter =>
    place === null ? parts : withAlternative(next, place, parts);
  const without = at(filter, from, put(source, {}));
  return at(without, to, put(alternativeAt(without, to), source));
}

const partsOf = (group: FilterGroup): Part[] => Object.keys(group) as Part[];
