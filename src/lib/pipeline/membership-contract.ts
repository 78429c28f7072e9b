/** Members of a conversation with the times at which sources say that they came and went. */

/** A coming or a going, as a source states it. */
export interface MembershipEnd {
  readonly utcMs: number | null;
  readonly timeRaw: string;
  /** Who did it; '' where no source says. */
  readonly byLabel: string;
  /** The message of the app that says so; null where a table of members says it. */
  readonly message: number | null;
  readonly fileName: string;
}

/** One stay in a conversation; an end is null where no source states it. See [Note: Dated membership]. */
export interface MemberPeriod {
  readonly from: MembershipEnd | null;
  readonly until: MembershipEnd | null;
}
