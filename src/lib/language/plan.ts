/** What is to be done with each part of a line: translate, leave, or say that there is no model. */
import { QualityFlag, type LanguageCode } from './contract.ts';
import type { LanguageAnswer, LanguageIdentifier } from './identify.ts';
import { partsOf } from './segment.ts';

interface PlannedPart {
  readonly kind: 'translate' | 'leave';
  readonly text: string;
  /** The language it is translated from; absent where it is left. */
  readonly language?: LanguageCode;
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

/** The language the engines translate into. */
const TARGET: LanguageCode = 'eng';

/**
 * Plans a line. A segment that cannot tell its language takes that of the whole line; failing that, its best guess is
 * tried with a flag, because a doubtful line is worth more than a silent one.
 * @param offered languages the engine translates from
 */
export function planLine(text: string, identifier: LanguageIdentifier, offered: readonly LanguageCode[]): LinePlan {
  const pieces = partsOf(text);
  const whole = identifier.identify(
    pieces
      .filter((p) => p.kind === 'segment')
      .map((p) => p.text)
      .join(' ')
  );
  const letters = new Map<LanguageCode, number>();
  let flags = 0;
  const parts = pieces.map((piece): PlannedPart => {
    if (piece.kind === 'kept') return { kind: 'leave', text: piece.text };
    if (NAME_AND_NUMBER.test(piece.text)) return { kind: 'leave', text: piece.text };
    const { language, isSure } = settle(identifier.identify(piece.text), whole, offered);
    if (language === 'zxx') return { kind: 'leave', text: piece.text };
    const named = isSure ? language : 'und';
    letters.set(named, (letters.get(named) ?? 0) + piece.text.length);
    if (!isSure) flags |= QualityFlag.languageUncertain;
    if (language === TARGET) return { kind: 'leave', text: piece.text };
    if (offered.includes(language)) return { kind: 'translate', text: piece.text, language };
    flags |= QualityFlag.noModel;
    return { kind: 'leave', text: piece.text };
  });
  const main = [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'zxx';
  return { source: text, parts, language: main, flags };
}

function settle(
  own: LanguageAnswer,
  whole: LanguageAnswer,
  offered: readonly LanguageCode[]
): { language: LanguageCode; isSure: boolean } {
  if (own.language !== 'und') return { language: own.language, isSure: true };
  if (whole.language !== 'und' && whole.language !== 'zxx') return { language: whole.language, isSure: true };
  // English is what is left alone, so a tie with it is no reason to translate; a tie with a language we have is.
  if (own.guess === TARGET) return { language: TARGET, isSure: false };
  return { language: own.contenders.find((l) => offered.includes(l)) ?? own.guess, isSure: false };
}
