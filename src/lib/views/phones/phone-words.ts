/** Distances between clocks, and why a message counts as the same, in words. */
import type { MatchKind, Skew } from '$lib/analysis/reconcile/facts.ts';
import { m } from '$lib/paraglide/messages.js';
import { formatCount } from '$lib/ui/format.ts';
import { duration } from '../filter/clock.ts';

/** `90 s later than on Sorin`: where the other phone's clock stands. */
export function apartWords(ms: number, than: string): string {
  if (Math.abs(ms) < 1000) return m.phones_no_distance({ than });
  const time = duration(Math.abs(ms) / 1000);
  return ms > 0 ? m.phones_later({ time, than }) : m.phones_earlier({ time, than });
}

/** What a distance stands on. */
export function standsOnWords({ byKey, byText, sameTime, spread_ms }: Skew): string {
  const parts = [
    byKey > 0 ? m.phones_by_key({ count: byKey, shown: formatCount(byKey) }) : '',
    byText > 0 ? m.phones_by_text({ count: byText, shown: formatCount(byText) }) : '',
    sameTime > 0 ? m.phones_same_time({ count: sameTime, shown: formatCount(sameTime) }) : ''
  ].filter((part) => part !== '');
  const spread = byKey + byText === 0 ? '' : ` ${m.phones_spread({ time: duration(Math.round(spread_ms / 1000)) })}`;
  return m.phones_stands_on({ parts: parts.join(', ') }) + spread;
}

const KINDS: Readonly<Record<MatchKind, () => string>> = {
  key: m.phones_kind_key,
  text: m.phones_kind_text,
  changed: m.phones_kind_changed
};
export const kindWords = (kind: MatchKind): string => KINDS[kind]();
