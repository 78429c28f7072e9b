/** Where a generation lies: its files among those of the case's folder, and the port to its blocks. */
import type { BlockPort } from '../block-port.ts';
import type { HeadSlot, SegmentFolder } from '../segments/ports.ts';
import { SegmentBlocks, type SegmentParts } from '../segments/segment-blocks.ts';
import type { Generation } from './generation.ts';
import type { CasePlaces } from './ports.ts';

/** As generation 0 has always named them. */
const FIRST_FILES = /^(?:segment-\d\d|journal|parity|reserve)$/;
const LATER_FILES = /^g(\d+)-/;

/** Which generation a file of the folder belongs to; null of what is the case's: its record's copy, files laid aside. */
export function generationOfFile(name: string): number | null {
  if (FIRST_FILES.test(name)) return 0;
  const number = LATER_FILES.exec(name)?.[1];
  return number === undefined ? null : Number(number);
}

/** The folder as a generation sees it: its own files, by the names that they have in every generation. */
export function folderOf(folder: SegmentFolder, generation: number): SegmentFolder {
  const before = generation === 0 ? '' : `g${generation}-`;
  return {
    open: (name) => folder.open(before + name),
    peek: (name) => folder.peek(before + name),
    remove: (name) => folder.remove(before + name),
    names: async () =>
      (await folder.names()).filter((name) => generationOfFile(name) === generation).map((name) => name.slice(before.length))
  };
}

/** Keeps no head: while a generation is written or looked at, the case's head is that of the one that counts. */
export const NO_HEADS: HeadSlot = { get: () => Promise.resolve(null), set: () => Promise.resolve() };

/** The parts of a generation that lies in segments. */
export function segmentParts(
  { caseId, folder, rows, reserveBytes }: CasePlaces,
  number: number
): Omit<SegmentParts, 'heads' | 'isReadOnly'> {
  if (folder === null) throw new Error('This case lies in files that this browser, or this window, does not let Skein open.');
  return {
    caseId,
    folder: folderOf(folder, number),
    shelf: rows.commits(number),
    ...(reserveBytes === undefined ? {} : { reserveBytes })
  };
}

/** The blocks of the generation that counts, in this window. */
export async function openGeneration(
  places: CasePlaces,
  { number, layout }: Generation,
  isReadOnly: boolean
): Promise<BlockPort> {
  if (layout === 'database') return places.rows.blocks(number);
  const { heads, rows } = places;
  const parts = { ...segmentParts(places, number), heads, isReadOnly };
  if (number === 0) return SegmentBlocks.open(parts);
  // Only rows are asked: a generation in segments before it would have mended itself.
  const older = async (seq: number): Promise<Uint8Array<ArrayBuffer> | null> =>
    (await rows.blocks(number - 1).read(seq)).block?.cipher ?? null;
  return SegmentBlocks.open({ ...parts, older });
}

/** A generation to look at: nothing is mended, and no head is told. */
export async function lookAtGeneration(places: CasePlaces, { number, layout }: Generation): Promise<BlockPort> {
  if (layout === 'database') return places.rows.blocks(number);
  return SegmentBlocks.open({ ...segmentParts(places, number), heads: NO_HEADS, isReadOnly: true });
}
