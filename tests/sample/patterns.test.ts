/** What the rules find in the sample case, against its own truth. */
import { mkdtempSync, openAsBlob, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import type { PatternRow } from '../../src/lib/pipeline/pattern-contract.ts';
import { CaseSession } from '../../src/lib/pipeline/session.ts';
import { Translations } from '../../src/lib/pipeline/translations.ts';
import { writeSample, type Truth } from '../../tools/sample/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'skein-patterns-'));
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

const findings = async (): Promise<readonly PatternRow[]> => (await session.patterns({}, () => {})).findings;
const labels = ({ people }: PatternRow): string[] => people.map(({ label }) => label);

describe('patterns of the sample case', () => {
  it('open their messages and those that speak against them', async () => {
    for (const { id, messages, against } of await findings()) {
      expect((await session.filter({ patterns: [id] })).total).toBe(messages);
      expect((await session.filter({ patterns: [-id - 1] })).total).toBe(against);
    }
    const before = await session.filter({ patterns: [0] });
    expect((await session.calls({ patterns: [0] }, 0, 10)).total).toBe(0);
    expect((await session.filter({ not: { patterns: [0] } })).total).toBe(before.of - before.total);
  });

  it('are what the story planted, and no more of a rule than that', async () => {
    const all = await findings();
    const of = (rule: PatternRow['rule']): PatternRow[] => all.filter((finding) => finding.rule === rule);
    console.log(
      `patterns in the sample: ${[...new Set(all.map(({ rule }) => rule))].map((rule) => `${rule} ${of(rule).length}`).join(', ')}`
    );

    // The conversation that was deleted on phone A stands in the other phone's download.
    const [wiped, ...otherWiped] = of('one-phone-only');
    expect(otherWiped).toEqual([]);
    expect(labels(wiped!)).toEqual(['Sorin', 'Vitor']);
    expect(truth.deletedThread).toMatchObject({ device: 'A', thread: 'sorin-vitor' });
    expect(wiped!.messages).toBe(truth.copies.find(({ thread }) => thread === 'sorin-vitor')?.messages);

    // Phone C's clock ran ahead in October.
    expect(of('clock-apart')).toHaveLength(1);
    expect(of('clock-apart')[0]!.values.minutes).toBe(truth.wrongClock.ahead_ms / 60_000);

    // All broadcasts of the drugs line, from its two numbers, and none of anybody else's.
    expect(of('broadcast').map(labels).sort()).toEqual([['T line'], ['T line new']]);
    expect(of('broadcast').reduce((sum, { values }) => sum + values.times!, 0)).toBe(truth.broadcasts.length);

    // The rota goes out from one person, and the ledger holds rent and transport.
    expect(new Set(of('times-of-day').flatMap(labels))).toEqual(new Set(['Sorin']));
    const sums = of('repeated-sum')
      .filter((finding) => labels(finding).includes('Carla'))
      .map(({ values }) => values.sum);
    expect(sums).toEqual(expect.arrayContaining([truth.ledger[0]!.transport, truth.ledger[0]!.rent]));

    // Carla's list of Fridays to a group, and the line that changed its number; nothing else looks like either.
    expect(of('ledger').map(labels)).toEqual([['Carla']]);
    expect(of('ledger')[0]!.messages).toBeGreaterThanOrEqual(new Set(truth.ledger.map(({ week }) => week)).size);
    expect(of('number-succession').map(labels)).toEqual([['T line', 'T line new']]);
    // The story names no place by postcode or coordinates.
    expect(of('movement')).toEqual([]);
  });

  it('quote messages that met them', async () => {
    for (const finding of await findings()) {
      expect(finding.quotes.length, finding.rule).toBe(Math.min(5, finding.messages));
      if (finding.rule === 'repeated-sum')
        for (const id of finding.quotes) {
          const quote = await session.message(id);
          if (finding.rule === 'repeated-sum') expect(quote?.body).toContain(String(finding.values.sum));
        }
    }
  });
});
