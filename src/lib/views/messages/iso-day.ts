/** A calendar day without a zone: '2025-11-28' as '28 Nov 2025'; text of another shape stays as it is. */
import { clockIn } from '../filter/clock.ts';

export function isoDay(text: string): string {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) ? text : clockIn('UTC').shortDay(ms);
}
