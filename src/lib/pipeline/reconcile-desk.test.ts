/** Two phones in an open case: one entry with two places, lists of what one alone holds, and nothing deleted. */
import { beforeAll, describe, expect, it } from 'vitest';
import { SourceIntake } from '../evidence/intake.ts';
import { utcMs } from '../evidence/ids.ts';
import { MessageState, type AccountRef, type MessageRecord } from '../evidence/records.ts';
import { EvidenceStore } from '../evidence/store.ts';
import type { PhonesView } from './reconcile-contract.ts';
import { reconciliation } from './reconciliation.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const MINUTE = 60_000;
const person = (n: number): AccountRef => ({
  service: 'sms',
  identifier: `+44770090000${n}`,
  rawIdentifier: `0770090000${n}`,
  e164: `+44770090000${n}`
});
const [ANA, BOGDAN, CARLA] = [person(1), person(2), person(3)];
const SKEW = 90_000;

function message(from: AccountRef, to: AccountRef, body: string, at: number, state = 0): MessageRecord {
  return {
    thread: { service: 'sms', key: 'pair', isGroup: false, members: [from, to] },
    from,
    to: [to],
    body,
    time: { raw: String(at), utcMs: utcMs(Date.UTC(2025, 4, 1) + at), basis: 'utc-by-spec' },
    direction: 'unknown',
    state,
    confidence: 'unstated',
    attachments: [],
    place: { path: '', offset: at, unit: 'byte' },
    itemId: '',
    fold: 'identical'
  };
}

function take(store: EvidenceStore, name: string, owner: AccountRef, records: readonly MessageRecord[]): void {
  const intake = new SourceIntake(store, store.sources.length, name);
  for (const record of records) {
    intake.seen('message');
    intake.message(record);
  }
  intake.account({ account: owner, isOwner: true, place: { path: '', offset: 0, unit: 'byte' } });
  const options = { zone: 'Europe/London', region: 'GB', owner: null };
  const rest = { facts: [], findings: [], devices: [], sum: intake.sum, importedAtMs: Date.UTC(2026, 0, 1), options };
  store.sources.push({ name, sizeBytes: 1, sha256Hex: name, formatId: 'sms-backup-xml', formatVersion: 1, ...rest });
  intake.commit();
}

const talk = Array.from({ length: 12 }, (_, i) =>
  message(i % 2 === 0 ? ANA : BOGDAN, i % 2 === 0 ? BOGDAN : ANA, `line number ${i}`, i * 30 * MINUTE)
);
const shifted = (record: MessageRecord, by: number): MessageRecord => ({
  ...record,
  time: { ...record.time, raw: `${record.time.raw}+`, utcMs: utcMs(Number(record.time.utcMs) + by) }
});

/** Phone B lost lines 3 and 7, shows line 5 as edited, and has one that phone A has not. */
function twoPhones(skewMs = SKEW): EvidenceStore {
  const store = new EvidenceStore();
  take(store, 'phone-a.xml', ANA, [...talk, message(ANA, CARLA, 'to someone else', 5 * MINUTE)]);
  const onB = talk
    .filter((_, i) => i !== 3 && i !== 7)
    .map((record) =>
      record.body === 'line number 5' ? { ...record, body: 'line 5, edited', state: MessageState.edited } : record
    );
  const alone = message(BOGDAN, ANA, 'never arrived', 100 * MINUTE);
  take(
    store,
    'phone-b.xml',
    BOGDAN,
    [...onB, alone].map((record) => shifted(record, skewMs))
  );
  return store;
}
const sessionOf = (store: EvidenceStore): CaseSession =>
  new CaseSession({ store, translations: new Translations(), keeper: null, clock: () => 0 });

describe('two phones in one case', () => {
  let session: CaseSession;
  let view: PhonesView;
  beforeAll(async () => {
    session = sessionOf(twoPhones());
    view = await session.phones(() => {});
  });

  it('give one entry for each message, with both places', async () => {
    const { total, of, setId } = await session.filter({});
    // 12 and one to Carla on A; on B the edited one and the one of its own.
    expect([total, of]).toEqual([15, 15]);
    expect(session.store.messages.length).toBe(24);
    const rows = await session.rows(setId, 'time', 0, 20);
    const first = await session.message(rows[0]!.id);
    expect(first?.provenance.map(({ fileName }) => fileName)).toEqual(['phone-a.xml', 'phone-b.xml']);
    expect(first?.copies).toBe(1);
    expect(first?.twins).toMatchObject([{ kind: 'text', apartMs: SKEW, isOneEntry: true }]);
    expect((await session.filter({ text: 'line' })).total).toBe(13);
    const bySource = (await session.filter({})).facets.sources.map(({ count }) => count);
    expect(bySource.sort((x, y) => x - y)).toEqual([11, 13]);
  });

  it('name the distance of the clocks with what it stands on, and list what one alone holds', async () => {
    const [pair, ...more] = view.pairs;
    expect(more).toEqual([]);
    expect(pair).toMatchObject({
      skews: [{ ms: SKEW, byText: 9, byKey: 0, sameTime: 0 }],
      byText: { count: 9 },
      changed: { count: 1 },
      ambiguous: { count: 0 },
      onlyA: { between: { count: 2 }, outside: { count: 0 }, without: { count: 0 } },
      onlyB: { between: { count: 1 } }
    });
    expect(view.folded).toBe(9);
    const textsOf = async (set: number): Promise<string[]> => {
      const { setId, total } = await session.filter({ phones: [set] });
      return (await session.rows(setId, 'time', 0, total)).map(({ body }) => body);
    };
    expect(await textsOf(pair!.onlyA.between.set)).toEqual(['line number 3', 'line number 7']);
    expect(await textsOf(pair!.onlyB.between.set)).toEqual(['never arrived']);
    // Both wordings stay in sight.
    expect(await textsOf(pair!.changed.set)).toEqual(['line number 5', 'line 5, edited']);
    expect(await textsOf(pair!.byText.set)).toHaveLength(9);
  });

  it('stay two entries where clocks are hours apart, each saying where the other is', async () => {
    const apart = sessionOf(twoPhones(3 * 60 * MINUTE));
    expect((await apart.filter({})).total).toBe(24);
    const { setId } = await apart.filter({});
    const [first] = await apart.rows(setId, 'time', 0, 1);
    expect((await apart.message(first!.id))?.twins).toMatchObject([{ apartMs: 3 * 60 * MINUTE, isOneEntry: false }]);
  });

  it('are one device where both numbers count as one person’s', async () => {
    const store = twoPhones();
    const account = (ref: AccountRef): number => store.directory.accounts.findIndex(({ e164 }) => e164 === ref.e164);
    store.directory.join([[account(ANA), account(BOGDAN)]]);
    expect((await reconciliation(store, {})).pairs).toEqual([]);
    store.directory.join([]);
    expect((await reconciliation(store, {})).standing.size).toBe(9);
  });

  it('say nothing of a case with one', async () => {
    const store = new EvidenceStore();
    take(store, 'phone-a.xml', ANA, talk);
    expect(await sessionOf(store).phones(() => {})).toMatchObject({ pairs: [], folded: 0, devices: [{ id: 0 }] });
  });
});
