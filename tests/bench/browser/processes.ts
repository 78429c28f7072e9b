/** What the operating system says of a browser's page processes (Linux; elsewhere nothing is found). */
import { readdirSync, readFileSync } from 'node:fs';

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function processes(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}

/** Process ids of the page processes of the browser with this profile folder. */
function pageProcesses(profile: string): number[] {
  const commands = new Map(processes().map((pid) => [pid, read(`/proc/${pid}/cmdline`)]));
  const parentOf = (pid: number): number => Number(/\) \S+ (\d+)/.exec(read(`/proc/${pid}/stat`))?.[1] ?? 0);
  const belongs = (pid: number): boolean => {
    for (let at = pid; at > 1; at = parentOf(at)) if (commands.get(at)?.includes(profile)) return true;
    return false;
  };
  return [...commands].filter(([pid, command]) => command.includes('--type=renderer') && belongs(pid)).map(([pid]) => pid);
}

/** Resident bytes of each page process, the largest first. */
export function residentBytes(profile: string): number[] {
  return pageProcesses(profile)
    .map((pid) => 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0))
    .sort((a, b) => b - a);
}

/** Milliseconds that each worker thread has run and has waited for a core since it began, by process and thread. */
export function workerTimes(profile: string): Map<string, { ran_ms: number; waited_ms: number }> {
  const times = new Map<string, { ran_ms: number; waited_ms: number }>();
  for (const pid of pageProcesses(profile)) {
    let threads: string[] = [];
    try {
      threads = readdirSync(`/proc/${pid}/task`);
    } catch {
      // The process has ended since it was listed.
    }
    for (const thread of threads) {
      const task = `/proc/${pid}/task/${thread}`;
      if (!read(`${task}/comm`).startsWith('DedicatedWorker')) continue;
      const [ran = 0, waited = 0] = read(`${task}/schedstat`).split(' ').map(Number);
      times.set(`${pid}/${thread}`, { ran_ms: ran / 1e6, waited_ms: waited / 1e6 });
    }
  }
  return times;
}
