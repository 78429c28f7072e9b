/**
 * Who came and went by the system rows of Android's databases: numbers of actions, with the accounts that they name beside
 * them. The numbers are those that public readers of these databases agree on; others (names, icons, admins, settings)
 * date nobody. iOS numbers its group events in another way, which no public source explains: there nobody is dated.
 */
import type { MembershipChange } from '../../evidence/records.ts';

/** A jid, or null for the phone's own account. */
type Who = string | null;

export interface GroupChange {
  readonly change: MembershipChange;
  readonly who: Who;
  /** Undefined where the row is silent. */
  readonly by: Who | undefined;
}

export interface SystemRow {
  readonly action: number;
  /** message_system_group: this very phone was added. */
  readonly isMeJoined: boolean;
  /** message_system_chat_participant: whom the action is about. */
  readonly about: readonly string[];
}

const JOINED: ReadonlySet<number> = new Set([4, 12, 20]);
const LEFT: ReadonlySet<number> = new Set([5, 13, 14]);
/** The phone's own account was removed. */
const REMOVED_ME = 7;
const CREATED = 11;

/** @param actor who did it, '' where the row names nobody */
export function groupChanges({ action, isMeJoined, about }: SystemRow, actor: string): GroupChange[] {
  const by = actor === '' ? undefined : actor;
  const named = (change: MembershipChange): GroupChange[] => {
    const who: readonly string[] = about.length > 0 ? about : by === undefined ? [] : [by];
    return who.map((jid) => ({ change, who: jid, by }));
  };
  if (action === REMOVED_ME) return [{ change: 'left', who: null, by }];
  if (LEFT.has(action)) return named('left');
  const me: GroupChange[] = isMeJoined ? [{ change: 'joined', who: null, by }] : [];
  if (action === CREATED) return by === undefined ? me : [{ change: 'joined', who: by, by }, ...me];
  // Where the row is about this phone alone, its actor is who added it and did not come then.
  if (JOINED.has(action)) return isMeJoined && about.length === 0 ? me : [...named('joined'), ...me];
  return me;
}
