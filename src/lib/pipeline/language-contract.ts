/** What a case says about its languages: counts for the report, and what still waits for a model. */
import type { VersionWish } from './contract.ts';

/**
 * Where a line stands. 'translated' has machine text on its side, 'certified' a human translator's; a line may have both.
 * 'flagged' is machine text with any doubt. The rest are lines without English beside them, each for one reason:
 * nobody looked yet, no model for its language or for a part of it, its language cannot be told, it is too short for that,
 * or there is nothing to translate (English, no words).
 */
export const LINE_STANDINGS = [
  'translated',
  'certified',
  'flagged',
  'waiting',
  'no-model',
  'cannot-tell',
  'too-short',
  'not-needed'
] as const;
export type LineStanding = (typeof LINE_STANDINGS)[number];

/** Reasons why a line has no English beside it; a line has exactly one, or English. */
export type NoEnglish = Exclude<LineStanding, 'translated' | 'certified' | 'flagged'>;

export interface LanguageRow {
  /** Code of language/contract.ts; '' for lines that nobody looked at yet. */
  readonly language: string;
  /** lines = translated + certifiedAlone + the reasons. */
  readonly lines: number;
  /** Distinct texts among them. */
  readonly distinctLines: number;
  /** Code points of all lines, repeated ones each time. */
  readonly characters: number;
  readonly translated: number;
  /** Models of the machine lines that are shown, most lines first. */
  readonly models: readonly { readonly id: string; readonly sha256Hex: string; readonly lines: number }[];
  readonly certified: number;
  /** Those of `certified` without machine text. */
  readonly certifiedAlone: number;
  readonly flagged: number;
  readonly without: Readonly<Record<NoEnglish, number>>;
}

export interface LanguageReport {
  /** Most lines first. */
  readonly rows: readonly LanguageRow[];
  /** Lines of the case; the shares of the rows are of this. */
  readonly lines: number;
  /** Distinct texts of the case: fewer than those of the rows together where a text stands in two of them. */
  readonly distinctLines: number;
  readonly elapsed_ms: number;
}

/**
 * Lines that wait for a model. A text that is there twice is translated once, so time goes by the distinct ones; what it takes
 * to read lines behind the messages before them as well is in the rate of the device.
 */
export interface WaitingLines {
  readonly lines: number;
  readonly characters: number;
  readonly distinctLines: number;
  readonly distinctCharacters: number;
}

export interface WaitingWork {
  /** Lines that nobody looked at yet: their languages are not known. */
  readonly fresh: WaitingLines;
  /** Lines that nobody looked at either, whose text has English in the case already: they take no model and no time. */
  readonly repeated: number;
  /** Lines that each wish would give another version. */
  readonly again: readonly WaitingLines[];
}

/** Longer lines of each writer of a conversation: what their usual language is told by. */
export interface ConversationSample {
  readonly thread: number;
  readonly writers: readonly { readonly writer: number; readonly texts: readonly string[] }[];
}

/** The text of the message before another in its conversation, and who wrote it there. */
export interface MessageBefore {
  readonly text: string;
  readonly writer: number;
}

/** Lines that wait for translation; the arrays run side by side. */
export interface LinesToTranslate {
  readonly ids: Uint32Array;
  readonly texts: string[];
  readonly threads: Uint32Array;
  readonly writers: Uint32Array;
  /** The message before each in its conversation, where one is near: see preceding-messages.ts. */
  readonly befores: readonly (MessageBefore | null)[];
  readonly left: number;
}

export interface LanguageApi {
  conversationSamples(threads: readonly number[]): Promise<ConversationSample[]>;
  languageReport(): Promise<LanguageReport>;
  /**
   * What waits for a first translation, and what each wish would put in line besides.
   * @param usual the model picked for each language
   */
  countWaiting(wishes: readonly VersionWish[], usual: readonly VersionWish[]): Promise<WaitingWork>;
  /** Gives waiting messages the lines that the models picked made of equal texts, and says to how many. */
  repeatKnown(usual: readonly VersionWish[]): Promise<number>;
}
