/**
 * Who came and went by Signal's own lines: `groupChange` of the backup format (Backup.proto of Signal-Android) and
 * `groupV2Change` of the desktop app's database. People stand by their account id; one that the export does not list is dated
 * under that id all the same. Invitations and requests are no coming: the line that answers them is.
 */
import { ownTable } from '../../evidence/own-table.ts';
import type { MembershipChange } from '../../evidence/records.ts';
import { JsonObject } from '../json/value.ts';

export interface GroupChange {
  readonly change: MembershipChange;
  readonly who: string;
  /** '' where the line is silent. */
  readonly by: string;
}

/** Of each update: the field with whom it is about, and the one with who did it. */
const UPDATES: Readonly<Record<string, readonly [MembershipChange, who: string, by: string]>> = ownTable({
  groupCreationUpdate: ['joined', 'updaterAci', 'updaterAci'],
  groupMemberAddedUpdate: ['joined', 'newMemberAci', 'updaterAci'],
  groupMemberJoinedUpdate: ['joined', 'newMemberAci', 'newMemberAci'],
  groupMemberJoinedByLinkUpdate: ['joined', 'newMemberAci', 'newMemberAci'],
  groupInvitationAcceptedUpdate: ['joined', 'newMemberAci', 'newMemberAci'],
  groupJoinRequestApprovalUpdate: ['joined', 'requestorAci', 'updaterAci'],
  groupMemberLeftUpdate: ['left', 'aci', 'aci'],
  groupMemberRemovedUpdate: ['left', 'removedAci', 'removerAci']
});

/** @param update `updateMessage` of a chat item */
export function changesOfUpdate(update: JsonObject | null): GroupChange[] {
  return (update?.object('groupChange')?.list('updates') ?? []).flatMap((one) => {
    if (!(one instanceof JsonObject)) return [];
    return [...one.values.keys()].flatMap((kind) => {
      const known = UPDATES[kind];
      const fields = one.object(kind);
      if (known === undefined || fields === null) return [];
      const [change, whoField, byField] = known;
      const who = fields.text(whoField);
      // A refused request has the same name as one that was granted.
      const isRefused = kind === 'groupJoinRequestApprovalUpdate' && !fields.isTrue('wasApproved');
      return who === '' || isRefused ? [] : [{ change, who, by: fields.text(byField) }];
    });
  });
}

const DETAILS: Readonly<Record<string, MembershipChange>> = ownTable({
  'member-add': 'joined',
  'member-add-from-invite': 'joined',
  'member-add-from-link': 'joined',
  'member-add-from-admin-approval': 'joined',
  'member-remove': 'left'
});

/** @param change `groupV2Change` of a row */
export function changesOfRow(change: JsonObject | null): GroupChange[] {
  const by = change?.text('from') ?? '';
  return (change?.list('details') ?? []).flatMap((one) => {
    if (!(one instanceof JsonObject)) return [];
    const type = one.text('type');
    if (type === 'create') return by === '' ? [] : [{ change: 'joined' as const, who: by, by }];
    const known = DETAILS[type];
    const who = one.text('aci') || one.text('uuid');
    return known === undefined || who === '' ? [] : [{ change: known, who, by }];
  });
}
