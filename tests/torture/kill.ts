/**
 * SIGKILL to the whole browser at a random moment of an import. What was imported before must be there to the last
 * message, and the import must go on by itself when the case is opened, without a click.
 */
import { filesOf, makeCase, offer, openAt, openSite, PATIENCE_MS, smsBackup } from './browser.ts';
import { randomOf, type TortureSeries } from './series.ts';

const KILLS = 100;
const SHORT_KILLS = 3;
const MESSAGES = 4_000;

type Seen = Record<'resumed' | 'begunNot' | 'endedBefore' | 'acknowledged' | 'longest_ms', number>;
/** The page, with what it notes of an import. */
type Watched = typeof globalThis & { laidAt: number };

export const series: TortureSeries = {
  name: 'kill',
  tries: KILLS,
  figure: '100 SIGKILLs at random moments of an import: 0 acknowledged messages lost, resumes by itself, at most 1 s repeated',
  async run({ short, seed, before, keep, isOver, report }) {
    const site = await openSite();
    const failures = [...(before?.failures ?? [])];
    const acknowledged = new Map<string, number>();
    const seen: Seen = { resumed: 0, begunNot: 0, endedBefore: 0, acknowledged: 0, longest_ms: 0, ...before?.seen };
    let tried = before?.tried ?? 0;
    const kills = short ? SHORT_KILLS : KILLS;
    try {
      let browser = await site.launch();
      const path = await makeCase(browser, site.origin);
      const first = await offer(browser.page, 'file-0.xml', smsBackup(0, MESSAGES));
      const began = performance.now();
      await first.start();
      await first.ended();
      // Kills fall into as long as an import takes on this machine.
      const within_ms = performance.now() - began;
      acknowledged.set('file-0.xml', MESSAGES);
      for (let n = tried + 1; n <= kills && !isOver(); n++) {
        const random = randomOf(seed, n);
        const name = `file-${n}.xml`;
        const file = await offer(browser.page, name, smsBackup(n, MESSAGES));
        await browser.page.evaluate(watchLaying);
        await file.start();
        // Few kills are spread over that time, each at random in its own part; many fall anywhere.
        const share = short ? (n - 1 + random()) / kills : random();
        await new Promise((over) => setTimeout(over, share * within_ms));
        // What the page had said before the kill is what the officer relies on.
        const wasSaid = await browser.page
          .getByRole('article')
          .filter({ hasText: name })
          .getByText('imported', { exact: true })
          .isVisible();
        const sinceLaid_ms = await browser.page.evaluate(() => performance.now() - (globalThis as Watched).laidAt);
        await browser.kill();
        browser = await site.launch();
        const { page } = browser;
        await openAt(page, `${site.origin}${path}/overview`);
        const files = await settled(page, name);
        for (const [one, count] of acknowledged)
          if (files.get(one) !== count) failures.push(`Kill ${n}: ${one} has ${files.get(one) ?? 0} of ${count} messages`);
        const kept = files.get(name);
        if (kept === undefined) {
          // Before the copy was whole nothing was begun; once it was, the import must have come to its end.
          if (wasSaid) failures.push(`Kill ${n}: ${name} was said to be imported and is gone`);
          seen.begunNot++;
        } else if (kept !== MESSAGES) failures.push(`Kill ${n}: ${name} has ${kept} of ${MESSAGES} messages`);
        else {
          if (wasSaid) seen.endedBefore++;
          else {
            seen.resumed++;
            // What was done since the copy was whole is what is done once more.
            seen.longest_ms = Math.max(seen.longest_ms, sinceLaid_ms || 0);
          }
          acknowledged.set(name, MESSAGES);
          seen.acknowledged += MESSAGES;
        }
        report(
          `${n} kills, ${seen.resumed} went on by themselves, ${seen.begunNot} before they had begun, ${seen.endedBefore} had ended`
        );
        tried = n;
        keep({ tried, failures, seen: { ...seen } }, wordsOf(seen));
        await page.getByRole('link', { name: 'Import' }).first().click({ timeout: PATIENCE_MS });
      }
      await browser.kill();
    } finally {
      await site.close();
    }
    // Three may all miss it; of a hundred some must not.
    if (!short && seen.resumed === 0) failures.push('No import went on by itself: the kills came at the wrong moments.');
    return { tried, failures, words: wordsOf(seen) };
  }
};

function wordsOf({ resumed, longest_ms, begunNot, endedBefore, acknowledged }: Seen): string {
  const repeated = `${(longest_ms / 1000).toFixed(1)} s repeated at most`;
  return `${resumed} imports went on by themselves and ended whole, ${repeated}, ${begunNot} were killed before the file was laid aside, ${endedBefore} had ended; ${acknowledged} messages acknowledged`;
}

/** Runs in the page: notes when the words about laying the copy aside go, which is when the import itself begins. */
function watchLaying(): void {
  const watched = globalThis as Watched;
  watched.laidAt = Number.NaN;
  let isLaying = false;
  const look = (): void => {
    const wasLaying = isLaying;
    isLaying = [...document.querySelectorAll('.stage')].some((stage) => stage.textContent?.startsWith('Laying') === true);
    if (wasLaying && !isLaying) watched.laidAt = performance.now();
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** The overview's files once no import runs: a moment without change, or the file that was under way. */
async function settled(page: Parameters<typeof filesOf>[0], name: string): Promise<Map<string, number>> {
  const until = performance.now() + PATIENCE_MS;
  await page.locator('tr:has(td.name)').first().waitFor({ timeout: PATIENCE_MS });
  let quietSince = performance.now();
  for (;;) {
    const files = await filesOf(page);
    if (files.has(name)) return files;
    // The share of a job that runs stands beside the word "Jobs".
    const isWorking = (await page.locator('header .share').count()) > 0;
    if (isWorking) quietSince = performance.now();
    if (performance.now() - quietSince > 3_000 || performance.now() > until) return files;
    await new Promise((over) => setTimeout(over, 100));
  }
}
