import { describe, expect, it } from 'vitest';
import { read, report, TIME } from '../../../../tests/fixtures/ufed-read.ts';
import { party, type FieldSpec, type ModelSpec } from '../../../../tests/fixtures/ufed-report.ts';
import { MessageState } from '../../evidence/records.ts';

describe('ufed-xml: other models', () => {
  it("reads SMS with roles, folders and the phone's own number", async () => {
    const sms = (folder: string, role: string): ModelSpec => ({
      type: 'SMS',
      id: folder,
      fields: [
        ['Body', folder],
        ['Folder', folder],
        ['TimeStamp', TIME],
        ['Parties', [party('07700 900002', 'Ana', { role })]]
      ]
    });
    const sink = await read(
      report([sms('Inbox', 'From'), sms('Sent', 'To'), sms('Drafts', 'General')], { device: { MSISDN: '+447700900001' } })
    );
    expect(
      sink.messages.map((message) => [
        message.direction,
        message.from?.identifier ?? null,
        message.to.map((ref) => ref.identifier)
      ])
    ).toEqual([
      ['incoming', '+447700900002', ['+447700900001']],
      ['outgoing', '+447700900001', ['+447700900002']],
      ['outgoing', '+447700900001', ['+447700900002']]
    ]);
    expect(new Set(sink.messages.map((message) => message.thread.key))).toEqual(new Set(['+447700900002']));
    expect(sink.devices).toContainEqual(expect.objectContaining({ name: 'MSISDN', value: '+447700900001' }));
  });

  it('keeps what a report says beside a fact of the device: when a card was last used', async () => {
    const whole = report([], { device: { IMSI: '001010000000011' } });
    const dated = whole.replace('name="IMSI"', 'name="IMSI" group="Last known use: 2025-11-02T10:00:00"');
    expect(dated).not.toBe(whole);
    expect((await read(dated)).devices).toContainEqual(
      expect.objectContaining({ name: 'IMSI', value: '001010000000011 (Last known use: 2025-11-02T10:00:00)' })
    );
    expect((await read(whole)).devices).toContainEqual(expect.objectContaining({ name: 'IMSI', value: '001010000000011' }));
  });

  it('reads calls', async () => {
    const call = (type: string, duration: string): ModelSpec => ({
      type: 'Call',
      id: type,
      fields: [
        ['Source', ''],
        ['Type', type],
        ['TimeStamp', TIME],
        ['Duration', duration, { type: 'TimeSpan' }],
        ['VideoCall', 'False'],
        ['Parties', [party('07700900002', 'Ana', { role: type === 'Outgoing' ? 'To' : 'From' })]]
      ]
    });
    const sink = await read(
      report([call('Incoming', '00:01:05'), call('Outgoing', '00:00:00'), call('Missed', '00:00:00'), call('Rejected', '')])
    );
    expect(sink.calls.map(({ direction, outcome, duration_s, service }) => [direction, outcome, duration_s, service])).toEqual([
      ['incoming', 'answered', 65, 'phone'],
      ['outgoing', 'unknown', 0, 'phone'],
      ['incoming', 'missed', 0, 'phone'],
      ['incoming', 'rejected', null, 'phone']
    ]);
    expect(sink.calls[0]?.from?.e164).toBe('+447700900002');
  });

  it('reads contacts, user accounts and e-mails', async () => {
    const entry = (type: string, value: string): ModelSpec => ({
      type,
      id: value,
      fields: [
        ['Category', 'Mobile'],
        ['Value', value]
      ]
    });
    const sink = await read(
      report([
        {
          type: 'Contact',
          id: 'c1',
          deleted: 'Deleted',
          fields: [
            ['Name', 'Ana Pop'],
            ['Source', ''],
            ['Entries', [entry('PhoneNumber', '07700 900002'), entry('EmailAddress', 'Ana@example.org')]],
            ['Organizations', [{ type: 'Organization', id: 'o', fields: [['Name', 'Acme']] }]],
            ['Notes', 'cousin']
          ]
        },
        {
          type: 'UserAccount',
          id: 'u1',
          fields: [
            ['Name', 'Me'],
            ['Username', 'me@example.org'],
            ['Source', 'Mail'],
            ['Entries', [entry('PhoneNumber', '07700900001')]]
          ]
        },
        {
          type: 'Email',
          id: 'e1',
          fields: [
            ['Subject', 'Rota'],
            ['Body', 'see below'],
            ['TimeStamp', TIME],
            ['From', [party('ana@example.org', 'Ana')]],
            ['To', [party('me@example.org', 'Me', { owner: true })]]
          ]
        }
      ])
    );
    expect(sink.contacts[0]).toMatchObject({
      name: 'Ana Pop',
      organisation: 'Acme',
      notes: 'cousin',
      state: MessageState.deletedByUser | MessageState.recovered
    });
    expect(sink.contacts[0]?.accounts.map((ref) => [ref.service, ref.identifier])).toEqual([
      ['phone', '+447700900002'],
      ['email', 'ana@example.org']
    ]);
    expect(sink.accounts.map(({ account, isOwner }) => [account.identifier, isOwner])).toEqual([
      ['me@example.org', true],
      ['+447700900001', true]
    ]);
    expect(sink.messages[0]).toMatchObject({
      body: 'Rota\n\nsee below',
      direction: 'incoming',
      thread: { service: 'email', key: 'ana@example.org' }
    });
  });

  it('reads locations with decimal commas, cells as areas, points of a journey, and what was shared in a message', async () => {
    const position = (latitude: string, longitude: string): FieldSpec => [
      'Position',
      [
        {
          type: 'Coordinate',
          id: '',
          fields: [
            ['Longitude', longitude, { type: 'Double' }],
            ['Latitude', latitude, { type: 'Double' }]
          ]
        }
      ]
    ];
    const sink = await read(
      report([
        {
          type: 'Location',
          id: 'l1',
          fields: [['TimeStamp', TIME], ['Name', 'Depot'], ['Precision', '25,5'], position('51,5074', '-0,1278')]
        },
        { type: 'Location', id: 'l2', fields: [['Name', 'Nowhere'], position('951', '0')] },
        {
          type: 'CellTower',
          id: 'l3',
          fields: [['MCC', '234'], ['MNC', '10'], ['LAC', '1'], ['CID', '99'], position('51.5', '-0.1')]
        },
        {
          type: 'Journey',
          id: 'j1',
          fields: [
            ['Name', 'To the coast'],
            ['WayPoints', [{ type: 'Location', id: 'w1', fields: [['TimeStamp', TIME], position('50.8', '-0.1')] }]]
          ]
        },
        { type: 'InstantMessage', id: 'm1', fields: [['Body', 'come here'], ['TimeStamp', TIME], position('50.7', '-0.2')] }
      ])
    );
    expect(
      sink.locations.map(({ latitude_deg, longitude_deg, kind, label, precision_m }) => [
        latitude_deg,
        longitude_deg,
        kind,
        label,
        precision_m
      ])
    ).toEqual([
      [51.5074, -0.1278, 'point', 'Depot', 25.5],
      [null, null, 'point', 'Nowhere', null],
      [51.5, -0.1, 'cell', '234-10-1-99', null],
      [50.8, -0.1, 'journey', 'To the coast', null],
      [50.7, -0.2, 'shared', 'shared in a message', null]
    ]);
    expect(sink.generics.map((record) => record.type)).toEqual(['Journey']);
  });

  it('reads Base64String fields, several extractions, and the facts of the case', async () => {
    const sink = await read(
      report(
        [
          {
            type: 'SMS',
            id: 's1',
            fields: [
              ['Body', btoa('text in base64'), { format: 'Base64String' }],
              ['TimeStamp', TIME]
            ]
          },
          {
            type: 'SMS',
            id: 's2',
            fields: [
              ['Body', btoa('\u0001\u0002'), { format: 'Base64String' }],
              ['TimeStamp', TIME]
            ]
          }
        ],
        {
          extractions: ['Logical', 'File System'],
          caseFields: { 'Case number': 'AB/12/24' },
          device: { IMEI: '004400152020001' }
        }
      )
    );
    expect(sink.messages.map((message) => message.body)).toEqual(['text in base64', btoa('\u0001\u0002')]);
    expect(sink.devices.map(({ name, value }) => [name, value])).toEqual([
      ['Extraction', '0 Logical, Logical, Invented phone'],
      ['Extraction', '1 File System, File System, Invented phone'],
      ['Case number', 'AB/12/24'],
      ['IMEI', '004400152020001']
    ]);
  });
});
