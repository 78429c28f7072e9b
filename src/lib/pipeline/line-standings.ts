/** Where each line stands between its language and its English; what the language report counts and a filter asks for. */
import type { EvidenceStore } from '../evidence/store.ts';
import type { CertifiedLog } from '../records/certified-log.ts';
import type { LineStanding, NoEnglish } from './language-contract.ts';
import type { Translations } from './translations.ts';

/** The identifier calls fewer letters than this short (models/langid/config.json, shortLetters). */
const SHORT_LETTERS = 10;
const LETTERS = /\p{L}/gu;

/** The standings as they are now: made for one pass, not kept. */
export class LineStandings {
  readonly #store: EvidenceStore;
  readonly #translations: Translations;
  readonly #certified: ReadonlySet<number>;
  readonly #unknown: number;

  constructor(store: EvidenceStore, translations: Translations, certified: CertifiedLog) {
    this.#store = store;
    this.#translations = translations;
    this.#certified = certified.standingMessages();
    this.#unknown = translations.languages.find('und') ?? -1;
  }

  /** Messages with machine or certified English: what a search in English can reach. */
  countWithEnglish(): number {
    let count = 0;
    for (let id = 0; id < this.#store.committed.messages; id++)
      if (this.#translations.stateOf(id) === 'done' || this.isCertified(id)) count++;
    return count;
  }

  isCertified(id: number): boolean {
    return this.#certified.has(id);
  }

  /** Machine text with any doubt, a part that was left untranslated included. */
  isFlagged(id: number): boolean {
    return this.#translations.stateOf(id) === 'done' && this.#translations.flagsOf(id) !== 0;
  }

  /** Why there is no English beside the line; null where there is some, by machine or by hand. */
  noEnglish(id: number): NoEnglish | null {
    const state = this.#translations.stateOf(id);
    if (state === 'done' || this.isCertified(id)) return null;
    if (state === 'waiting') return 'waiting';
    if (this.#translations.language.at(id) !== this.#unknown) return state;
    return this.#isShort(id) ? 'too-short' : 'cannot-tell';
  }

  has(id: number, standing: LineStanding): boolean {
    if (standing === 'translated') return this.#translations.stateOf(id) === 'done';
    if (standing === 'certified') return this.isCertified(id);
    return standing === 'flagged' ? this.isFlagged(id) : this.noEnglish(id) === standing;
  }

  #isShort(id: number): boolean {
    return (this.#store.messages.body.at(id).match(LETTERS)?.length ?? 0) < SHORT_LETTERS;
  }
}
