/** The lock that comes by itself, on a clock that is moved by hand. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockWhenIdle, type IdleLock } from './idle-lock.ts';

const MINUTE_MS = 60_000;

/** A page as far as the lock looks at it. */
class Page extends EventTarget {
  hidden = false;

  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: Page;
let keys: EventTarget;
let isBusy: boolean;
let locked: number;
let lock: IdleLock;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  page = new Page();
  keys = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', keys.addEventListener.bind(keys));
  vi.stubGlobal('removeEventListener', keys.removeEventListener.bind(keys));
  isBusy = false;
  locked = 0;
  lock = lockWhenIdle(
    () => locked++,
    () => isBusy
  );
});

afterEach(() => {
  lock.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The device asleep: the clock goes on, no timer runs. */
function sleep(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
  vi.advanceTimersByTime(5_000);
}

describe('a case that nobody is at', () => {
  it('is locked after five minutes without a key or a hand, and not before', () => {
    vi.advanceTimersByTime(5 * MINUTE_MS);
    expect(locked).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect(locked).toBeGreaterThan(0);
  });

  it.each(['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])('stays open while there is %s', (kind) => {
    for (let minutes = 0; minutes < 20; minutes += 4) {
      vi.advanceTimersByTime(4 * MINUTE_MS);
      keys.dispatchEvent(new Event(kind));
    }
    expect(locked).toBe(0);
  });

  it('is locked two minutes after its page went out of sight, and not where it came back', () => {
    page.turn(true);
    vi.advanceTimersByTime(MINUTE_MS + 50_000);
    page.turn(false);
    vi.advanceTimersByTime(2 * MINUTE_MS);
    expect(locked).toBe(0);
    page.turn(true);
    vi.advanceTimersByTime(2 * MINUTE_MS + 10_000);
    expect(locked).toBeGreaterThan(0);
  });

  it('is locked when the device wakes up', () => {
    sleep(50_000);
    expect(locked).toBe(0);
    sleep(90_000);
    expect(locked).toBeGreaterThan(0);
  });

  it('waits for a job that runs, and is locked at its end', () => {
    isBusy = true;
    vi.advanceTimersByTime(60 * MINUTE_MS);
    page.turn(true);
    sleep(60 * MINUTE_MS);
    expect(locked).toBe(0);
    isBusy = false;
    vi.advanceTimersByTime(5_000);
    expect(locked).toBe(1);
  });

  it('is left alone once another one is open', () => {
    lock.stop();
    vi.advanceTimersByTime(60 * MINUTE_MS);
    expect(locked).toBe(0);
  });
});
