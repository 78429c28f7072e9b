/** Engines by way of the memory of translations: each distinct text goes through its engine once. */
import { chosenOutput } from './choose.ts';
import type { EngineOutput, ModelUse } from './contract.ts';
import type { Job, Voice } from './job.ts';
import { unmask } from './mask.ts';
import type { TranslationMemory } from './memory.ts';

/** What the engine gets, and what must stand in its answer where there are stand-ins. */
type EngineText = Pick<Job, 'normal' | 'language'> & Partial<Pick<Job, 'masked' | 'isAgain' | 'lead'>>;

const said = (lead: EngineText['lead']): string[] => (lead === null || lead === undefined ? [] : [lead.source, lead.english]);

/** What an engine sees of a text: of equal ones it sees one. */
const readBy = ({ normal, lead }: EngineText): string => [normal, ...said(lead)].join('\n');

export class AskedOnce {
  readonly #memory: TranslationMemory;
  #passes = 0;
  readonly #uses = new Map<string, ModelUse>();

  constructor(memory: TranslationMemory) {
    this.#memory = memory;
  }

  /** Texts that went through an engine since `countAnew`. */
  get passes(): number {
    return this.#passes;
  }

  /** What each model did since `countAnew`. */
  get uses(): readonly ModelUse[] {
    return [...this.#uses.values()];
  }

  countAnew(): void {
    this.#passes = 0;
    this.#uses.clear();
  }

  /**
   * Engine outputs by way of the memory. The engine sees each distinct text once; which of its outputs is taken depends on
   * the language and on what must stand in it as well, and so the memory's key does.
   */
  async outputs(
    { engine, language: told, quality }: Voice,
    texts: readonly EngineText[],
    signal: AbortSignal
  ): Promise<EngineOutput[]> {
    const keyOf = ({ language, masked, lead }: EngineText): string =>
      [engine.modelSha256Hex, language, ...(masked?.standIns ?? []), ...said(lead)].join('\n');
    const kept = texts.map((text) => this.#memory.find(keyOf(text), text.normal));
    const distinct = new Map(texts.filter((_, i) => kept[i] === undefined).map((text) => [readBy(text), text]));
    if (distinct.size === 0) return kept as EngineOutput[];
    const from = performance.now();
    const fresh = [...distinct.values()];
    const outputs = await engine.translate(
      fresh.map(({ normal }) => normal),
      signal,
      told,
      fresh.map(({ lead }) => lead ?? null)
    );
    const again = new Set(texts.filter(({ isAgain }) => isAgain === true).map(readBy));
    this.#passes += fresh.length;
    this.#count(
      engine.modelSha256Hex,
      fresh.filter((text) => !again.has(readBy(text))).map(({ normal }) => normal),
      performance.now() - from
    );
    const found = new Map([...distinct.keys()].map((key, i) => [key, outputs[i] as EngineOutput]));
    return texts.map((text, i) => {
      const before = kept[i];
      if (before !== undefined) return before;
      const { normal, language, masked } = text;
      const output = chosenOutput(found.get(readBy(text)) as EngineOutput, {
        source: normal,
        language,
        words: quality.words,
        weight: engine.unansweredWeight ?? 0,
        isWhole: (english) => masked === undefined || unmask(english, masked) !== null
      });
      this.#memory.keep(keyOf(text), normal, output);
      return output;
    });
  }

  /** What was read, and what it took with all that was asked twice: a forecast knows the text alone. */
  #count(modelSha256Hex: string, fresh: readonly string[], took_ms: number): void {
    const { segments = 0, characters = 0, spent_ms = 0 } = this.#uses.get(modelSha256Hex) ?? {};
    this.#uses.set(modelSha256Hex, {
      modelSha256Hex,
      segments: segments + fresh.length,
      characters: characters + fresh.reduce((sum, text) => sum + text.length, 0),
      spent_ms: spent_ms + took_ms
    });
  }
}
