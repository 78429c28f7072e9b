/** Whether some window of the app is in the middle of something, said by a Web Lock that all who work share. */
const LOCK = 'skein.working';

/** Holds the lock until the returned function is called, or the window goes. */
export function sayWorking(): () => void {
  let done: () => void = () => {};
  const finished = new Promise<void>((resolve) => (done = resolve));
  const stop = new AbortController();
  navigator.locks
    .request(LOCK, { mode: 'shared', signal: stop.signal }, () => finished)
    // Given back before it was had.
    .catch(() => {});
  return () => {
    stop.abort();
    done();
  };
}

/** True where any window holds it. */
export async function isWorkElsewhere(): Promise<boolean> {
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => lock === null);
}
