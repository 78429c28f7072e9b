/** A case moved to the newest layout of its blocks, or left as it is. See [Note: Generations]. */
import { ContentRoot, type ContentSum } from '../backup/case-content.ts';
import type { BlockPort } from '../block-port.ts';
import { BlockStore, DamagedBlock } from '../blocks.ts';
import type { CaseRecord } from '../schema.ts';
import { writeRecord } from '../segments/record-copy.ts';
import { DiskFull, isFull } from '../segments/room.ts';
import { generationOf, pointedTo, type Generation } from './generation.ts';
import { dropHalfMade } from './leftovers.ts';
import { lookAtGeneration } from './places.ts';
import type { CasePlaces } from './ports.ts';
import { STEPS, type Step } from './steps.ts';

/** Why a case stays on its old generation: for want of room, by a block of it that is damaged, or by any other fault. */
export type Stays = 'no-room' | 'damaged' | 'failed';

export interface Moved {
  readonly number: number;
  /** The root over the blocks' content, which both generations have. */
  readonly root: string;
  readonly blocks: number;
}

export interface Migrated {
  /** As it stands: of the generation that counts. */
  readonly record: CaseRecord;
  /** Null where no step was taken. */
  readonly moved: Moved | null;
  /** Null where there is no step that was not taken. */
  readonly stays: Stays | null;
}

/** Blocks written and read back; the total counts each twice. */
export interface MoveProgress {
  readonly done: number;
  readonly total: number;
}

export interface MigrationParts {
  readonly places: CasePlaces;
  readonly record: CaseRecord;
  /** The case's data key: what was written is opened again. */
  readonly key: CryptoKey;
  readonly tell: (progress: MoveProgress) => void;
  readonly steps?: readonly Step[];
}

/** What was read back is not what the old generation has. */
class NotKept extends Error {
  override readonly name = 'NotKept';
  constructor() {
    super('The disk did not keep what was written to it.');
  }
}

/**
 * Takes every step that there is from the case's layout. To be called under the case's lock, before its blocks are opened.
 * Rejects only where it cannot be known which generation counts.
 */
export async function migrate({ places, record, key, tell, steps = STEPS }: MigrationParts): Promise<Migrated> {
  let now = record;
  let moved: Moved | null = null;
  try {
    await dropHalfMade(places, record);
  } catch (error) {
    return { record, moved, stays: steps.some((step) => isOpen(step, places, record)) ? reasonOf(error) : null };
  }
  for (const step of steps) {
    if (!isOpen(step, places, now)) continue;
    const { number } = generationOf(now);
    const to: Generation = { number: number + 1, layout: step.to };
    let made: Moved | null = null;
    let fault: unknown = null;
    try {
      made = await write(step, places, now, to, key, tell);
      await places.rows.point(number, to);
    } catch (error) {
      fault = error;
    }
    // The record's word, and not the call's: one that failed may have put the pointer there all the same.
    now = (await places.rows.record()) ?? now;
    if (generationOf(now).number === number) {
      // Where it cannot be taken away now, it is before the next try.
      await dropHalfMade(places, now).catch(() => {});
      return { record: now, moved, stays: reasonOf(fault) };
    }
    moved = made;
  }
  return { record: now, moved, stays: null };
}

/** Segments need a folder. */
const isOpen = ({ from, to }: Step, { folder }: CasePlaces, record: CaseRecord): boolean =>
  generationOf(record).layout === from && (to === 'database' || folder !== null);

/** Writes the new generation and reads it back; all but the pointer. */
async function write(
  step: Step,
  places: CasePlaces,
  record: CaseRecord,
  to: Generation,
  key: CryptoKey,
  tell: (progress: MoveProgress) => void
): Promise<Moved> {
  const old = await lookAtGeneration(places, generationOf(record));
  try {
    const blocks = (await old.last())?.seq ?? 0;
    await step.write(old, places, to.number, (done) => tell({ done, total: 2 * blocks }));
    const fresh = await lookAtGeneration(places, to);
    try {
      const sum = await sameContent(await opened(old, places, key), await opened(fresh, places, key), (done) =>
        tell({ done: blocks + done, total: 2 * blocks })
      );
      // From here on a wiped database is rebuilt from what was read back; a moment later the pointer says the same.
      if (to.layout !== 'database' && places.folder !== null) await writeRecord(places.folder, pointedTo(record, to));
      return { number: to.number, ...sum };
    } finally {
      fresh.close();
    }
  } finally {
    old.close();
  }
}

const opened = (port: BlockPort, { caseId }: CasePlaces, key: CryptoKey): Promise<BlockStore> =>
  BlockStore.open(port, caseId, key, { now: () => 0, isReadOnly: true });

/** Reads both to their ends, side by side. @throws NotKept where the second has another content */
async function sameContent(old: BlockStore, fresh: BlockStore, told: (done: number) => void): Promise<ContentSum> {
  const [before, after] = [new ContentRoot(), new ContentRoot()];
  const back = fresh.readAll();
  try {
    for await (const block of old.readAll()) {
      const { value } = await back.next().catch(notKept);
      if (value === undefined) throw new NotKept();
      await Promise.all([before.add(block), after.add(value)]);
      told(block.seq);
    }
  } finally {
    await back.return(undefined);
  }
  const [one, other] = await Promise.all([before.sum(), after.sum()]);
  // What parity had to put together so soon is no better than what it came from.
  if (one.root !== other.root || fresh.lastSeq !== old.lastSeq || fresh.mended.length > 0) throw new NotKept();
  return one;
}

/** A block that is damaged in the new generation says nothing of the old one. */
function notKept(error: unknown): never {
  throw error instanceof DamagedBlock ? new NotKept() : error;
}

function reasonOf(error: unknown): Stays {
  if (error instanceof DiskFull || isFull(error)) return 'no-room';
  return error instanceof DamagedBlock ? 'damaged' : 'failed';
}
