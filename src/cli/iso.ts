/** A moment as the result files write it: ISO 8601 in UTC, null where there is none. */
export const iso = (utcMs: number | null): string | null => (utcMs === null ? null : new Date(utcMs).toISOString());
