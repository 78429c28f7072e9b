import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openSampleCase, restTranslation } from './journey.ts';

const PLACES = [
  'overview',
  'messages',
  'people',
  'network',
  'timeline',
  'places',
  'topics',
  'patterns',
  'phones',
  'crosscase',
  'searches',
  'voice',
  'translator',
  'glossary',
  'import',
  'safety',
  'models',
  'device',
  'verify',
  'help'
];

for (const [scheme, language] of [
  ['light', 'en'],
  ['dark', 'fr']
] as const) {
  test(`axe finds nothing on any page (${scheme}, ${language})`, async ({ page }) => {
    // Ten pages, each looked at element by element.
    test.setTimeout(600_000);
    // In the light one machine text comes in while the pages are looked at; the dark one has the cores to itself.
    if (scheme === 'dark') await restTranslation(page);
    await page.emulateMedia({ colorScheme: scheme });
    await page.addInitScript((value) => localStorage.setItem('PARAGLIDE_LOCALE', value), language);
    await page.goto('/');
    const problems: string[] = [];
    const look = async (place: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
      for (const { id, nodes } of violations)
        problems.push(`${place}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    };
    await look('home');
    await openSampleCase(page);
    for (const place of PLACES) {
      await page.locator(`nav a[href$="/${place}"]`).click();
      await page.waitForTimeout(800);
      await look(place);
      if (place !== 'people') continue;
      await page
        .getByRole('radiogroup')
        .getByText(/Possibly|Peut-être/)
        .click();
      await page.waitForTimeout(800);
      await look('possibly the same person');
    }
    expect(problems).toEqual([]);
  });
}
