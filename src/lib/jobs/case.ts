/** The typed handle of the case worker: the only holder of decrypted evidence. */
import { proxy, wrap, type Remote } from 'comlink';
import { pageHeads } from '../vault/segments/page-heads.ts';
import type { HeadSlot } from '../vault/segments/ports.ts';
import type { CaseWorkerApi } from './case.contract.ts';
import { endedWithPage } from './page-left.ts';
import { untilEnd } from './told-while.ts';

/** What the worker takes beside its questions. */
interface HeadDoor {
  attachHeads(page: HeadSlot): void;
}

/**
 * Starts a worker of its own. `end` stops it at once, whatever it does; what it had not committed is as if it had
 * never begun.
 */
export function startCaseWorker(): { readonly api: CaseWorkerApi; end(): void } {
  const worker = endedWithPage(new Worker(new URL('./case.worker.ts', import.meta.url), { type: 'module', name: 'case' }));
  const remote = wrap<CaseWorkerApi & HeadDoor>(worker);
  // A worker that dies leaves every open call hanging: each call races against its end.
  let fail: (reason: Error) => void = () => {};
  const died = new Promise<never>((_, reject) => (fail = reject));
  died.catch(() => {});
  worker.addEventListener('error', (event) =>
    fail(new Error(`The case worker stopped: ${event.message || 'out of memory or blocked'}`))
  );
  // Not waited for: what the worker has for the page is kept until the page is there.
  void remote.attachHeads(proxy(pageHeads(localStorage)));
  return {
    api: guarded(remote, died),
    end() {
      fail(new Error('The case was closed.'));
      worker.terminate();
    }
  };
}

/** Calls that answer at once, and whose listener is told things long after. */
const TOLD_AFTERWARDS: ReadonlySet<string> = new Set<keyof CaseWorkerApi>(['readAhead']);

/**
 * Functions among the arguments travel as proxies and are heard until the call is over ([Note: Late words]); every call
 * settles even when the worker does not.
 */
function guarded(remote: Remote<CaseWorkerApi & HeadDoor>, died: Promise<never>): CaseWorkerApi {
  return new Proxy({} as CaseWorkerApi, {
    get(_target, name: string) {
      // A promise is recognised by its `then`: the handle must not look like one.
      if (name === 'then') return undefined;
      return async (...args: unknown[]) => {
        const call = (remote as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[name];
        const ends: (() => void)[] = [];
        const sent = args.map((argument) => {
          if (typeof argument !== 'function') return argument;
          const { listening, end } = untilEnd(argument as (...told: unknown[]) => unknown);
          if (!TOLD_AFTERWARDS.has(name)) ends.push(end);
          return proxy(listening);
        });
        try {
          return await Promise.race([call?.(...sent), died]);
        } finally {
          for (const end of ends) end();
        }
      };
    }
  });
}
