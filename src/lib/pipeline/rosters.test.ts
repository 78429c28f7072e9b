/** Who counts as a receiver in a group that people come to and leave, from the file to the numbers on screen. */
import { describe, expect, it } from 'vitest';
import { textInput } from '../../../tests/fixtures/whatsapp.ts';
import { blocksSince, emptyMark, StoreLoader } from '../evidence/blocks.ts';
import { EvidenceStore } from '../evidence/store.ts';
import { subsetOf } from '../evidence/subset.ts';
import type { ReadOptions } from '../formats/contract.ts';
import { partyRows } from './people.ts';
import { receivers } from './rows.ts';
import { CaseSession } from './session.ts';
import { threadMembersDated } from './thread-members-dated.ts';
import { groupTies, tieEvents, ties } from './ties.ts';
import { Translations } from './translations.ts';

const CHAT = `14/03/2024, 09:00 - Ana created group "Casa 14"
14/03/2024, 09:05 - Ana: only Dan and me
14/03/2024, 09:06 - Dan: yes
15/03/2024, 09:00 - Ana added Ion and Silent Sam
15/03/2024, 10:00 - Ana: hello all
15/03/2024, 10:01 - Ion: hello
16/03/2024, 09:00 - Dan left
16/03/2024, 10:00 - Ion: without Dan
16/03/2024, 10:01 - Ana: indeed
`;
const OPTIONS: ReadOptions = { zone: 'UTC', region: 'GB', owner: null };

async function storeOf(chat: string): Promise<EvidenceStore> {
  const store = new EvidenceStore();
  const session = new CaseSession({ store, translations: new Translations(), keeper: null, clock: () => 0 });
  const { blob, name } = textInput('WhatsApp Chat with Casa 14.txt', chat);
  await session.importFile(blob, name, 'whatsapp-text', OPTIONS, () => {});
  return store;
}

const all = (store: EvidenceStore): Uint32Array => Uint32Array.from({ length: store.messages.length }, (_, i) => i);
const idOf = (store: EvidenceStore, body: string): number => all(store).find((id) => store.messages.body.at(id) === body) ?? -1;
const namesAt = (store: EvidenceStore, body: string): string[] =>
  receivers(store, idOf(store, body))
    .map((party) => store.directory.label(party))
    .sort();
const partyNamed = (store: EvidenceStore, name: string): number =>
  store.directory.partyOf(store.directory.accounts.findIndex(({ names }) => names.some((one) => one.name === name)));

describe('a group with dated members', () => {
  it('sends each message to those who may have been there', async () => {
    const store = await storeOf(CHAT);
    expect(namesAt(store, 'only Dan and me')).toEqual(['Dan']);
    expect(namesAt(store, 'hello all')).toEqual(['Dan', 'Ion', 'Silent Sam']);
    expect(namesAt(store, 'without Dan')).toEqual(['Ana', 'Silent Sam']);
  });

  it('counts receivers and ties by who was there', async () => {
    const store = await storeOf(CHAT);
    const rows = partyRows(store, all(store), new Uint32Array(), () => null);
    const received = Object.fromEntries(rows.map(({ label, received: count }) => [label, count]));
    // Of nine lines three are the app's own: they have no sender and go to whoever was in at their moment.
    expect(received).toEqual({ Ana: 3 + 3, Dan: 3 + 3, Ion: 2 + 2, 'Silent Sam': 4 + 2 });
    const events = tieEvents(store);
    const found = ties(events, all(store), new Uint32Array());
    const [ana, dan, ion] = ['Ana', 'Dan', 'Ion'].map((name) => partyNamed(store, name)) as [number, number, number];
    const between = (a: number, b: number): number[] => {
      const e = [...found.source].findIndex((low, i) => low === Math.min(a, b) && found.target[i] === Math.max(a, b));
      return e < 0 ? [0, 0] : [found.messages[e]!, Math.round(found.weight[e]! * 100) / 100];
    };
    // Two lines before Ion came weigh whole, two with all three half each, two after Dan went whole again.
    expect(between(ana, dan)).toEqual([3, 2.5]);
    expect(between(ana, ion)).toEqual([4, 3]);
    expect(between(dan, ion)).toEqual([1, 0.5]);
    // The group stays one edge over everybody.
    const [edge, ...more] = groupTies(events, all(store), new Uint32Array());
    expect(more).toEqual([]);
    expect(edge).toMatchObject({ messages: 6 });
    expect(edge!.members.length).toBe(4);
    expect([...edge!.active].sort()).toEqual([ana, dan, ion].sort());
  });

  it('dates its members, each end with the line behind it', async () => {
    const store = await storeOf(CHAT);
    const dated = threadMembersDated(store, 0);
    const plain = Object.fromEntries(
      dated.map(({ label, periods, written }) => [
        label,
        {
          written,
          periods: periods.map(({ from, until }) =>
            [from, until].map((end) => (end?.message === undefined ? null : store.messages.body.at(end.message!)))
          )
        }
      ])
    );
    expect(plain).toEqual({
      Ana: { written: 3, periods: [['Ana created group "Casa 14"', null]] },
      Dan: { written: 1, periods: [[null, 'Dan left']] },
      Ion: { written: 2, periods: [['Ana added Ion and Silent Sam', null]] },
      'Silent Sam': { written: 0, periods: [['Ana added Ion and Silent Sam', null]] }
    });
    expect(dated.find(({ label }) => label === 'Ion')?.periods[0]?.from).toMatchObject({
      byLabel: 'Ana',
      utcMs: Date.UTC(2024, 2, 15, 9),
      fileName: 'WhatsApp Chat with Casa 14.txt'
    });
  });

  it('survives being written and read, and goes with a part of a case where its lines do', async () => {
    const store = await storeOf(CHAT);
    const loader = new StoreLoader();
    for (const { bytes } of blocksSince(store, emptyMark())) loader.add(bytes);
    const loaded = loader.finish();
    expect(threadMembersDated(loaded, 0)).toEqual(threadMembersDated(store, 0));
    expect(namesAt(loaded, 'without Dan')).toEqual(['Ana', 'Silent Sam']);
    const part = subsetOf(store, [idOf(store, 'Dan left'), idOf(store, 'without Dan')]).store;
    expect(part.memberships.length).toBe(1);
    expect(namesAt(part, 'without Dan')).toEqual(['Ana', 'Silent Sam']);
  });

  it('is told once where two exports hold the same lines', async () => {
    const store = new EvidenceStore();
    const session = new CaseSession({ store, translations: new Translations(), keeper: null, clock: () => 0 });
    for (const chat of [CHAT, `${CHAT}17/03/2024, 09:00 - Ana: one line more\n`]) {
      const { blob, name } = textInput('WhatsApp Chat with Casa 14.txt', chat);
      await session.importFile(
        blob,
        name,
        'whatsapp-text',
        { ...OPTIONS, owner: { identifier: '+447700900001', name: 'Ana' } },
        () => {}
      );
    }
    expect(store.memberships.length).toBe(4);
    expect(store.directory.threads.length).toBe(1);
  });
});
