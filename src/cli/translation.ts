/** Identification and translation of all messages of a case from a terminal. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { EvidenceStore } from '../lib/evidence/store.ts';
import { openTranslator } from '../lib/language/open.ts';
import type { TranslateProgress } from '../lib/language/contract.ts';
import { languageCounts } from '../lib/pipeline/overview.ts';
import type { Translations } from '../lib/pipeline/translations.ts';

const MODELS_ROOT = fileURLToPath(new URL('../../models/', import.meta.url));

export interface TranslationSummary {
  readonly languages: Record<string, number>;
  /** Lines with machine text. */
  readonly lines: number;
  /** Segments that ran through the model. */
  readonly unique: number;
  readonly flagged: number;
  readonly byModel: Record<string, number>;
}

/** With `translate` false nothing is looked at and the summary is empty. */
export async function translateAll(
  store: EvidenceStore,
  translations: Translations,
  translate: boolean,
  say: (line: string) => void
): Promise<TranslationSummary> {
  const none: TranslationSummary = { languages: {}, lines: 0, unique: 0, flagged: 0, byModel: {} };
  if (!translate || store.messages.length === 0) return none;
  const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(`${MODELS_ROOT}${path}`));
  const translator = await openTranslator({ read, modelsRoot: MODELS_ROOT, threads: availableParallelism() });
  const lines = Array.from({ length: store.messages.length }, (_, id) => ({ id, text: store.messages.body.at(id) }));
  const byModel: Record<string, number> = {};
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
    for (const { model } of chunk) if (model !== null) byModel[model.id] = (byModel[model.id] ?? 0) + 1;
  }
  const counts = languageCounts(store.messages.length, translations, () => false);
  const translated = counts.reduce((sum, count) => sum + count.translated, 0);
  return {
    languages: Object.fromEntries(counts.map((count) => [count.language, count.messages])),
    lines: translated,
    unique,
    flagged: counts.reduce((sum, count) => sum + count.flagged, 0),
    byModel
  };
}
