/** Workers end before the page that started them does. */

let alive: WeakRef<Worker>[] = [];
let isListening = false;

/**
 * The same worker; it is ended when its page is left for good, and not when the browser keeps the page to come back to.
 *
 * [Note: A page that is left] Left to the browser, workers that are still loading when their page goes run into a check of
 * Chromium's that ends the process, and the next page of the tab with it (seen with Chromium 156 on a busy machine; what
 * [Note: A worker that is left] in begin.ts settles is one cause of several). Ended here first it is rarer: of the series
 * `damage`, three side by side on two cores, 5 of 6 came back whole, and 3 of 9 before. What a case has on disk is made for a
 * sudden end (`npm run test:torture -- --only kill`).
 */
export function endedWithPage(worker: Worker): Worker {
  alive = [...alive.filter((one) => one.deref() !== undefined), new WeakRef(worker)];
  if (!isListening) {
    isListening = true;
    addEventListener('pagehide', ({ persisted }) => {
      if (!persisted) for (const one of alive) one.deref()?.terminate();
    });
  }
  return worker;
}
