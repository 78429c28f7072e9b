/**
 * What a format reader says about one item of a file. Records name accounts (a service and an
 * identifier), never persons, and always carry the raw time and the place in the source.
 */
import type { UtcMs } from './ids.ts';

/** How the UTC time of a record was got. Stored as the index in this list. */
export const TIME_BASES = ['unknown', 'offset-in-data', 'utc-by-spec', 'zone-chosen-by-officer'] as const;
export type TimeBasis = (typeof TIME_BASES)[number];

export interface EvidenceTime {
  /** The characters of the source, unchanged; '' where the source gives none. */
  readonly raw: string;
  /** Null where the raw text cannot be placed in time. */
  readonly utcMs: UtcMs | null;
  readonly basis: TimeBasis;
  /** True in the hour that the clocks repeat in autumn, where a zone without offset fits twice. */
  readonly ambiguous?: boolean;
}

/** Where inside the source an item stands. */
export interface SourcePlace {
  /** Path inside the container, '' for a bare file. */
  readonly path: string;
  /** Byte offset, row or element number, as `unit` says; counted from 0 for bytes, from 1 otherwise. */
  readonly offset: number;
  readonly unit: 'byte' | 'row' | 'element';
}

/** One end of a communication as the source names it. Readers should reuse one object per account. */
export interface AccountRef {
  /** Lower-case service name: 'whatsapp', 'sms', 'phone', 'telegram', 'email', ... */
  readonly service: string;
  /** Normalised identifier, unique inside the service: E.164 number, handle, address, or `name:` + owner + name. */
  readonly identifier: string;
  /** The identifier as the source spells it. */
  readonly rawIdentifier: string;
  /** E.164 where the identifier is a telephone number. */
  readonly e164?: string;
  /** Name that the source shows beside the identifier. */
  readonly name?: string;
}

export interface ThreadRef {
  readonly service: string;
  /** Stable inside the service and the source: group id, jid, or the other side's identifier. */
  readonly key: string;
  readonly name?: string;
  readonly isGroup: boolean;
  /** Everyone known to belong, the device's owner included. */
  readonly members: readonly AccountRef[];
}

/** Bits of a message's state; several may be set. */
export const MessageState = {
  draft: 1 << 0,
  sent: 1 << 1,
  delivered: 1 << 2,
  read: 1 << 3,
  edited: 1 << 4,
  deletedByUser: 1 << 5,
  recovered: 1 << 6,
  tombstone: 1 << 7,
  forwarded: 1 << 8,
  reaction: 1 << 9,
  system: 1 << 10,
  voiceNote: 1 << 11,
  mediaOmitted: 1 << 12,
  timeAmbiguous: 1 << 13,
  /** The source was damaged where this item stands: fields may be missing. */
  partial: 1 << 14
} as const;

export const DIRECTIONS = ['unknown', 'incoming', 'outgoing'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The decoder's own word for how sure it is, where the source states one. */
export const CONFIDENCES = ['unstated', 'high', 'medium', 'low'] as const;
export type DecodingConfidence = (typeof CONFIDENCES)[number];

/** Metadata only. An attachment is never opened, decoded or shown. */
export interface AttachmentRecord {
  readonly name: string;
  readonly contentType?: string;
  readonly sizeBytes?: number;
  readonly sha256Hex?: string;
  readonly path?: string;
  /** Text that the extraction tool already wrote for it, if any. */
  readonly transcript?: string;
}

/**
 * How copies of one item are told from two equal items.
 * 'identical': same service, thread, sender, time and text is the same item (times are exact).
 * 'ordinal': equal items inside one source are distinct, and the n-th of one source is a copy of the
 * n-th of another (times are coarse, as in a chat export by the minute).
 */
export type FoldRule = 'identical' | 'ordinal';

export interface MessageRecord {
  readonly thread: ThreadRef;
  readonly from: AccountRef | null;
  /** Named recipients; empty where the thread's members say it. */
  readonly to: readonly AccountRef[];
  readonly body: string;
  readonly time: EvidenceTime;
  readonly direction: Direction;
  /** `MessageState` bits. */
  readonly state: number;
  readonly confidence: DecodingConfidence;
  readonly attachments: readonly AttachmentRecord[];
  readonly place: SourcePlace;
  /** The source's own id for the item, '' if none. */
  readonly itemId: string;
  readonly fold: FoldRule;
}

export const CALL_OUTCOMES = ['unknown', 'answered', 'missed', 'rejected', 'voicemail', 'blocked'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export interface CallRecord {
  readonly service: string;
  readonly from: AccountRef | null;
  readonly to: readonly AccountRef[];
  readonly time: EvidenceTime;
  /** Null where the source states none. */
  readonly duration_s: number | null;
  readonly direction: Direction;
  readonly outcome: CallOutcome;
  readonly isVideo: boolean;
  /** Same bits as messages, where they apply (deletedByUser, recovered, partial, timeAmbiguous). */
  readonly state: number;
  readonly confidence: DecodingConfidence;
  readonly place: SourcePlace;
  readonly itemId: string;
}

export interface ContactRecord {
  readonly name: string;
  readonly accounts: readonly AccountRef[];
  readonly organisation?: string;
  readonly notes?: string;
  readonly service: string;
  readonly state: number;
  readonly confidence: DecodingConfidence;
  readonly place: SourcePlace;
  readonly itemId: string;
}

export const MEMBERSHIP_CHANGES = ['joined', 'left'] as const;
export type MembershipChange = (typeof MEMBERSHIP_CHANGES)[number];

/** Somebody came to a conversation or left it, as the source states it. See [Note: Memberships]. */
export interface MembershipRecord {
  readonly thread: ThreadRef;
  readonly account: AccountRef;
  readonly change: MembershipChange;
  /** Who did it; the account itself where it came or went by itself, null where the source is silent. */
  readonly by: AccountRef | null;
  readonly time: EvidenceTime;
  /** That of the line of the app (`MessageState.system`) which says so, told to the sink before; else a place of its own. */
  readonly place: SourcePlace;
}

/** An account that the source lists as used on the device (UserAccount, SIM number). */
export interface AccountRecord {
  readonly account: AccountRef;
  readonly isOwner: boolean;
  readonly place: SourcePlace;
}

/** 'shared': a position that stands in a message. It is where somebody points to, not where a device was. */
export type LocationKind = 'point' | 'cell' | 'journey' | 'wifi' | 'shared';

export interface LocationRecord {
  readonly latitude_deg: number | null;
  readonly longitude_deg: number | null;
  /** Radius of the stated or implied area; null where the source is silent. A cell is an area, never a pin. */
  readonly precision_m: number | null;
  readonly kind: LocationKind;
  readonly label: string;
  readonly time: EvidenceTime;
  readonly state: number;
  readonly confidence: DecodingConfidence;
  readonly place: SourcePlace;
  readonly itemId: string;
}

/** An item of a kind that Skein does not yet model: kept whole as named text, so that nothing is dropped. */
export interface GenericRecord {
  readonly type: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly time: EvidenceTime | null;
  readonly state: number;
  readonly place: SourcePlace;
  readonly itemId: string;
}

/** Facts that a report states about the device itself (make, IMEI, IMSI, own number, extraction type and date). */
export interface DeviceFact {
  readonly name: string;
  readonly value: string;
  readonly place: SourcePlace;
}

export const ITEM_KINDS = ['message', 'call', 'contact', 'account', 'location', 'generic'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];
