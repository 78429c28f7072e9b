/** "Or" in the filter, in a real browser: alternatives made, chosen for, moved and taken away with the keyboard alone. */
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OpenCase } from '../../src/lib/case/open-case.svelte.ts';
import { FakeCase } from './fake-case.ts';
import FrameOnly from './FrameOnly.svelte';
import Host from './Host.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));

let fake: FakeCase;
let opened: OpenCase;
let mounted: Record<string, unknown> | null = null;

const sentence = (): string =>
  (document.querySelector('.sentence')?.textContent ?? '')
    .replace(/[\u2068\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
const press = async (role: 'button' | 'checkbox', name: string | RegExp): Promise<void> => {
  const control = page.getByRole(role, { name, exact: true }).first();
  await expect.element(control).toBeVisible();
  (control.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
};

beforeEach(async () => {
  localStorage.clear();
  localStorage.setItem('PARAGLIDE_LOCALE', 'en');
  fake = new FakeCase();
  opened = fake.open();
  await page.viewport(1240, 760);
  mounted = mount(Host, { target: document.body, props: { opened, view: FrameOnly as Component } });
  flushSync();
  await opened.refresh();
});
afterEach(async () => {
  if (mounted !== null) await unmount(mounted);
  mounted = null;
  document.body.replaceChildren();
});

describe('an "or" in the filter', () => {
  it('makes what was chosen one alternative, and sends the next choices to another', async () => {
    await expect.poll(sentence).toContain('300 messages');
    expect(page.getByRole('button', { name: 'Or', exact: true }).elements()).toHaveLength(0);
    await press('checkbox', /^Dana/);
    await press('button', 'Or');
    expect(opened.filter.value).toEqual({ anyOf: [{ parties: [0] }, {}] });
    expect(opened.filter.open).toBe(1);
    await expect.element(page.getByText('Choices go to alternative 2')).toBeVisible();
    expect(fake.asked.filter(([name]) => name === 'filter').at(-1)).toEqual(['filter', opened.filter.value, 1]);
    await opened.filter.refresh();
    await press('checkbox', /^Vans/);
    expect(opened.filter.value).toEqual({ anyOf: [{ parties: [0] }, { threads: [1] }] });
    await expect.poll(sentence).toBe('200 messages, either from Dana or in Vans');
  });

  it('keeps time and search for all, and moves the search into one alternative and back', async () => {
    opened.filter.replace({ text: 'van', anyOf: [{ parties: [0] }, { threads: [1] }] });
    opened.filter.openAt(1);
    await press('button', /^Only in alternative 2: Search/);
    expect(opened.filter.value).toEqual({ anyOf: [{ parties: [0] }, { threads: [1], text: 'van' }] });
    await press('button', /^For all alternatives: Search/);
    expect(opened.filter.value).toEqual({ text: 'van', anyOf: [{ parties: [0] }, { threads: [1] }] });
    opened.filter.set('time', { fromMs: 5, toMs: null });
    expect(opened.filter.value.time).toEqual({ fromMs: 5, toMs: null });
    expect(opened.filter.part).toEqual({ threads: [1] });
  });

  it('takes a part, an alternative, and all of it away again, each one step of undo', async () => {
    opened.filter.replace({ anyOf: [{ parties: [0], threads: [0] }, { threads: [1] }] });
    await press('button', /^Remove from the filter: Conversations/);
    await expect.poll(() => opened.filter.value).toEqual({ anyOf: [{ parties: [0] }, { threads: [1] }] });
    await press('button', 'Remove alternative 2');
    await expect.poll(() => opened.filter.value).toEqual({ parties: [0] });
    opened.filter.undo();
    expect(opened.filter.value.anyOf).toHaveLength(2);
    await press('button', 'Clear filter');
    expect(opened.filter.value).toEqual({});
  });
});
