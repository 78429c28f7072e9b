/** What is to be done with each part of a line: translate, leave, or say that there is no model. */
import { QualityFlag, type LanguageCode } from './contract.ts';
import type { LanguageAnswer, LanguageIdentifier } from './identify.ts';
import { partsOf, type Part } from './segment.ts';
import { languageRuns } from './switches.ts';
import { TARGET, isForeign } from './usual.ts';

export interface PlannedPart {
  readonly kind: 'translate' | 'leave';
  readonly text: string;
  /** What the part was taken to be in, sure or not; 'zxx' for what has no words. */
  readonly language: LanguageCode;
}

export interface LinePlan {
  readonly source: string;
  readonly parts: readonly PlannedPart[];
  /** Main language: that of the most letters among the segments that have words. */
  readonly language: LanguageCode;
  /** noModel and languageUncertain. */
  readonly flags: number;
}

/** A row of a list, "Ionela 750": no sentence in any language. */
const NAME_AND_NUMBER = /^\p{Lu}[\p{Ll}\p{M}]+[\s:=-]+[£€$]?\d[\d.,]*[£€$]?$/u;

/** Characters of a line that say what language the rest is in; a megabyte says no more and takes seconds. */
const ENOUGH_TO_TELL = 8192;

/**
 * Plans a line. A segment is told by its letters and by what goes on around it: the language of the whole line where that
 * is sure, else that of the conversation. One that cannot tell takes that of the whole line; failing that, its best guess
 * is tried with a flag, because a doubtful line is worth more than a silent one.
 * @param offered languages the engine translates from
 * @param isPhrase whether a segment stands whole in a language's phrase book: where the letters cannot tell, that does
 * @param usual the foreign language of the writer in this conversation, where one is known: see usual.ts
 */
export function planLine(
  text: string,
  identifier: LanguageIdentifier,
  offered: readonly LanguageCode[],
  isPhrase: (language: LanguageCode, segment: string) => boolean = () => false,
  usual?: LanguageCode
): LinePlan {
  const pieces = partsOf(text).flatMap((piece) => (piece.kind === 'kept' ? piece : runsIn(piece.text, identifier)));
  const whole = identifier.identify(beginningOf(pieces), usual);
  const around = isForeign(whole.language) ? whole.language : usual;
  const letters = new Map<LanguageCode, number>();
  let flags = 0;
  const parts = pieces.map((piece): PlannedPart => {
    const leave = (language: LanguageCode): PlannedPart => ({ kind: 'leave', text: piece.text, language });
    if (piece.kind === 'kept' || NAME_AND_NUMBER.test(piece.text)) return leave('zxx');
    const { language, isSure } = settle(identifier.identify(piece.text, around), whole, offered, (one) =>
      isPhrase(one, piece.text)
    );
    if (language === 'zxx') return leave(language);
    const named = isSure ? language : 'und';
    letters.set(named, (letters.get(named) ?? 0) + piece.text.length);
    if (!isSure) flags |= QualityFlag.languageUncertain;
    if (language === TARGET) return leave(language);
    if (offered.includes(language)) return { kind: 'translate', text: piece.text, language };
    flags |= QualityFlag.noModel;
    return leave(language);
  });
  const main = [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'zxx';
  return { source: text, parts, language: main, flags };
}

/** The words of a line, of a very long one those at its beginning. */
function beginningOf(pieces: readonly Part[]): string {
  let words = '';
  for (const { kind, text } of pieces) {
    if (words.length >= ENOUGH_TO_TELL) break;
    if (kind === 'segment') words += words === '' ? text : ` ${text}`;
  }
  return words;
}

/** A segment cut where its language changes, the gaps between the cuts kept apart. */
function runsIn(segment: string, identifier: LanguageIdentifier): Part[] {
  return languageRuns(segment, identifier).flatMap((run): Part[] => {
    const text = run.trimEnd();
    const gap = run.slice(text.length);
    return gap === ''
      ? [{ kind: 'segment', text }]
      : [
          { kind: 'segment', text },
          { kind: 'kept', text: gap }
        ];
  });
}

function settle(
  own: LanguageAnswer,
  whole: LanguageAnswer,
  offered: readonly LanguageCode[],
  isPhrase: (language: LanguageCode) => boolean
): { language: LanguageCode; isSure: boolean } {
  if (own.language !== 'und') return { language: own.language, isSure: true };
  if (whole.language !== 'und' && whole.language !== 'zxx') return { language: whole.language, isSure: true };
  // English is what is left alone, so a tie with it is no reason to translate; a tie with a language we have is.
  if (own.guess === TARGET) return { language: TARGET, isSure: false };
  const phrasesIn = offered.filter(isPhrase);
  const [only] = phrasesIn.length === 1 ? phrasesIn : [];
  const contender = own.contenders.find((l) => phrasesIn.includes(l)) ?? only ?? own.contenders.find((l) => offered.includes(l));
  return { language: contender ?? own.guess, isSure: false };
}
