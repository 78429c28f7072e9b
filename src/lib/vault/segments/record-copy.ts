/**
 * [Note: Copy of the record]
 * A case's record (label and key slots) stands beside its segments too: IndexedDB can be wiped by an administrator's
 * policy or by sixteen flipped bytes in the browser's own files, and a case without its slots is lost. Two files take
 * turns, so that a crash while one is written leaves the other. A copy holds what the record holds: wrapped keys, never
 * a key.
 */
import type { CaseRecord } from '../schema.ts';
import { fromHex, toHex } from '../audit/merkle.ts';
import { checkedLine, checkedTexts } from './commit.ts';
import type { SegmentFolder } from './ports.ts';

const NAMES = ['record-0', 'record-1'] as const;

interface Copy {
  /** The higher one counts. */
  readonly turn: number;
  readonly record: CaseRecord;
}

/** The newest copy that is whole; null where there is none. */
export async function readRecord(folder: SegmentFolder): Promise<CaseRecord | null> {
  return (
    (await copies(folder)).reduce<Copy | null>(
      (best, copy) => (copy !== null && copy.turn > (best?.turn ?? 0) ? copy : best),
      null
    )?.record ?? null
  );
}

/** Brings the copies up to the record; writes nothing where the newest says the same. */
export async function writeRecord(folder: SegmentFolder, record: CaseRecord): Promise<void> {
  const found = await copies(folder);
  const [first, second] = [found[0]?.turn ?? 0, found[1]?.turn ?? 0];
  const newest = first >= second ? found[0] : found[1];
  const text = textOf(record);
  if (newest !== null && newest !== undefined && textOf(newest.record) === text && first > 0 && second > 0) return;
  const turn = Math.max(first, second) + 1;
  // Both in the end: a slot that was taken away must stand in neither.
  const order = first >= second ? ([1, 0] as const) : ([0, 1] as const);
  for (const [i, place] of order.entries()) {
    const file = await folder.open(NAMES[place]);
    try {
      const line = checkedLine(`${turn + i} ${text}`);
      await file.write(line, 0);
      await file.truncate(line.length);
      await file.flush();
    } finally {
      file.close();
    }
  }
}

/** The first step of an erasure: without slots the blocks open for nobody. */
export async function forgetRecord(folder: SegmentFolder): Promise<void> {
  for (const name of NAMES) {
    const file = await folder.open(name);
    try {
      // Overwritten before it is cut: the name alone would leave the bytes.
      await file.write(new Uint8Array(await file.size()), 0);
      await file.truncate(0);
      await file.flush();
    } finally {
      file.close();
    }
  }
}

/** Takes the copies away, of a case that keeps none. */
export async function dropRecord(folder: SegmentFolder): Promise<void> {
  const names = await folder.names();
  if (!NAMES.some((name) => names.includes(name))) return;
  await forgetRecord(folder);
  for (const name of NAMES) await folder.remove(name);
}

async function copies(folder: SegmentFolder): Promise<(Copy | null)[]> {
  return Promise.all(
    NAMES.map(async (name) => {
      const file = await folder.peek(name);
      if (file === null) return null;
      const [text] = checkedTexts(await file.read(0, await file.size()));
      const at = text?.indexOf(' ') ?? -1;
      const record = text === undefined || at < 0 ? null : recordOf(text.slice(at + 1));
      return record === null ? null : { turn: Number(text?.slice(0, at)), record };
    })
  );
}

/** Null for a line that has its check sum and is no record, or whose keys are no hex: the other copy counts then. */
function recordOf(text: string): CaseRecord | null {
  try {
    return JSON.parse(text, revive) as CaseRecord;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}

const textOf = (record: CaseRecord): string =>
  JSON.stringify(record, (_, value: unknown) => (value instanceof Uint8Array ? { $hex: toHex(value) } : value));

function revive(_key: string, value: unknown): unknown {
  const isBytes = typeof value === 'object' && value !== null && '$hex' in value;
  return isBytes && typeof value.$hex === 'string' ? fromHex(value.$hex) : value;
}
