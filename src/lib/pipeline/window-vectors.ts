/** Vectors of conversation windows by a sentence encoder of this device, kept while the case is open. */
import type { PaceOptions } from '../analysis/pace.ts';

/** Which model made vectors, as its manifest names it. */
export interface VectorModel {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly modelSha256Hex: string;
}

export interface TextVectors {
  readonly model: VectorModel;
  readonly dims: number;
  /** texts x dims. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Runs a pack over texts, each of which has a vector that depends on nothing beside it. */
export type EmbedTexts = (modelSha256Hex: string, texts: readonly string[], options: PaceOptions) => Promise<TextVectors>;

/** About 40,000 windows of a small model. */
const KEPT_BYTES = 64 * 2 ** 20;

/**
 * Equal texts run once, and again never while they are kept: a model takes a second for a window on a small laptop, and a
 * filter that lets a few more messages in changes few windows. Nothing of it is written down.
 */
export class WindowVectors {
  readonly #embed: EmbedTexts;
  #model: VectorModel | null = null;
  #kept = new Map<string, Float32Array>();

  constructor(embed: EmbedTexts) {
    this.#embed = embed;
  }

  /** @throws what the model throws, the signal's reason when aborted */
  async of(modelSha256Hex: string, texts: readonly string[], options: PaceOptions): Promise<TextVectors> {
    if (this.#model?.modelSha256Hex !== modelSha256Hex) this.#kept = new Map();
    const kept = this.#kept;
    const missing = [...new Set(texts)].filter((text) => !kept.has(text));
    if (missing.length > 0 || this.#model === null) {
      const { model, dims, values } = await this.#embed(modelSha256Hex, missing, options);
      this.#model = model;
      missing.forEach((text, i) => kept.set(text, values.slice(i * dims, (i + 1) * dims)));
    }
    const dims = kept.values().next().value?.length ?? 0;
    const all = new Float32Array(texts.length * dims);
    texts.forEach((text, i) => all.set(kept.get(text) ?? [], i * dims));
    // What the last question asked for is kept; what came before it goes first.
    for (const [text] of kept) {
      if (kept.size * dims * 4 <= KEPT_BYTES) break;
      kept.delete(text);
    }
    return { model: this.#model, dims, values: all };
  }
}
