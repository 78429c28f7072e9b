/** What long work asks of the device: the screen on while it runs, and a rest on battery where the officer wants one. */
import type { Job } from './jobs.svelte.ts';
import { Mains, type BatterySource } from './mains.svelte.ts';
import { ScreenWake, type PageSight, type WakeSource } from './screen-wake.svelte.ts';

/** A setting of the device and no part of a case. */
const PAUSE_KEY = 'skein.pause-on-battery';

export interface PowerSources {
  readonly wake: WakeSource | null;
  readonly battery: BatterySource | null;
  readonly page: PageSight;
}

export class PowerState {
  readonly wake: ScreenWake;
  readonly mains: Mains;
  #pausesOnBattery = $state(localStorage.getItem(PAUSE_KEY) === 'on');
  /** Jobs that were paused since the plug was pulled: one that runs again was told to by the officer. */
  #paused = new WeakSet<Job>();

  constructor(sources: PowerSources = sourcesHere()) {
    this.wake = new ScreenWake(sources.wake, sources.page);
    this.mains = new Mains(sources.battery);
  }

  get pausesOnBattery(): boolean {
    return this.#pausesOnBattery;
  }

  choosePause(isOn: boolean): void {
    this.#pausesOnBattery = isOn;
    if (isOn) localStorage.setItem(PAUSE_KEY, 'on');
    else localStorage.removeItem(PAUSE_KEY);
  }

  /** Does for these jobs what the moment asks for. Called again whenever a job, the plug or the setting changed. */
  tend(jobs: readonly Job[]): void {
    const rests = this.#pausesOnBattery && this.mains.isOnBattery === true;
    for (const job of jobs) {
      if (rests && job.state === 'running' && job.controls.pause !== undefined && !this.#paused.has(job)) {
        this.#paused.add(job);
        job.pause('battery');
      } else if (!rests && job.pausedFor === 'battery') job.resume();
    }
    if (!rests) this.#paused = new WeakSet();
    this.wake.want(jobs.some((job) => job.state === 'running'));
  }
}

function sourcesHere(): PowerSources {
  const { wakeLock, getBattery } = navigator as { wakeLock?: WakeSource; getBattery?: BatterySource };
  return { wake: wakeLock ?? null, battery: getBattery?.bind(navigator) ?? null, page: document };
}
