/** Facets as the pane lists them: one shape for every part, whether its values are numbers, strings or bits. */
import type { CaseFilter, FacetValue, FilterResult } from '$lib/pipeline/contract.ts';
import { excludeValue, toggleValue, withPart, type ListPart } from '$lib/case/filter-parts.ts';
import { m } from '$lib/paraglide/messages.js';
import type { Names } from './sentence.ts';
import { languageName, serviceName, stateWords } from './words.ts';

export type FacetState = 'off' | 'included' | 'excluded';

export interface FacetRow {
  readonly value: number | string;
  readonly label: string;
  readonly count: number;
  readonly state: FacetState;
}

export interface FacetGroup {
  readonly part: 'parties' | 'threads' | 'services' | 'languages' | 'sources' | 'tags' | 'states';
  readonly title: string;
  readonly rows: readonly FacetRow[];
  /** Labels are evidence: names of people, groups and files. */
  readonly isEvidence: boolean;
}

const PARTS = ['parties', 'threads', 'services', 'tags', 'languages', 'sources', 'states'] as const;

const TITLES: Readonly<Record<FacetGroup['part'], () => string>> = {
  parties: () => m.filter_part_people(),
  threads: () => m.filter_part_conversations(),
  services: () => m.filter_part_apps(),
  languages: () => m.filter_part_languages(),
  sources: () => m.filter_part_sources(),
  tags: () => m.filter_part_tags(),
  states: () => m.filter_part_states()
};

/** Groups for the pane. Chosen values stay listed when nothing matches them any longer. */
export function facetGroups(result: FilterResult, filter: CaseFilter, names: Names): FacetGroup[] {
  return PARTS.map((part) => {
    const listed = result.facets[part];
    const known = new Set(listed.map((entry) => String(entry.value)));
    const chosen = [...chosenValues(filter, part), ...chosenValues(filter.not ?? {}, part)];
    const missing = chosen.filter((value) => !known.has(String(value)));
    const rows = [...missing.map((value): FacetValue => ({ value, label: '', count: 0 })), ...listed].map((entry) => ({
      value: entry.value,
      label: facetLabel(part, entry, names),
      count: entry.count,
      state: facetState(filter, part, entry.value)
    }));
    return { part, title: TITLES[part](), rows, isEvidence: part === 'parties' || part === 'threads' || part === 'sources' };
  });
}

/** The filter with the value included, or free again where it was. */
export function includeFacet(filter: CaseFilter, part: FacetGroup['part'], value: number | string): CaseFilter {
  if (part !== 'states') return toggleValue(filter, part as ListPart, value as never);
  const bit = Number(value);
  const free = withPart(filter, 'not', withPart(filter.not ?? {}, 'states', (filter.not?.states ?? 0) & ~bit));
  return withPart(free, 'states', (filter.states ?? 0) ^ bit);
}

/** The filter with the value excluded, or free again where it was. */
export function excludeFacet(filter: CaseFilter, part: FacetGroup['part'], value: number | string): CaseFilter {
  if (part !== 'states') return excludeValue(filter, part as ListPart, value as never);
  const bit = Number(value);
  const free = withPart(filter, 'states', (filter.states ?? 0) & ~bit);
  return withPart(free, 'not', withPart(filter.not ?? {}, 'states', (filter.not?.states ?? 0) ^ bit));
}

function facetState(filter: CaseFilter, part: FacetGroup['part'], value: number | string): FacetState {
  const has = (side: CaseFilter): boolean => chosenValues(side, part).some((chosen) => String(chosen) === String(value));
  if (has(filter)) return 'included';
  return has(filter.not ?? {}) ? 'excluded' : 'off';
}

function chosenValues(filter: CaseFilter, part: FacetGroup['part']): readonly (number | string)[] {
  if (part !== 'states') return filter[part] ?? [];
  const bits = filter.states ?? 0;
  return Array.from({ length: 16 }, (_, i) => 1 << i).filter((bit) => (bits & bit) !== 0);
}

function facetLabel(part: FacetGroup['part'], entry: FacetValue, names: Names): string {
  if (part === 'languages') return languageName(String(entry.value));
  if (part === 'services') return serviceName(String(entry.value));
  if (part === 'states') return stateWords(Number(entry.value)).join(', ') || entry.label;
  return entry.label === '' ? names.of(part, Number(entry.value)) : entry.label;
}
