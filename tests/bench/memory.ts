/**
 * Memory of an open case in Chromium: after opening, with messages on the screen, the search index built by a
 * search, and translation at work as the app does it. All workers together, by the browser's own measurement.
 */
import type { Page } from '@playwright/test';
import { lockedCase, unlock, withApp } from './browser/app.ts';
import { residentBytes } from './browser/processes.ts';
import type { Figure } from './figure.ts';
import { generatedUfdr } from './ufdr.ts';

const MESSAGES = 100_000;
const TARGET_MB = 1500;
const SEARCH_MS = 5 * 60_000;

interface Measured {
  readonly total: number;
  readonly workers: number;
}

/** Bytes of the page and its workers after a collection; the browser may take a while to answer. */
function measure(page: Page): Promise<Measured> {
  return page.evaluate(async () => {
    const { measureUserAgentSpecificMemory } = performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<{
        bytes: number;
        breakdown: { bytes: number; attribution: { scope: string }[] }[];
      }>;
    };
    const { bytes, breakdown } = await measureUserAgentSpecificMemory.call(performance);
    return {
      total: bytes,
      workers: breakdown
        .filter((part) => part.attribution.some((one) => one.scope.includes('Worker')))
        .reduce((sum, part) => sum + part.bytes, 0)
    };
  });
}

export async function run(options: { scale?: number }): Promise<Figure[]> {
  const scale = options.scale ?? MESSAGES;
  const file = await generatedUfdr(scale);
  return withApp(async (app) => {
    const { path } = await lockedCase(app, file);
    await unlock(app, `${path}/messages`);
    const opened = await measure(app.page);
    const search = app.page.getByPlaceholder(/Search/).first();
    await search.fill('grazie');
    await search.press('Enter');
    await app.page.locator('article mark, [role="gridcell"] mark').first().waitFor({ timeout: SEARCH_MS });
    const searched = await measure(app.page);
    const resident = residentBytes(app.profile)[0] ?? Number.NaN;
    return [
      { id: 'memory.opened', value: opened.total / 1e6, unit: `MB, page and workers, ${scale} messages opened` },
      {
        id: 'memory.searched',
        value: searched.total / 1e6,
        unit: 'MB, page and workers, search index built, translation running',
        target: `< ${TARGET_MB}`,
        met: searched.total / 1e6 < TARGET_MB
      },
      { id: 'memory.workers', value: searched.workers / 1e6, unit: 'MB of these that the browser ascribes to workers' },
      { id: 'memory.resident', value: resident / 1e6, unit: "MB resident, the page's process with all its workers" }
    ];
  });
}
