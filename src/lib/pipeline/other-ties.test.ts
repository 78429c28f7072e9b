/** Ties that are no talk, of invented phones and call-data records: their rows, their words, and paths over them. */
import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import { CaseSession } from './session.ts';
import type { AddressBookTie, OtherTie, SharedIdentifierTie } from './tie-contract.ts';
import { Translations } from './translations.ts';

const ANA = '+447700900100';
const BO = '+447700900101';
const CY = '+447700900102';
const NEW = '+447700900109';

const options = (number: string): ReadOptions => ({
  zone: 'Europe/London',
  dateOrder: 'dmy',
  region: 'GB',
  owner: { identifier: number, name: '' }
});

async function caseOf(files: readonly (readonly [string, string, string, string])[]): Promise<CaseSession> {
  const session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper: null, clock: () => 0 });
  for (const [name, format, owner, text] of files) {
    const report = await session.importFile(new Blob([text]), name, format, options(owner), () => {});
    expect(report.failure).toBeNull();
  }
  return session;
}

const contact = (name: string, number: string): string =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nTEL:${number}\r\nEND:VCARD\r\n`;
const chat = (other: string, lines: readonly string[]): [string, string, string, string] => [
  `WhatsApp Chat with ${other}.txt`,
  'whatsapp-text',
  ANA,
  lines.map((line, i) => `02/10/2025, 10:0${i} - ${line}\n`).join('')
];
const HANDSET = '35000000000001';
/** One handset that two numbers used in turn, and one that Cy's number alone used. */
const RECORDS = [
  'Record Type,A Number,B Number,Start Date Time,Duration (secs),IMEI,IMSI,First Cell ID',
  `MOC,447700900101,447700900102,13/05/2024 10:00:00,65,${HANDSET}1,234150000000001,c1`,
  `MOC,447700900101,447700900102,14/05/2024 10:00:00,65,${HANDSET}1,234150000000001,c1`,
  `MOC,447700900109,447700900102,20/06/2024 09:00:00,30,${HANDSET}1,234150000000002,c1`,
  'MOC,447700900102,447700900101,21/06/2024 09:00:00,30,350000000000091,234150000000009,c1'
].join('\r\n');

const label = ({ a, b }: OtherTie): string => `${a.label} ${b.label}`;

describe('ties of address books', () => {
  it('say whose entry names whom, and name the entry', async () => {
    const session = await caseOf([
      ['ana.csv', 'phone-csv', ANA, `Latitude,Longitude,Timestamp\n51.5,-0.1,02/10/2025 08:00\n`],
      chat(BO, [`${ANA}: hello`, `${BO}: yes`]),
      ['ana.vcf', 'vcard', ANA, contact('Bo van', BO) + contact('Taxi', CY)],
      ['somebody.vcf', 'vcard', '+447700900177', contact('Nobody knows', CY)]
    ]);
    const { ties, of, unowned, rule } = await session.otherTies(['address-book'], () => {});
    expect(rule).toEqual({ id: 'other-ties', version: 1 });
    expect(of).toEqual({ 'address-book': 2 });
    expect(unowned).toEqual({ 'address-book': 1 });
    const [first] = ties as AddressBookTie[];
    expect(first).toMatchObject({ kind: 'address-book', rowCount: 1 });
    expect(first!.inBookOfA + first!.inBookOfB).toBe(1);
    expect(first!.rows[0]).toMatchObject({ words: 'Bo van', provenance: { fileName: 'ana.vcf' } });
  });

  it('are never added to the talk: its weights are the same with and without them', async () => {
    const files = [chat(BO, [`${ANA}: hello`, `${BO}: yes`])];
    const asked = { maxNodes: 10, includeCalls: true, seed: 1 };
    const before = await (await caseOf(files)).network({}, asked);
    const session = await caseOf([...files, ['ana.vcf', 'vcard', ANA, contact('Bo', BO) + contact('Cy', CY)]]);
    expect((await session.otherTies(['address-book'], () => {})).ties).toHaveLength(2);
    const after = await session.network({}, asked);
    expect([...after.edgeWeight]).toEqual([...before.edgeWeight]);
    expect(after.totalEdges).toBe(1);
    expect([...after.edgeMessages]).toEqual([2]);
  });
});

describe('ties of shared handsets and cards', () => {
  it('join the numbers of one handset, with the first and last row of each, and nobody else', async () => {
    const session = await caseOf([['cdr.csv', 'cdr-csv', BO, RECORDS]]);
    const { ties } = await session.otherTies(['shared-identifier'], () => {});
    expect(ties.map(label)).toEqual([`${BO} ${NEW}`]);
    const [tie] = ties as SharedIdentifierTie[];
    expect(tie!.identifiers).toEqual([{ kind: 'handset', text: HANDSET }]);
    expect(tie!.rowCount).toBe(3);
    expect(tie!.rows.map(({ provenance }) => provenance.offset)).toEqual([2, 3, 4]);
  });

  it('are none where an officer joined the numbers as one person, and come back after undo', async () => {
    const session = await caseOf([['cdr.csv', 'cdr-csv', BO, RECORDS]]);
    const { directory } = session.store;
    const account = (e164: string): number => directory.accounts.findIndex((one) => one.e164 === e164);
    const number = async (): Promise<number> => {
      // What the identity desk does when a decision changes.
      session.store.commit();
      return (await session.otherTies(['shared-identifier'], () => {})).ties.length;
    };
    directory.join([[account(BO), account(NEW)]]);
    expect(await number()).toBe(0);
    directory.join([]);
    expect(await number()).toBe(1);
  });
});

describe('ties of nearness', () => {
  it('say on how many days, beside the days that habit alone gives, and name positions of both', async () => {
    const days = Array.from({ length: 31 }, (_, i) => i + 1);
    const together = [2, 7, 11, 16, 22, 30];
    const stamp = (day: number, time: string): string => `${String(day).padStart(2, '0')}/10/2025 ${time}`;
    const table = (rows: readonly (readonly [string, string])[]): string =>
      ['Latitude,Longitude,Timestamp', ...rows.map(([at, place]) => `${place},${at}`), ''].join('\n');
    const ana = days.flatMap((day): [string, string][] => [
      [stamp(day, '08:00'), '51.50120,-0.12550'],
      [stamp(day, together.includes(day) ? '21:05' : '15:00'), '51.55340,-0.16210']
    ]);
    const bo = days.flatMap((day): [string, string][] => [
      [stamp(day, '08:00'), '51.61230,-0.20710'],
      ...(together.includes(day) ? [[stamp(day, '21:10'), '51.55340,-0.16210'] as [string, string]] : [])
    ]);
    const [, , , talk] = chat(CY, [`${ANA}: hello`]);
    const session = await caseOf([
      ['ana.csv', 'phone-csv', ANA, table(ana)],
      chat(CY, [`${ANA}: hello`]),
      ['bo.csv', 'phone-csv', BO, table(bo)],
      ['WhatsApp Chat with +447700900110.txt', 'whatsapp-text', BO, talk.replace(ANA, BO)]
    ]);
    const shares: number[] = [];
    const { ties, unowned } = await session.otherTies(['near'], (share) => shares.push(share));
    expect(ties).toHaveLength(1);
    expect(ties[0]).toMatchObject({ kind: 'near', days: 6, daysOfBoth: 31, isMoreThanHabit: true, rowCount: 12 });
    expect(ties[0]!.rows.slice(0, 2).map(({ provenance }) => provenance.fileName)).toEqual(['ana.csv', 'bo.csv']);
    expect(unowned).toEqual({ near: 0 });
  });
});

describe('paths over ties of several kinds', () => {
  it('go over a handset where there is no talk, and say so', async () => {
    const session = await caseOf([['cdr.csv', 'cdr-csv', BO, RECORDS], chat(BO, [`${ANA}: hello`, `${BO}: yes`])]);
    const people = new Map((await session.parties({})).map(({ id, label: name }) => [name, id]));
    const party = (number: string): number =>
      session.store.directory.partyOf(session.store.directory.accounts.findIndex((one) => one.e164 === number));
    expect(people.size).toBeGreaterThan(0);
    // Messages alone: the number that used the handset later wrote to nobody.
    const onlyMessages = { services: ['whatsapp'] };
    expect(await session.path(party(ANA), party(NEW), onlyMessages)).toBeNull();
    const hops = (await session.tiePath(party(ANA), party(NEW), onlyMessages, ['shared-identifier']))!;
    expect(hops.map(({ from, to, messages }) => [from.id, to.id, messages])).toEqual([
      [party(ANA), party(BO), 2],
      [party(BO), party(NEW), 0]
    ]);
    expect(hops[0]!.others).toEqual([]);
    expect(hops[1]!.others.map(({ kind }) => kind)).toEqual(['shared-identifier']);
    expect(await session.tiePath(party(ANA), party(NEW), onlyMessages, [])).toBeNull();
  });

  it('stop when told to', async () => {
    const session = await caseOf([['cdr.csv', 'cdr-csv', BO, RECORDS]]);
    const asked = session.otherTies(['shared-identifier', 'near'], () => {});
    await session.cancelOtherTies();
    await expect(asked).rejects.toThrow('stopped');
  });
});
