/** Which language each writer of a conversation usually writes in, asked once a conversation and run. */
import type { LanguageCode } from '../language/contract.ts';
import type { LineToTranslate } from '../language/translate.ts';
import type { ConversationSample, LinesToTranslate } from './language-contract.ts';

/** What tells them: a case's longer lines, and whoever knows languages. */
export interface UsualMeans {
  conversationSamples(threads: readonly number[]): Promise<ConversationSample[]>;
  usualLanguages(
    conversations: readonly (readonly (readonly string[])[])[]
  ): Promise<readonly (readonly (LanguageCode | undefined)[])[]>;
}

export class UsualLanguages {
  readonly #known = new Map<number, ReadonlyMap<number, LanguageCode | undefined>>();

  /** The waiting lines and the messages before them, each with the usual language of its writer there. */
  async lines(
    { ids, texts, threads, writers, befores }: Omit<LinesToTranslate, 'left'>,
    means: UsualMeans
  ): Promise<LineToTranslate[]> {
    const fresh = [...new Set(threads)].filter((thread) => !this.#known.has(thread));
    if (fresh.length > 0) {
      const samples = await means.conversationSamples(fresh);
      const usual = await means.usualLanguages(samples.map((sample) => sample.writers.map((writer) => writer.texts)));
      samples.forEach((sample, i) =>
        this.#known.set(sample.thread, new Map(sample.writers.map(({ writer }, w) => [writer, usual[i]?.[w]])))
      );
    }
    return texts.map((text, i) => {
      const usual = this.#known.get(threads[i] as number);
      const before = befores[i] ?? null;
      return {
        id: ids[i] as number,
        text,
        usual: usual?.get(writers[i] as number),
        ...(before === null ? {} : { before: { text: before.text, usual: usual?.get(before.writer) } })
      };
    });
  }
}
