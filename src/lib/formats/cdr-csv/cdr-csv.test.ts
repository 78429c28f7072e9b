import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BARE_RECORDS, OPERATOR_RECORDS } from '../../../../tests/fixtures/cdr.ts';
import { bytesInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import { say } from '../../evidence/wording/sentence.ts';
import { recognise } from '../recognise.ts';
import { cdrCsv } from './index.ts';
import { columnsOf, operatorOf } from './columns.ts';
import { OpenLegs } from './legs.ts';
import { recordType } from './record-type.ts';

const OWNER = { identifier: '07700900123', name: '' };
const OPTIONS = { zone: 'UTC', region: 'GB', owner: OWNER } as const;

describe('columnsOf', () => {
  it.each([
    [
      'Event Type,A Number,B Number,Start Time,Duration,A IMEI,A IMSI,A First Cell,A Last Cell',
      { type: 0, a: 1, b: 2, time: 3, duration: 4, imei: 5, imsi: 6, firstCell: 7, lastCell: 8 },
      'EE'
    ],
    [
      'Call Type,Calling Number,Called Number,Date,Time,Duration,IMEI,IMSI,Start Cell ID,End Cell ID,Start Azimuth',
      { type: 0, a: 1, b: 2, date: 3, clock: 4, duration: 5, imei: 6, imsi: 7, firstCell: 8, lastCell: 9, firstAzimuth: 10 },
      'O2'
    ],
    [
      'RECORD TYPE,A_NUMBER,B_NUMBER,CALL START DATE TIME,DURATION (SECS),IMEI,IMSI,FIRST CELL ID,LAST CELL ID',
      { type: 0, a: 1, b: 2, time: 3, duration: 4, imei: 5, imsi: 6, firstCell: 7, lastCell: 8 },
      'Vodafone'
    ],
    [
      'Type of Call,Originating Number,Terminating Number,Date and Time,Duration,IMEI',
      { type: 0, a: 1, b: 2, time: 3, duration: 4, imei: 5 },
      'Three'
    ],
    ['From,To,Date Time,IMEI', { a: 0, b: 1, time: 2, imei: 3 }, null]
  ])('%s', (header, columns, operator) => {
    expect(Object.fromEntries(columnsOf(header.split(',')))).toEqual(columns);
    expect(operatorOf(header.split(','))).toBe(operator);
  });
});

describe('recordType', () => {
  it.each([
    ['MOC', { kind: 'call', leg: 'made', isVoicemail: false, service: 'phone' }],
    ['Voice MT', { kind: 'call', leg: 'received', isVoicemail: false, service: 'phone' }],
    ['SMS-MO', { kind: 'message', leg: 'made', isVoicemail: false, service: 'sms' }],
    ['Call Forward', { kind: 'call', leg: 'forwarded', isVoicemail: false, service: 'phone' }],
    ['Voicemail deposit', { kind: 'call', leg: null, isVoicemail: true, service: 'phone' }],
    ['GPRS', { kind: 'data', leg: null, isVoicemail: false, service: 'phone' }],
    ['Picture message', { kind: 'message', leg: null, isVoicemail: false, service: 'mms' }],
    ['', { kind: 'call', leg: null, isVoicemail: false, service: 'phone' }]
  ])('%s', (word, type) => expect(recordType(word)).toEqual(type));
});

describe('OpenLegs', () => {
  it('pairs one made with one received of the same call, once', () => {
    const legs = new OpenLegs();
    const leg = (side: 'made' | 'received', s: number, duration_s: number | null = 60) => ({
      key: 'a b',
      side,
      utcMs: s * 1000,
      duration_s
    });
    expect(legs.pairs(leg('made', 0))).toBe(false);
    expect(legs.pairs(leg('made', 2))).toBe(false);
    expect(legs.pairs(leg('received', 4))).toBe(true);
    expect(legs.pairs(leg('received', 5))).toBe(true);
    expect(legs.pairs(leg('received', 6))).toBe(false);
    expect(legs.pairs(leg('made', 7, 90))).toBe(false);
    expect(legs.pairs(leg('made', 30))).toBe(false);
  });
});

describe('call-data records', () => {
  it('are recognised with a header and without, and ask for the clock and the subscriber', async () => {
    for (const text of [OPERATOR_RECORDS, BARE_RECORDS])
      expect((await recognise(bytesInput('file.bin', text), NO_ABORT)).recognised?.format.id).toBe('cdr-csv');
    const { questions, facts } = await cdrCsv.probe(
      bytesInput('cdr.csv', OPERATOR_RECORDS),
      { zone: null, region: 'GB', owner: null },
      NO_ABORT
    );
    expect(questions.map(({ kind, reason }) => [kind, say(reason).slice(0, 30)])).toEqual([
      ['zone', 'Networks keep their records in'],
      ['owner', 'The records do not say whose t']
    ]);
    expect(facts.slice(0, 2).map((fact) => say(fact))).toEqual(['8 records', 'Layout as Vodafone hands it out']);
  });

  it('pair legs, know forwards and voicemail, and give cells as areas', async () => {
    const sink = await readInto(cdrCsv, bytesInput('cdr.csv', OPERATOR_RECORDS), OPTIONS);
    expect(
      sink.calls.map(({ from, to, outcome, direction, place }) => [
        place.offset,
        from?.e164,
        to.map((ref) => ref.identifier),
        outcome,
        direction
      ])
    ).toEqual([
      [4, '+447700900123', ['+447700900124'], 'answered', 'outgoing'],
      [6, '+447700900123', ['+447700900124'], 'answered', 'outgoing'],
      [7, '+447700900125', ['+447700900123', '+447700900126'], 'answered', 'incoming'],
      [8, '+447700900123', ['121'], 'voicemail', 'outgoing'],
      [11, '+447700900127', ['+447700900123'], 'missed', 'incoming']
    ]);
    expect(sink.folds).toMatchObject([{ kind: 'call', place: { offset: 5 } }]);
    expect(sink.messages.map(({ body, to }) => [body, to[0]?.identifier])).toEqual([['', '60777']]);
    expect(sink.locations.every(({ kind }) => kind === 'cell')).toBe(true);
    expect(sink.locations.slice(0, 3).map(({ label, time }) => [label, time.utcMs])).toEqual([
      ['234-15-101-1, azimuth 120°, SW1A 1AA', Date.UTC(2024, 4, 13, 10)],
      ['234-15-101-2, azimuth 240°', Date.UTC(2024, 4, 13, 10, 1, 5)],
      ['234-15-300-9, azimuth 0°', Date.UTC(2024, 4, 13, 10, 0, 4)]
    ]);
    // The handset of the folded leg is not lost.
    expect(sink.generics.find(({ place }) => place.offset === 5)?.fields).toContainEqual(['IMEI', '350000000000029']);
    expect(sink.generics.find(({ type }) => type === 'Data session')?.fields).toContainEqual(['Record Type', 'GPRS']);
    expect(sink.sum.refused).toBe(1);
  });

  it('read the same clock as UTC or as London’s, as told', async () => {
    const london = await readInto(cdrCsv, bytesInput('cdr.csv', OPERATOR_RECORDS), { ...OPTIONS, zone: 'Europe/London' });
    expect(london.calls[0]?.time).toMatchObject({ utcMs: Date.UTC(2024, 4, 13, 9), basis: 'zone-chosen-by-officer' });
    expect(london.calls.at(-1)?.time.ambiguous).toBe(true);
  });

  it('without a header find out which coordinate is which, or say that they cannot', async () => {
    const whole = await readInto(cdrCsv, bytesInput('cdr.csv', BARE_RECORDS), OPTIONS);
    expect(whole.locations.map(({ latitude_deg, longitude_deg }) => [latitude_deg, longitude_deg])).toEqual([
      [51.5072, -0.1276],
      [51.5072, -0.1276],
      [35.6895, 139.6917]
    ]);
    expect(whole.calls.map(({ direction, from }) => [direction, from?.e164])).toEqual([
      ['outgoing', '+447700900123'],
      ['incoming', '+447700900125']
    ]);
    const open = await readInto(cdrCsv, bytesInput('cdr.csv', BARE_RECORDS.split('\n').slice(0, 2).join('\n')), OPTIONS);
    expect(open.locations.map(({ latitude_deg, label }) => [latitude_deg, label])).toEqual([
      [null, '-0.1276 51.5072'],
      [null, '-0.1276 51.5072']
    ]);
    expect(open.findings.some(({ sentence: { code } }) => code === 'cdr-positions-open')).toBe(true);
  });

  it('account for every row of random records', async () => {
    const number = fc.constantFrom('447700900123', '447700900124', '60777', '', 'WITHHELD', '4.477E+11');
    const row = fc.tuple(
      fc.constantFrom('MOC', 'MTC', 'SMS MT', 'GPRS', 'CFU', '', '?'),
      number,
      number,
      number,
      fc.constantFrom('13/05/2024 10:00:00', '14/05/2024 10:00:03', 'soon', ''),
      fc.constantFrom('0', '65', '00:01:05', ''),
      fc.constantFrom('234-15-1', ''),
      fc.constantFrom('234-15-2', '')
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const text = [
          'Type,A Number,B Number,C Number,Start Time,Duration,First Cell,Last Cell',
          ...rows.map((cells) => cells.join(','))
        ].join('\n');
        const sink = await readInto(cdrCsv, bytesInput('cdr.csv', text), { ...OPTIONS, dateOrder: 'dmy' });
        const filled = rows.filter((cells) => cells.some((cell) => cell !== ''));
        const isData = (cells: readonly string[]): boolean => cells[0] === 'GPRS';
        const { byKind } = sink.sum;
        expect(byKind.call.seen + byKind.message.seen + sink.generics.filter(({ type }) => type === 'Data session').length).toBe(
          filled.length
        );
        expect(sink.generics.filter(({ type }) => type === 'Data session')).toHaveLength(filled.filter(isData).length);
      }),
      { numRuns: 100 }
    );
  });
});
