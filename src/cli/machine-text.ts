/** Machine text as the result files hold it: never without what made it, its doubts in words and its caveat. */
import { QualityFlag } from '../lib/language/contract.ts';
import type { Translations } from '../lib/pipeline/translations.ts';

/** The words of the app's catalogue, in English as all of the terminal's output is. */
export const DOUBT_WORDS: Readonly<Record<keyof typeof QualityFlag, string>> = {
  lowConfidence: 'low confidence',
  repetition: 'repeats itself',
  lengthRatio: 'length unlike the original',
  tokensLost: 'a number, link or handle was lost',
  untranslated: 'came back unchanged',
  languageUncertain: 'language uncertain',
  outOfVocabulary: 'letters unknown to the model',
  noModel: 'no model for this language',
  cut: 'cut off before the end',
  namesChanged: 'a name was lost or brought in',
  negationChanged: 'a “not” may be lost or brought in',
  questionChanged: 'question and statement may be mixed up',
  enginesDisagree: 'another engine says something else',
  notEnglish: 'does not read as English',
  wordsUnanswered: 'words of the original have no counterpart',
  noConfidence: 'the engine gives no confidence',
  noSpeech: 'may hold no speech',
  personsUnsure: 'unsure who is meant'
};

export interface MachineText {
  readonly model: string;
  readonly model_sha256: string;
  /** Natural log, mean over the tokens; null where the model gives none. */
  readonly mean_log_prob: number | null;
  readonly doubts: readonly string[];
  /** What the model was about as ready to say, with other persons; null where nothing was. */
  readonly other_reading: string | null;
  /** What it would have been without the message before, where it was read behind it and came out otherwise; else null. */
  readonly by_itself: string | null;
  readonly caveat: string;
}

/** What stands with a message's machine line; null where it has none. */
export function machineText(translations: Translations, message: number): MachineText | null {
  const model = translations.modelOf(message);
  if (model === null || translations.textOf(message) === null) return null;
  const flags = translations.flagsOf(message);
  const doubts = Object.entries(QualityFlag).flatMap(([name, bit]) =>
    (flags & bit) === 0 ? [] : [DOUBT_WORDS[name as keyof typeof QualityFlag]]
  );
  const logProb = translations.logProbOf(message);
  const told = doubts.length === 0 ? '' : `; doubts: ${doubts.join(', ')}`;
  return {
    model: model.id,
    model_sha256: model.sha256Hex,
    mean_log_prob: Number.isNaN(logProb) ? null : logProb,
    doubts,
    other_reading: translations.otherReadingOf(message),
    by_itself: translations.byItselfOf(message),
    caveat: `Machine translation by ${model.id}; not evidence by itself, read with the original${told}`
  };
}
