/** Which parts of a filter set no condition. */
import type { FilterGroup, FilterParts } from './filter-contract.ts';

/** Alternatives that set a condition; the others are passed over. */
export function alternativesOf({ anyOf }: { readonly anyOf?: readonly FilterGroup[] }): readonly FilterGroup[] {
  return (anyOf ?? []).filter(setsCondition);
}

/** Whether some messages might not meet it. */
export function setsCondition({ not = {}, ...parts }: FilterGroup): boolean {
  return hasPart(parts) || hasPart(not);
}

/** A side without people is where the next person will stand, and hides nothing. */
function hasPart({ time, ...parts }: FilterParts): boolean {
  const isTimed = time !== undefined && (time.fromMs !== null || time.toMs !== null);
  return isTimed || Object.entries(parts).some(([part, value]) => part !== 'partySide' && !isVacant(value));
}

export function isVacant(value: unknown): boolean {
  return value === undefined || value === '' || value === 0 || (Array.isArray(value) && value.length === 0);
}
