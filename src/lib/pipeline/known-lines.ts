/**
 * [Note: Known lines]
 * What the case already holds of a text that comes again: the memory of translations that outlives a run. The second phone
 * of a conversation, a newer export of the same chat and the hundredth "ok da" need no model. Keyed by the model's hash and
 * the whole text, byte for byte: the same model gives the same text for it whatever stands beside it (the replay property),
 * so a repeated line is what a run would have made. Which language a short text is in may hang on its conversation ("sei la"
 * is Portuguese or Italian): such a text takes the line of its equal in the same conversation alone. A line counts as its
 * language's model made it; one in several languages counts by its main one.
 */
import { Pace } from '../analysis/pace.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { QualityFlag } from '../language/contract.ts';
import type { TranslationInput, VersionWish } from './contract.ts';
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
}

/** Which model is picked for a language; the first that names it counts. */
export type Usual = Pick<VersionWish, 'language' | 'modelSha256Hex'>;

export class KnownLines {
  readonly #translations: Translations;
  readonly #shapes: TextShapes;
  readonly #store: EvidenceStore;
  /** By number of a distinct text: the message whose line can be repeated. */
  readonly #messageOf: Int32Array;
  /** The same of short texts, by text and conversation. */
  readonly #shortOf = new Map<number, number>();

  private constructor({ store, translations, shapes }: KnownSources) {
    this.#store = store;
    this.#translations = translations;
    this.#shapes = shapes;
    this.#messageOf = new Int32Array(shapes.distinct).fill(NOWHERE);
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

  #keyOf(message: number): number {
    return this.#shapes.text.at(message) * this.#store.directory.threads.length + this.#store.messages.thread.at(message);
  }

  #keep(message: number): void {
    if (this.#isShort(message)) this.#shortOf.set(this.#keyOf(message), message);
    else this.#messageOf[this.#shapes.text.at(message)] = message;
  }

  #equalOf(message: number): number {
    if (this.#isShort(message)) return this.#shortOf.get(this.#keyOf(message)) ?? NOWHERE;
    return this.#messageOf[this.#shapes.text.at(message)] ?? NOWHERE;
  }

  /** The line for a message whose text is known; null for every other. */
  lineFor(message: number): TranslationInput | null {
    const from = this.#equalOf(message);
    const text = from === NOWHERE ? null : this.#translations.textOf(from);
    if (text === null) return null;
    const otherReading = this.#translations.otherReadingOf(from);
    return {
      messageId: message,
      language: this.#translations.languageOf(from),
      text,
      // Whether another engine disagrees is a matter of the message's own lines.
      flags: this.#translations.flagsOf(from) & ~QualityFlag.enginesDisagree,
      ...(otherReading === null ? {} : { otherReading }),
      meanLogProb: this.#translations.logProbOf(from),
      model: this.#translations.modelOf(from)
    };
  }
}
