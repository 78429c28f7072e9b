/** Names and languages are exchanged between the people of the sample case: what analysis finds must not change. */
import { mkdtempSync, openAsBlob, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { CaseSession } from '../../src/lib/pipeline/session.ts';
import { Translations } from '../../src/lib/pipeline/translations.ts';
import { AS_WRITTEN, rotated } from '../../tools/sample/exchange.ts';
import { writeSample } from '../../tools/sample/index.ts';

const folders: string[] = [];

async function sampleSession(rotate: number): Promise<CaseSession> {
  const out = mkdtempSync(join(tmpdir(), 'skein-fair-'));
  folders.push(out);
  await writeSample({ scale: 1500, seed: 7, out, exchange: rotate === 0 ? AS_WRITTEN : rotated(rotate) });
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
    files: { name: string; format: string; owner: string; ownerName: string; zone: string }[];
  };
  const session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper: null, clock: () => 0 });
  for (const file of manifest.files) {
    const blob = await openAsBlob(join(out, file.name));
    const owner = { identifier: file.owner, name: file.ownerName };
    const preview = await session.preview(blob, file.name, { zone: file.zone, region: 'GB', owner }, null);
    const report = await session.importFile(
      blob,
      file.name,
      preview.formatId ?? '',
      { zone: file.zone, region: 'GB', owner },
      () => {}
    );
    expect(report.failure).toBeNull();
  }
  return session;
}

let plain: CaseSession;
let exchanged: CaseSession;

beforeAll(async () => {
  plain = await sampleSession(0);
  exchanged = await sampleSession(3);
}, 120_000);

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

describe('with names and languages exchanged', () => {
  it('the people really are called otherwise and write otherwise', async () => {
    const words = async (session: CaseSession): Promise<string> => {
      const set = await session.filter({});
      return (await session.rows(set.setId, 'source', 0, 500)).map((row) => row.body).join('\n');
    };
    expect(await words(exchanged)).not.toBe(await words(plain));
  });

  it('the network is the same: ties, weights, groups and measures', async () => {
    const shape = async (session: CaseSession): Promise<unknown> => {
      const view = await session.network({}, { maxNodes: 1000, includeCalls: true, seed: 1 });
      const sorted = (values: ArrayLike<number>): number[] =>
        Array.from(values, (value) => Number(value.toPrecision(9))).sort((a, b) => a - b);
      return {
        nodes: view.totalNodes,
        edges: view.totalEdges,
        modularity: Number(view.modularity.toPrecision(9)),
        communities: view.communities.map((community) => community.size),
        weight: sorted(view.edgeWeight),
        degree: sorted(view.degree),
        pageRank: sorted(view.pageRank),
        betweenness: sorted(view.betweenness)
      };
    };
    expect(await shape(exchanged)).toEqual(await shape(plain));
  });

  it('the rules find the same', async () => {
    const shape = async (session: CaseSession): Promise<string[]> =>
      (await session.patterns({}, () => {})).findings
        .map(({ rule, people, messages, against, values }) =>
          // The sample's small talk is other text in another language, and some of it holds a number.
          rule === 'repeated-sum'
            ? `${rule} ${values.sum} in ${values.conversations}`
            : [rule, people.length, messages, against, JSON.stringify(values)].join(' ')
        )
        .sort();
    const found = await shape(plain);
    expect(found.length).toBeGreaterThan(5);
    expect(await shape(exchanged)).toEqual(found);
  });

  it('time and places are the same: bars, hours, pauses, doubts, places, areas and visits', async () => {
    const shape = async (session: CaseSession): Promise<unknown> => {
      const time = await session.timeline({}, () => {});
      const lanes = ({ lanes: listed, seen, rest }: typeof time.people): unknown => [
        seen,
        rest,
        listed.map(({ counts }) => [...counts].join()).sort()
      ];
      const places = await session.places({}, () => {});
      return {
        all: [...time.all],
        week: [...time.week],
        people: lanes(time.people),
        devices: lanes(time.devices),
        services: lanes(time.services),
        gaps: time.gaps.map(({ of, fromMs, toMs, chance, around, meanwhile }) => [of, fromMs, toMs, chance, around, meanwhile]),
        clock: time.clock.map(({ kind, messages, minutes }) => [kind, messages, minutes].join()).sort(),
        places: places.places.map(({ latitude_deg, longitude_deg, visits }) => [
          latitude_deg,
          longitude_deg,
          visits.map(({ fromMs, messages }) => [fromMs, messages])
        ]),
        areas: places.areas.map(({ latitude_deg, radius_m, messages }) => [latitude_deg, radius_m, messages])
      };
    };
    expect(await shape(exchanged)).toEqual(await shape(plain));
  });

  it('people are listed with the same counts', async () => {
    const counts = async (session: CaseSession): Promise<unknown> =>
      (await session.parties({})).map(({ sent, received, calls, threads }) => [sent, received, calls, threads].join()).sort();
    expect(await counts(exchanged)).toEqual(await counts(plain));
  });
});
