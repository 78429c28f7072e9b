/** How far a full series is, in .cache/torture: one that was stopped goes on from there when it is called again. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Standing } from './series.ts';

const FOLDER = join('.cache', 'torture');
const fileOf = (name: string, seed: number): string => join(FOLDER, `${name}-${seed}.json`);

/** Null where the series was not begun, or has come to its end. */
export function standingOf(name: string, seed: number): Standing | null {
  try {
    return JSON.parse(readFileSync(fileOf(name, seed), 'utf8')) as Standing;
  } catch {
    // Not there, or cut off while it was written: begun anew.
    return null;
  }
}

export function keepStanding(name: string, seed: number, standing: Standing): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf(name, seed), JSON.stringify(standing));
}

export const forgetStanding = (name: string, seed: number): void => rmSync(fileOf(name, seed), { force: true });
