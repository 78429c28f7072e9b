import { beforeEach, describe, expect, it, vi } from 'vitest';
import { JobList } from './jobs.svelte.ts';
import { PowerState, type PowerSources } from './power.svelte.ts';

/** A device whose plug, screen and page are moved by hand. */
function toyDevice(refuses = false) {
  const listeners = { page: () => {}, plug: () => {} };
  const battery = { charging: true, addEventListener: (_: string, listener: () => void) => (listeners.plug = listener) };
  const page = { visibilityState: 'visible', addEventListener: (_: string, listener: () => void) => (listeners.page = listener) };
  const holds: { released: boolean; letGo: () => void }[] = [];
  const sources: PowerSources = {
    page,
    battery: () => Promise.resolve(battery),
    wake: {
      request: () => {
        if (refuses) return Promise.reject(new DOMException('no', 'NotAllowedError'));
        const hold = { released: false, letGo: () => {} };
        holds.push(hold);
        const release = (): Promise<void> => Promise.resolve(void (hold.released = true));
        return Promise.resolve({ release, addEventListener: (_: string, listener: () => void) => void (hold.letGo = listener) });
      }
    }
  };
  return {
    sources,
    holds,
    show: (isVisible: boolean) => {
      page.visibilityState = isVisible ? 'visible' : 'hidden';
      if (!isVisible) holds.at(-1)?.letGo();
      listeners.page();
    },
    plug: (isIn: boolean) => {
      battery.charging = isIn;
      listeners.plug();
    }
  };
}
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key)
  });
});

describe('the screen', () => {
  it('stays on while a job runs, is asked for again when the page is seen again, and let go at a pause and the end', async () => {
    const device = toyDevice();
    const power = new PowerState(device.sources);
    const jobs = new JobList();
    const job = jobs.start('translation', '', { pause: () => {}, resume: () => {} });
    power.tend(jobs.list);
    await settled();
    expect([device.holds.length, power.wake.isHeld]).toEqual([1, true]);
    device.show(false);
    await settled();
    expect(power.wake.isHeld).toBe(false);
    device.show(true);
    await settled();
    expect([device.holds.length, power.wake.isHeld]).toEqual([2, true]);
    job.pause();
    power.tend(jobs.list);
    await settled();
    expect([device.holds[1]?.released, power.wake.isHeld]).toEqual([true, false]);
    job.resume();
    power.tend(jobs.list);
    await settled();
    expect(power.wake.isHeld).toBe(true);
    job.end('done');
    power.tend(jobs.list);
    await settled();
    expect([device.holds.length, device.holds[2]?.released, power.wake.isHeld]).toEqual([3, true, false]);
  });

  it('is not asked for in a hidden page, nor kept when the job ended before the browser answered', async () => {
    const device = toyDevice();
    const power = new PowerState(device.sources);
    const jobs = new JobList();
    device.show(false);
    const job = jobs.start('import', 'a.zip');
    power.tend(jobs.list);
    await settled();
    expect(device.holds).toHaveLength(0);
    device.show(true);
    job.end('done');
    power.tend(jobs.list);
    await settled();
    expect([device.holds.length, device.holds[0]?.released, power.wake.isHeld]).toEqual([1, true, false]);
  });

  it('goes dark without a word where the browser refuses or has no lock', async () => {
    for (const sources of [toyDevice(true).sources, { ...toyDevice().sources, wake: null }]) {
      const power = new PowerState(sources);
      const jobs = new JobList();
      jobs.start('import', 'a.zip');
      power.tend(jobs.list);
      await settled();
      expect(power.wake.isHeld).toBe(false);
      expect(power.wake.isOffered).toBe(sources.wake !== null);
    }
  });
});

describe('on battery', () => {
  async function running(isAsked: boolean) {
    const device = toyDevice();
    const power = new PowerState(device.sources);
    power.choosePause(isAsked);
    await settled();
    const jobs = new JobList();
    const job = jobs.start('translation', '', { pause: () => {}, resume: () => {} });
    const tend = (): void => power.tend(jobs.list);
    return { device, power, jobs, job, tend };
  }

  it('nothing is paused unless the officer asked for it', async () => {
    const { device, job, tend, power } = await running(false);
    device.plug(false);
    tend();
    expect([job.state, power.mains.isOnBattery]).toEqual(['running', true]);
    power.choosePause(true);
    expect(new PowerState(device.sources).pausesOnBattery).toBe(true);
    tend();
    expect([job.state, job.pausedFor]).toEqual(['paused', 'battery']);
    power.choosePause(false);
    tend();
    expect(job.state).toBe('running');
  });

  it('a translation pauses and goes on by itself on mains; an import, which cannot pause, goes on', async () => {
    const { device, jobs, job, tend } = await running(true);
    const file = jobs.start('import', 'a.zip', { cancel: () => {} });
    device.plug(false);
    tend();
    expect([job.pausedFor, file.state]).toEqual(['battery', 'running']);
    device.plug(true);
    tend();
    expect(job.state).toBe('running');
  });

  it('the officer’s own go-on holds until the plug was in again, and the officer’s own pause holds on mains', async () => {
    const { device, job, tend } = await running(true);
    device.plug(false);
    tend();
    job.resume();
    tend();
    expect(job.state).toBe('running');
    device.plug(true);
    tend();
    device.plug(false);
    tend();
    expect(job.pausedFor).toBe('battery');
    job.resume();
    job.pause();
    device.plug(true);
    tend();
    expect(job.pausedFor).toBe('officer');
  });

  it('is not known where the browser has no battery status', async () => {
    const power = new PowerState({ ...toyDevice().sources, battery: null });
    power.choosePause(true);
    const jobs = new JobList();
    const job = jobs.start('translation', '', { pause: () => {} });
    power.tend(jobs.list);
    await settled();
    expect([power.mains.isOffered, power.mains.isOnBattery, job.state]).toEqual([false, null, 'running']);
  });
});
