/** Tags of a case, through the session that views ask: changes, filter, facets, a part for another officer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import { TagLog } from '../records/tag-log.ts';
import type { CaseFilter } from './contract.ts';
import { SavedCase } from './saved-case.ts';
import { CaseSession } from './session.ts';
import type { TagRequest } from './tag-contract.ts';
import { tagSets } from './tag-sets.ts';
import { Translations } from './translations.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
const WHO = 'DC 4411';
const CHAT = Array.from(
  { length: 6 },
  (_, i) => `25/09/2025, 10:0${i} - ${i % 2 === 0 ? 'Ana' : 'Bogdan'}: line ${i}${i === 4 ? ' money' : ''}\n`
).join('');

interface Kept {
  readonly kind: string;
  readonly bytes: Uint8Array;
}

async function caseWith(put: (kind: string, bytes: Uint8Array) => Promise<void> = async () => {}): Promise<CaseSession> {
  const session = new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper: { put },
    clock: () => 1_760_000_000_000
  });
  await session.importFile(new Blob([CHAT]), 'WhatsApp Chat with Bogdan.txt', 'whatsapp-text', OPTIONS, () => {});
  return session;
}

async function change(session: CaseSession, request: TagRequest): Promise<number> {
  const { fault, step } = await session.changeTags(request, WHO);
  if (step === null) throw new Error(fault ?? 'nothing');
  return step.tag;
}

/** Tags `money` on 1, 4 and `travel` on 4, 5. */
async function tagged(session: CaseSession): Promise<{ money: number; travel: number }> {
  const money = await change(session, { kind: 'make', name: 'money' });
  const travel = await change(session, { kind: 'make', name: 'travel' });
  await change(session, { kind: 'put', tag: money, on: { messageIds: [1, 4] } });
  await change(session, { kind: 'put', tag: travel, on: { messageIds: [4, 5] } });
  return { money, travel };
}

const idsOf = async (session: CaseSession, filter: CaseFilter): Promise<number[]> => [...(await session.messagesOf(filter))];

describe('tags of a case', () => {
  it('stand on rows and in the detail, with who and when', async () => {
    const session = await caseWith();
    const { money, travel } = await tagged(session);
    const { setId } = await session.filter({});
    const rows = await session.rows(setId, 'time', 0, 10);
    expect(rows.map((row) => row.tags.map(({ name }) => name))).toEqual([[], ['money'], [], [], ['money', 'travel'], ['travel']]);
    expect((await session.message(4))?.tagMarks).toEqual([
      { tag: money, name: 'money', who: WHO, atMs: 1_760_000_000_000 },
      { tag: travel, name: 'travel', who: WHO, atMs: 1_760_000_000_000 }
    ]);
    expect(await session.tagCounts({ messageIds: [4, 5, 99, -1] })).toEqual({
      messages: 2,
      counts: [
        [money, 1],
        [travel, 2]
      ]
    });
  });

  it('are filtered by, left out and combined with other parts, and counted beside them', async () => {
    const session = await caseWith();
    expect((await session.filter({})).facets.tags).toEqual([]);
    const { money, travel } = await tagged(session);
    expect(await idsOf(session, { tags: [money] })).toEqual([1, 4]);
    expect(await idsOf(session, { tags: [money, travel] })).toEqual([1, 4, 5]);
    expect(await idsOf(session, { tags: [money], not: { tags: [travel] } })).toEqual([1]);
    expect(await idsOf(session, { not: { tags: [money, travel] } })).toEqual([0, 2, 3]);
    expect(await idsOf(session, { tags: [travel], text: 'money' })).toEqual([4]);
    expect(await idsOf(session, { tags: [77] })).toEqual([]);
    const facets = async (filter: CaseFilter): Promise<unknown> =>
      (await session.filter(filter)).facets.tags.map(({ label, count }) => [label, count]);
    expect(await facets({})).toEqual([
      ['money', 2],
      ['travel', 2]
    ]);
    // A facet's own choice does not hide its other values.
    expect(await facets({ tags: [money] })).toEqual([
      ['money', 2],
      ['travel', 2]
    ]);
    expect(await facets({ text: 'money' })).toEqual([
      ['money', 1],
      ['travel', 1]
    ]);
    await change(session, { kind: 'remove', tag: travel });
    expect(await facets({})).toEqual([['money', 2]]);
    expect(await idsOf(session, { tags: [travel] })).toEqual([]);
    await change(session, { kind: 'undo' });
    expect(await idsOf(session, { tags: [travel] })).toEqual([4, 5]);
  });

  it('go on a whole filtered set, and are refused for a set that a newer filter replaced', async () => {
    const session = await caseWith();
    const tag = await change(session, { kind: 'make', name: 'all' });
    const { setId } = await session.filter({ not: { text: 'money' } });
    const { step } = await session.changeTags({ kind: 'put', tag, on: { setId } }, WHO);
    expect(step?.messages).toBe(5);
    await session.filter({});
    await expect(session.changeTags({ kind: 'take', tag, on: { setId } }, WHO)).rejects.toThrow('newer filter');
  });

  it('know nobody where nobody is named', async () => {
    const session = await caseWith();
    expect(await session.changeTags({ kind: 'make', name: 'money' })).toMatchObject({ fault: 'who-missing', step: null });
  });

  it('are kept change by change, come back with the case, and are as before where the disk is full', async () => {
    const kept: Kept[] = [];
    let isFull = false;
    const session = await caseWith(async (kind, bytes) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      kept.push({ kind, bytes: bytes.slice() });
    });
    const { money } = await tagged(session);
    const view = await session.tags();
    isFull = true;
    await expect(session.changeTags({ kind: 'take', tag: money, on: { messageIds: [1] } }, WHO)).rejects.toThrow('full');
    expect(await session.tags()).toEqual(view);
    const saved = new SavedCase();
    for (const { kind, bytes } of kept) saved.add(kind, bytes);
    const again = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 0 });
    expect(await again.tags()).toEqual(view);
    expect(await idsOf(again, { tags: [money] })).toEqual([1, 4]);
  });

  it('choose a part for another officer, which holds their messages and their tags alone', async () => {
    const session = await caseWith();
    const { travel } = await tagged(session);
    await change(session, { kind: 'make', name: 'never put on anything' });
    const ids = await session.messagesOf({ tags: [travel] });
    const origin = {
      kind: 'subset',
      rule: 'tagged travel',
      filter: {},
      messages: 2,
      ofMessages: 6,
      fromLabel: 'Heron',
      madeBy: WHO,
      madeAtMs: 50,
      auditRoot: 'aa'
    } as const;
    const saved = new SavedCase();
    for (const { kind, bytes } of session.subsetBlocks(ids, origin)) saved.add(kind, bytes);
    const part = new CaseSession({ ...saved.finish(), keeper: null, clock: () => 60 });
    const { setId, total } = await part.filter({});
    expect(total).toBe(2);
    const rows = await part.rows(setId, 'time', 0, 10);
    expect(rows.map(({ body, tags }) => [body, tags.map(({ name }) => name)])).toEqual([
      ['line 4 money', ['money', 'travel']],
      ['line 5', ['travel']]
    ]);
    expect((await part.message(1))?.tagMarks).toMatchObject([{ name: 'travel', who: WHO, atMs: 1_760_000_000_000 }]);
    expect((await part.tags()).tags.map(({ name, messages }) => [name, messages])).toEqual([
      ['money', 1],
      ['travel', 2]
    ]);
  });
});

describe('sets of tags', () => {
  it('are, for every message, exactly the tags that it has', () => {
    const messages = fc.array(fc.nat({ max: 120 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 6 }), (lists) => {
        const log = new TagLog();
        for (const [i, list] of lists.entries()) {
          log.make(`tag ${i}`, WHO, 1);
          log.put(i + 1, list, WHO, 1);
        }
        const rows = 100;
        const found = tagSets(log, rows);
        for (let message = 0; message < rows; message++) {
          const tags = lists.flatMap((list, i) => (list.includes(message) ? [i + 1] : []));
          expect(found === null ? [] : found.sets[found.values[message] as number]).toEqual(tags);
        }
        expect(found === null).toBe(lists.every((list) => list.length === 0));
      })
    );
  });
});
