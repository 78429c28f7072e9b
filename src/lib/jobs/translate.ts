/** Typed handle of one translation worker: it holds the models once and translates what it is handed. */
import { proxy, wrap } from 'comlink';
import type { LanguageCode, TranslateProgress } from '../language/contract.ts';
import type { TrialOutcome } from '../language/device-choice.ts';
import type { Device } from '../language/seq2seq.ts';
import type { LineToTranslate } from '../language/translate.ts';
import { endedWithPage } from './page-left.ts';
import { untilEnd } from './told-while.ts';
import type { ModelTrouble, OpenRequest, TranslateResult, TranslateWorkerApi, TrialOf } from './translate.worker.ts';

export interface TranslateWorker {
  /** Source languages with a model. */
  readonly languages: readonly string[];
  /**
   * One result a line, in order. On abort it rejects with the signal's reason, and so it does when the worker ends.
   * @throws ModelTroubleError when a model is to blame
   */
  translate(
    lines: readonly LineToTranslate[],
    signal?: AbortSignal,
    onProgress?: (progress: TranslateProgress) => void
  ): Promise<TranslateResult>;
  /** Usual language of each writer of each conversation, by their longer lines. */
  usualLanguages(conversations: readonly (readonly (readonly string[])[])[]): Promise<(LanguageCode | undefined)[][]>;
  /** Ends the worker at once and makes an open call reject. */
  end(): void;
}

/** A model failed; `trouble` says how, in a code that views have words for. */
export class ModelTroubleError extends Error {
  override readonly name = 'ModelTroubleError';
  constructor(readonly trouble: ModelTrouble) {
    super(`${trouble.code}: ${trouble.detail}`);
  }
}

const EMBEDDED_ALONE: OpenRequest = { threads: 1, picks: [], device: 'wasm' };

function startWorker(): {
  readonly api: ReturnType<typeof wrap<TranslateWorkerApi>>;
  readonly ended: Promise<never>;
  end(): void;
} {
  const worker = endedWithPage(
    new Worker(new URL('./translate.worker.ts', import.meta.url), { type: 'module', name: 'translate' })
  );
  const ended = Promise.withResolvers<never>();
  // Handled wherever it is raced; alone it is no fault.
  ended.promise.catch(() => undefined);
  worker.addEventListener('error', (event) => ended.reject(new Error(event.message || 'the translation worker failed')));
  return {
    api: wrap<TranslateWorkerApi>(worker),
    ended: ended.promise,
    end() {
      worker.terminate();
      ended.reject(new DOMException('The translation worker was ended.', 'AbortError'));
    }
  };
}

/**
 * Starts a worker for the embedded model and the packs that were picked.
 * @throws Error when a file is missing or is not what its manifest lists
 */
export async function startTranslateWorker(request: OpenRequest = EMBEDDED_ALONE): Promise<TranslateWorker> {
  const { api, ended, end } = startWorker();
  let about;
  try {
    about = await Promise.race([api.open(request), ended]);
  } catch (error) {
    end();
    throw error;
  }
  return {
    ...about,
    usualLanguages: (conversations) => Promise.race([api.usualLanguages(conversations), ended]),
    async translate(lines, signal, onProgress) {
      signal?.throwIfAborted();
      const heard = onProgress === undefined ? null : untilEnd(onProgress);
      const aborted = Promise.withResolvers<never>();
      aborted.promise.catch(() => undefined);
      const onAbort = (): void => {
        void api.cancel();
        aborted.reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        const answer = await Promise.race([api.translate(lines, heard && proxy(heard.listening)), ended, aborted.promise]);
        if (!answer.ok) throw new ModelTroubleError(answer.trouble);
        return answer.result;
      } finally {
        heard?.end();
        signal?.removeEventListener('abort', onAbort);
      }
    },
    end
  };
}

/** Runs a model on a device in a worker of its own. `outcome` settles whatever happens; `end` stops it at once. */
export function startTrial(of: TrialOf, device: Device): { readonly outcome: Promise<TrialOutcome>; end(): void } {
  const { api, ended, end } = startWorker();
  const failed = (error: unknown): TrialOutcome => ({
    ok: false,
    code: 'run-failed',
    detail: error instanceof Error ? error.message : String(error)
  });
  return { outcome: Promise.race([api.trial(of, device), ended]).catch(failed), end };
}
