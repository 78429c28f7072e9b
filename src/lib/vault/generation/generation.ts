/**
 * [Note: Generations]
 * How and where the blocks of a case lie is a generation of it: a layout and a number that counts up, in the case's record.
 * That record is the pointer, and the only one. Where a later version of the app lays blocks out otherwise, it writes the
 * new generation beside the old one: in files and under rows that bear its number. All of it is read back and held against
 * the old one by the root over the blocks' content; then one strict transaction puts the pointer on it. Until then the old
 * generation is the case, and nothing of it was touched: a stop, a full disk or a fault at any call leaves a half-made one
 * that nothing points to, which is taken away when the case is next opened for writing.
 *
 * The old generation goes when the new one was read to its end in a later opening, and nothing in it had to be mended: what
 * was read back at once may have come from memory and not from the disk. Until then a block that is damaged in the new one
 * comes back from it. It stays as long as any window reads the case: such a window keeps to the generation that it opened.
 *
 * What a generation does not hold: key slots, signed roots of the audit log, files laid aside, files that can be made again.
 * They are the case's, whatever its blocks lie in.
 */
import { rowsOf, SCHEMA, type CaseRecord } from '../schema.ts';
import { readSlot } from '../slots.ts';

/** Rows of IndexedDB; files of the origin, see [Note: Segments]. */
export type Layout = 'database' | NonNullable<CaseRecord['layout']>;

export interface Generation {
  /** From 0, which every case has that was never migrated. */
  readonly number: number;
  readonly layout: Layout;
}

export const generationOf = ({ generation, layout }: Pick<CaseRecord, 'generation' | 'layout'>): Generation => ({
  number: generation ?? 0,
  layout: layout ?? 'database'
});

/** The record with its pointer on another generation, and otherwise as this version writes it. */
export function pointedTo(record: CaseRecord, { number, layout }: Generation): CaseRecord {
  const slots = record.slots.map(readSlot);
  const { layout: _before, ...rest } = record;
  return { ...rest, schema: SCHEMA, slots, generation: number, ...(layout === 'database' ? {} : { layout }) };
}

/** Under which first key the rows of a case's current generation lie. */
export const rowsOfRecord = (record: CaseRecord): string => rowsOf(record.id, generationOf(record).number);
