/**
 * Locks when nobody is there. While a job runs the lock waits for its end: an import that stops half-way would have to
 * begin again, and long translations run unattended.
 */
const IDLE_MS = 5 * 60_000;
const HIDDEN_MS = 2 * 60_000;
const LOOK_EVERY_MS = 5_000;
/** Timers stand still while a laptop sleeps: a gap this long between two looks was a sleep. */
const SLEEP_MS = 60_000;

export interface IdleLock {
  stop(): void;
}

/** @param isBusy true while a job must not be cut off. */
export function lockWhenIdle(lock: () => void, isBusy: () => boolean): IdleLock {
  let lastInput = Date.now();
  let hiddenSince: number | null = document.hidden ? Date.now() : null;
  let lastLook = Date.now();
  const input = (): void => {
    lastInput = Date.now();
  };
  const visibility = (): void => {
    hiddenSince = document.hidden ? Date.now() : null;
  };
  const look = (): void => {
    const now = Date.now();
    const slept = now - lastLook > SLEEP_MS && !document.hidden;
    lastLook = now;
    const away = now - lastInput > IDLE_MS || (hiddenSince !== null && now - hiddenSince > HIDDEN_MS) || slept;
    if (away && !isBusy()) lock();
  };
  const kinds = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
  for (const kind of kinds) addEventListener(kind, input, { passive: true, capture: true });
  document.addEventListener('visibilitychange', visibility);
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      for (const kind of kinds) removeEventListener(kind, input, { capture: true });
      document.removeEventListener('visibilitychange', visibility);
    }
  };
}
