/** Generations that do not count, taken away: half-made ones before the next try, older ones once the new one was read whole. */
import { dropRecord, readRecord, writeRecord } from '../segments/record-copy.ts';
import type { CaseRecord } from '../schema.ts';
import { generationOf } from './generation.ts';
import { generationOfFile } from './places.ts';
import type { CasePlaces } from './ports.ts';

/** Numbers of all generations of which anything stands. */
async function standing({ folder, rows }: CasePlaces): Promise<Set<number>> {
  const files = ((await folder?.names()) ?? []).flatMap((name) => generationOfFile(name) ?? []);
  return new Set([...files, ...(await rows.numbers())]);
}

/**
 * Takes away what a try left that was stopped. The copy of the record goes back to the record first: until the last moment
 * of a try it names the new generation, which must not come back from it once its files go.
 * @param record of the case, as it stands
 */
export async function dropHalfMade(places: CasePlaces, record: CaseRecord): Promise<void> {
  const { number, layout } = generationOf(record);
  const { folder } = places;
  if (folder !== null && layout === 'database') await dropRecord(folder);
  else if (folder !== null && ((await readRecord(folder))?.generation ?? 0) > number) await writeRecord(folder, record);
  await drop(places, (one) => one > number);
}

/**
 * Takes older generations away.
 * @returns false where they stay: the copy of the record does not name the one that counts yet, and would bring one back
 */
export async function dropOlder(places: CasePlaces, record: CaseRecord): Promise<boolean> {
  const { number, layout } = generationOf(record);
  const { folder } = places;
  if (layout !== 'database' && folder !== null && ((await readRecord(folder))?.generation ?? 0) !== number) return false;
  await drop(places, (one) => one < number);
  return true;
}

async function drop(places: CasePlaces, isMeant: (number: number) => boolean): Promise<void> {
  const { folder, rows } = places;
  const meant = [...(await standing(places))].filter(isMeant);
  if (meant.length === 0) return;
  for (const name of (await folder?.names()) ?? []) {
    const number = generationOfFile(name);
    if (number !== null && isMeant(number)) await folder?.remove(name);
  }
  for (const number of meant) await rows.clear(number);
}
