/**
 * [Note: Known lines]
 * What the case already holds of a text that comes again: the memory of translations that outlives a run. The second phone
 * of a conversation, a newer export of the same chat and the hundredth "ok da" need no model. Keyed by the model's hash and
 * the whole text, byte for byte: the same model gives the same text for it whatever stands beside it (the replay property),
 * so a repeated line is what a run would have made. Which language a short text is in may hang on its conversation ("sei la"
 * is Portuguese or Italian): such a text takes the line of its equal in the same conversation alone. What it means may hang
 * on the message before ([Note: The message before]): a text with one near takes the line of an equal that stands behind an
 * equal, but for what people put in the phrase book for all such texts. A line counts as its language's model made it; one
 * in several languages counts by its main one.
 */
import { Pace } from '../analysis/pace.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { PHRASE_BOOK_MARK, QualityFlag } from '../language/contract.ts';
import type { TranslationInput, VersionWish } from './contract.ts';
import type { PrecedingMessages } from './preceding-messages.ts';
import type { TextShapes } from './text-shapes.ts';
import type { Translations } from './translations.ts';

/** Rows between two looks at the clock. */
const STRIDE = 2048;
const NOWHERE = -1;
/** Characters below which a text counts as short: of four words and more the conversation turns one in a hundred. */
const SHORT = 20;

export interface KnownSources {
  readonly store: EvidenceStore;
  readonly translations: Translations;
  readonly shapes: TextShapes;
  readonly preceding: PrecedingMessages;
}

/** Which model is picked for a language; the first that names it counts. */
export type Usual = Pick<VersionWish, 'language' | 'modelSha256Hex'>;

export class KnownLines {
  readonly #translations: Translations;
  readonly #shapes: TextShapes;
  readonly #store: EvidenceStore;
  readonly #preceding: PrecedingMessages;
  /** The message whose line can be repeated, by `#keyOf`: of the phrase book, by themselves, and behind another text. */
  readonly #phrases = new Map<string, number>();
  readonly #alone = new Map<string, number>();
  readonly #behind = new Map<string, number>();

  private constructor({ store, translations, shapes, preceding }: KnownSources) {
    this.#store = store;
    this.#translations = translations;
    this.#shapes = shapes;
    this.#preceding = preceding;
  }

  /** Looks through the lines that the models picked made, as far as `shapes` reaches. */
  static async of(sources: KnownSources, usual: readonly Usual[]): Promise<KnownLines> {
    const { store, translations, shapes } = sources;
    const rows = Math.min(store.committed.messages, shapes.text.length);
    const known = new KnownLines(sources);
    const picked = new Map<string, string>();
    for (const { language, modelSha256Hex } of usual) if (!picked.has(language)) picked.set(language, modelSha256Hex);
    const pace = new Pace();
    for (let id = 0; id < rows; id++) {
      if (id % STRIDE === 0 && pace.due()) await pace.breathe(id / rows);
      if (translations.stateOf(id) !== 'done' || known.has(id)) continue;
      const hash = picked.get(translations.languageOf(id));
      if (hash !== undefined && translations.modelOf(id)?.sha256Hex === hash) known.#keep(id);
    }
    return known;
  }

  has(message: number): boolean {
    return this.#equalOf(message) !== NOWHERE;
  }

  #isShort(message: number): boolean {
    return this.#shapes.characters.at(message) < SHORT;
  }

  /** Of a text and, where it is short, its conversation. */
  #keyOf(message: number): string {
    const text = this.#shapes.text.at(message);
    return this.#isShort(message) ? `${text} ${this.#store.messages.thread.at(message)}` : String(text);
  }

  /** The same and the text before it; null where none is near. */
  #keyBehind(message: number): string | null {
    const before = this.#preceding.of(this.#store, message);
    return before === null ? null : `${this.#keyOf(message)} behind ${this.#shapes.text.at(before)}`;
  }

  #keep(message: number): void {
    const behind = this.#keyBehind(message);
    const isPhrase = this.#translations.modelOf(message)?.id.endsWith(PHRASE_BOOK_MARK) === true;
    if (isPhrase) this.#phrases.set(this.#keyOf(message), message);
    else if (behind === null) this.#alone.set(this.#keyOf(message), message);
    else this.#behind.set(behind, message);
  }

  #equalOf(message: number): number {
    const phrase = this.#phrases.get(this.#keyOf(message));
    if (phrase !== undefined) return phrase;
    const behind = this.#keyBehind(message);
    return (behind === null ? this.#alone.get(this.#keyOf(message)) : this.#behind.get(behind)) ?? NOWHERE;
  }

  /** The line for a message whose text is known; null for every other. */
  lineFor(message: number): TranslationInput | null {
    const from = this.#equalOf(message);
    const text = from === NOWHERE ? null : this.#translations.textOf(from);
    if (text === null) return null;
    const otherReading = this.#translations.otherReadingOf(from);
    const byItself = this.#translations.byItselfOf(from);
    return {
      messageId: message,
      language: this.#translations.languageOf(from),
      text,
      // Whether another engine disagrees is a matter of the message's own lines.
      flags: this.#translations.flagsOf(from) & ~QualityFlag.enginesDisagree,
      ...(otherReading === null ? {} : { otherReading }),
      ...(byItself === null ? {} : { byItself }),
      meanLogProb: this.#translations.logProbOf(from),
      model: this.#translations.modelOf(from)
    };
  }
}
