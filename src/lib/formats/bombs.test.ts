/**
 * Small files that want to be large are stopped within two seconds of CPU and 64 MiB over what stood in memory before,
 * with a word of why: nothing is cut off in silence. See [Note: Hostile input].
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { BOMBS } from '../../../tests/fixtures/bombs.ts';
import { CollectingSink } from '../../../tests/fixtures/collecting-sink.ts';
import { NO_ABORT } from '../../../tests/fixtures/format-fixture.ts';
import { SourceError } from '../evidence/findings.ts';
import { formatById } from './registry.ts';

const OPTIONS = { zone: 'Europe/London', region: 'GB', owner: null } as const;
const MOST_MS = 2_000;
const MOST_BYTES = 64 * 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is held, the buffers outside of the heap included; pages that the system gives back late are not. */
function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('bombs', () => {
  it.each(BOMBS.map((bomb) => [bomb.name, bomb] as const))('%s', async (_name, bomb) => {
    const input = await bomb.input();
    const format = formatById(bomb.format);
    if (format === undefined) throw new Error(`no format ${bomb.format}`);
    const attempt = async (): Promise<CollectingSink | SourceError> => {
      const sink = new CollectingSink();
      try {
        await format.read(input, OPTIONS, sink, NO_ABORT);
        return sink;
      } catch (error) {
        if (error instanceof SourceError) return error;
        throw error;
      } finally {
        sink.assertConserved();
      }
    };
    const began = process.cpuUsage();
    const outcome = await attempt();
    const { user, system } = process.cpuUsage(began);
    const cpu_ms = (user + system) / 1000;
    // What stopped it is a sentence that names the file; or it was passed over, and a finding says so.
    if (outcome instanceof SourceError) expect(outcome.message).toContain(input.name);
    else expect(outcome.findings.length).toBeGreaterThan(0);

    // Once more for the memory: looking at it takes time of its own.
    collect();
    const base = heldBytes();
    let most = base;
    const watch = setInterval(() => {
      collect();
      most = Math.max(most, heldBytes());
    }, 100);
    await attempt();
    clearInterval(watch);
    const over = most - base;
    console.log(`${bomb.name}: ${cpu_ms.toFixed(0)} ms CPU, ${(over / 2 ** 20).toFixed(0)} MiB over base`);
    expect(cpu_ms).toBeLessThan(MOST_MS);
    expect(over).toBeLessThan(MOST_BYTES);
  });
});
