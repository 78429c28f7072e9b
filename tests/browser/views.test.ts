/** The views over an invented case in a real browser: keys, cursor, filter, brush, and the red line on copying. */
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { InstalledPack } from '../../src/lib/jobs/packs.contract.ts';
import type { OpenCase } from '../../src/lib/case/open-case.svelte.ts';
import FilterBar from '../../src/lib/views/filter/FilterBar.svelte';
import TimeBrush from '../../src/lib/views/filter/TimeBrush.svelte';
import MessagesPage from '../../src/lib/views/messages/MessagesPage.svelte';
import ImportPage from '../../src/lib/views/import/ImportPage.svelte';
import OverviewPage from '../../src/lib/views/overview/OverviewPage.svelte';
import NetworkPage from '../../src/lib/views/network/NetworkPage.svelte';
import PeoplePage from '../../src/lib/views/people/PeoplePage.svelte';
import TopicsPage from '../../src/lib/views/topics/TopicsPage.svelte';
import { clockIn } from '../../src/lib/views/filter/clock.ts';
import { COUNT, FakeCase, ROWS } from './fake-case.ts';
import Host from './Host.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));

const ENCODER: InstalledPack = {
  manifest: {
    id: 'tiny-encoder',
    version: '1',
    kind: 'embedding',
    title: 'Tiny encoder',
    languages: ['eng'],
    targetLanguage: null,
    licence: 'CC0-1.0',
    attribution: '',
    revision: 'x',
    files: []
  },
  card: '',
  modelSha256Hex: 'c'.repeat(64),
  takenAtMs: 0,
  signature: { kind: 'unsigned' },
  choice: { device: 'wasm', reason: 'no-gpu-weights', messagesPerSecond: 1, otherPerSecond: null }
};

let fake: FakeCase;
let opened: OpenCase;
let mounted: Record<string, unknown> | null = null;

async function show(view: Component): Promise<void> {
  await page.viewport(1240, 760);
  mounted = mount(Host, { target: document.body, props: { opened, view } });
  flushSync();
  await opened.refresh();
}
const text = (): string => document.body.innerText;
const sentence = (): string =>
  document
    .querySelector('.sentence')
    ?.textContent?.replace(/[\u2068\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim() ?? '';

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

describe('messages', () => {
  it('moves one cursor by j and k through conversation and table', async () => {
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('original 0');
    await userEvent.keyboard('jjj');
    await expect.poll(() => opened.selection.focus).toBe(2);
    await userEvent.keyboard('k');
    await expect.poll(() => opened.selection.focus).toBe(1);
    await userEvent.keyboard('v');
    await expect.poll(() => document.querySelector('[role="grid"] .current')?.textContent ?? '').toContain('original 1');
    const grid = document.querySelector<HTMLElement>('[role="grid"]');
    grid?.focus();
    await userEvent.keyboard('{Control>}{ArrowDown}{/Control}');
    await expect.poll(() => opened.selection.focus).toBe(COUNT - 1);
    await expect
      .poll(() => document.querySelector('[role="grid"] .current')?.textContent ?? '')
      .toContain(`original ${COUNT - 1}`);
    expect(grid?.getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
  });

  it.each(['en', 'fr'])('keeps every tool of its bar in sight at 1280 pixels with a filter on: %s', async (language) => {
    localStorage.setItem('PARAGLIDE_LOCALE', language);
    await show(MessagesPage as Component);
    // What the rail of the app leaves.
    const host = document.querySelector<HTMLElement>('.host');
    if (host !== null) host.style.width = `${1280 - 184}px`;
    opened.filter.set('text', 'original');
    opened.filter.set('threads', [0]);
    await expect.poll(() => document.querySelectorAll('.bar .tools button').length).toBeGreaterThan(3);
    const bar = document.querySelector<HTMLElement>('.bar');
    expect(bar?.scrollWidth).toBe(1280 - 184);
  });

  it('draws a few rows of a large set', async () => {
    localStorage.setItem('skein.messages-view', 'table');
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('original 0');
    expect(document.querySelectorAll('[role="grid"] [role="row"]').length).toBeLessThan(60);
    expect(fake.asked.filter(([name]) => name === 'rows').length).toBeLessThan(4);
  });

  it.each(['table', 'conversation'])('reaches the last of a million messages in the %s', async (view) => {
    fake.huge = 1_000_000;
    localStorage.setItem('skein.messages-view', view);
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('original 0');
    const isSeen = (words: string): boolean => {
      const box = document.querySelector('.list')?.getBoundingClientRect();
      return [...document.querySelectorAll<HTMLElement>('bdi.evidence')].some((one) => {
        const place = one.getBoundingClientRect();
        return one.innerText === words && box !== undefined && place.top >= box.top && place.bottom <= box.bottom;
      });
    };
    opened.selection.focus = 999_999;
    await opened.filter.refresh();
    await expect.poll(() => isSeen('original 999999')).toBe(true);
    await userEvent.keyboard('kkk');
    await expect.poll(() => opened.selection.focus).toBe(999_996);
    await expect.poll(() => isSeen('original 999996')).toBe(true);
    expect(document.querySelectorAll('bdi.evidence').length).toBeLessThan(600);
  });

  it('shows machine text only beside its original, whichever side is stressed', async () => {
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('machine 0');
    await userEvent.keyboard('t');
    await expect.poll(() => document.querySelectorAll('.pair.translation').length).toBeGreaterThan(0);
    for (const machine of document.querySelectorAll('[data-machine]')) {
      const pair = machine.closest('[data-pair]');
      expect(pair?.querySelector('.original')?.textContent).toMatch(/original \d+/);
      expect(machine.textContent).toContain('machine text');
    }
    await userEvent.keyboard('o');
    await expect.poll(() => document.querySelectorAll('[data-machine]').length).toBe(0);
    expect(text()).toContain('original 0');
  });

  it('copies a marked stretch with original and caveat', async () => {
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('machine 0');
    const machine = document.querySelector('[data-machine] bdi') as HTMLElement;
    window.getSelection()?.selectAllChildren(machine);
    const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
    machine.dispatchEvent(event);
    const copied = event.clipboardData?.getData('text/plain') ?? '';
    expect(event.defaultPrevented).toBe(true);
    expect(copied).toContain('machine 0');
    expect(copied).toContain('original 0');
    expect(copied).toContain('not evidence by itself');
    window.getSelection()?.removeAllRanges();
  });

  it('copies marked rows of the table as lines with original, machine text and caveat', async () => {
    localStorage.setItem('skein.messages-view', 'table');
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('original 0');
    const grid = document.querySelector<HTMLElement>('[role="grid"]') as HTMLElement;
    grid.focus();
    await userEvent.keyboard('{ArrowDown}{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    await expect.poll(() => opened.selection.selected.size).toBe(3);
    const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
    grid.dispatchEvent(event);
    const lines = (event.clipboardData?.getData('text/plain') ?? '').split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines.filter((line) => line.includes('machine ')).every((line) => line.includes('not evidence by itself'))).toBe(true);
  });

  it('narrows by f, leaves out by Shift F, and says what it hides', async () => {
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('original 0');
    await userEvent.keyboard('j');
    await expect.poll(() => opened.selection.focus).toBe(0);
    await userEvent.keyboard('f');
    await expect.poll(sentence).toBe('150 messages, in Casa 14');
    await userEvent.keyboard(']');
    await expect.poll(sentence).toBe('150 messages, in Vans');
    await expect.poll(text).toContain('A message you are looking at is hidden by this filter.');
    opened.filter.clear();
    await expect.poll(sentence).toBe('300 messages the whole case');
  });

  it('asks for what is on screen to be translated first', async () => {
    await show(MessagesPage as Component);
    opened.startTranslation();
    await expect.poll(text).toContain('original 1');
    await userEvent.keyboard('j');
    // Row 1 waits, row 0 has its machine text already.
    await expect.poll(() => fake.wanted.some((ids) => ids.includes(1) && ids.every((id) => id % 2 === 1))).toBe(true);
  });

  it('tells where the message stands, and gives hostile text no element', async () => {
    const body = '<img src=x onerror="document.title=1">\u202eevil';
    fake.rows = [{ ...(fake.rows[0] as (typeof fake.rows)[number]), body, fromLabel: '<b>Dana</b>' }];
    await show(MessagesPage as Component);
    await userEvent.keyboard('j');
    await expect.poll(text).toContain('phone-a.ufdr');
    expect(text()).toContain('ab'.repeat(32));
    expect(text()).toContain('<img src=x');
    expect(document.querySelector('img, b')).toBeNull();
  });

  it('leaves keys to what is being typed and to pairs that begin with g', async () => {
    await show(MessagesPage as Component);
    await expect.poll(text).toContain('original 0');
    await userEvent.keyboard('go');
    expect(opened.selection.side).toBe('both');
    const input = document.createElement('input');
    document.body.append(input);
    input.focus();
    await userEvent.keyboard('t');
    expect(opened.selection.side).toBe('both');
  });
});

describe('filter', () => {
  it('states itself, takes parts away one by one, and goes back', async () => {
    await show(FilterBar as Component);
    opened.filter.set('parties', [1]);
    opened.filter.exclude('threads', 0);
    await expect.poll(sentence).toBe('50 messages, from Ilie, not in Casa 14');
    await page.getByRole('button', { name: /Remove from the filter: Conversations/ }).click();
    await expect.poll(sentence).toBe('100 messages, from Ilie');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(sentence).toBe('50 messages, from Ilie, not in Casa 14');
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await expect.poll(sentence).toBe('300 messages the whole case');
  });
});

describe('the side that people stand on', () => {
  it('is chosen over the people, said in the sentence, and kept where nobody is chosen', async () => {
    await show(MessagesPage as Component);
    await expect.poll(sentence).toBe('300 messages the whole case');
    const facets = page.getByRole('navigation', { name: 'Filter by' });
    await facets.getByRole('radio', { name: 'To', exact: true }).click({ force: true });
    await expect.poll(text).toContain('In a group, “to” means its other members as the files name them.');
    expect(opened.filter.isEmpty).toBe(true);
    await facets.getByRole('checkbox', { name: /Ilie/ }).click();
    await expect.poll(sentence).toBe('200 messages, to Ilie');
    await facets.getByRole('radio', { name: 'From or to' }).click({ force: true });
    await expect.poll(sentence).toBe('300 messages, from or to Ilie');
    await facets.getByRole('radio', { name: 'From', exact: true }).click({ force: true });
    await expect.poll(sentence).toBe('100 messages, from Ilie');
  });

  it('opens what a person sent and what they received from the counts', async () => {
    await show(PeoplePage as Component);
    await expect.poll(text).toContain('Rosa');
    await userEvent.keyboard('j');
    await expect.poll(text).toContain('Counts in this filter');
    const counts = [...document.querySelectorAll<HTMLElement>('dd button')];
    counts[1]?.click();
    await expect.poll(() => opened.filter.value).toEqual({ parties: [0], partySide: 'to' });
    counts[0]?.click();
    await expect.poll(() => opened.filter.value).toEqual({ parties: [0] });
  });
});

describe('time brush', () => {
  it('chooses whole days by keys and shows the same as a table', async () => {
    await show(TimeBrush as Component);
    await expect.poll(() => document.querySelectorAll('[role="slider"]').length).toBe(2);
    const [from, to] = [...document.querySelectorAll<HTMLElement>('[role="slider"]')];
    from?.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.poll(() => opened.filter.value.time?.fromMs).toBe(Date.UTC(2025, 2, 3));
    to?.focus();
    await userEvent.keyboard('{Home}');
    await expect.poll(() => opened.filter.value.time?.toMs).toBe(Date.UTC(2025, 2, 4));
    await expect.poll(() => opened.filter.result?.total).toBe(24);
    await userEvent.keyboard('t');
    await expect.poll(() => document.querySelectorAll('tbody tr').length).toBe(13);
    to?.focus();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => opened.filter.value.time).toBeUndefined();
  });
});

describe('a French screen', () => {
  beforeEach(() => localStorage.setItem('PARAGLIDE_LOCALE', 'fr'));

  it('tells the findings of an import in French', async () => {
    await show(OverviewPage as Component);
    await expect.poll(() => document.querySelector('details')).not.toBeNull();
    (document.querySelector('details') as HTMLDetailsElement).open = true;
    await expect.poll(text).toContain('la ligne 3 a 1 cellule alors que le tableau en a 4');
    expect(text()).not.toContain('cells where the table has');
  });

  it('tells facts and questions in French, and asks for the country of numbers with what is assumed', async () => {
    await show(ImportPage as Component);
    await opened.imports.offer([{ file: new Blob(['a,b']), name: 'rows.csv' }]);
    await expect.poll(text).toContain('en-tête à la ligne 2');
    expect(text()).toContain('Le tableau donne des heures sans fuseau.');
    const country = page.getByLabelText('Pays des numéros sans indicatif');
    await expect.element(country).toHaveValue('GB');
    await country.selectOptions('RO');
    const regions = (): unknown[] =>
      fake.asked.filter(([name]) => name === 'preview').map((call) => (call[3] as { region: string }).region);
    await expect.poll(() => regions().at(-1)).toBe('RO');
    expect(regions()[0]).toBe('GB');
  });
});

describe('the zone of the case', () => {
  /** Half an hour before and after the change to summer time in London, and the last hour of March in UTC. */
  const times = [Date.UTC(2025, 2, 30, 0, 30), Date.UTC(2025, 2, 30, 1, 30), Date.UTC(2025, 2, 31, 23, 30)];
  beforeEach(() => {
    fake.rows = times.map((utcMs, i) => ({ ...(ROWS[i] as (typeof ROWS)[number]), utcMs, threadId: 0 }));
  });

  it('is one for overview, messages and brush, stated with its offsets, and chosen in one place', async () => {
    await show(OverviewPage as Component);
    await expect.poll(text).toContain('Sent from 30 Mar 2025 to 1 Apr 2025');
    expect(text()).toContain('Messages by month (Europe/London)');
    expect(text()).toContain('UTC+0 and UTC+1 over the time of this case');
    expect(document.querySelectorAll('.plot li').length).toBe(2);
    await page.getByLabelText('Times, days and months').selectOptions('America/Sao_Paulo');
    await expect.poll(text).toContain('Sent from 29 Mar 2025 to 31 Mar 2025');
    expect(text()).toContain('Messages by month (America/Sao_Paulo)');
    expect(text()).toContain('UTC−3 over the time of this case');
    expect(document.querySelectorAll('.plot li').length).toBe(1);
  });

  it.each([
    ['Europe/London', ['30/03/2025, 00:30:00', '30/03/2025, 02:30:00', '01/04/2025, 00:30:00'], '1 Apr'],
    ['America/Sao_Paulo', ['29/03/2025, 21:30:00', '29/03/2025, 22:30:00', '31/03/2025, 20:30:00'], '31 Mar']
  ])('shows rows, days and the brush in %s', async (zone, stamps, lastDay) => {
    fake.zone = zone;
    localStorage.setItem('skein.messages-view', 'table');
    await show(MessagesPage as Component);
    const shown = (): string[] => [...document.querySelectorAll('[role="grid"] time')].map((one) => one.textContent ?? '');
    await expect.poll(shown).toEqual(stamps);
    expect(text()).toContain(`${zone}, UTC`);
    await userEvent.keyboard('jjj');
    await expect.poll(() => opened.selection.focus).toBe(2);
    document.querySelector<HTMLElement>('[role="grid"]')?.focus();
    opened.filter.set('time', {
      fromMs: clockIn(zone).dayStart(times[2] as number),
      toMs: clockIn(zone).dayEnd(times[2] as number)
    });
    await expect.poll(sentence).toBe(`1 message, ${lastDay} 2025`);
  });
});

describe('people', () => {
  it('sorts, finds, and narrows only when asked', async () => {
    await show(PeoplePage as Component);
    const names = (): string[] =>
      [...document.querySelectorAll('[role="grid"] .name')].map((cell) => cell.textContent?.trim() ?? '');
    await expect.poll(names).toHaveLength(3);
    await page.getByRole('button', { name: 'Sent' }).click();
    await expect.poll(() => names()[0]).toContain('Rosa');
    await userEvent.keyboard('j');
    await expect.poll(text).toContain('contact in');
    expect(opened.filter.isEmpty).toBe(true);
    await userEvent.keyboard('f');
    await expect.poll(() => opened.filter.value).toEqual({ parties: [2] });
  });
});

describe('network', () => {
  it('says the same as list and matrix, and opens the messages of a tie', async () => {
    await show(NetworkPage as Component);
    await expect.poll(text).toContain('3 of 7 people shown, 9 ties in all.');
    expect(text()).toContain('Only seized phones are seen whole');
    await userEvent.keyboard('t');
    // Three people, two ties of talk, and one of an address book.
    await expect.poll(() => document.querySelectorAll('.lists tbody tr').length).toBe(6);
    await page.getByRole('radio', { name: 'Matrix' }).click({ force: true });
    const cells = (): string[] =>
      [...document.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent?.trim() ?? '');
    await expect.poll(cells).toEqual(['', '5', '4', '5', '', '', '4', '', '']);
    (document.querySelectorAll('[role="gridcell"]')[1] as HTMLElement).click();
    await expect.poll(() => opened.filter.value.between).toEqual([1, 0]);
  });
});

describe('topics', () => {
  it('quotes three messages with original and machine text', async () => {
    await show(TopicsPage as Component);
    await expect.poll(() => document.querySelectorAll('blockquote').length).toBe(3);
    await expect.poll(text).toContain('machine 4');
    expect(text()).toContain('original 4');
    expect(text()).toContain('5 of 9 stretches of conversation fit no topic');
  });

  it('says on request how they were found, by what, and what is in none', async () => {
    await show(TopicsPage as Component);
    await page.getByText('Why am I seeing these topics?').click();
    await expect.poll(text).toContain('(topics, version 2, seed 1)');
    for (const words of [
      'their 64 main directions',
      '9, of which 1 hold no words',
      '2 stretches lie outside the dense middle',
      '5 stretches; they stay on the map',
      'all pairs of stretches were compared, on the processor'
    ])
      expect(text()).toContain(words);
  });

  it('offers no choice of vectors where no pack makes any', async () => {
    await show(TopicsPage as Component);
    await expect.poll(text).toContain('van · keys');
    expect(document.querySelector('[role="radiogroup"][aria-label="Compare by"]')).toBe(null);
  });

  it('compares by a pack where one is installed, and says which', async () => {
    fake.packs = [ENCODER];
    await show(TopicsPage as Component);
    await page.getByText('Tiny encoder', { exact: true }).click();
    await expect
      .poll(() => fake.asked.filter(([name]) => name === 'topics').map(([, , , pack]) => pack))
      .toEqual([null, ENCODER.modelSha256Hex]);
    await page.getByText('Why am I seeing these topics?').click();
    await expect.poll(text).toContain('the vectors that Tiny encoder 1 gives the English text, 64 numbers each');
  });

  it('opens the stretch of conversation behind a point of its map', async () => {
    await show(TopicsPage as Component);
    await expect.poll(() => document.querySelectorAll('blockquote').length).toBe(3);
    const canvas = document.querySelector('canvas[aria-label^="Map of 4 stretches"]') as HTMLCanvasElement;
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const clickAt = (x: number): boolean =>
      canvas.dispatchEvent(
        new MouseEvent('click', { bubbles: true, clientX: left + x, clientY: top + height / 2 - (width - 24) / 18 })
      );
    clickAt(width - 13);
    await expect.poll(() => document.querySelectorAll('blockquote').length).toBe(4);
    expect(document.querySelector('.pointed blockquote')?.textContent).toContain('original 6');
    clickAt(width / 2 + 120);
    await expect.poll(() => document.querySelectorAll('blockquote').length).toBe(3);
  });

  it('keeps its list while the filter names a topic of it', async () => {
    await show(TopicsPage as Component);
    await expect.poll(text).toContain('van · keys');
    opened.filter.set('topics', [0]);
    await expect.poll(sentence).toContain('about van · keys');
    opened.filter.set('languages', ['ron']);
    await expect.poll(text).toContain('These are the topics of the messages before the filter changed.');
    expect(fake.asked.filter(([name]) => name === 'topics')).toHaveLength(1);
    await page.getByRole('button', { name: 'Find topics again' }).click();
    await expect.poll(() => fake.asked.filter(([name]) => name === 'topics').length).toBe(2);
    expect(opened.filter.value.topics).toBeUndefined();
  });
});
