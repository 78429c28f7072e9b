/** Cards, handsets and numbers over time, of invented call-data records and a phone's messages. */
import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import type { UseLane, UseLanesView } from './lanes-contract.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const OLD_CARD = '234150000000001';
const NEW_CARD = '234150000000002';
const OTHERS_CARD = '234150000000009';
const HANDSET = '35000000000001';
const OTHERS_HANDSET = '35000000000002';
const HEADER = 'Record Type,A Number,B Number,Start Date Time,Duration (secs),IMEI,IMSI,First Cell ID';
/** One handset: the old card in May, the new one from the 20th; the other side has a handset of its own. */
const RECORDS = [
  HEADER,
  `MOC,447700900123,447700900124,13/05/2024 10:00:00,65,${HANDSET}1,${OLD_CARD},c1`,
  // The other leg of the same call: B's own handset and card.
  `MTC,447700900123,447700900124,13/05/2024 10:00:04,65,${OTHERS_HANDSET}9,${OTHERS_CARD},c2`,
  `MTC,447700900124,447700900123,14/05/2024 11:00:00,20,${HANDSET}1,${OLD_CARD},c1`,
  `GPRS,447700900133,,20/05/2024 09:07:00,600,${HANDSET}1,${NEW_CARD},c1`,
  `MOC,447700900133,447700900124,21/05/2024 09:00:00,30,${HANDSET}1,${NEW_CARD},c1`,
  // A rest of more than a fortnight ends a span.
  `MOC,447700900133,447700900124,20/06/2024 09:00:00,30,${HANDSET}1,${NEW_CARD},c1`
].join('\r\n');
const AT = (iso: string): number => Date.parse(iso);

async function caseOf(files: Readonly<Record<string, string>>): Promise<CaseSession> {
  const session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper: null, clock: () => 0 });
  for (const [name, text] of Object.entries(files)) {
    const options = { zone: 'UTC', region: 'GB', owner: { identifier: '07700900123', name: 'Ana' } };
    const report = await session.importFile(new Blob([text]), name, 'cdr-csv', options, () => {});
    expect(report.failure).toBeNull();
  }
  return session;
}

const lane = ({ lanes }: UseLanesView, text: string): UseLane => {
  const found = lanes.find((one) => one.text === text);
  if (found === undefined) throw new Error(`no lane ${text} among ${lanes.map((one) => one.text).join(', ')}`);
  return found;
};
const beside = (view: UseLanesView, text: string): (readonly [string, number])[] =>
  lane(view, text).together.map(({ lane: at, uses }) => [view.lanes[at]!.text, uses]);

describe('lanes of use', () => {
  it('say which card was in which handset, when, and with which number', async () => {
    const view = await (await caseOf({ 'cdr.csv': RECORDS })).useLanes(() => {});
    expect(view.lanes.map(({ kind }) => kind).slice(0, 5)).toEqual(['handset', 'handset', 'sim', 'sim', 'sim']);
    expect(lane(view, OLD_CARD)).toMatchObject({
      kind: 'sim',
      dated: 2,
      spans: [{ fromMs: AT('2024-05-13T10:00:00Z'), toMs: AT('2024-05-14T11:00:00Z'), uses: 2 }],
      files: ['cdr.csv'],
      byTurnsWith: []
    });
    expect(lane(view, NEW_CARD).spans.map(({ uses }) => uses)).toEqual([2, 1]);
    expect(beside(view, HANDSET)).toEqual([
      [OLD_CARD, 2],
      [NEW_CARD, 3],
      ['+447700900123', 2],
      ['+447700900133', 3]
    ]);
    expect(beside(view, NEW_CARD)).toEqual([
      [HANDSET, 3],
      ['+447700900133', 3]
    ]);
  });

  it('list a card by its serial number where a file gives one, beside its IMSI, handset and number', async () => {
    const serial = '8944100000000000012';
    const rows = RECORDS.split('\r\n').slice(0, 2);
    const text = [`${rows[0]!},ICCID`, `${rows[1]!},${serial}F`].join('\r\n');
    const view = await (await caseOf({ 'cdr.csv': text })).useLanes(() => {});
    expect(lane(view, serial)).toMatchObject({ kind: 'iccid', dated: 1, files: ['cdr.csv'] });
    expect(beside(view, serial)).toEqual([
      [HANDSET, 1],
      [OLD_CARD, 1],
      ['+447700900123', 1]
    ]);
    expect(view.rule).toEqual({ id: 'lanes', version: 2 });
  });

  it('give nobody the handset of the other side', async () => {
    const view = await (await caseOf({ 'cdr.csv': RECORDS })).useLanes(() => {});
    // The row of B's leg was folded into A's: whose it is stands nowhere else, so no number is named with it.
    expect(beside(view, OTHERS_HANDSET)).toEqual([[OTHERS_CARD, 1]]);
    expect(view.lanes.every(({ text }) => text !== '+447700900124')).toBe(true);
  });

  it('name file and row of the first and the last use', async () => {
    const view = await (await caseOf({ 'cdr.csv': RECORDS })).useLanes(() => {});
    const [first, last] = lane(view, NEW_CARD).examples;
    expect(first).toMatchObject({
      what: 'record',
      utcMs: AT('2024-05-20T09:07:00Z'),
      provenance: { fileName: 'cdr.csv', unit: 'row', offset: 5 }
    });
    expect(last).toMatchObject({ utcMs: AT('2024-06-20T09:00:00Z'), provenance: { offset: 7 } });
    expect(first!.timeRaw).toContain('20/05/2024');
  });

  it('tell two cards that were used by turns from one that took the other’s place', async () => {
    const turns = RECORDS.split('\r\n').concat(`MOC,447700900123,447700900124,25/05/2024 10:00:00,65,${HANDSET}1,${OLD_CARD},c1`);
    const view = await (await caseOf({ 'cdr.csv': turns.join('\r\n') })).useLanes(() => {});
    expect(lane(view, OLD_CARD).byTurnsWith.map((at) => view.lanes[at]!.text)).toEqual([NEW_CARD]);
    expect(lane(view, NEW_CARD).byTurnsWith.map((at) => view.lanes[at]!.text)).toEqual([OLD_CARD]);
  });

  it('count a call that rings for nobody, and one that is answered for both', async () => {
    const rung = [
      HEADER,
      `MOC,447700900125,447700900123,13/05/2024 10:00:00,0,${HANDSET}1,${OLD_CARD},c1`,
      `MOC,447700900125,447700900123,14/05/2024 10:00:00,9,${HANDSET}1,${OLD_CARD},c1`
    ].join('\r\n');
    const view = await (await caseOf({ 'cdr.csv': rung })).useLanes(() => {});
    expect(lane(view, '+447700900125').dated).toBe(2);
    expect(lane(view, '+447700900123').dated).toBe(1);
  });

  it('show the numbers of a person whom an officer joined, and no longer after undo', async () => {
    const session = await caseOf({ 'cdr.csv': RECORDS });
    const { directory } = session.store;
    const account = (e164: string): number => directory.accounts.findIndex((one) => one.e164 === e164);
    const listed = async (): Promise<string[]> => (await session.useLanes(() => {})).lanes.map(({ text }) => text);
    const before = await listed();
    expect(before).not.toContain('+447700900124');
    directory.join([[account('+447700900124'), account('+447700900133')]]);
    const view = await session.useLanes(() => {});
    expect(lane(view, '+447700900124').person?.party).toBe(lane(view, '+447700900133').person?.party);
    directory.join([]);
    expect(await listed()).toEqual(before);
  });

  it('are none of an empty case, and stop when told to', async () => {
    const empty = await caseOf({});
    expect(await empty.useLanes(() => {})).toMatchObject({ lanes: [], fromMs: null, toMs: null });
    const session = await caseOf({ 'cdr.csv': RECORDS });
    const stopped = session.useLanes(() => {});
    void session.cancelUseLanes();
    await expect(stopped).rejects.toThrow('stopped');
  });
});
