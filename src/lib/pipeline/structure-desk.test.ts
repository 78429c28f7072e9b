import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const FIRST_MS = Date.UTC(2025, 8, 1);
const DAY_MS = 86_400_000;
const still = (): void => {};

/** `[day, number, from it]` of each message on one phone. */
async function sessionOf(lines: readonly (readonly [number, string, boolean])[]): Promise<CaseSession> {
  const session = new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper: null,
    clock: () => FIRST_MS + 100 * DAY_MS
  });
  const sms = lines.map(
    ([day, number, isFrom], i) =>
      `<sms protocol="0" address="${number}" date="${FIRST_MS + day * DAY_MS}" type="${isFrom ? 1 : 2}" body="line ${i}" read="1" status="-1" />`
  );
  const file = new Blob([
    `<?xml version='1.0' encoding='UTF-8' ?>\n<smses count="${sms.length}">\n${sms.join('\n')}\n</smses>\n`
  ]);
  const options = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
  expect((await session.importFile(file, 'sms.xml', 'sms-backup-xml', options, still)).failure).toBeNull();
  return session;
}

const STAR = [
  [0, '07700900111', true],
  [1, '07700900111', false],
  [2, '07700900122', true],
  [8, '07700900111', true],
  [9, '07700900133', false],
  [10, '07700900133', true]
] as const;

describe('the structure of a network', () => {
  it('has every tie of one phone as a bridge, what began and ended, and what goes both ways', async () => {
    const view = await (await sessionOf(STAR)).structure({}, true, still);
    expect(view).toMatchObject({ nodes: 4, ties: 3, bridgeCount: 3, chance: null });
    expect(view.groups).toEqual({ count: 0, events: 0, of: 6, mostActive: 500, rows: [] });
    expect(view.bridges.map(({ b, messages, apart }) => [b.label, messages, apart])).toEqual([
      ['+447700900111', 3, 1],
      ['+447700900122', 1, 1],
      ['+447700900133', 2, 1]
    ]);
    expect(view.reciprocity).toMatchObject({ pairs: 3, bothWays: 2 / 3 });
    expect(view.reciprocity?.evenness).toBeCloseTo(4 / 6, 12);
    expect(view.changes).toMatchObject({ began: 1, ended: 1 });
    expect(view.changes?.rows.map(({ b, before, after }) => [b.label, before, after])).toEqual([
      ['+447700900133', 0, 2],
      ['+447700900111', 2, 1],
      ['+447700900122', 1, 0]
    ]);
  });

  it('is compared with as long a time before, where a filter sets the time', async () => {
    const time = { fromMs: FIRST_MS + 2 * DAY_MS, toMs: FIRST_MS + 4 * DAY_MS };
    const { changes } = await (await sessionOf(STAR)).structure({ time }, true, still);
    expect(changes).toMatchObject({
      before: { fromMs: FIRST_MS, toMs: time.fromMs },
      after: time,
      began: 1,
      ended: 1
    });
  });

  it('is dealt anew where there are ties enough, and by the same chance every time', async () => {
    const lines = Array.from({ length: 12 }, (_, i) => [i, `077009001${10 + i}`, true] as const);
    const session = await sessionOf(lines);
    const view = await session.structure({}, true, still);
    // A star has one form: nothing can be exchanged, and that is said.
    expect(view.chance).toMatchObject({ networks: 20, swaps: 0 });
    expect(view.chance?.own).toBeCloseTo(view.chance?.most ?? NaN, 12);
    expect(await session.structure({}, true, still)).toEqual(view);
  });

  it('of an empty case is empty', async () => {
    const session = new CaseSession({
      store: new EvidenceStore(),
      translations: new Translations(),
      keeper: null,
      clock: () => 0
    });
    expect(await session.structure({}, true, still)).toEqual({
      rule: { id: 'structure', version: 1 },
      nodes: 0,
      ties: 0,
      groups: { count: 0, events: 0, of: 0, mostActive: 500, rows: [] },
      bridgeCount: 0,
      bridges: [],
      chance: null,
      reciprocity: null,
      changes: null
    });
  });
});
