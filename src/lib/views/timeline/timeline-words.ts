/** Hours, pauses and doubts in words. */
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { ClockDoubtRow, GapRow } from '$lib/pipeline/timeline-contract.ts';
import { formatNumber } from '$lib/ui/format.ts';

/** A Monday, in UTC. */
const MONDAY_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** 0 Monday to 6 Sunday. */
export function weekdayName(day: number, width: 'long' | 'short' = 'long'): string {
  const format = new Intl.DateTimeFormat(getLocale() === 'fr' ? 'fr-FR' : 'en-GB', { weekday: width, timeZone: 'UTC' });
  return format.format(MONDAY_MS + day * DAY_MS);
}

const hour = (n: number): string => `${String(n).padStart(2, '0')}:00`;

/** `Monday 09:00–10:00` for a cell of the week. */
export function hourName(cell: number): string {
  return m.timeline_hour_name({
    day: weekdayName(Math.floor(cell / 24)),
    from: hour(cell % 24),
    to: hour((cell % 24) + 1)
  });
}

export const hourRange = (cell: number): { from: string; to: string } => ({ from: hour(cell % 24), to: hour((cell % 24) + 1) });

export const gapName = ({ label }: GapRow): string => m.timeline_of_gap({ who: label });
export const meanwhileName = ({ label }: GapRow): string => m.timeline_of_meanwhile({ who: label });

const DOUBTS: Readonly<Record<ClockDoubtRow['kind'], (minutes: number) => string>> = {
  untimed: () => m.timeline_doubt_untimed(),
  'zone-chosen': () => m.timeline_doubt_zone(),
  'repeated-hour': () => m.timeline_doubt_repeated(),
  'too-early': () => m.timeline_doubt_early(),
  'after-import': () => m.timeline_doubt_after(),
  apart: (minutes) => m.timeline_doubt_apart({ minutes: formatNumber(minutes, 0) })
};

export const doubtWords = ({ kind, minutes }: ClockDoubtRow): string => DOUBTS[kind](minutes);

/** `0.002`, or `under 0.0001`. */
export function chanceWords(chance: number): string {
  return chance < 1e-4 ? m.timeline_under({ shown: formatNumber(1e-4, 4) }) : formatNumber(chance, 4);
}
