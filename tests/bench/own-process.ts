/** Runs a measurement in a process of its own, so that neither heap nor compiled code of another one helps or hurts it. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Starts `file` (a TypeScript module) with arguments; resolves with the JSON value that it printed last. */
export function inOwnProcess<R>(file: URL, args: readonly string[]): Promise<R> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(file), ...args], {
      stdio: ['ignore', 'pipe', 'inherit']
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) reject(new Error(`${fileURLToPath(file)} ended with ${code}`));
      else resolve(JSON.parse(out.trim().split('\n').at(-1) ?? '') as R);
    });
  });
}

/**
 * Milliseconds that this thread has waited for a core since it began (Linux tells; elsewhere 0). Taken off a
 * measured time it gives the time of a machine with nothing else to do.
 */
export function waited_ms(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

/** Watches this process's resident memory; `stop` gives the peak over where it began, in bytes. */
export function watchMemory(everyMs = 20): { stop(): number } {
  const base = process.memoryUsage.rss();
  let peak = base;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, everyMs);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak - base;
    }
  };
}

/**
 * The peak of resident memory over where this process stands now, also in work that never lets a timer run. Linux keeps
 * the peak itself and lets it be set back; elsewhere it is the peak of the whole process's life.
 */
export function peakFromHere(): () => number {
  const base = process.memoryUsage.rss();
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    return () => Math.max(0, process.resourceUsage().maxRSS * 1024 - base);
  }
  return () => {
    const line = /^VmHWM:\s*(\d+) kB/mu.exec(readFileSync('/proc/self/status', 'utf8'));
    return Math.max(0, Number(line?.[1] ?? 0) * 1024 - base);
  };
}
