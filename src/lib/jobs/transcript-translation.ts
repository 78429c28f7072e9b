/** English for transcripts: what a machine heard goes on to translation like any other foreign text. */
import type { TranslatedLine } from '../language/contract.ts';
import type { LineToTranslate } from '../language/translate.ts';
import type { CaseWorkerApi } from './case.contract.ts';

/** Transcripts handed over at a time: some hundred lines. */
const TRANSCRIPTS_PER_TURN = 8;

/**
 * Translates the next transcripts that wait.
 * @param after the last transcript that this run has tried, -1 at its begin
 * @returns the last one tried now, or null when none waits
 */
export async function translateTranscripts(
  api: Pick<CaseWorkerApi, 'untranslatedTranscripts' | 'storeTranscriptEnglish'>,
  after: number,
  translate: (lines: readonly LineToTranslate[]) => Promise<readonly TranslatedLine[]>
): Promise<number | null> {
  const waiting = await api.untranslatedTranscripts(after, TRANSCRIPTS_PER_TURN);
  if (waiting.length === 0) return null;
  const lines = waiting.flatMap(({ texts }) => texts).map((text, id) => ({ id, text }));
  const translated = await translate(lines);
  let at = 0;
  const inputs = waiting.map(({ id, texts, wasTried }) => {
    const own = translated.slice(at, (at += texts.length));
    const english = own.map(({ id: _id, leastAgreement: _bound, ...line }) => line);
    return { transcript: id, wasTried, lines: english };
  });
  // A second try that found no model either says nothing new.
  const news = inputs.filter((input) => !input.wasTried || input.lines.some(({ text }) => text !== null));
  await api.storeTranscriptEnglish(news.map(({ transcript, lines: english }) => ({ transcript, lines: english })));
  return waiting.at(-1)?.id ?? null;
}
