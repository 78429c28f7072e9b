/**
 * Two models' English for one message, compared when the second is stored. Where they say different things an officer has
 * to know it whichever of the two is on screen; both stay and can be read side by side.
 */
import { enginesDisagree } from '../language/agreement.ts';
import { QualityFlag } from '../language/contract.ts';
import { DEFAULT_THRESHOLDS } from '../language/quality.ts';
import type { TranslationInput } from './contract.ts';
import type { LineVersion, Translations } from './translations.ts';

/**
 * The lines with the doubt set on each whose message has an unlike line by another model already. How unlike is unlike
 * belongs to the model of the new line: its manifest states it, and the line brings it along.
 */
export function withDisagreement(
  lines: readonly TranslationInput[],
  translations: Pick<Translations, 'versionsOf'>
): TranslationInput[] {
  return lines.map((line) => {
    const { text, leastAgreement = DEFAULT_THRESHOLDS.leastAgreement } = line;
    if (text === null) return line;
    const other = newestByOthers(translations.versionsOf(line.messageId), line.model?.sha256Hex);
    if (other === null || !enginesDisagree(text, other, { leastAgreement })) return line;
    return { ...line, flags: line.flags | QualityFlag.enginesDisagree };
  });
}

/** A model's own earlier line is no second opinion. */
function newestByOthers(versions: readonly LineVersion[], sha256Hex: string | undefined): string | null {
  return versions.find(({ text, model }) => text !== null && model?.sha256Hex !== sha256Hex)?.text ?? null;
}
