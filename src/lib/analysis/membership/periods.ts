/**
 * [Note: Dated membership]
 * From when until when one account belonged to one conversation, from what sources state ([Note: Memberships]) and from
 * what the account wrote there. Two questions, two answers:
 *
 * - `periods`, for people to read: each with the row that begins it and the row that ends it, null where no source says.
 * - `gaps`, for counting: open intervals in which the account was surely out, and so received nothing. Before the first
 *   row where that is a coming; after a going until the next coming; after the last row where that is a going.
 *
 * What is not known is not guessed. Two goings without a coming between them: it came back at some time that nobody
 * states, so there is no gap between them. A line of its own inside a gap: it was there, and the gap falls, since the
 * evidence contradicts itself or lacks a row. A row without a time: no gap at all, since it may stand anywhere.
 * At the very moment of a row the account counts as in: chat exports know minutes, and a line of the same minute may
 * stand on either side.
 */

/** One row of the table of memberships, for one account in one conversation. */
export interface MembershipEvent {
  /** Row in the table. */
  readonly row: number;
  /** UTC milliseconds; NaN where unknown. */
  readonly atMs: number;
  readonly isJoin: boolean;
}

export interface MembershipPeriod {
  /** Row in the table; null where no source states the coming. */
  readonly from: number | null;
  /** Row in the table; null where no source states the going: then or later the account may still belong. */
  readonly until: number | null;
}

/** Surely out for afterMs < t < beforeMs. */
export interface MembershipGap {
  readonly afterMs: number;
  readonly beforeMs: number;
}

export interface AccountMembership {
  readonly periods: readonly MembershipPeriod[];
  /** In order of time, without overlap. */
  readonly gaps: readonly MembershipGap[];
}

const UNSTATED: AccountMembership = { periods: [{ from: null, until: null }], gaps: [] };

/**
 * @param events rows of one account in one conversation, in any order
 * @param wroteMs times at which it wrote there, ascending; lines of the app itself are none of its own
 */
export function membershipOf(events: readonly MembershipEvent[], wroteMs: readonly number[]): AccountMembership {
  if (events.length === 0) return UNSTATED;
  if (events.some(({ atMs }) => Number.isNaN(atMs))) return { periods: events.map(alone), gaps: [] };
  // Of one moment the order of the file counts: added and gone within one minute of an export.
  const ordered = [...events].sort((x, y) => x.atMs - y.atMs || x.row - y.row);
  const periods: MembershipPeriod[] = [];
  const gaps: MembershipGap[] = [];
  const out = (afterMs: number, beforeMs: number): void => {
    if (wroteInside(wroteMs, afterMs, beforeMs)) periods.push({ from: null, until: null });
    else if (afterMs < beforeMs) gaps.push({ afterMs, beforeMs });
  };
  /** The period that is open: null while the account is out. */
  let open: { from: number | null } | null = { from: null };
  let leftMs = Number.NEGATIVE_INFINITY;
  for (const [i, { row, atMs, isJoin }] of ordered.entries()) {
    if (isJoin) {
      // Told again while in, by another phone or in another table: the first telling dates it.
      if (i > 0 && open !== null) continue;
      out(leftMs, atMs);
      open = { from: row };
    } else {
      periods.push({ from: open?.from ?? null, until: row });
      open = null;
      leftMs = atMs;
    }
  }
  if (open === null) out(leftMs, Number.POSITIVE_INFINITY);
  else periods.push({ from: open.from, until: null });
  return { periods, gaps };
}

const alone = ({ row, isJoin }: MembershipEvent): MembershipPeriod =>
  isJoin ? { from: row, until: null } : { from: null, until: row };

function wroteInside(wroteMs: readonly number[], afterMs: number, beforeMs: number): boolean {
  let [low, high] = [0, wroteMs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (wroteMs[middle]! > afterMs) high = middle;
    else low = middle + 1;
  }
  return low < wroteMs.length && wroteMs[low]! < beforeMs;
}
