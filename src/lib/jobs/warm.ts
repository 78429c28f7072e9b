/**
 * A translation worker made ready before it is needed: its models are opened and a few lines of our own run through them
 * while an officer still looks at a file's preview. The same lines, timed, are the trial of a device that was never
 * measured.
 */
import type { ModelUse } from '../language/contract.ts';
import { EVERYDAY_LINES } from '../language/everyday-lines.ts';
import { startTranslateWorker, type TranslateWorker } from './translate.ts';
import type { OpenRequest } from './translate.worker.ts';

/** The first lines pay for loading and compiling, so they are not timed. */
const COMPILING_LINES = 4;

export interface WarmTranslation {
  /** What the models did of the timed lines, nothing where none were asked for; rejects where no model can be opened. */
  readonly trial: Promise<readonly ModelUse[]>;
  /** The worker, once and only where it was opened for the same request. Null leaves it to be started anew. */
  take(request: OpenRequest): Promise<TranslateWorker | null>;
  /** Ends the worker unless it was taken. */
  end(): void;
}

/**
 * @param isTimed whether the device is measured as well: a run that wants the worker has to wait for those lines too
 * @param start starts a worker; another one in tests
 */
export function warmTranslation(request: OpenRequest, isTimed: boolean, start = startTranslateWorker): WarmTranslation {
  const starting = start(request);
  let isTaken = false;
  let isEnded = false;

  async function measure(): Promise<readonly ModelUse[]> {
    const worker = await starting;
    const lines = EVERYDAY_LINES.map((text, id) => ({ id, text }));
    await worker.translate(lines.slice(0, COMPILING_LINES));
    return isTimed ? (await worker.translate(lines.slice(COMPILING_LINES))).uses : [];
  }
  const trial = measure();
  // Whoever waits for it hears of a failure; where nobody does, the run that opens the models anew will.
  trial.catch(() => undefined);

  const end = (): void => {
    isEnded = true;
    starting.then(
      (worker) => worker.end(),
      () => undefined
    );
  };
  return {
    trial,
    async take(wanted) {
      if (isTaken || isEnded) return null;
      if (JSON.stringify(wanted) !== JSON.stringify(request)) {
        end();
        return null;
      }
      isTaken = true;
      // One call at a time runs in a worker: the lines under way come to their end first.
      const isReady = await trial.then(
        () => true,
        () => false
      );
      if (isReady) return starting;
      end();
      return null;
    },
    end() {
      if (!isTaken) end();
    }
  };
}
