/**
 * Branded numbers, so that an account's number can never be passed where a thread's is meant.
 * All ids are dense row numbers inside one case, from 0 up; they mean nothing outside it.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = number & { readonly [brand]: Name };

export type MessageId = Branded<'MessageId'>;
export type CallId = Branded<'CallId'>;
export type ContactId = Branded<'ContactId'>;
export type AccountId = Branded<'AccountId'>;
/** One or more accounts that carry the same full number or identifier: the nodes of the network. */
export type PartyId = Branded<'PartyId'>;
export type ThreadId = Branded<'ThreadId'>;
export type LocationId = Branded<'LocationId'>;
export type AttachmentId = Branded<'AttachmentId'>;
export type SourceId = Branded<'SourceId'>;
/** Milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored as POSIX does. */
export type UtcMs = Branded<'UtcMs'>;

/** "No row": the value of an id column where a record names nobody or nothing. */
export const NONE = 0xffff_ffff;

export const accountId = (n: number): AccountId => n as AccountId;
export const partyId = (n: number): PartyId => n as PartyId;
export const threadId = (n: number): ThreadId => n as ThreadId;
export const sourceId = (n: number): SourceId => n as SourceId;
export const utcMs = (n: number): UtcMs => n as UtcMs;
