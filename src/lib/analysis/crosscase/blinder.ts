/** The steps of an exchange in this thread: for a terminal, for tests, and inside each worker of the case. */
import { blindKeys, raisePoints } from './group.ts';
import type { Blinder } from './protocol.ts';

export function blinderHere(signal?: AbortSignal): Blinder {
  return {
    blind: (session, keys, secret, onProgress) => blindKeys(session, keys, secret, { signal, onProgress }),
    raise: (points, secret, onProgress) => raisePoints(points, secret, { signal, onProgress })
  };
}
