/** The annex that other programs open. */
import { BUILD_ID } from '$lib/evidence/build-id.ts';
import { csv } from '$lib/evidence/csv.ts';

/** With the build that wrote it in a last column: a line above or below the table would be one of its rows to other programs. */
export const annex = (head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  csv([[...head, 'skein_build'], ...rows.map((row) => [...row, BUILD_ID])]);
