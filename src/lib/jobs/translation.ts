/**
 * The translation of a case, on the page's side: asks the case worker what waits, has it translated by one or more
 * translation workers, and hands the lines back to be stored. Everything it knows can be lost: what is stored is
 * stored, and the next run goes on from there.
 */
import type { TranslateProgress } from '../language/contract.ts';
import type { VersionWish } from '../pipeline/contract.ts';
import type { CaseWorkerApi } from './case.contract.ts';
import { startTranslateWorker, type TranslateWorker } from './translate.ts';
import { translateTranscripts } from './transcript-translation.ts';
import type { OpenRequest } from './translate.worker.ts';

/** Lines handed to one worker at a time: enough to sort by length, few enough that what is on screen comes soon. */
const LINES_PER_TURN = 192;

interface Listener {
  progress(progress: TranslateProgress): void;
  stored(): void;
}

/** With which models, and which lines get another version beside those never translated. */
export interface TranslationPlan {
  readonly models: OpenRequest;
  readonly wishes: readonly VersionWish[];
}

export interface TranslationRun {
  pause(): void;
  resume(): void;
  cancel(): void;
  wantFirst(ids: readonly number[]): void;
  readonly ended: Promise<void>;
}

/** Each worker holds the model once; a laptop of 8 GB with four cores or more carries two beside the case. */
function workerCount(): number {
  return navigator.hardwareConcurrency >= 4 ? 2 : 1;
}

export function startTranslation(api: CaseWorkerApi, listener: Listener, plan: TranslationPlan): TranslationRun {
  const stop = new AbortController();
  let first: readonly number[] = [];
  let gate: Promise<void> = Promise.resolve();
  let open: (() => void) | null = null;

  async function run(): Promise<void> {
    const workers: TranslateWorker[] = [];
    stop.signal.addEventListener('abort', () => workers.forEach((worker) => worker.end()));
    try {
      let done = 0;
      let unique = 0;
      let busy_ms = 0;
      let lastTranscript = -1;
      await api.translateAgain(plan.wishes);
      for (;;) {
        await gate;
        if (stop.signal.aborted) return;
        const waiting = await api.untranslated(LINES_PER_TURN * workerCount(), first);
        if (waiting.ids.length === 0) {
          // Messages first: what was heard in voice notes waits for them.
          const tried = await translateTranscripts(api, lastTranscript, async (lines) => {
            const worker = (workers[0] ??= await startTranslateWorker(plan.models));
            return (await worker.translate(lines)).lines;
          });
          if (tried === null) return;
          lastTranscript = tried;
          listener.stored();
          continue;
        }
        while (workers.length < workerCount()) workers.push(await startTranslateWorker(plan.models));
        const from = performance.now();
        const share = Math.ceil(waiting.ids.length / workers.length);
        const parts = workers.map(async (worker, i) => {
          const ids = waiting.ids.subarray(i * share, (i + 1) * share);
          const lines = Array.from(ids, (id, k) => ({ id, text: waiting.texts[i * share + k] ?? '' }));
          if (lines.length === 0) return;
          const result = await worker.translate(lines);
          unique += result.unique;
          await api.storeTranslations(result.lines.map(({ id, ...line }) => ({ messageId: id, ...line })));
        });
        await Promise.all(parts);
        busy_ms += performance.now() - from;
        done += waiting.ids.length;
        listener.stored();
        listener.progress({ done, total: done + waiting.left, unique, linesPerSecond: (done / busy_ms) * 1000 });
      }
    } catch (error) {
      // Ending the workers on cancel makes their open calls fail: that is no fault.
      if (!stop.signal.aborted) throw error;
    } finally {
      workers.forEach((worker) => worker.end());
    }
  }

  return {
    pause() {
      if (open === null) gate = new Promise((resolve) => (open = resolve));
    },
    resume() {
      open?.();
      open = null;
    },
    cancel() {
      stop.abort();
      open?.();
    },
    wantFirst(ids) {
      first = ids;
    },
    ended: run()
  };
}
