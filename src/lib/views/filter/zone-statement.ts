/** In which zone times stand, with every offset it has in the span: `Europe/London, UTC+0 and UTC+1`. */
import { m } from '$lib/paraglide/messages.js';
import type { Clock } from './clock.ts';

export function zoneStatement(clock: Clock, span: { readonly fromMs: number; readonly toMs: number }): string {
  return m.filter_zone({ zone: clock.zone, offsets: clock.offsetsBetween(span.fromMs, span.toMs) });
}
