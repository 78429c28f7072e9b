/**
 * [Note: Reconciliation]
 * Two seized phones often hold the same message, each with its own clock and its own gaps. For every two devices that
 * share conversations, messages are paired one to one: first by ids that a service gives a message on both phones, then
 * by conversation, sender and equal text at a distance in time that fits the clocks of these two devices. That distance is
 * estimated from the pairs by id and from texts that each phone holds once; clocks may be set in between, so there may be
 * several. Where two readings fit about as well, nothing is paired and it is said. What is left is held by one of the two
 * alone: a lead to look at, with several innocent reasons, and no conclusion.
 * Nothing here reads a name, a language or a translation.
 */

/** Messages by id; ids of `rows` index every column. */
export interface ReconcileFacts {
  /** Messages to pair, in order of time: those with a time, without lines that the service wrote itself. */
  readonly rows: Uint32Array;
  /** Milliseconds UTC. */
  readonly utcMs: Float64Array;
  /** Party that wrote it. */
  readonly from: Uint32Array;
  /** 0..conversations-1. All threads of two people in one service are one conversation. */
  readonly conversation: Uint32Array;
  readonly conversations: number;
  /** Which devices hold it, its copies counted: `heldSets[heldSet[id]]`, ascending. */
  readonly heldSet: Uint16Array;
  readonly heldSets: readonly (readonly number[])[];
  /** Devices whose owner belongs to a conversation, or that hold something of it; ascending. */
  readonly devicesOf: (conversation: number) => readonly number[];
  /** Bits of `edited`, `deletedByUser` and `tombstone` say that a text may differ on the other device. */
  readonly isChanged: (id: number) => boolean;
  /** Id that the message has on every device, with its service; '' where its file gives none. */
  readonly key: (id: number) => string;
  /** Whether that id is surely the service's own, so that another id of the same service is another message. */
  readonly isServiceKey: (id: number) => boolean;
  readonly text: (id: number) => string;
}

/** One distance between the clocks of two devices: time on B less time on A. */
export interface Skew {
  readonly ms: number;
  /** Half of the matches that it stands on lie within this of it. */
  readonly spread_ms: number;
  /** What it stands on: pairs by id, texts that both hold once, copies at the very same time. */
  readonly byKey: number;
  readonly byText: number;
  readonly sameTime: number;
}

/** 'key': the service's own id. 'text': equal text at a fitting time. 'changed': marked as edited or deleted, at a fitting time. */
export type MatchKind = 'key' | 'text' | 'changed';

export interface Match {
  /** On device A, and on device B. */
  readonly a: number;
  readonly b: number;
  readonly kind: MatchKind;
}

/** Messages that one of two devices alone holds, in order of time, by what the other holds around them. */
export interface OnlyOn {
  /** The other holds earlier and later messages of the conversation. */
  readonly between: readonly number[];
  /** The other holds nothing of the conversation from before, or nothing from after. */
  readonly outside: readonly number[];
  /** The other holds nothing of the conversation, though its owner belongs to it. */
  readonly without: readonly number[];
}

export interface DevicePair {
  readonly a: number;
  readonly b: number;
  /** The one that most matches stand on first; empty where nothing could be paired. */
  readonly skews: readonly Skew[];
  /** In order of time on A. */
  readonly matches: readonly Match[];
  /** Messages that were one at import already: equal in time and text. */
  readonly sameTime: number;
  readonly onlyA: OnlyOn;
  readonly onlyB: OnlyOn;
  /** Held by either, in order of time: they may be the same as others here, and which of them cannot be told. */
  readonly ambiguous: readonly number[];
}

/** Letters, digits and signs of ASCII with single blanks between: most texts, and nothing to set aside in them. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** A text as it is compared: composition, kinds of blanks and invisible marks aside; every letter, digit and sign counts. */
export function comparedForm(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
