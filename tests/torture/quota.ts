/**
 * The quota is set so that an import runs into it at a random place. It must say so; what was there before must read, and
 * an officer's choice must still be kept.
 */
import { devTools, filesOf, makeCase, offer, openAt, openSite, PATIENCE_MS, smsBackup } from './browser.ts';
import { pick, randomOf, type TortureSeries } from './series.ts';

const PLACES = 10;
const SHORT_PLACES = 2;
const BEFORE = 1_000;
/** Bytes of blocks that this import writes are a few hundred thousand: its texts hardly deflate away. */
const MESSAGES = 20_000;
const MOST_ROOM_BYTES = 200_000;
const ZONES = ['Europe/Paris', 'Europe/Bucharest', 'Europe/Warsaw', 'Europe/Rome'] as const;

export const series: TortureSeries = {
  name: 'quota',
  tries: PLACES,
  figure: '10 random places by CDP Storage.overrideQuotaForOrigin: said in words, earlier data readable, notes still writable',
  async run({ short, seed, before, keep, isOver, report }) {
    const site = await openSite();
    const failures = [...(before?.failures ?? [])];
    const places = short ? SHORT_PLACES : PLACES;
    let tried = before?.tried ?? 0;
    let refused = before?.seen['refused'] ?? 0;
    try {
      const browser = await site.launch();
      const { page } = browser;
      const path = await makeCase(browser, site.origin);
      const first = await offer(page, 'file-0.xml', smsBackup(0, BEFORE));
      await first.start();
      await first.ended();
      const tools = await devTools(page);
      for (let n = tried + 1; n <= places && !isOver(); n++) {
        const random = randomOf(seed, n);
        const name = `file-${n}.xml`;
        const file = await offer(page, name, noise(n, random));
        const { usage = 0 } = await page.evaluate(() => navigator.storage.estimate());
        const room = Math.floor(random() * MOST_ROOM_BYTES);
        await tools.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: usage + room });
        await file.start();
        const ended = await file.ended();
        const isSaid = ended.startsWith('not imported') && ended.includes('no room left');
        if (!isSaid) failures.push(`Place ${n}, ${room} bytes of room: ${ended.slice(0, 200)}`);
        else refused++;
        await page.getByRole('link', { name: 'Overview' }).first().click();
        const zone = pick(ZONES, random);
        await page.locator('.zone select').selectOption(zone, { timeout: PATIENCE_MS });
        await page.waitForTimeout(500);
        // Opened anew while the disk is still full.
        await page.goto('about:blank');
        await openAt(page, `${site.origin}${path}/overview`);
        await page.locator('tr:has(td.name)').first().waitFor({ timeout: PATIENCE_MS });
        const files = await filesOf(page);
        if (files.get('file-0.xml') !== BEFORE || files.size !== 1)
          failures.push(`Place ${n}: the case holds ${JSON.stringify([...files])}`);
        const kept = await page.locator('.zone select').inputValue();
        if (kept !== zone) failures.push(`Place ${n}: the zone ${zone} was not kept, it is ${kept}`);
        await tools.send('Storage.overrideQuotaForOrigin', { origin: site.origin });
        await page.goto('about:blank');
        await openAt(page, `${site.origin}${path}/import`);
        tried = n;
        keep({ tried, failures, seen: { refused } }, wordsOf(refused));
        report(`${n} places, ${refused} imports refused in words`);
      }
    } finally {
      await site.close();
    }
    return { tried, failures, words: wordsOf(refused) };
  }
};

const wordsOf = (refused: number): string => `${refused} imports refused in words, the choice of a zone kept after each`;

/** A backup whose texts hardly deflate, so that its blocks need room. */
function noise(number: number, random: () => number): string {
  const backup = smsBackup(number, MESSAGES);
  return backup.replaceAll('lorem ipsum', () => Math.floor(random() * 2 ** 32).toString(36));
}
