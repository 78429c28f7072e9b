import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import type { CaseFilter, FilterResult } from './contract.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const OPTIONS: ReadOptions = { zone: 'UTC', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };

/** Two chats of Ana's phone: one with Bogdan, one with Carla; a line a minute from 10:00 on. */
async function filled(): Promise<CaseSession> {
  const session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper: null, clock: () => 0 });
  const chat = (lines: readonly string[]): Blob =>
    new Blob(lines.map((line, minute) => `25/09/2025, 10:${String(minute).padStart(2, '0')} - ${line}\n`));
  const files = {
    Bogdan: chat(['Ana: the van is blue', 'Bogdan: bring the keys', 'Bogdan: and money']),
    Carla: chat(['Carla: money is late', 'Ana: keys are here', 'Carla: which keys?'])
  };
  for (const [name, blob] of Object.entries(files))
    await session.importFile(blob, `WhatsApp Chat with ${name}.txt`, 'whatsapp-text', OPTIONS, () => {});
  return session;
}

const people = (result: FilterResult): Record<string, number> =>
  Object.fromEntries(result.facets.parties.map(({ label, count }) => [label, count]));

describe('a case asked for alternatives', () => {
  it('gives messages that meet one of them, and facets of the place that is open', async () => {
    const session = await filled();
    const all = await session.filter({});
    const [bogdan, ana] = ['Bogdan', 'Ana'].map(
      (name) => all.facets.parties.find(({ label }) => label === name)!.value as number
    );
    const either: CaseFilter = { anyOf: [{ parties: [bogdan!] }, { text: 'keys' }] };
    const shared = await session.filter(either);
    expect(shared.total).toBe(4);
    // The shared parts hold no people: the facet counts what is shown.
    expect(people(shared)).toEqual({ Bogdan: 2, Ana: 1, Carla: 1 });
    // With the first open its people are what else could be chosen, beside what the second gives.
    expect(people(await session.filter(either, 0))).toEqual({ Ana: 2, Bogdan: 2, Carla: 2 });
    expect(people(await session.filter(either, 1))).toEqual({ Bogdan: 2, Ana: 1, Carla: 1 });
    expect((await session.filter({ ...either, parties: [ana!] })).total).toBe(1);
    expect((await session.filter({ ...either, time: { fromMs: Date.UTC(2025, 8, 25, 10, 2), toMs: null } })).total).toBe(2);
    expect((await session.filter({ ...either, not: { text: 'money' } })).total).toBe(3);

    const rows = await session.rows((await session.filter(either)).setId, 'relevance', 0, 10);
    expect(rows.filter(({ hits }) => hits.length > 0).map(({ body }) => body)).toHaveLength(3);
  });

  it('passes over one that was just begun, whose facets list what there is', async () => {
    const session = await filled();
    const bogdan = (await session.filter({})).facets.parties.find(({ label }) => label === 'Bogdan')!.value as number;
    const begun = await session.filter({ anyOf: [{ parties: [bogdan] }, {}] }, 1);
    expect(begun.total).toBe(2);
    expect(people(begun)).toEqual({ Ana: 2, Bogdan: 2, Carla: 2 });
    await expect(session.filter({ anyOf: [{}] }, 1)).rejects.toThrow('no alternative 1');
    expect((await session.filter({ anyOf: [{}, {}] })).total).toBe(6);
  });

  it('keeps a search with alternatives around it, and makes it again', async () => {
    const session = await filled();
    const bogdan = (await session.filter({})).facets.parties.find(({ label }) => label === 'Bogdan')!.value as number;
    const filter: CaseFilter = { text: 'money', anyOf: [{ parties: [bogdan] }, { text: 'blue' }] };
    await session.noteSearch(filter, 'either from Bogdan or matching blue');
    expect((await session.searches())[0]).toMatchObject({
      searches: [{ text: 'money', found: 1 }],
      filter: { anyOf: filter.anyOf }
    });
    expect((await session.replaySearch(1)).found).toEqual([1]);
  });
});
