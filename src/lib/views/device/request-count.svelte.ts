/**
 * Counts what this page asked of other addresses than its own, by the browser's own record of loaded resources and of
 * attempts that the security policy refused. It sees the page, not the inside of workers: those are closed by the
 * policy that came with them, which is why the words on screen say "sent", never "cannot".
 */
import { createContext } from 'svelte';

export class RequestCount {
  #otherOrigins = $state(0);
  #ownOrigin = $state(0);
  #refused = $state(0);

  constructor() {
    // The default of 250 entries would let the record run full unseen.
    performance.setResourceTimingBufferSize(10_000);
    new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) {
        if (name.startsWith('blob:') || name.startsWith('data:')) continue;
        if (new URL(name, location.href).origin === location.origin) this.#ownOrigin++;
        else this.#otherOrigins++;
      }
    }).observe({ type: 'resource', buffered: true });
    document.addEventListener('securitypolicyviolation', () => this.#refused++);
  }

  /** Requests to any other address since the page was loaded. */
  get otherOrigins(): number {
    return this.#otherOrigins;
  }
  /** Files of the app itself, from its own address or the copy kept on the device. */
  get ownOrigin(): number {
    return this.#ownOrigin;
  }
  /** Attempts that the security policy stopped. */
  get refused(): number {
    return this.#refused;
  }
}

export const [requests, setRequests] = createContext<RequestCount>();
