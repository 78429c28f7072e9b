import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const options = (number: string): ReadOptions => ({
  zone: 'Europe/London',
  dateOrder: 'dmy',
  region: 'GB',
  owner: { identifier: number, name: `owner of ${number}` }
});
const HOME = { ana: [51.5012, -0.1255], bo: [51.6123, -0.2071] } as const;
const MARKET = [51.5534, -0.1621] as const;
/** Days of October 2025 on which the two go to the market; on the others Ana goes there alone, at another hour. */
const TOGETHER = [2, 7, 11, 16, 22, 30];

type Position = readonly [latitude: number, longitude: number];

function table(rows: readonly (readonly [stamp: string, position: Position])[]): Blob {
  const lines = rows.map(([stamp, [latitude, longitude]]) => `${latitude.toFixed(5)},${longitude.toFixed(5)},${stamp}`);
  return new Blob([['Latitude,Longitude,Timestamp', ...lines].join('\n') + '\n']);
}
const stamp = (day: number, time: string): string => `${String(day).padStart(2, '0')}/10/2025 ${time}`;
const DAYS = Array.from({ length: 31 }, (_, i) => i + 1);

const POSITIONS = {
  ana: table(
    DAYS.flatMap((day): [string, Position][] => [
      [stamp(day, '08:00'), HOME.ana],
      [stamp(day, TOGETHER.includes(day) ? '21:05' : '15:00'), MARKET]
    ])
  ),
  bo: table(
    DAYS.flatMap((day): [string, Position][] => [
      [stamp(day, '08:00'), HOME.bo],
      ...(TOGETHER.includes(day) ? [[stamp(day, '21:10'), MARKET] as [string, Position]] : [])
    ])
  )
};
/** One message of Ana while they are at the market, one on a day when they are not. */
const CHAT = new Blob([
  ['02/10/2025, 21:15 - Ana: I am here', '02/10/2025, 12:00 - Cy: later then', '03/10/2025, 21:15 - Ana: not today', ''].join(
    '\n'
  )
]);

async function filled(): Promise<CaseSession> {
  const session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper: null, clock: () => 0 });
  const files: readonly (readonly [Blob, string, string, string])[] = [
    [POSITIONS.ana, 'ana.csv', 'phone-csv', '07700900100'],
    [POSITIONS.bo, 'bo.csv', 'phone-csv', '07700900101'],
    [CHAT, 'WhatsApp Chat with Cy.txt', 'whatsapp-text', '07700900100']
  ];
  for (const [file, name, format, owner] of files) {
    const setting =
      format === 'whatsapp-text' ? { ...options(owner), owner: { identifier: owner, name: 'Ana' } } : options(owner);
    expect((await session.importFile(file, name, format, setting, () => {})).failure).toBeNull();
  }
  return session;
}

describe('places of a case', () => {
  it('say what two phones do together on days that their habits do not join', async () => {
    const view = await (await filled()).places({}, () => {});
    const precise = view.devices.filter((device) => device.precise > 0);
    expect(precise.map((device) => device.precise)).toEqual([62, 37]);
    expect(view.places).toHaveLength(3);
    const [pair, ...others] = view.pairs;
    expect(others).toEqual([]);
    expect(pair).toMatchObject({ days: TOGETHER.length, daysOfBoth: 31, span: 31, isMoreThanHabit: true });
    expect(pair!.upTo).toBeLessThan(TOGETHER.length);
    expect(pair!.meetings[0]).toMatchObject({
      fromMs: Date.UTC(2025, 9, 2, 20, 5),
      toMs: Date.UTC(2025, 9, 2, 20, 10)
    });
  });

  it('count a position once that two files of one phone hold, and join files by the number that the officer gave', async () => {
    const session = await filled();
    const before = await session.places({}, () => {});
    // Ana's chat came after her positions, and is of the same phone.
    expect(before.devices.map(({ label }) => label)).toEqual(['Ana (ana.csv, WhatsApp Chat with Cy.txt)', 'bo.csv']);
    const evening = before.pairs[0]!.meetings[0]!;
    expect(evening.messages).toBe(1);
    const again = new Blob([await POSITIONS.bo.text(), '51.70000,-0.30000,31/10/2025 23:00\n']);
    expect((await session.importFile(again, 'bo-2.csv', 'phone-csv', options('+44 7700 900101'), () => {})).failure).toBeNull();
    const after = await session.places({}, () => {});
    expect(after.devices.map(({ precise }) => precise)).toEqual([62, 38]);
    expect(after.pairs[0]!.meetings).toHaveLength(TOGETHER.length);
  });

  it('are those of the files and the time that the filter leaves', async () => {
    const session = await filled();
    const bo = (await session.overview()).sources.find(({ name }) => name === 'bo.csv')!;
    expect((await session.places({ not: { sources: [bo.id] } }, () => {})).pairs).toEqual([]);
    const week = { fromMs: Date.UTC(2025, 9, 1), toMs: Date.UTC(2025, 9, 8) };
    expect((await session.places({ time: week }, () => {})).pairs[0]).toMatchObject({ days: 2, isMoreThanHabit: false });
  });

  it('end when another question takes their place, and when stopped', async () => {
    const session = await filled();
    const first = session.places({}, () => {});
    const second = session.places({}, () => {});
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect((await second).places).toHaveLength(3);
    const stopped = session.timeline({}, () => {});
    await session.cancelTimeline();
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('clocks of a case', () => {
  it('are doubted where a time lies before any such phone or after the import, and then not drawn', async () => {
    const session = new CaseSession({
      store: new EvidenceStore(),
      translations: new Translations(),
      keeper: null,
      clock: () => Date.UTC(2025, 9, 5)
    });
    const lines = ['01/01/1980, 00:00 - Ana: first', '02/10/2025, 12:00 - Cy: real', '03/11/2026, 12:00 - Cy: ahead', ''];
    const setting = { ...options('07700900100'), owner: { identifier: '07700900100', name: 'Ana' } };
    const { failure } = await session.importFile(
      new Blob([lines.join('\n')]),
      'WhatsApp Chat with Cy.txt',
      'whatsapp-text',
      setting,
      () => {}
    );
    expect(failure).toBeNull();
    const view = await session.timeline({}, () => {});
    expect(view).toMatchObject({ messages: 1, untimed: 0, impossible: 2 });
    expect(view.all).toHaveLength(1);
    expect(view.clock.map(({ kind, messages }) => [kind, messages])).toEqual([
      ['too-early', 1],
      ['after-import', 1],
      ['zone-chosen', 3]
    ]);
    for (const { set, messages } of view.clock) expect((await session.filter({ timeline: [set] })).total).toBe(messages);
  });
});
