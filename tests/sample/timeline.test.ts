/** Time and places of the sample case, against its own truth. */
import { mkdtempSync, openAsBlob, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { CaseSession } from '../../src/lib/pipeline/session.ts';
import { Translations } from '../../src/lib/pipeline/translations.ts';
import { writeSample, type Truth } from '../../tools/sample/index.ts';
import { routeOfTheMove } from '../../tools/sample/ufed-extras.ts';

const folder = mkdtempSync(join(tmpdir(), 'skein-timeline-'));
let session: CaseSession;
let truth: Truth;

beforeAll(async () => {
  ({ truth } = await writeSample({ scale: 6000, seed: 7, out: folder }));
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    files: { name: string; owner: string; ownerName: string; zone: string }[];
  };
  session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper: null, clock: () => 0 });
  for (const { name, owner, ownerName, zone } of manifest.files) {
    const blob = await openAsBlob(join(folder, name));
    const options = { zone, region: 'GB', owner: { identifier: owner, name: ownerName } };
    const preview = await session.preview(blob, name, options, null);
    const report = await session.importFile(blob, name, preview.formatId ?? '', options, () => {});
    expect(report.failure).toBeNull();
  }
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sum = (counts: ArrayLike<number>): number => Array.from(counts).reduce((total, n) => total + n, 0);

describe('the sample case over time', () => {
  it('adds up: bins, lanes and hours hold every dated message, and each opens its own', async () => {
    const view = await session.timeline({}, () => {});
    const { total, untimed } = await session.filter({});
    expect(view.messages + view.untimed + view.impossible).toBe(total);
    expect(view.untimed).toBe(untimed);
    expect(sum(view.all)).toBe(view.messages);
    expect(sum(view.week)).toBe(view.messages);
    for (const lanes of [view.people, view.services]) {
      expect(sum(lanes.lanes.map(({ messages }) => messages)) + lanes.rest).toBeLessThanOrEqual(view.messages);
      for (const { counts, messages } of lanes.lanes) expect(sum(counts)).toBe(messages);
    }
    // Four phones; the line's phone changed its number between two backups, and nobody has said yet that they are one.
    expect(view.devices.lanes).toHaveLength(5);
    for (const { sources, messages } of view.devices.lanes)
      expect((await session.filter({ sources: [...sources] })).total).toBe(messages);
    for (const { lanes } of [view.people, view.devices, view.services])
      for (const { set, messages } of lanes) expect((await session.filter({ timeline: [set] })).total).toBe(messages);
    const person = view.people.lanes[0]!;
    const bin = person.counts.findIndex((n) => n > 0);
    const time = { fromMs: view.fromMs[bin]!, toMs: view.fromMs[bin + 1]! };
    expect((await session.filter({ parties: [Number(person.id)], time })).total).toBe(person.counts[bin]);
    for (const cell of [0, 57, 167]) expect((await session.filter({ timeline: [cell] })).total).toBe(view.week[cell]);
    for (const { set, messages } of view.clock) expect((await session.filter({ timeline: [set] })).total).toBe(messages);
    for (const { set, around, meanwhile, meanwhileSet } of view.gaps) {
      expect((await session.filter({ timeline: [set] })).total).toBe(around);
      expect((await session.filter({ timeline: [meanwhileSet] })).total).toBe(meanwhile);
    }
    console.log(
      `gaps in the sample: ${view.gaps.map(({ of, label, fromMs, toMs, chance }) => `${of} ${label} ${new Date(fromMs).toISOString()} ${((toMs - fromMs) / 86_400_000).toFixed(1)} d chance ${chance.toExponential(1)}`).join('; ')}; ${view.watched} watched, ${view.tooFew} too few; clock: ${view.clock.map(({ kind, label, messages }) => `${kind} ${label} ${messages}`).join(', ')}`
    );
  });

  it('says which clock was wrong, and honours the filter', async () => {
    const view = await session.timeline({}, () => {});
    expect(view.clock.filter(({ kind }) => kind === 'apart').map(({ minutes }) => minutes)).toEqual([
      truth.wrongClock.ahead_ms / 60_000
    ]);
    const one = view.services.lanes[0]!;
    const narrowed = await session.timeline({ services: [String(one.id)] }, () => {});
    expect(narrowed.messages).toBeLessThan(view.messages);
    expect(narrowed.services.lanes.map(({ id }) => id)).toEqual([one.id]);
  });
});

describe('the sample case in space', () => {
  it('shows the two everyday places, the end of the move, the way there, and cells as areas', async () => {
    const view = await session.places({}, () => {});
    const { locations, towers } = routeOfTheMove();
    expect(view.devices.filter(({ fixes }) => fixes > 0)).toMatchObject([{ precise: locations.length, areas: towers.length }]);
    expect(view.places.map(({ label, fixes }) => [label, fixes])).toEqual([
      ['14 Holm Road', 8],
      ['Harrowfen Salads, gate 2', 7]
    ]);
    // Departure is at a place; the nine fixes between are on the move; the arrival is one fix alone.
    expect(sum(view.lone.moving)).toBe(9);
    expect(view.lone.moving).toHaveLength(10);
    expect(view.areas).toHaveLength(towers.length);
    for (const area of view.areas) expect(area).toMatchObject({ isCell: true, isAssumed: true, uses: 1 });
    // One phone has positions: there is no meeting to speak of.
    expect(view.pairs).toEqual([]);
    for (const { set, messages } of [...view.places, ...view.areas, ...view.places.flatMap(({ visits }) => visits)])
      expect((await session.filter({ places: [set] })).total).toBe(messages);
    expect(view.places[0]!.examples[0]!.provenance).toMatchObject({ fileName: 'phone-a.ufdr', formatId: 'ufed-xml' });
  });

  it('honours files and time, and says so where the filter asks for more', async () => {
    const december = { fromMs: Date.UTC(2025, 11, 12), toMs: Date.UTC(2025, 11, 13) };
    const narrowed = await session.places({ time: december }, () => {});
    expect(narrowed.isPartlyApplied).toBe(false);
    expect(narrowed.places).toEqual([]);
    expect(narrowed.lone.moving).toHaveLength(11);
    const asked = await session.places({ time: december, text: 'van' }, () => {});
    expect(asked.isPartlyApplied).toBe(true);
    expect(asked.lone.moving).toHaveLength(11);
    const other = (await session.overview()).sources.find(({ name }) => name !== 'phone-a.ufdr')!;
    expect((await session.places({ sources: [other.id] }, () => {})).devices.every(({ fixes }) => fixes === 0)).toBe(true);
  });
});
