/**
 * [Note: Known lines]
 * What the case already holds of a text that comes again: the memory of translations that outlives a run. The second phone
 * of a conversation, a newer export of the same chat and the hundredth "ok da" need no model. Keyed by the model's hash and
 * the whole text, byte for byte: the same model gives the same text for it whatever stands beside it (the replay property),
 * so a repeated line is what a run would have made. A line counts as its language's model made it; one in several languages
 * counts by its main one.
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
  /** By number of a distinct text: the message whose line can be repeated. */
  readonly #messageOf: Int32Array;

  private constructor({ translations, shapes }: KnownSources, messageOf: Int32Array) {
    this.#translations = translations;
    this.#shapes = shapes;
    this.#messageOf = messageOf;
  }

  /** Looks through the lines that the models picked made, as far as `shapes` reaches. */
  static async of(sources: KnownSources, usual: readonly Usual[]): Promise<KnownLines> {
    const { store, translations, shapes } = sources;
    const rows = Math.min(store.committed.messages, shapes.text.length);
    const messageOf = new Int32Array(shapes.distinct).fill(NOWHERE);
    const picked = new Map<string, string>();
    for (const { language, modelSha256Hex } of usual) if (!picked.has(language)) picked.set(language, modelSha256Hex);
    const pace = new Pace();
    for (let id = 0; id < rows; id++) {
      if (id % STRIDE === 0 && pace.due()) await pace.breathe(id / rows);
      const text = shapes.text.at(id);
      if (messageOf[text] !== NOWHERE || translations.stateOf(id) !== 'done') continue;
      const hash = picked.get(translations.languageOf(id));
      if (hash !== undefined && translations.modelOf(id)?.sha256Hex === hash) messageOf[text] = id;
    }
    return new KnownLines(sources, messageOf);
  }

  has(message: number): boolean {
    return this.#messageOf[this.#shapes.text.at(message)] !== NOWHERE;
  }

  /** The line for a message whose text is known; null for every other. */
  lineFor(message: number): TranslationInput | null {
    const from = this.#messageOf[this.#shapes.text.at(message)] ?? NOWHERE;
    const text = from === NOWHERE ? null : this.#translations.textOf(from);
    if (text === null) return null;
    return {
      messageId: message,
      language: this.#translations.languageOf(from),
      text,
      // Whether another engine disagrees is a matter of the message's own lines.
      flags: this.#translations.flagsOf(from) & ~QualityFlag.enginesDisagree,
      meanLogProb: this.#translations.logProbOf(from),
      model: this.#translations.modelOf(from)
    };
  }
}
