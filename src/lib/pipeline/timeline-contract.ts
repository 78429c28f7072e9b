/**
 * What a case can be asked about time. In `CaseFilter.timeline` a number stands for a set of messages of the newest
 * answer: 0..167 for an hour of the week, Monday's first; the others as rows of the answer name them in `set`.
 */
import type { CaseFilter } from './contract.ts';

export interface TimelineLane {
  /** Number of a party or a device, or the name of a service: what a filter names. */
  readonly id: number | string;
  readonly label: string;
  /** Files of a device; empty otherwise. */
  readonly sources: readonly number[];
  readonly messages: number;
  /** All its messages, for a filter that already names people, files or apps. */
  readonly set: number;
  /** Messages by bin. */
  readonly counts: Uint32Array;
}

export interface TimelineLanes {
  /** Most messages first. */
  readonly lanes: readonly TimelineLane[];
  /** Lanes that hold any message, and the messages of those that are not listed. */
  readonly seen: number;
  readonly rest: number;
}

/** A pause that the lane's own habits do not explain. See [Note: Gaps]. */
export interface GapRow {
  readonly of: 'device' | 'person';
  readonly id: number;
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Sessions that the lane would have had by its own habits, and how many such pauses it has by chance. */
  readonly expected: number;
  readonly chance: number;
  readonly usualMs: number;
  /** The last messages before it and the first after it. */
  readonly around: number;
  readonly set: number;
  /**
   * Messages of the pause that are known all the same: of a device, those with its owner that only other devices hold;
   * of a person, those of others in their conversations.
   */
  readonly meanwhile: number;
  readonly meanwhileSet: number;
}

/**
 * Why a time may be wrong. 'untimed': none that can be read. 'zone-chosen': the file names no zone. 'repeated-hour': fits
 * twice in the hour that clocks repeat. 'too-early', 'after-import': before any phone that writes messages, or after
 * the file was read in. 'apart': the same texts on two phones at different times.
 */
export type ClockDoubtKind = 'untimed' | 'zone-chosen' | 'repeated-hour' | 'too-early' | 'after-import' | 'apart';

export interface ClockDoubtRow {
  readonly kind: ClockDoubtKind;
  /** The file, or the two owners of the phones, first the one whose phone is ahead. */
  readonly label: string;
  readonly messages: number;
  readonly set: number;
  /** Distance of two clocks; 0 for other doubts. */
  readonly minutes: number;
}

export interface TimelineView {
  /** Messages drawn; without a time; with a time that cannot be right. */
  readonly messages: number;
  readonly untimed: number;
  readonly impossible: number;
  /** Bins are days of the case's zone, or several where the span is very long. Bin i is fromMs[i] to fromMs[i + 1], UTC. */
  readonly firstDay: number;
  readonly binDays: number;
  readonly fromMs: Float64Array;
  readonly all: Uint32Array;
  readonly people: TimelineLanes;
  readonly devices: TimelineLanes;
  readonly services: TimelineLanes;
  /** Messages by weekday and hour of the case's zone, Monday's hours first. */
  readonly week: Uint32Array;
  readonly gaps: readonly GapRow[];
  /** Lanes whose pauses were looked at, and those that have too few messages and calls for it. */
  readonly watched: number;
  readonly tooFew: number;
  readonly clock: readonly ClockDoubtRow[];
  readonly rule: { readonly id: 'timeline'; readonly version: number };
  readonly elapsed_ms: number;
}

export interface TimelineApi {
  /** A filter's messages over time. A later call ends an earlier one. */
  timeline(filter: CaseFilter, onProgress: (share: number) => void): Promise<TimelineView>;
  cancelTimeline(): Promise<void>;
}
