import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import type { CaseFilter } from './contract.ts';
import type { IdentityAnswer, SuggestionPart, SuggestionRow } from './identity-contract.ts';
import { SavedCase } from './saved-case.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
const CLOCK_MS = Date.UTC(2025, 10, 25, 12);
const DAY_MS = 86_400_000;

/** Ray has three numbers, 111, 122 and 133, one after the other, and says so; 144 is somebody else. */
const LINES: readonly (readonly [day: number, number: string, name: string, isFrom: boolean, body: string])[] = [
  [0, '+447700900111', 'Ray', true, 'hello'],
  [1, '+447700900111', 'Ray', true, 'this is my new number 07700 900122'],
  [2, '+447700900122', 'Ray', true, 'got the van'],
  [3, '+447700900122', 'Ray', false, 'good'],
  [4, '+447700900122', 'Ray', true, 'my new number is +44 7700 900133'],
  [5, '+447700900133', 'Ray', true, 'last one'],
  [6, '+447700900144', 'Bogdan', true, 'my other number 07700 900133']
];

function smsFile(lines: typeof LINES): Blob {
  const sms = lines.map(
    ([day, number, name, isFrom, body]) =>
      `<sms protocol="0" address="${number}" date="${Date.UTC(2025, 8, 1) + day * DAY_MS}" type="${isFrom ? 1 : 2}" body="${body}" read="1" status="-1" contact_name="${name}" />`
  );
  return new Blob([`<?xml version='1.0' encoding='UTF-8' ?>\n<smses count="${lines.length}">\n${sms.join('\n')}\n</smses>\n`]);
}

interface Kept {
  readonly kind: string;
  readonly bytes: Uint8Array;
}

async function rayCase(kept: Kept[] = []): Promise<CaseSession> {
  const session = new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper: { put: async (kind, bytes) => void kept.push({ kind, bytes: bytes.slice() }) },
    clock: () => CLOCK_MS
  });
  const report = await session.importFile(smsFile(LINES), 'sms.xml', 'sms-backup-xml', OPTIONS, () => {});
  expect(report.failure).toBeNull();
  return session;
}

async function reopened(kept: readonly Kept[]): Promise<CaseSession> {
  const saved = new SavedCase();
  for (const { kind, bytes } of kept) saved.add(kind, bytes);
  return new CaseSession({ ...saved.finish(), keeper: null, clock: () => CLOCK_MS });
}

async function pair(session: CaseSession, first: string, second: string): Promise<SuggestionRow> {
  await session.identitySuggestions(() => {});
  const parts: SuggestionPart[] = ['shown', 'weaker'];
  const rows = (await Promise.all(parts.map((part) => session.suggestionRows(part, 0, 1000)))).flat();
  const found = rows.find(({ a, b }) => {
    const ends = [...a.identifiers, ...b.identifiers];
    return ends.includes(`+447700900${first}`) && ends.includes(`+447700900${second}`);
  });
  if (found === undefined) throw new Error(`nothing suggests ${first} and ${second}`);
  return found;
}

async function decide(session: CaseSession, kind: 'confirm' | 'reject', first: string, second: string): Promise<IdentityAnswer> {
  const { a, b } = await pair(session, first, second);
  return session.decideIdentity({ kind, a: a.party, b: b.party, by: 'DC 4411', words: `${first} and ${second}` });
}

/** Everything that counts by party. */
async function counted(session: CaseSession): Promise<unknown> {
  const filter: CaseFilter = {};
  const found = await session.filter(filter);
  const { elapsed_ms: _, ...network } = await session.network(filter, { maxNodes: 50, includeCalls: true, seed: 1 });
  return {
    people: await session.parties(filter),
    parties: (await session.overview()).parties,
    senders: found.facets.parties,
    receivers: (await session.filter({ partySide: 'to' })).facets.parties,
    network,
    column: [...session.store.directory.partyColumn()]
  };
}

const evidence = (session: CaseSession): string =>
  JSON.stringify([session.store.directory, [...session.store.messages.from.view()], session.store.others]);

describe('deciding who is one person', () => {
  it('shows both parties with their files, and each reason with what stands behind it', async () => {
    const session = await rayCase();
    const counts = await session.identitySuggestions(() => {});
    expect(counts).toMatchObject({ waitsForImport: false });
    const row = await pair(session, '111', '122');
    expect(row).toMatchObject({ isShown: true, decision: null, isJoinedByOthers: false });
    expect(row.a).toMatchObject({ label: 'Ray', identifiers: ['+447700900111'], services: ['sms'], files: ['sms.xml'] });
    const said = row.reasonsFor.find(({ kind }) => kind === 'said-so');
    expect(said).toMatchObject({ messageId: 1, speaker: { party: row.a.party, label: 'Ray' } });
    const named = row.reasonsFor.find(({ kind }) => kind === 'one-name' || kind === 'one-shown-name');
    expect(named).toMatchObject({ names: [{ name: 'Ray', file: 'sms.xml' }, { name: 'Ray' }] });
    expect(row.reasonsAgainst).toContainEqual({ kind: 'common-name', name: 'Ray', parties: 3 });
  });

  it('counts the confirmed two as one everywhere, leaves the evidence alone, and undo brings everything back', async () => {
    const session = await rayCase();
    const before = await counted(session);
    const untouched = evidence(session);
    const answer = await decide(session, 'confirm', '111', '122');
    expect(answer).toMatchObject({ ok: true, decision: { number: 1, decidedBy: 'DC 4411', decidedAtMs: CLOCK_MS } });
    const people = await session.parties({});
    const ray = people.find(({ identifiers }) => identifiers.includes('+447700900122'));
    expect(ray).toMatchObject({ identifiers: ['+447700900111', '+447700900122'], sent: 4, received: 1 });
    expect((await session.overview()).parties).toBe((before as { parties: number }).parties - 1);
    // The person under any of its numbers, in the filter, in the facets and in the network.
    const { a, b } = await pair(session, '111', '122');
    for (const party of [a.party, b.party]) {
      expect((await session.filter({ parties: [party] })).total).toBe(4);
      expect((await session.filter({ parties: [party], partySide: 'either' })).total).toBe(5);
      expect((await session.filter({ not: { parties: [party] } })).total).toBe(3);
    }
    const [low, high] = [Math.min(a.party, b.party), Math.max(a.party, b.party)];
    expect((await session.filter({ parties: [high, low] })).standing).toEqual([[high, low]]);
    expect((await session.filter({ not: { parties: [high] } })).standing).toEqual([[high, low]]);
    const facets = (await session.filter({})).facets.parties;
    expect(facets.find(({ value }) => value === ray?.id)?.count).toBe(4);
    const network = await session.network({}, { maxNodes: 50, includeCalls: true, seed: 1 });
    expect(network.party).not.toContain(high);
    expect(evidence(session)).toBe(untouched);
    await session.undoIdentity(1, 'DS 1', 'two Rays');
    expect(await counted(session)).toEqual(before);
    expect(await session.identityHistory()).toMatchObject([
      { number: 1, kind: 'confirm', words: '111 and 122', undone: { by: 'DS 1', words: 'two Rays', atMs: CLOCK_MS } }
    ]);
    await expect(session.undoIdentity(1, 'DS 1', '')).rejects.toThrow(RangeError);
  });

  it('still finds what the two numbers of one person wrote to each other', async () => {
    const session = new CaseSession({
      store: new EvidenceStore(),
      translations: new Translations(),
      keeper: null,
      clock: () => 0
    });
    const lines = smsFile([
      [0, '+447700900111', 'Ray', false, 'my new number 07700 900111'],
      [1, '+447700900111', 'Ray', true, 'got it'],
      [2, '+447700900144', 'Bogdan', false, 'hello']
    ]);
    await session.importFile(lines, 'sms.xml', 'sms-backup-xml', OPTIONS, () => {});
    const { a, b, reasonsAgainst } = await pair(session, '100', '111');
    expect(reasonsAgainst).toContainEqual({ kind: 'wrote-to-each-other', count: 2 });
    const between: CaseFilter = { between: [a.party, b.party] };
    expect((await session.filter(between)).total).toBe(2);
    await decide(session, 'confirm', '100', '111');
    expect((await session.filter(between)).total).toBe(2);
  });

  it('lists each account of a person with its own files, and who joined them', async () => {
    const session = await rayCase();
    await decide(session, 'confirm', '111', '122');
    const { b } = await pair(session, '111', '122');
    const { accounts, decisions } = await session.personAccounts(b.party);
    expect(accounts.map(({ identifier, files }) => [identifier, files])).toEqual([
      ['+447700900111', ['sms.xml']],
      ['+447700900122', ['sms.xml']]
    ]);
    expect(decisions).toMatchObject([{ number: 1, decidedBy: 'DC 4411' }]);
  });

  it('says which decision stands in the way, in either direction', async () => {
    const session = await rayCase();
    await decide(session, 'confirm', '111', '122');
    expect(await decide(session, 'confirm', '111', '122')).toMatchObject({ fault: 'decided-before', decision: { number: 1 } });
    await decide(session, 'reject', '122', '133');
    expect(await decide(session, 'confirm', '111', '133')).toMatchObject({ fault: 'kept-apart', decision: { number: 2 } });
    await session.undoIdentity(2, 'DC 4411', '');
    await decide(session, 'confirm', '122', '133');
    expect(await decide(session, 'reject', '111', '133')).toMatchObject({ ok: false, fault: 'joined-by-others' });
    expect(await pair(session, '111', '133')).toMatchObject({ decision: null, isJoinedByOthers: true });
    expect((await session.parties({})).find(({ identifiers }) => identifiers.length === 3)).toBeDefined();
    // A confirmation of a pair that is one already is a statement of its own, and holds when the others go.
    expect(await decide(session, 'confirm', '111', '133')).toMatchObject({ ok: true });
    await session.undoIdentity(1, 'DC 4411', '');
    const { a, b } = await pair(session, '111', '133');
    expect(session.store.directory.standing(a.party)).toBe(session.store.directory.standing(b.party));
  });

  it('is there after the case was closed and opened, with the words and reasons of that time', async () => {
    const kept: Kept[] = [];
    const session = await rayCase(kept);
    await decide(session, 'confirm', '111', '122');
    await decide(session, 'reject', '122', '133');
    await decide(session, 'reject', '144', '133');
    await session.undoIdentity(2, 'DC 4411', 'on second thoughts');
    expect(kept.filter(({ kind }) => kind === 'identity')).toHaveLength(4);
    const again = await reopened(kept);
    expect(await counted(again)).toEqual(await counted(session));
    expect(await again.identityHistory()).toEqual(await session.identityHistory());
    // An import after it leaves the decisions as they are.
    const more = smsFile([[9, '+447700900122', 'Ray', true, 'still here']]);
    await again.importFile(more, 'more.xml', 'sms-backup-xml', OPTIONS, () => {});
    const ray = (await again.parties({})).find(({ identifiers }) => identifiers.includes('+447700900111'));
    expect(ray).toMatchObject({ identifiers: ['+447700900111', '+447700900122'], sent: 5 });
  });

  it('makes none while an import is under way or the evidence changed since', async () => {
    const session = await rayCase();
    const { a, b } = await pair(session, '111', '122');
    const request = { kind: 'confirm', a: a.party, b: b.party, by: 'x', words: '' } as const;
    const importing = session.importFile(
      smsFile([[9, '+447700900155', 'Z', true, 'x']]),
      'm.xml',
      'sms-backup-xml',
      OPTIONS,
      () => {}
    );
    expect(await session.identitySuggestions(() => {})).toMatchObject({ waitsForImport: true });
    expect(await session.decideIdentity(request)).toMatchObject({ ok: false, fault: 'import-under-way' });
    await importing;
    expect(await session.decideIdentity(request)).toMatchObject({ ok: false, fault: 'out-of-date' });
    expect(await session.suggestionRows('shown', 0, 9)).toEqual([]);
    expect(await session.identityHistory()).toEqual([]);
  });

  it('stops when told to, and looks again afterwards', async () => {
    const session = await rayCase();
    const looking = session.identitySuggestions(() => {});
    await session.cancelIdentity();
    await expect(looking).rejects.toThrow('stopped');
    expect((await session.identitySuggestions(() => {})).shown).toBeGreaterThan(0);
  });

  it('gives after any sequence what the decisions that count give, and undoing all gives the beginning', async () => {
    const kept: Kept[] = [];
    const session = await rayCase(kept);
    const before = await counted(session);
    const pairs = [
      ['111', '122'],
      ['122', '133'],
      ['111', '133'],
      ['133', '144']
    ] as const;
    const step = fc.record({ act: fc.constantFrom('confirm', 'reject', 'undo'), at: fc.nat(3), back: fc.nat(9) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        for (const { act, at, back } of steps) {
          const standing = (await session.identityHistory()).filter(({ undone }) => undone === null);
          const [first, second] = pairs[at]!;
          if (act !== 'undo') await decide(session, act, first, second);
          else if (standing.length > 0) await session.undoIdentity(standing[back % standing.length]!.number, 'DC', '');
        }
        const history = await session.identityHistory();
        // No decision contradicts another.
        for (const { kind, a, b, undone } of history) {
          const isOne = session.store.directory.standing(a.party) === session.store.directory.standing(b.party);
          if (undone === null) expect(isOne).toBe(kind === 'confirm');
        }
        expect(await counted(await reopened(kept))).toEqual(await counted(session));
        for (const { number, undone } of history) if (undone === null) await session.undoIdentity(number, 'DC', '');
        expect(await counted(session)).toEqual(before);
      }),
      { numRuns: 15 }
    );
  });
});
