/** The language report on the overview, in a real browser: table, bars, and the filter that each count opens. */
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { OpenCase } from '../../src/lib/case/open-case.svelte.ts';
import type { LanguageRow } from '../../src/lib/pipeline/language-contract.ts';
import OverviewPage from '../../src/lib/views/overview/OverviewPage.svelte';
import { FakeCase } from './fake-case.ts';
import Host from './Host.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));

const NONE = { waiting: 0, 'no-model': 0, 'cannot-tell': 0, 'too-short': 0, 'not-needed': 0 };
const ROMANIAN: LanguageRow = {
  language: 'ron',
  lines: 1200,
  distinctLines: 900,
  characters: 43_000,
  translated: 1150,
  models: [{ id: 'romance-en', sha256Hex: 'ab', lines: 1150 }],
  certified: 3,
  certifiedAlone: 0,
  flagged: 80,
  without: { ...NONE, 'no-model': 50 }
};
const many = (count: number): LanguageRow[] =>
  Array.from({ length: count }, (_, i) => ({
    ...ROMANIAN,
    language: `q${String.fromCharCode(97 + Math.floor(i / 26), 97 + (i % 26))}`,
    lines: 400 - i,
    translated: 0,
    flagged: 0,
    certified: 0,
    models: [],
    without: { ...NONE, 'no-model': 400 - i }
  }));

let fake: FakeCase;
let opened: OpenCase;
let mounted: Record<string, unknown> | null = null;

async function show(rows: readonly LanguageRow[]): Promise<void> {
  const sum = (of: (row: LanguageRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  fake.languages = { rows, lines: sum((row) => row.lines), distinctLines: sum((row) => row.distinctLines), elapsed_ms: 1 };
  await page.viewport(1240, 760);
  mounted = mount(Host, { target: document.body, props: { opened, view: OverviewPage as Component } });
  flushSync();
  await opened.refresh();
}
const panel = (): HTMLElement => {
  const heading = [...document.querySelectorAll('h2')].find((one) => one.textContent === 'Languages');
  const section = heading?.closest('section');
  if (!section) throw new Error('no languages on the page');
  return section;
};

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

describe('the language report', () => {
  it('says of each language what has English and what has not, and opens each count', async () => {
    await show([ROMANIAN, ...many(1)]);
    const row = page.getByRole('row', { name: /^Romanian/ });
    await expect.element(row).toHaveTextContent('75%');
    for (const cell of ['1,200', '900', '43,000', '1,150', '80', '50 no model here', 'romance-en 1,150']) {
      await expect.element(row).toHaveTextContent(cell);
    }
    await page.getByRole('button', { name: '80, Doubtful: Romanian. Opens the messages' }).click();
    expect(opened.filter.value).toEqual({ languages: ['ron'], lines: ['flagged'] });
    await page.getByRole('button', { name: '50, no model here: Romanian. Opens the messages' }).click();
    expect(opened.filter.value).toEqual({ languages: ['ron'], lines: ['no-model'] });
    await page.getByRole('button', { name: 'Romanian', exact: true }).click();
    expect(opened.filter.value).toEqual({ languages: ['ron'] });
  });

  it('draws a bar for the greatest languages and one for the others, each part as wide as its lines', async () => {
    await show(many(200));
    await expect.poll(() => panel().querySelectorAll('tbody tr').length).toBe(200);
    // A table of two hundred languages scrolls inside its own frame.
    expect(panel().getBoundingClientRect().height).toBeLessThan(520);
    await page.getByRole('radiogroup', { name: 'Languages' }).getByText('Plot').click();
    await expect.poll(() => panel().querySelectorAll('ol li').length).toBe(12);
    const part = panel().querySelector<HTMLElement>('ol li:nth-child(2) .part');
    const rest = panel().querySelector<HTMLElement>('ol li:last-child .part');
    expect(rest?.getBoundingClientRect().width).toBeGreaterThan((part?.getBoundingClientRect().width ?? 0) * 10);
    rest?.click();
    expect(opened.filter.value.languages).toHaveLength(189);
    expect(opened.filter.value.lines).toEqual(['no-model']);
  });

  it('says that a case without messages has no languages, and why a count failed', async () => {
    await show([]);
    await expect.poll(() => panel().innerText).toContain('No messages, so no languages.');
    fake.languages = new Error('out of memory');
    await opened.refresh();
    await expect.poll(() => panel().innerText).toContain('The languages cannot be counted: out of memory');
  });
});
