/** Web Locks as functions: taken until the returned function is called. They end with the page or worker that holds them. */

/** A worker that was just ended lets its locks go a moment later. */
const PATIENCE_MS = 5_000;

/** Takes the lock if it is free; null when another holds it. */
export function takeLock(name: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

/** Takes the lock beside others that share it; waits while one has it alone. */
export function shareLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks.request(name, { mode: 'shared' }, () => new Promise<void>((release) => resolve(release))).catch(reject);
  });
}

/** Waits a little for the lock. Rejects with a TimeoutError when another keeps it. */
export function waitForLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { signal: AbortSignal.timeout(PATIENCE_MS) }, () => new Promise<void>((release) => resolve(release)))
      .catch(reject);
  });
}
