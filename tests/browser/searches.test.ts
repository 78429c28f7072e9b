/** The searches page in a real browser: terms counted, faults named, counts opened, the log and its replay. */
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { UNHARMED, type OpenCase } from '../../src/lib/case/open-case.svelte.ts';
import SearchesPage from '../../src/lib/views/searches/SearchesPage.svelte';
import { noteSearch } from '../../src/lib/views/searches/surrounding-words.ts';
import HarmBar from '../../src/lib/views/shell/HarmBar.svelte';
import { FakeCase } from './fake-case.ts';
import Host from './Host.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));

let fake: FakeCase;
let opened: OpenCase;
let mounted: Record<string, unknown> | null = null;

async function show(): Promise<void> {
  await page.viewport(1240, 760);
  mounted = mount(Host, { target: document.body, props: { opened, view: SearchesPage as Component } });
  flushSync();
  await opened.refresh();
}

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem('PARAGLIDE_LOCALE', 'en');
  fake = new FakeCase();
  opened = fake.open();
});
afterEach(async () => {
  if (mounted !== null) await unmount(mounted);
  mounted = null;
  document.body.replaceChildren();
});

describe('many terms', () => {
  it('counts each line once, names what cannot be read, and opens a count within the filter', async () => {
    opened.filter.set('services', ['whatsapp']);
    await show();
    const box = page.getByRole('textbox', { name: 'Terms' });
    await box.fill('gara\n"open\n\n gara \nbanii');
    await page.getByRole('button', { name: 'Count 3 terms' }).click();
    await expect
      .element(page.getByRole('row', { name: /"open/ }))
      .toHaveTextContent('Cannot be read as a search, at character 1');
    await page.getByRole('button', { name: 'banii: open 2 messages' }).click();
    expect(opened.filter.value).toEqual({ services: ['whatsapp'], text: 'banii' });
    await expect.element(page.getByText('The filter changed since these terms were counted.')).not.toBeInTheDocument();
    opened.filter.set('services', undefined);
    await expect.element(page.getByText('The filter changed since these terms were counted.')).toBeVisible();
  });
});

describe('a search that cannot be written into the log', () => {
  it('is told to the officer, with how many and why', async () => {
    opened.filter.set('text', 'banii');
    await noteSearch(opened);
    expect(opened.unlogged).toEqual({ count: 0, reason: '' });
    fake.logFault = new Error('There is no room left on this disk.');
    await noteSearch(opened);
    await noteSearch(opened);
    mounted = mount(HarmBar, { target: document.body, props: { harm: UNHARMED, unlogged: opened.unlogged } });
    flushSync();
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent(
        'Searches of this sitting that are not in the log of searches: 2. The last could not be written: There is no room left on this disk.'
      );
  });
});

describe('searches made', () => {
  it('says when nothing was searched for', async () => {
    await show();
    await page.getByRole('radio', { name: 'Searches made' }).click({ force: true });
    await expect.element(page.getByText('Nothing was searched for yet')).toBeVisible();
  });

  it('shows what was found then and what is found now', async () => {
    const filter = { services: ['sms'] };
    const searches = [{ text: '<b>gara</b>', found: 3 }];
    fake.searchesMade.push({
      number: 1,
      madeAtMs: 0,
      kind: 'typed',
      searches,
      filter,
      within: 'in SMS',
      of: 100,
      withEnglish: 40
    });
    await show();
    await page.getByRole('radio', { name: 'Searches made' }).click({ force: true });
    const row = page.getByRole('row', { name: /gara/ });
    for (const words of ['3 found then', 'in SMS', '40 with English']) await expect.element(row).toHaveTextContent(words);
    await page.getByRole('button', { name: 'Search again' }).click();
    await expect.element(row).toHaveTextContent('5 now');
    await expect.element(row).toHaveTextContent('of 200 messages now, 150 with English');
    await page.getByRole('button', { name: '<b>gara</b>: open 3 messages' }).click();
    expect(opened.filter.value).toEqual({ services: ['sms'], text: '<b>gara</b>' });
  });
});
