/** Ties that are no talk, in words: what each kind says, how it is found, and what an innocent reading of it is. */
import type { OtherTie, TieKind, TieRow } from '$lib/pipeline/tie-contract.ts';
import { m } from '$lib/paraglide/messages.js';
import { formatCount, formatNumber } from '$lib/ui/format.ts';
import type { Clock } from '../filter/clock.ts';
import { placeWords } from '../messages/place-words.ts';

interface KindWords {
  readonly name: () => string;
  readonly rule: () => string;
  readonly innocent: () => string;
}

export const KIND_WORDS: Readonly<Record<TieKind, KindWords>> = {
  'address-book': { name: m.ties_book, rule: m.ties_book_rule, innocent: m.ties_book_innocent },
  'shared-identifier': { name: m.ties_shared, rule: m.ties_shared_rule, innocent: m.ties_shared_innocent },
  near: { name: m.ties_near, rule: m.ties_near_rule, innocent: m.ties_near_innocent }
};

/** `in each other’s address book`, `one handset: 3500...`, `near each other on 6 of 31 days; ...`. */
export function tieWords(tie: OtherTie): string {
  if (tie.kind === 'address-book') {
    const { a, b, inBookOfA, inBookOfB } = tie;
    if (inBookOfA > 0 && inBookOfB > 0) return m.ties_book_both();
    const [owner, named] = inBookOfA > 0 ? [a, b] : [b, a];
    return m.ties_book_one({ owner: owner.label, named: named.label });
  }
  if (tie.kind === 'shared-identifier')
    return tie.identifiers
      .map(({ kind, text }) => (kind === 'handset' ? m.ties_handset({ text }) : m.ties_sim({ text })))
      .join(', ');
  const { days, daysOfBoth, byChance, upTo, isMoreThanHabit } = tie;
  const counts = {
    days: formatCount(days),
    of: formatCount(daysOfBoth),
    chance: formatNumber(byChance, 1),
    upTo: formatCount(upTo)
  };
  return isMoreThanHabit ? m.ties_near_more(counts) : m.ties_near_habit(counts);
}

/** Where a row stands: `Bo van: 2 Oct 2025, 08:00: ana.vcf, byte 120`. */
export function tieRowWords({ words, utcMs, timeRaw, provenance }: TieRow, clock: Clock): string {
  const time = utcMs === null ? timeRaw : clock.exact(utcMs);
  const place = provenance.path === '' ? '' : `, ${provenance.path}`;
  return `${words}${time === '' ? '' : `, ${time}`}: ${provenance.fileName}${place}, ${placeWords(provenance)}`;
}
