/** The contracts between identification, translation engines, quality flags and the pipeline. */

/**
 * ISO 639-3 code in lower case, with a script where people write it in another than its own ('urd-Latn' is Roman Urdu and
 * Hindi, 'ara-Latn' is Arabizi), or 'und' for "cannot tell", or 'zxx' for "no words in it" (numbers, emoji, links).
 */
export type LanguageCode = string;

export interface EngineOutput {
  readonly text: string;
  /** Mean natural-log probability of the output tokens, end token included; NaN where the engine gives none. */
  readonly meanLogProb: number;
  /** Mean probability outside the likeliest tokens over the same steps, 0..1, where the engine tells: see [Note: Scattered]. */
  readonly scatter?: number;
  /** Output tokens without specials. */
  readonly tokens: number;
  /** Source tokens, end token included. */
  readonly sourceTokens: number;
  /** Source tokens that are single bytes or the unknown token: letters the model never saw. */
  readonly unknownTokens: number;
  /** True when the source did not fit, or the output was stopped at its limit: the text is not the whole line. */
  readonly isCut: boolean;
  /** Other whole outputs of the search, likeliest first, where the engine leaves the choice to the rules: see choose.ts. */
  readonly alternatives?: readonly Pick<EngineOutput, 'text' | 'meanLogProb' | 'scatter' | 'tokens'>[];
  /** An output about as likely in which other persons act, once the choice is made: see [Note: Another reading]. */
  readonly otherReading?: string;
}

/** How sentences of one message are taken together. */
export interface PassageShape {
  /** Characters of a passage. */
  readonly longest: number;
  /** Natural-log probability a token that a passage may lie below its sentences and still be taken. */
  readonly bonus: number;
}

/** How a line is read behind the message before it: see [Note: The message before] in before.ts. */
export interface BeforeShape {
  /** Characters of both together. */
  readonly longest: number;
  /** Natural-log probability a token that a line so read may lie below the line by itself and still be taken. */
  readonly bonus: number;
}

/** What was said just before a line. */
export interface Lead {
  readonly source: string;
  readonly english: string;
}

export interface TranslationEngine {
  readonly id: string;
  /** SHA-256 over the manifest's file hashes: the key of the translation memory and of every machine line. */
  readonly modelSha256Hex: string;
  /** Source languages it is offered for; everything else gets "no model". */
  readonly languages: readonly LanguageCode[];
  /** Marks the model was trained to carry over in place of numbers and names; empty where it knows none. */
  readonly placeholders: readonly string[];
  /** True where the model has to be told which language a line is in: all lines of a call are then in `language`. */
  readonly needsLanguage?: boolean;
  /** What unanswered words cost an output when the search found several: see choose.ts. None where absent. */
  readonly unansweredWeight?: number;
  /** Set where the model was trained on several sentences at once: see passages.ts. */
  readonly passages?: PassageShape;
  /** Set where lines may be read behind what was said before them: see before.ts. */
  readonly before?: BeforeShape;
  /** True where the model was trained on digits as well as on placeholders: see [Note: Written numbers] in mask.ts. */
  readonly readsDigits?: boolean;
  /**
   * One output per input, in order. Rejects with the signal's reason on abort. The same line always gives the same text,
   * whatever stands beside it.
   * @param leads what was said before each line, for an engine with `before`; outputs are of the lines alone
   */
  translate(
    lines: readonly string[],
    signal: AbortSignal,
    language?: LanguageCode,
    leads?: readonly (Lead | null)[]
  ): Promise<EngineOutput[]>;
  dispose(): Promise<void>;
}

/** Bits of doubt about a machine line; each has its words on screen and in every export. */
export const QualityFlag = {
  lowConfidence: 1 << 0,
  repetition: 1 << 1,
  lengthRatio: 1 << 2,
  tokensLost: 1 << 3,
  untranslated: 1 << 4,
  languageUncertain: 1 << 5,
  outOfVocabulary: 1 << 6,
  noModel: 1 << 7,
  cut: 1 << 8,
  /** A name of the source is not in the English, or one in the English not in the source. */
  namesChanged: 1 << 9,
  /** One side denies, the other does not. */
  negationChanged: 1 << 10,
  questionChanged: 1 << 11,
  /** Another engine's text for the same line says something else. */
  enginesDisagree: 1 << 12,
  notEnglish: 1 << 13,
  /** Words of the source that nothing in the English answers. */
  wordsUnanswered: 1 << 14,
  /** The engine gives no probability for the text: nothing is known of its confidence, which is not the same as high. */
  noConfidence: 1 << 15,
  /** Of transcripts, never of messages: the model itself doubts that anyone speaks there. */
  noSpeech: 1 << 16,
  /** The model was about as ready to say that others act; what it would have said is kept with the line. */
  personsUnsure: 1 << 17
} as const;

/** Ends the id of the model whose phrase book gave a whole line: people's words for the same words elsewhere. */
export const PHRASE_BOOK_MARK = '+phrases';

/** A model as a machine line names it. */
export interface ModelName {
  readonly id: string;
  readonly sha256Hex: string;
}

export interface TranslatedLine {
  readonly id: number;
  /** Main language of the line. */
  readonly language: LanguageCode;
  /** English text, or null where there is nothing to translate (English, no words) or no model. */
  readonly text: string | null;
  /** `QualityFlag` bits. */
  readonly flags: number;
  readonly meanLogProb: number;
  /** The greatest `unsureness` of its segments; 0 where there is none. */
  readonly unsure?: number;
  /**
   * What made `text`; a line in two languages may be the work of two models, their names then joined by ' + '. Where every
   * segment stood in a model's phrase book its id ends in `PHRASE_BOOK_MARK`, and there is no probability.
   */
  readonly model: ModelName | null;
  /** The line with each sentence read otherwise that the model was about as ready to say with other persons. */
  readonly otherReading?: string;
  /** What the line would have been by itself, where it was read behind the message before it and came out otherwise. */
  readonly byItself?: string;
  /** chrF, 0..100, below which another engine's text for the line disagrees, as the model's manifest states it. */
  readonly leastAgreement?: number;
}

/** What one model did of a call: for the rate of this device, which is the model's and not a case's. */
export interface ModelUse {
  readonly modelSha256Hex: string;
  /** Distinct segments and their characters that ran through the model; what came from the memory is not in them. */
  readonly segments: number;
  readonly characters: number;
  readonly spent_ms: number;
}

export interface TranslateProgress {
  readonly done: number;
  readonly total: number;
  /** Distinct segments actually run through the engine so far; the rest came from the memory. */
  readonly unique: number;
  readonly linesPerSecond: number;
}
