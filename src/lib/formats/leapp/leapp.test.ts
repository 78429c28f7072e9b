import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInput, NO_ABORT, readInto, zipOf } from '../../../../tests/fixtures/format-fixture.ts';
import { lavaFiles, LAVA, SMS, tsvOf, WHATSAPP_MESSAGES, type LavaArtifact } from '../../../../tests/fixtures/leapp.ts';
import { leappLava } from '../leapp-lava/index.ts';
import { leappTsv } from '../leapp-tsv/index.ts';
import { recognise } from '../recognise.ts';
import { columnsOf, kindOf, serviceOf } from './columns.ts';
import { chatView } from './view.ts';

const OPTIONS = { zone: null, region: 'GB', owner: null } as const;

describe('columnsOf and kindOf', () => {
  it.each([
    ['WhatsApp - Messages', WHATSAPP_MESSAGES.headers, 'message', 'whatsapp'],
    ['sms', ['message_timestamp', 'message', 'message_direction', 'chat_contact_id'], 'message', 'sms'],
    ['Teams Call Logs', ['Call Start', 'Call Direction', 'Call State', 'Call Originator', 'Call Target'], 'call', 'teams'],
    ['Address Book', ['First Name', 'Last Name', 'Phone Numbers'], 'contact', ''],
    ['Geolocation', ['Timestamp', 'Latitude', 'Longitude'], 'location', ''],
    ['App use', ['Start', 'Bundle ID', 'Seconds'], 'generic', '']
  ])('%s', (name, headers, kind, service) => {
    expect(kindOf(name, columnsOf(headers))).toBe(kind);
    expect(serviceOf(name)).toBe(service);
  });
});

describe('chatView', () => {
  const headers = ['when', 'said', 'who', 'from_me'];
  it('takes the columns under either name of the view, and what means sent', () => {
    for (const thread of ['threadDiscriminatorColumn', 'conversationDiscriminatorColumn']) {
      const view = chatView(
        {
          timeColumn: 'When',
          textColumn: 'said',
          senderColumn: 'who',
          directionColumn: 'from_me',
          directionSentValue: 1,
          [thread]: 'who'
        },
        headers
      );
      expect([Object.fromEntries(view.columns), view.sentValue]).toEqual([
        { time: 0, text: 1, from: 2, direction: 3, thread: 2 },
        '1'
      ]);
    }
  });
  it('is none where it names no time and text', () => {
    expect(chatView({ textColumn: 'said' }, headers).columns.size).toBe(0);
    expect(chatView('said', headers).columns.size).toBe(0);
  });
});

describe('rows of artifacts', () => {
  it('a view reads a table whose headers say nothing', async () => {
    const artifact: LavaArtifact = {
      name: 'Strange app',
      table: {
        headers: ['At', 'Said', 'Who', 'Mine', 'Room'],
        rows: [
          [1709316000, 'salut', 'ana', 0, 'r1'],
          [1709316060, 'buna', 'ana', 1, 'r1']
        ]
      },
      chat: {
        timeColumn: 'at',
        textColumn: 'said',
        senderColumn: 'who',
        directionColumn: 'mine',
        directionSentValue: 1,
        threadDiscriminatorColumn: 'room',
        sentMessageStaticLabel: 'me'
      }
    };
    const { database, description } = await lavaFiles([artifact]);
    const zip = await zipOf('lava.zip', { '_lava_artifacts.db': database, '_lava_data.json': description });
    const sink = await readInto(leappLava, zip, { ...OPTIONS, owner: { identifier: 'vitor', name: '' } });
    expect(
      sink.messages.map(({ from, to, direction, body }) => [from?.identifier, to.map((ref) => ref.identifier), direction, body])
    ).toEqual([
      ['ana', ['vitor'], 'incoming', 'salut'],
      ['vitor', ['ana'], 'outgoing', 'buna']
    ]);
    // Without the description nothing says that these are messages.
    const bare = await readInto(leappLava, bytesInput('_lava_artifacts.db', database), OPTIONS);
    expect([bare.messages.length, bare.generics.length]).toEqual([0, 2]);
  });

  it('a description that is damaged is as none', async () => {
    const { database, description } = await lavaFiles(LAVA);
    for (const text of ['', '[1', '{"artifacts": 3}', description.slice(0, 300), '{"artifacts": {"a": [null, {"name": 1}]}}']) {
      const zip = await zipOf('lava.zip', { '_lava_artifacts.db': database, '_lava_data.json': text });
      expect((await readInto(leappLava, zip, OPTIONS)).messages).toHaveLength(5);
    }
  });

  it('a table by tabs of another program is none of these', async () => {
    const table = 'Date\tFrom\tTo\tMessage\n2024-05-01 10:00:00\t+447700900123\t+447700900118\tsalut\n';
    expect((await recognise(bytesInput('download.tsv', table), NO_ABORT)).recognised?.format.id).toBe('phone-csv');
    expect((await recognise(bytesInput('SMS.tsv', tsvOf(SMS)), NO_ABORT)).recognised?.format.id).toBe('leapp-tsv');
  });

  it('account for every row of random tables', async () => {
    const cell = fc.constantFrom(
      '',
      'Ana',
      '+447700900123',
      '2024-03-01 18:00:00+00:00',
      'Outgoing',
      '120363000000000001@g.us',
      'Local User',
      'x y',
      '0'
    );
    const headers = fc.uniqueArray(
      fc.constantFrom(
        'Message Timestamp',
        'Message',
        'From ID',
        'Sender Name',
        'To ID',
        'Chat ID',
        'From Me',
        'Other',
        'Duration',
        'Latitude',
        'Longitude',
        'First Name',
        'Phone Numbers'
      ),
      { minLength: 2 }
    );
    await fc.assert(
      fc.asyncProperty(
        headers,
        fc.array(fc.array(cell, { minLength: 1, maxLength: 14 }), { maxLength: 12 }),
        fc.constantFrom('SMS', 'Calls', 'Contacts', 'Other'),
        async (names, rows, name) => {
          const text = [names, ...rows].map((cells) => cells.join('\t')).join('\n');
          const sink = await readInto(leappTsv, bytesInput(`${name}.tsv`, text), OPTIONS);
          const filled = rows.filter((cells) => cells.some((one) => one.trim() !== ''));
          const places = new Set([
            ...[...sink.messages, ...sink.calls, ...sink.contacts, ...sink.locations, ...sink.generics].map(
              ({ place }) => place.offset
            ),
            ...sink.findings.filter(({ severity }) => severity === 'refusal').map(({ place }) => place?.offset)
          ]);
          expect(places.size).toBe(filled.length);
        }
      ),
      { numRuns: 150 }
    );
  });
});
