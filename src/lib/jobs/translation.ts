/**
 * The translation of a case, on the page's side: asks the case worker what waits, has it translated by one or more
 * translation workers, and hands the lines back to be stored. Everything it knows can be lost: what is stored is
 * stored, and the next run goes on from there.
 */
import type { ModelUse, TranslateProgress } from '../language/contract.ts';
import type { VersionWish } from '../pipeline/contract.ts';
import type { CaseWorkerApi } from './case.contract.ts';
import { translationWorkers } from './model-workers.ts';
import { sharesOf } from './shares.ts';
import { startTranslateWorker, type TranslateWorker } from './translate.ts';
import { translateTranscripts } from './transcript-translation.ts';
import type { OpenRequest } from './translate.worker.ts';
import { UsualLanguages } from '../pipeline/usual-languages.ts';
import type { WarmTranslation } from './warm.ts';

/** Lines handed to one worker at a time: enough to sort by length, few enough that what is on screen comes soon. */
const LINES_PER_TURN = 192;
/** The same where someone waits to see them: the first lines of a run, and what has just come on screen. */
const LINES_WHEN_AWAITED = 24;

interface Listener {
  progress(progress: TranslateProgress): void;
  stored(): void;
  /** What the models of one worker did in a turn. */
  used(uses: readonly ModelUse[]): void;
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

/** What a run starts with; tests bring their own. */
export interface TranslationMeans {
  readonly workers?: number;
  readonly start?: (request: OpenRequest) => Promise<TranslateWorker>;
  /** A worker that was made ready ahead, for the first of them. */
  readonly warm?: WarmTranslation | null;
}

export function startTranslation(
  api: Pick<
    CaseWorkerApi,
    | 'repeatKnown'
    | 'translateAgain'
    | 'untranslated'
    | 'conversationSamples'
    | 'storeTranslations'
    | 'untranslatedTranscripts'
    | 'storeTranscriptEnglish'
  >,
  listener: Listener,
  plan: TranslationPlan,
  means: TranslationMeans = {}
): TranslationRun {
  const { workers: count = translationWorkers(), start = startTranslateWorker, warm = null } = means;
  const stop = new AbortController();
  let first: readonly number[] = [];
  let isAwaited = true;
  let gate: Promise<void> = Promise.resolve();
  let open: (() => void) | null = null;

  async function run(): Promise<void> {
    const workers: TranslateWorker[] = [];
    const usual = new UsualLanguages();
    stop.signal.addEventListener('abort', () => workers.forEach((worker) => worker.end()));
    try {
      let done = 0;
      let unique = 0;
      let busy_ms = 0;
      let lastTranscript = -1;
      await api.translateAgain(plan.wishes);
      if ((await api.repeatKnown(plan.wishes)) > 0) listener.stored();
      for (;;) {
        await gate;
        if (stop.signal.aborted) return;
        // The first lines do not wait until every worker has its models; few of them come up again on another.
        const now = workers.length === 0 ? 1 : count;
        const most = now * (isAwaited ? LINES_WHEN_AWAITED : LINES_PER_TURN);
        isAwaited = false;
        const waiting = await api.untranslated(most, first);
        if (waiting.ids.length === 0) {
          // Messages first: what was heard in voice notes waits for them.
          const tried = await translateTranscripts(api, lastTranscript, async (lines) => {
            if (workers.length === 0) workers.push((await warm?.take(plan.models)) ?? (await start(plan.models)));
            const result = await (workers[0] as TranslateWorker).translate(lines);
            listener.used(result.uses);
            return result.lines;
          });
          if (tried === null) return;
          lastTranscript = tried;
          listener.stored();
          continue;
        }
        if (workers.length === 0) workers.push((await warm?.take(plan.models)) ?? (await start(plan.models)));
        while (workers.length < now && !stop.signal.aborted) workers.push(await start(plan.models));
        if (stop.signal.aborted) return;
        const from = performance.now();
        const asked = await usual.lines(waiting, {
          conversationSamples: (threads) => api.conversationSamples(threads),
          usualLanguages: (conversations) => (workers[0] as TranslateWorker).usualLanguages(conversations)
        });
        const shares = sharesOf(asked, now);
        await Promise.all(
          workers.map(async (worker, i) => {
            const lines = shares[i] ?? [];
            if (lines.length === 0) return;
            const result = await worker.translate(lines);
            unique += result.unique;
            await api.storeTranslations(result.lines.map(({ id, ...line }) => ({ messageId: id, ...line })));
            listener.used(result.uses);
          })
        );
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
      // Where nothing waited it was never taken.
      warm?.end();
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
      const known = new Set(first);
      if (ids.some((id) => !known.has(id))) isAwaited = true;
      first = ids;
    },
    ended: run()
  };
}
