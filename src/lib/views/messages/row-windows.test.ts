import { describe, expect, it } from 'vitest';
import type { MessageRow, RowOrder } from '$lib/pipeline/contract.ts';
import { messageRowOf } from '../../../../tests/fixtures/message-row.ts';
import { PAGE_ROWS, RowWindows } from './row-windows.svelte.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Answers at once, unless held back, and remembers what was asked. */
class Desk {
  readonly asked: string[] = [];
  readonly held: (() => void)[] = [];
  isHolding = false;
  readonly ask = async (setId: number, _: RowOrder, start: number, count: number): Promise<MessageRow[]> => {
    this.asked.push(`${setId}:${start}+${count}`);
    if (this.isHolding) await new Promise<void>((resolve) => this.held.push(resolve));
    return Array.from({ length: count }, (__, i) => messageRowOf({ id: setId * 1_000_000 + start + i }));
  };
}

describe('windows of rows', () => {
  it('asks for pages in sight only, each once', async () => {
    const desk = new Desk();
    const windows = new RowWindows(desk.ask);
    windows.use(1, 'time', 1_000_000, false);
    await settled();
    windows.want(500_000, 500_020);
    await settled();
    windows.want(500_001, 500_021);
    await settled();
    expect(windows.row(500_010)?.id).toBe(1_500_010);
    expect(windows.row(0)?.id).toBe(1_000_000);
    expect(windows.row(700_000)).toBeUndefined();
    expect(desk.asked).toEqual([`1:0+${PAGE_ROWS}`, `1:499968+${PAGE_ROWS}`]);
  });

  it('asks for no row past the end', async () => {
    const desk = new Desk();
    const windows = new RowWindows(desk.ask);
    windows.use(1, 'time', 70, false);
    windows.want(60, 90);
    await settled();
    expect(desk.asked).toEqual(['1:0+64', '1:64+6']);
    expect(windows.row(69)?.id).toBe(1_000_069);
  });

  it('keeps rows on screen until their successors come, where the set stayed the same', async () => {
    const desk = new Desk();
    const windows = new RowWindows(desk.ask);
    windows.use(1, 'time', 40, false);
    await settled();
    desk.isHolding = true;
    windows.use(2, 'time', 40, true);
    expect(windows.row(3)?.id).toBe(1_000_003);
    for (const go of desk.held) go();
    await settled();
    expect(windows.row(3)?.id).toBe(2_000_003);
  });

  it('drops rows of another set at once, and its late answers', async () => {
    const desk = new Desk();
    const windows = new RowWindows(desk.ask);
    desk.isHolding = true;
    windows.use(1, 'time', 40, false);
    windows.use(2, 'time', 12, false);
    expect(windows.row(3)).toBeUndefined();
    for (const go of desk.held.slice(0, 1)) go();
    await settled();
    expect(windows.row(3)).toBeUndefined();
    for (const go of desk.held) go();
    await settled();
    expect(windows.row(3)?.id).toBe(2_000_003);
  });

  it('lets far pages go', async () => {
    const desk = new Desk();
    const windows = new RowWindows(desk.ask);
    windows.use(1, 'time', 1_000_000, false);
    for (let page = 0; page < 90; page++) {
      windows.want(page * PAGE_ROWS, page * PAGE_ROWS + 5);
      await settled();
    }
    expect(windows.row(0)).toBeUndefined();
    expect(windows.row(89 * PAGE_ROWS)?.id).toBe(1_000_000 + 89 * PAGE_ROWS);
  });

  it('says why rows are missing', async () => {
    const windows = new RowWindows(() => Promise.reject(new Error('The case was locked.')));
    windows.use(1, 'time', 40, false);
    await settled();
    expect(windows.failure).toBe('The case was locked.');
  });

  it('fetches a long range for copying without holding it', async () => {
    const desk = new Desk();
    const windows = new RowWindows(desk.ask);
    windows.use(1, 'time', 10_000, false);
    await settled();
    expect((await windows.range(0, 10)).length).toBe(10);
    expect((await windows.range(5, 3005)).at(-1)?.id).toBe(1_003_004);
    expect(desk.asked).toEqual([`1:0+${PAGE_ROWS}`, '1:5+3000']);
  });
});
