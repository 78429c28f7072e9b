/** Pairs that may be the same person, over an invented case in a real browser: keys, words, decisions, refusals. */
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OpenCase } from '../../src/lib/case/open-case.svelte.ts';
import PeoplePage from '../../src/lib/views/people/PeoplePage.svelte';
import { FakeCase } from './fake-case.ts';
import Host from './Host.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));

let fake: FakeCase;
let opened: OpenCase;
let mounted: Record<string, unknown> | null = null;
const text = (): string => document.body.innerText.replace(/[\u2066-\u2069]/g, '');
const cards = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('article')];

beforeEach(async () => {
  localStorage.clear();
  localStorage.setItem('PARAGLIDE_LOCALE', 'en');
  fake = new FakeCase();
  opened = fake.open();
  await page.viewport(1240, 760);
  mounted = mount(Host, { target: document.body, props: { opened, view: PeoplePage as Component } });
  flushSync();
  await opened.refresh();
  await page.getByText('Possibly the same person', { exact: true }).click();
  await expect.poll(() => cards().length).toBe(1);
});
afterEach(async () => {
  if (mounted !== null) await unmount(mounted);
  mounted = null;
  document.body.replaceChildren();
});

describe('possibly the same person', () => {
  it('says reasons for and against in words, with entries and contacts one press away', async () => {
    expect(
      cards()[0]
        ?.getAttribute('aria-label')
        ?.replace(/[\u2066-\u2069]/g, '')
    ).toBe('Dana (+447700900100) and Ilie (+447700900110) may be the same person');
    expect(text()).toContain('One entry of an address book lists both: D & I in phone-a.ufdr');
    expect(text()).toContain('1 contact went over, and Dana had 2 in its last four weeks');
    expect(text()).toContain('They were in contact with each other: 4 messages and calls');
    expect(text()).not.toMatch(/%|score|probab|likely/i);
    await page.getByText('1 place', { exact: true }).click();
    await expect.poll(text).toContain('report.xml, element 7');
    await page.getByText('Contact (1)', { exact: true }).click();
    await page.getByRole('button', { name: '3 Mar 2025' }).click();
    await expect.poll(() => opened.filter.value).toEqual({ between: [1, 2] });
  });

  it('lists weaker pairs only when asked, and j and k move over them', async () => {
    await page.getByText('Weaker suggestions (1)').click();
    await expect.poll(() => cards().length).toBe(2);
    expect(text()).toContain('Ilie gave the other number as somebody’s new one, without saying whose');
    await userEvent.keyboard('j');
    await expect.poll(() => document.activeElement).toBe(cards()[1]);
    await userEvent.keyboard('k');
    await expect.poll(() => document.activeElement).toBe(cards()[0]);
  });

  it('records nothing before a name is given, then who, when and in what words, and undo keeps the record', async () => {
    await userEvent.keyboard('k');
    await userEvent.keyboard('c');
    await expect.poll(text).toContain('Count these two as one person?');
    await userEvent.keyboard('{Enter}');
    expect(fake.identity.decisions).toEqual([]);
    await page.getByLabelText('Your name or number').fill('DC 4411');
    await page.getByLabelText('In your words').fill('the entry names both');
    await userEvent.keyboard('{Enter}');
    await expect.poll(text).toContain('Decision 1: Confirmed by DC 4411');
    expect(fake.identity.decisions).toMatchObject([{ kind: 'confirm', decidedBy: 'DC 4411', words: 'the entry names both' }]);
    // A decided pair takes no second decision by key; undo asks again and offers the name.
    await userEvent.keyboard('x');
    expect(document.querySelector('[role="dialog"]')).toBeNull();
    await userEvent.keyboard('u');
    await expect.element(page.getByLabelText('Your name or number')).toHaveValue('DC 4411');
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(text).toContain('undone by DC 4411');
    expect(fake.identity.decisions).toMatchObject([{ number: 1, undone: { by: 'DC 4411' } }]);
    await userEvent.keyboard('x');
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await expect.poll(text).toContain('Decision 2: Rejected by DC 4411');
  });

  it('says why a decision was not recorded', async () => {
    fake.identity.fault = 'joined-by-others';
    opened.translator.officer = 'DC 4411';
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await expect.poll(text).toContain('Other decisions count these two as one person.');
    expect(fake.identity.decisions).toEqual([]);
  });
});

describe('SIM, handset and number use', () => {
  it('shows what was in use when, with what, and the row that says so; a number opens its messages', async () => {
    await page.getByText('SIM, handset and number use', { exact: true }).click();
    await expect.poll(text).toContain('35000000000001');
    // Which blanks stand around the dash is the browser's.
    expect(text()).toMatch(/1\s?–\s?9 Mar 2025: 4 uses/);
    expect(document.querySelectorAll('svg rect').length).toBe(2);
    await page.getByText('Why this is shown', { exact: true }).first().click();
    await expect.poll(text).toContain('cdr.csv, row 2');
    await page.getByText('Why this is shown', { exact: true }).nth(1).click();
    // What a file says stands as text, never as markup.
    await expect.poll(text).toContain('(Last known use: <b>May</b>)');
    expect(text()).not.toMatch(/score|suspect|burner/i);
    await page.getByRole('button', { name: 'Messages written' }).click();
    await expect.poll(() => opened.filter.value).toEqual({ parties: [0] });
  });
});
