/** Identification and translation of all messages of a case from a terminal. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { EvidenceStore } from '../lib/evidence/store.ts';
import { openTranslator } from '../lib/language/open.ts';
import type { TranslateProgress } from '../lib/language/contract.ts';
import { UsualLanguages } from '../lib/pipeline/usual-languages.ts';
import { ConversationSamples } from '../lib/pipeline/conversation-samples.ts';
import { messageBefore, PrecedingMessages } from '../lib/pipeline/preceding-messages.ts';
import type { Translations } from '../lib/pipeline/translations.ts';

const MODELS_ROOT = fileURLToPath(new URL('../../models/', import.meta.url));

export interface TranslationSummary {
  /** Segments that ran through the model. */
  readonly unique: number;
}

/** With `translate` false nothing is looked at. */
export async function translateAll(
  store: EvidenceStore,
  translations: Translations,
  translate: boolean,
  say: (line: string) => void
): Promise<TranslationSummary> {
  if (!translate || store.messages.length === 0) return { unique: 0 };
  const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(`${MODELS_ROOT}${path}`));
  const translator = await openTranslator({ read, modelsRoot: MODELS_ROOT, threads: availableParallelism() });
  const { body, thread, from, length } = store.messages;
  const ids = Uint32Array.from({ length }, (_, id) => id);
  const samples = new ConversationSamples();
  const preceding = new PrecedingMessages();
  const lines = await new UsualLanguages().lines(
    {
      ids,
      texts: Array.from(ids, (id) => body.at(id)),
      threads: ids.map((id) => thread.at(id)),
      writers: ids.map((id) => from.at(id)),
      befores: Array.from(ids, (id) => messageBefore(store, preceding, id))
    },
    {
      conversationSamples: async (threads) => threads.map((one) => samples.of(store, one)),
      usualLanguages: async (conversations) => translator.usualLanguages(conversations)
    }
  );
  let unique = 0;
  let told = performance.now();
  const onProgress = (progress: TranslateProgress): void => {
    unique = progress.unique;
    if (performance.now() - told < 5000) return;
    told = performance.now();
    say(`translated ${progress.done} of ${progress.total} lines, ${Math.round(progress.linesPerSecond)} a second`);
  };
  const signal = new AbortController().signal;
  for await (const chunk of translator.stream(lines, { signal, onProgress })) {
    translations.put(
      chunk.map(({ id, ...line }) => ({ messageId: id, ...line })),
      Date.now()
    );
  }
  return { unique };
}
