/** Attributions on the lanes of use, over an invented case in a real browser: the form by keys, refusal, withdrawal, looks. */
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
const lane = (at: number): HTMLElement => document.querySelectorAll<HTMLElement>('tbody tr')[at]!;
const dialog = (): HTMLElement | null => document.querySelector('[role="dialog"]');
const HANDSET = { kind: 'handset', text: '35000000000001', service: '' } as const;

beforeEach(async () => {
  localStorage.clear();
  localStorage.setItem('PARAGLIDE_LOCALE', 'en');
  fake = new FakeCase();
  opened = fake.open();
  await page.viewport(1240, 760);
  mounted = mount(Host, { target: document.body, props: { opened, view: PeoplePage as Component } });
  flushSync();
  await opened.refresh();
  await page.getByText('SIM, handset and number use', { exact: true }).click();
  await expect.poll(text).toContain('35000000000001');
});
afterEach(async () => {
  if (mounted !== null) await unmount(mounted);
  mounted = null;
  document.body.replaceChildren();
});

describe('attributions on the lanes', () => {
  it('are made with the keyboard alone, and stand on the lane, in the strip and in the table', async () => {
    const boxes = lane(0).querySelectorAll('svg rect').length;
    lane(0).querySelector<HTMLElement>('button[aria-label^="Attribute"]')!.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.activeElement?.closest('[role="dialog"]') !== null).toBe(true);
    await expect.poll(() => document.activeElement).toBe(page.getByLabelText('Person, in your words').element());
    // Nothing is recorded before source and name are given.
    await userEvent.keyboard('Rosa M{Enter}');
    expect(fake.identity.attributions).toEqual([]);
    await page.getByLabelText('From, day').fill('2025-03-03');
    await page.getByLabelText('Until, day').fill('2025-03-06');
    await page.getByLabelText('Until, time of day').fill('14:30');
    await page.getByLabelText('Source').fill('exhibit AB/1, <b>box</b> label');
    await page.getByLabelText('Your name or number').fill('DC 4411');
    await userEvent.keyboard('{Enter}');
    await expect.poll(dialog).toBeNull();
    expect(fake.identity.attributions).toMatchObject([
      {
        thing: HANDSET,
        name: 'Rosa M',
        fromMs: Date.UTC(2025, 2, 3),
        untilMs: Date.UTC(2025, 2, 6, 14, 30),
        source: 'exhibit AB/1, <b>box</b> label',
        madeBy: 'DC 4411'
      }
    ]);
    await expect.poll(() => lane(0).innerText.replace(/[\u2066-\u2069]/g, '')).toContain('Attributed to Rosa M, 3');
    expect(lane(0).innerText).toContain('exhibit AB/1, <b>box</b> label');
    expect(lane(1).innerText).not.toContain('Attributed to');
    expect(lane(0).querySelectorAll('svg rect').length).toBe(boxes + 1);
    const table = page.getByRole('region', { name: 'Attributions' });
    await expect.element(table.getByRole('row', { name: 'Rosa M' })).toHaveTextContent('noted by');
  });

  it('name a person of the case that is found by typing', async () => {
    await page.getByRole('button', { name: 'Attribute \u206835000000000001\u2069 to a person' }).click();
    await page.getByText('Person of the case', { exact: true }).click();
    const people = await fake.api.parties({});
    const last = people.at(-1)!;
    await page.getByLabelText('Find a person of the case').fill(last.label.toUpperCase());
    await page.getByLabelText('Source').fill('custody record');
    await page.getByLabelText('Your name or number').fill('DC 4411');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => fake.identity.attributions).toMatchObject([{ party: last.id, fromMs: null, untilMs: null }]);
    await expect.poll(text).toContain('without a beginning or an end');
  });

  it('say what stands in the way, and keep what was typed', async () => {
    const said = {
      thing: HANDSET,
      name: 'Ilie',
      party: null,
      fromMs: Date.UTC(2025, 2, 1),
      untilMs: null,
      source: 'custody record'
    };
    const row = { number: 4, ...said, madeAtMs: 0, madeBy: 'DS 1', withdrawn: null };
    fake.identity.attributionFault = { fault: 'attributed-otherwise', row };
    opened.translator.officer = 'DC 4411';
    await page.getByRole('button', { name: 'Attribute \u206835000000000001\u2069 to a person' }).click();
    await page.getByLabelText('Person, in your words').fill('Rosa M');
    await page.getByLabelText('Source').fill('box label');
    await userEvent.keyboard('{Enter}');
    await expect
      .poll(text)
      .toContain('Attribution 4 by DS 1 gives it to Ilie at that time (from 1 Mar 2025, source: custody record).');
    await expect.element(page.getByLabelText('Person, in your words')).toHaveValue('Rosa M');
    await userEvent.keyboard('{Escape}');
    await expect.poll(dialog).toBeNull();
    expect(fake.identity.attributions).toEqual([]);
  });

  it('are withdrawn with a reason, leave the lane, and stay listed', async () => {
    const request = { kind: 'attribute', thing: HANDSET, person: { words: 'Rosa M' }, fromMs: null, untilMs: null } as const;
    await fake.api.changeAttributions({ ...request, source: 'box label', by: 'DC 4411' });
    await page.getByText('Accounts', { exact: true }).click();
    await page.getByText('SIM, handset and number use', { exact: true }).click();
    await expect.poll(() => lane(0).innerText).toContain('Attributed to');
    await page.getByRole('button', { name: 'Withdraw attribution 1' }).click();
    await page.getByLabelText('Your name or number').fill('DS 1');
    await page.getByLabelText('In your words').fill('wrong box');
    await userEvent.keyboard('{Enter}');
    await expect.poll(text).toContain('withdrawn by DS 1');
    expect(text()).toContain('wrong box');
    expect(lane(0).innerText).not.toContain('Attributed to');
    expect(document.querySelector('button[aria-label^="Withdraw attribution"]')).toBeNull();
  });
});

describe('the table of lanes', () => {
  it('keeps its columns, with a head that is a cell and one sentence for what a file alone names', async () => {
    const head = lane(1).querySelector('th')!;
    expect(getComputedStyle(head).display).toBe('table-cell');
    const cells = [...lane(1).children].map((cell) => cell.getBoundingClientRect());
    // One height for all cells of a row, so that no line runs through the text.
    expect(new Set(cells.map(({ height }) => Math.round(height))).size).toBe(1);
    const whole = cells.reduce((sum, { width }) => sum + width, 0);
    for (const [i, share] of [0.18, 0.32, 0.07, 0.28, 0.15].entries()) expect(cells[i]!.width / whole).toBeCloseTo(share, 2);
    const together = (lane(1).children[3] as HTMLElement).innerText;
    expect(together.match(/A file about its own device names with it, without a time:/g)).toHaveLength(1);
    for (const card of ['001010123456789', '001010999999999']) expect(together).toContain(card);
    // What rows name keeps its time.
    expect(together).toMatch(/35000000000001\s+1\s?–\s?9 Mar 2025: 4 uses/);
  });
});
