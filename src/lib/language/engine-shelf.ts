/** Which model translates which language. Models are opened when the first line in their language comes. */
import type { LanguageCode, TranslationEngine } from './contract.ts';

export interface EngineChoice {
  readonly languages: readonly LanguageCode[];
  open(): Promise<TranslationEngine>;
}

export class EngineShelf {
  readonly #choices: readonly EngineChoice[];
  readonly #opened = new Map<EngineChoice, Promise<TranslationEngine>>();

  /** @param choices for each language the first that names it counts */
  constructor(choices: readonly EngineChoice[]) {
    this.#choices = choices;
  }

  /** A shelf of one engine for all its languages. */
  static of(engine: TranslationEngine): EngineShelf {
    return new EngineShelf([{ languages: engine.languages, open: () => Promise.resolve(engine) }]);
  }

  /** Languages that are translated; every other one says "no model". */
  get languages(): readonly LanguageCode[] {
    return [...new Set(this.#choices.flatMap(({ languages }) => languages))].sort();
  }

  /** @throws Error when no model is there for the language, ModelFault when its model cannot be opened */
  async engineOf(language: LanguageCode): Promise<TranslationEngine> {
    const choice = this.#choices.find(({ languages }) => languages.includes(language));
    if (choice === undefined) throw new Error(`no model for ${language}`);
    let opened = this.#opened.get(choice);
    if (opened === undefined) {
      opened = choice.open();
      this.#opened.set(choice, opened);
      // A model that failed is tried anew when asked for again.
      opened.catch(() => this.#opened.delete(choice));
    }
    return opened;
  }

  async dispose(): Promise<void> {
    for (const engine of await Promise.allSettled(this.#opened.values())) {
      if (engine.status === 'fulfilled') await engine.value.dispose();
    }
  }
}
