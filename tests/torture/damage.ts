/**
 * Files of a case are changed, cut short or taken away, or its database is wiped. One damaged file costs nothing; two
 * cost the blocks that both hit, which are named; a wiped database is rebuilt.
 *
 * [Note: Ended by the browser] Chromium may end a page's process by a check of its own (SIGTRAP in a worker's thread) when
 * the page is left while workers start, sooner on a loaded machine. That is one more way for a case to be left: the browser
 * is started again, the same is asked once more of the same files, and how often it came to that is told. More than
 * `MOST_ENDED` a damage fail the series, or it would hide a fault of ours.
 */
import type { Page } from '@playwright/test';
import { restTranslation } from '../end-to-end/journey.ts';
import { filesOf, makeCase, offer, openAt, openSite, PATIENCE_MS, smsBackup, type KillableBrowser } from './browser.ts';
import { pick, randomOf, type TortureSeries } from './series.ts';

const TRIES = 200;
const SHORT_TRIES = 10;
const FILES = 9;
const MESSAGES = 400;
const MOST_ENDED = 0.5;
/** A page of the app's origin without the app: no worker holds the files there. */
const BARE = '/build.json';

type Way = 'change' | 'cut' | 'remove' | 'two segments' | 'wipe the database' | 'wipe database and head';
const WAYS: readonly Way[] = [
  'change',
  'change',
  'change',
  'cut',
  'remove',
  'two segments',
  'wipe the database',
  'wipe database and head'
];

type Seen = Record<'whole' | 'named' | 'wiped' | 'ended', number>;

export const series: TortureSeries = {
  name: 'damage',
  tries: TRIES,
  figure: '200 random damages to the files of a case: only that block named, one a group repaired; IndexedDB wiped: rebuilt',
  async run({ short, seed, before, keep, isOver, report }) {
    const site = await openSite();
    const failures = [...(before?.failures ?? [])];
    const seen: Seen = { whole: 0, named: 0, wiped: 0, ended: 0, ...before?.seen };
    let tried = before?.tried ?? 0;
    const tries = short ? SHORT_TRIES : TRIES;
    try {
      const launch = async (): Promise<KillableBrowser> => {
        const started = await site.launch();
        // Nothing here is about translation, and its workers make opening a case heavy.
        await restTranslation(started.page);
        return started;
      };
      let browser = await launch();
      const ended = async (): Promise<void> => {
        if (++seen.ended > MOST_ENDED * tries) throw new Error(`The page ended by itself ${seen.ended} times.`);
        await browser.kill();
        browser = await launch();
      };
      /** See [Note: Ended by the browser]. */
      const visit = async (address: string, open: (page: Page, address: string) => Promise<unknown>): Promise<Page> => {
        for (;;)
          try {
            await open(browser.page, site.origin + address);
            return browser.page;
          } catch (error) {
            if (!(error instanceof Error) || !/crashed/i.test(error.message)) throw error;
            await ended();
          }
      };
      const bare = (): Promise<Page> => visit(BARE, (page, address) => page.goto(address));
      const path = await makeCase(browser, site.origin);
      const caseId = path.split('/').at(-1) ?? '';
      for (let n = 0; n < FILES; n++) {
        const file = await offer(browser.page, `file-${n}.xml`, smsBackup(n, MESSAGES));
        await file.start();
        await file.ended();
      }
      const expected = JSON.stringify(Array.from({ length: FILES }, (_, n) => [`file-${n}.xml`, MESSAGES]));
      for (let n = tried + 1; n <= tries && !isOver(); n++) {
        const random = randomOf(seed, n);
        const way = pick(WAYS, random);
        let page = await bare();
        const names = await namesOf(page, caseId);
        const segments = names.filter((name) => name.startsWith('segment'));
        const hit = way === 'two segments' ? [segments[0] as string, pick(segments.slice(1), random)] : [pick(names, random)];
        const what = `Damage ${n}, ${way}${way.startsWith('wipe') ? '' : ` of ${hit.join(' and ')}`}`;
        const saved: Record<string, string> = {};
        if (way.startsWith('wipe')) {
          await page.evaluate(wipe, way === 'wipe database and head' ? `skein.head.${caseId}` : null);
          seen.wiped++;
        } else
          for (const name of hit) {
            const at = random();
            saved[name] = await onceFree(() => page.evaluate(hurt, { caseId, name, way, at }));
          }
        page = await visit(`${path}/overview`, async (one, address) => {
          await openAt(one, address);
          await one.locator('tr:has(td.name)').first().waitFor({ timeout: PATIENCE_MS });
        });
        const files = JSON.stringify([...(await filesOf(page))]);
        const lines = await page.locator('.harm li').allTextContents();
        if (way === 'two segments') {
          const ours = new Set(hit.map((name) => Number(name.slice(-2))));
          const others = lines.filter((line) => !ours.has((Number(/\d+/.exec(line)?.[0] ?? 0) - 1) % 16));
          if (others.length > 0) failures.push(`${what}: named a block that was not hit: ${others[0]}`);
          if (lines.length > 0) seen.named++;
          else seen.whole++;
        } else if (files !== expected || lines.length > 0) failures.push(`${what}: ${files} ${lines.join(' ')}`);
        else seen.whole++;
        // Parity is made anew by the opening; two damaged segments are put back as they were.
        const after = await bare();
        if (way === 'two segments')
          for (const name of hit) await onceFree(() => after.evaluate(putBack, { caseId, name, text: saved[name] ?? '' }));
        tried = n;
        keep({ tried, failures, seen: { ...seen } }, wordsOf(seen));
        report(`${n} damages, ${seen.whole} came back whole, ${seen.named} named blocks, ${seen.wiped} wipes`);
      }
    } finally {
      await site.close();
    }
    return { tried, failures, words: wordsOf(seen) };
  }
};

const wordsOf = ({ whole, wiped, named, ended }: Seen): string =>
  `${whole} cases came back whole (${wiped} of them from a wiped database), ${named} named what two damaged segments cost; the browser ended the page ${ended} times`;

function namesOf(page: Page, caseId: string): Promise<string[]> {
  return page.evaluate(async (id) => {
    const cases = await (await navigator.storage.getDirectory()).getDirectoryHandle('cases');
    const folder = await cases.getDirectoryHandle(id);
    const names: string[] = [];
    for await (const [name, handle] of folder.entries())
      if ((await (handle as FileSystemFileHandle).getFile()).size > 0) names.push(name);
    return names.sort();
  }, caseId);
}

/** The worker of the page before still holds the files for a while on a busy machine: then what is asked is asked again. */
async function onceFree<T>(ask: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + PATIENCE_MS; ; await new Promise((resolve) => setTimeout(resolve, 200)))
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('NoModificationAllowedError') || Date.now() > until) throw error;
    }
}

/** Runs in the page. Returns what the file was, as text of its bytes. */
async function hurt({ caseId, name, way, at }: { caseId: string; name: string; way: string; at: number }): Promise<string> {
  const cases = await (await navigator.storage.getDirectory()).getDirectoryHandle('cases');
  const folder = await cases.getDirectoryHandle(caseId);
  const handle = await folder.getFileHandle(name);
  const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
  const place = Math.floor(at * bytes.length);
  if (way === 'remove') await folder.removeEntry(name);
  else {
    const writable = await handle.createWritable({ keepExistingData: true });
    if (way === 'cut') await writable.truncate(place);
    else {
      const piece = bytes.slice(place, place + 16).map((byte) => byte ^ 0xff);
      await writable.write({ type: 'write', position: place, data: piece });
    }
    await writable.close();
  }
  let text = '';
  for (let from = 0; from < bytes.length; from += 4096) text += String.fromCharCode(...bytes.subarray(from, from + 4096));
  return btoa(text);
}

async function putBack({ caseId, name, text }: { caseId: string; name: string; text: string }): Promise<void> {
  const cases = await (await navigator.storage.getDirectory()).getDirectoryHandle('cases');
  const handle = await (await cases.getDirectoryHandle(caseId)).getFileHandle(name, { create: true });
  const before = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  // What was written behind since then stays.
  const now = new Uint8Array(await (await handle.getFile()).arrayBuffer());
  const writable = await handle.createWritable();
  await writable.write(before);
  if (now.length > before.length) await writable.write(now.slice(before.length));
  await writable.close();
}

async function wipe(head: string | null): Promise<void> {
  if (head !== null) localStorage.removeItem(head);
  await new Promise<void>((resolve, reject) => {
    const gone = indexedDB.deleteDatabase('skein');
    gone.addEventListener('success', () => resolve());
    gone.addEventListener('error', () => reject(new Error('The database was not deleted.')));
  });
}
