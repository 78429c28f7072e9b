/** The glossary place and the hints beside messages, over an invented case in a real browser. */
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OpenCase } from '../../src/lib/case/open-case.svelte.ts';
import type { TermHint } from '../../src/lib/pipeline/glossary-contract.ts';
import GlossaryPage from '../../src/lib/views/glossary/GlossaryPage.svelte';
import MessagesPage from '../../src/lib/views/messages/MessagesPage.svelte';
import { FakeCase, ROWS } from './fake-case.ts';
import Host from './Host.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));

const HINT: TermHint = {
  origin: 'lexicon',
  quotes: ['original'],
  side: 'original',
  languages: ['eng'],
  sense: 'a second meaning',
  innocent: 'the everyday one',
  note: '',
  source: { kind: 'court-report', year: 2018 },
  written: null
};

let fake: FakeCase;
let opened: OpenCase;
let mounted: Record<string, unknown> | null = null;
const text = (): string => document.body.innerText;

async function show(view: Component): Promise<void> {
  await page.viewport(1240, 760);
  mounted = mount(Host, { target: document.body, props: { opened, view } });
  flushSync();
  await opened.refresh();
}
function begin(): void {
  localStorage.clear();
  localStorage.setItem('PARAGLIDE_LOCALE', 'en');
  fake = new FakeCase();
  opened = fake.open();
}

beforeEach(begin);
afterEach(async () => {
  if (mounted !== null) await unmount(mounted);
  mounted = null;
  document.body.replaceChildren();
});

describe('hints beside messages', () => {
  const withHints = (): void => {
    fake.rows = ROWS.map((row) => (row.id === 1 ? { ...row, hints: [HINT] } : row));
  };

  it('stand in the message with both meanings, fold by the keyboard, and go by one setting', async () => {
    withHints();
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('a second meaning');
    const hint = document.querySelector('details[data-hints]') as HTMLDetailsElement;
    expect(hint.closest('article')?.textContent).toContain('original 1');
    expect(hint.innerText).toContain('the everyday one');
    expect(hint.innerText).toContain('court report, 2018');
    const meanings = hint.lastElementChild as HTMLElement;
    expect(meanings.checkVisibility()).toBe(true);
    hint.querySelector('summary')?.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => hint.open).toBe(false);
    // The text of the page holds what a closed part hides; whether it can be seen is asked of the element.
    expect(meanings.checkVisibility()).toBe(false);
    opened.hints.choose('off');
    await expect.poll(() => document.querySelectorAll('[data-hints]').length).toBe(0);
    expect(localStorage.getItem('skein.hints')).toBe('off');
    expect(text()).toContain('original 1');
  });

  it('begin folded where that was chosen', async () => {
    localStorage.setItem('skein.hints', 'folded');
    opened = fake.open();
    withHints();
    await show(MessagesPage as Component);
    await expect.poll(() => document.querySelectorAll('[data-hints]').length).toBe(1);
    expect((document.querySelector('details[data-hints]') as HTMLDetailsElement).open).toBe(false);
  });
});

describe('the glossary place', () => {
  it('says what is missing, takes a term with both meanings and a name, and undoes it', async () => {
    await show(GlossaryPage as Component);
    await expect.poll(text).toContain('No terms in this case yet');
    await page.getByRole('button', { name: 'Add a term' }).click();
    await page.getByLabelText('Term', { exact: true }).fill('casa 14');
    await page.getByLabelText('May mean').fill('the house');
    await page.getByLabelText('Written by').fill('DC Jones');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.poll(text).toContain('without it a hint would be a judgement');
    await page.getByLabelText('Everyday meaning').fill('a house number');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.poll(() => document.querySelector('tbody')?.innerText ?? '').toContain('casa 14');
    await expect.poll(() => document.querySelector('tbody')?.innerText ?? '').toContain('3');
    await page.getByRole('button', { name: /Open 3 messages with casa 14/ }).click();
    expect(opened.filter.value.text).toBe('"casa 14"');
    await page.getByRole('button', { name: 'Undo: added' }).click();
    await expect.poll(text).toContain('No terms in this case yet');
    expect(text()).toContain('2 changes recorded');
  });

  it('lists the built-in terms with both meanings, searched and narrowed', async () => {
    await show(GlossaryPage as Component);
    await page.getByText('Built-in list').first().click();
    await expect.poll(text).toContain('county line');
    await page.getByRole('searchbox').fill('cuckoo');
    await expect.poll(() => document.querySelectorAll('tbody tr').length).toBe(1);
    expect(document.querySelector('tbody')?.innerText).toMatch(/birds or clocks/);
    await page.getByRole('searchbox').fill('no such word');
    await expect.poll(text).toContain('No term of the list is like this');
  });

  it('finds new terms of a narrowed filter, quotes them and hands one to the glossary', async () => {
    await show(GlossaryPage as Component);
    await page.getByText('New terms').first().click();
    await expect.poll(text).toContain('There is no rest to compare with');
    expect(page.getByRole('button', { name: 'Find terms' }).element().hasAttribute('disabled')).toBe(true);
    opened.filter.set('threads', [0]);
    await expect.poll(text).toContain('Terms were not looked for yet');
    await page.getByRole('button', { name: 'Find terms' }).click();
    await expect.poll(text).toContain('blue gate');
    await expect.poll(text).toContain('original 1');
    expect(text()).toContain('+820 %');
    await page.getByRole('button', { name: 'Add to the glossary' }).click();
    await expect.poll(() => (page.getByLabelText('Term', { exact: true }).element() as HTMLInputElement).value).toBe('blue gate');
    await userEvent.keyboard('{Escape}');
    await page.getByRole('button', { name: 'Open 12 messages', exact: true }).click();
    expect(opened.filter.value).toEqual({ threads: [0], text: '"blue gate"' });
    await expect.poll(text).toContain('before the filter or the case changed');
  });
});
