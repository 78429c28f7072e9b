/** Hostile text on screen: as many elements as harmless text has, and nothing of it runs. */
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { OpenCase } from '../../src/lib/case/open-case.svelte.ts';
import { QualityFlag } from '../../src/lib/language/contract.ts';
import type { MessageRow } from '../../src/lib/pipeline/contract.ts';
import MessagesPage from '../../src/lib/views/messages/MessagesPage.svelte';
import { messageRowOf } from '../fixtures/message-row.ts';
import { naughtyStrings } from '../fixtures/naughty-strings.ts';
import { FakeCase } from './fake-case.ts';
import Host from './Host.svelte';
import Thread from './Thread.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));

const STATEMENT = { qualification: 'DPSI', translatedOn: '2025-05-03', intake: 1, request: 1, line: 1 };

/** A row whose every text of the evidence, and every text that machines and people made of it, is this one. */
const rowOf = (text: string, id: number): MessageRow =>
  messageRowOf({
    id,
    body: text,
    translation: text,
    otherReading: text,
    byItself: text,
    timeRaw: text,
    threadName: text,
    fromLabel: text,
    toLabel: text,
    language: text,
    attachments: [{ name: text, contentType: text, sizeBytes: 7 }]
  });
const certifiedRowOf = (text: string, id: number): MessageRow => ({
  ...rowOf(text, id),
  certified: { ...STATEMENT, text, translator: text, note: text }
});

/** Elements, but for the marks that name an invisible character: those are ours, one for each. */
const elementsOf = (root: ParentNode): string[] =>
  [...root.querySelectorAll('*')].filter((element) => !element.classList.contains('sign')).map(({ tagName }) => tagName);

const HARMLESS = 'cheile de la duba';
const TEXTS = naughtyStrings()
  .map(({ text }) => text)
  .filter((text) => text !== '');

let fake: FakeCase;
let opened: OpenCase;
let mounted: Record<string, unknown> | null = null;
const ran = vi.fn();

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem('PARAGLIDE_LOCALE', 'en');
  fake = new FakeCase();
  opened = fake.open();
  ran.mockReset();
  // What the strings try to call.
  vi.stubGlobal('alert', ran);
});
afterEach(async () => {
  if (mounted !== null) await unmount(mounted);
  mounted = null;
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

async function elementsOfThread(rows: readonly MessageRow[]): Promise<string[][]> {
  const target = document.body.appendChild(document.createElement('div'));
  const thread = mount(Thread, { target, props: { opened, rows } });
  flushSync();
  const all = [...target.querySelectorAll('article')].map(elementsOf);
  expect(all.length).toBe(rows.length);
  await unmount(thread);
  target.remove();
  return all;
}

describe('hostile text', () => {
  it('tries what it says: put in as markup it makes elements and runs', async () => {
    const target = document.body.appendChild(document.createElement('div'));
    target.innerHTML = '<img src=x onerror=alert(1)>';
    // As long as a busy machine takes to find that there is no such picture.
    await expect.poll(() => ran.mock.calls.length, { timeout: 20_000 }).toBe(1);
    expect(elementsOf(target)).toEqual(['IMG']);
  });

  it.each([
    ['with machine text', rowOf],
    ['with certified text', certifiedRowOf]
  ] as const)('has the elements of harmless text in every field of a thread, %s', async (_name, make) => {
    const [harmless] = await elementsOfThread([make(HARMLESS, 1)]);
    const all = await elementsOfThread(TEXTS.map((text, i) => make(text, i)));
    const wrong = TEXTS.filter((_, i) => JSON.stringify(all[i]) !== JSON.stringify(harmless));
    expect(wrong).toEqual([]);
    // An event of a picture that could not be fetched comes later.
    await new Promise((over) => setTimeout(over, 300));
    expect(ran).not.toHaveBeenCalled();
  });

  it('of another reading stands in a bubble inside the mark of machine text, and not where that is not drawn', async () => {
    const target = document.body.appendChild(document.createElement('div'));
    const rows = [
      messageRowOf({ id: 1, translation: 'I come', otherReading: 'They come' }),
      messageRowOf({ id: 2, translation: 'I go', byItself: 'She goes' }),
      { ...certifiedRowOf(HARMLESS, 3), otherReading: 'They stay', byItself: 'She stays' }
    ];
    const thread = mount(Thread, { target, props: { opened, rows } });
    flushSync();
    const [first, second, third] = [...target.querySelectorAll('article')];
    expect(first?.querySelector('[data-machine]')?.textContent).toMatch(/About as likely to the model:\s*They come/u);
    expect(second?.textContent).not.toContain('About as likely');
    expect(second?.querySelector('[data-machine]')?.textContent).toMatch(/by itself:\s*She goes/u);
    expect(first?.textContent).not.toContain('by itself');
    expect(third?.textContent).not.toMatch(/They stay|She stays/u);
    await unmount(thread);
    target.remove();
  });

  it('of another reading stands behind the sign of doubt in a row of the table, cut to a line', async () => {
    const target = document.body.appendChild(document.createElement('div'));
    const row = messageRowOf({
      id: 1,
      translation: 'I come',
      flags: QualityFlag.personsUnsure,
      otherReading: 'y'.repeat(1_000_000)
    });
    const table = mount(Thread, { target, props: { opened, rows: [row], asTable: true } });
    flushSync();
    const machine = target.querySelector<HTMLElement>('[data-machine]');
    expect(machine?.title).toMatch(/unsure who is meant · About as likely to the model: y+$/u);
    expect(machine?.querySelector('.sr-only')?.textContent).toMatch(/unsure who is meant, About as likely to the model: y+$/u);
    expect(machine?.textContent.length).toBeLessThan(10_000);
    await unmount(table);
    target.remove();
  });

  it('of a megabyte is drawn a part at a time, and more of it on asking', async () => {
    const target = document.body.appendChild(document.createElement('div'));
    // Each character is a mark of its own on screen: all of them at once would hold the page for minutes.
    const body = '\u202e'.repeat(1_000_000);
    const thread = mount(Thread, {
      target,
      props: {
        opened,
        rows: [messageRowOf({ id: 1, body, translation: 'x'.repeat(1_000_000), otherReading: 'y'.repeat(1_000_000) })]
      }
    });
    flushSync();
    const marks = (): number => target.querySelectorAll('.evidence .sign').length;
    expect(marks()).toBe(4000);
    const machine = target.querySelector('[data-machine] .evidence');
    expect(machine?.textContent?.length).toBe(4000);
    expect(target.querySelectorAll('[data-machine] .evidence')[1]?.textContent?.length).toBe(4000);
    const more = [...target.querySelectorAll<HTMLElement>('button')].find(({ textContent }) =>
      textContent?.includes('Show more')
    );
    expect(more?.textContent).toContain('996,000');
    more?.click();
    flushSync();
    expect(marks()).toBe(24_000);
    await unmount(thread);
    target.remove();
  });

  it.each(['conversation', 'table'])('has the elements of harmless text on the page of messages, as %s', async (view) => {
    await page.viewport(1240, 760);
    localStorage.setItem('skein.messages-view', view);
    // So many rows as are drawn whatever their height; one line each, so that the heights are alike too.
    const hostile = TEXTS.filter((text) => /[<&{=]/.test(text) && text.length < 40 && !/[\n\r]/.test(text)).slice(0, 40);
    expect(hostile.length).toBe(40);
    for (let from = 0; from < hostile.length; from += 4) {
      const counts: number[] = [];
      for (const texts of [hostile.slice(from, from + 4), [HARMLESS, HARMLESS, HARMLESS, HARMLESS]]) {
        fake.rows = texts.map((text, i) => rowOf(text, i));
        opened = fake.open();
        mounted = mount(Host, { target: document.body, props: { opened, view: MessagesPage as Component } });
        flushSync();
        await opened.refresh();
        await expect.poll(() => document.body.textContent?.includes(texts[3] ?? '')).toBe(true);
        await expect.poll(() => document.querySelectorAll('.wait').length).toBe(0);
        counts.push(elementsOf(document.body).length);
        await unmount(mounted);
        mounted = null;
        document.body.replaceChildren();
      }
      expect(counts[0], JSON.stringify(hostile.slice(from, from + 4))).toBe(counts[1]);
    }
    expect(ran).not.toHaveBeenCalled();
  });
});
