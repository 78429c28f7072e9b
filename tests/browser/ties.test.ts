/** Ties that are no talk, in a real browser: switched on by kind, listed beside the talk, each with its rows. */
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OpenCase } from '../../src/lib/case/open-case.svelte.ts';
import NetworkPage from '../../src/lib/views/network/NetworkPage.svelte';
import { FakeCase } from './fake-case.ts';
import Host from './Host.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));

let fake: FakeCase;
let opened: OpenCase;
let mounted: Record<string, unknown> | null = null;

const text = (): string => document.body.innerText.replace(/[\u2068\u2069]/g, '');
const asked = (name: string): unknown[] => fake.asked.filter(([one]) => one === name).map(([, first]) => first);

async function show(): Promise<void> {
  await page.viewport(1240, 900);
  mounted = mount(Host, { target: document.body, props: { opened, view: NetworkPage as Component } });
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

describe('ties that are no talk', () => {
  it('begin with address books alone; the other kinds are an officer’s choice', async () => {
    await show();
    await expect.poll(() => asked('otherTies')).toEqual([['address-book']]);
    const box = page.getByRole('checkbox', { name: /One handset or card/ });
    (box.element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    await expect.poll(() => asked('otherTies').at(-1)).toEqual(['address-book', 'shared-identifier']);
    await expect.element(page.getByRole('checkbox', { name: /Near each other/ })).not.toBeChecked();
  });

  it('stand in the list beside the talk of the two, with words, rows, rule and the innocent reading', async () => {
    await show();
    await page.getByRole('checkbox', { name: /Near each other/ }).click();
    await expect.poll(() => asked('otherTies').length).toBe(2);
    await userEvent.keyboard('t');
    await expect.poll(text).toContain('Ties that are no talk: 2');
    expect(text()).toContain('Rosa is in an address book of Dana');
    expect(text()).toContain('devices near each other on 6 of 31 days; the habits of both alone give 1.2 on the mean, up to 3');
    expect(text()).toContain('none in this view');
    const why = page.getByText('Why is this here? 3 rows').first();
    await why.click();
    await expect.poll(text).toContain('Rosa (garage): phone-a.ufdr, contacts.db, row 7');
    expect(text()).toContain('other-ties/address-book');
    expect(text()).toContain('People keep numbers of shops');
  });

  it('make a way where no message does, and each step says what it rests on', async () => {
    fake.hasTalkPath = false;
    await show();
    await expect.poll(() => asked('otherTies').length).toBe(1);
    await page.getByRole('combobox', { name: 'From' }).selectOptions('Dana');
    await page.getByRole('combobox', { name: 'To', exact: true }).selectOptions('Rosa');
    await expect.poll(text).toContain('No chain of messages or calls connects the two');
    await expect.poll(text).toContain('Fewer steps with ties that are no talk');
    expect(text()).toContain('no messages or calls between the two in this filter');
    expect(text()).toContain('one handset: 35000000000001');
  });

  it('say how far the search for them is, and can be stopped and begun again', async () => {
    fake.doTiesHang = true;
    await show();
    await expect.element(page.getByRole('progressbar', { name: 'Looking for ties…' })).toHaveAttribute('aria-valuenow', '50');
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(text).toContain('This was stopped before it was done.');
    fake.doTiesHang = false;
    await page.getByRole('button', { name: 'Look again' }).click();
    await userEvent.keyboard('t');
    await expect.poll(text).toContain('Ties that are no talk: 1');
  });

  it('are not asked for again when only the filter changes', async () => {
    await show();
    await expect.poll(() => asked('otherTies').length).toBe(1);
    opened.filter.set('threads', [1]);
    await opened.filter.refresh();
    await expect.poll(() => asked('network').length).toBeGreaterThan(1);
    expect(asked('otherTies')).toHaveLength(1);
  });
});

describe('the network', () => {
  it('says how far it is and how long it will take, and can be stopped and begun again', async () => {
    fake.doesNetworkHang = true;
    await show();
    await expect
      .element(page.getByRole('progressbar', { name: 'Computing the network…' }))
      .toHaveAttribute('aria-valuenow', '25');
    await expect.poll(text).toMatch(/\d.* left/u);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(text).toContain('This was stopped before it was done.');
    fake.doesNetworkHang = false;
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect.poll(text).toContain('3 of 7 people shown');
  });

  it('says why it is shown: filter, rule, version, and the messages behind it', async () => {
    await show();
    await expect.poll(text).toContain('3 of 7 people shown');
    await page.getByText('Why this is shown').click();
    await expect.poll(text).toContain('Rule: network, version 1.');
    expect(text()).toContain('No name, language or text goes into it.');
  });
});
