import { describe, expect, it } from 'vitest';
import { chat, mine, OWN, PEER, read, report, theirs, TIME } from '../../../../tests/fixtures/ufed-read.ts';
import { instantMessage, party, type FieldSpec, type ModelSpec } from '../../../../tests/fixtures/ufed-report.ts';
import { MessageState } from '../../evidence/records.ts';

const THIRD = '447700900003@s.whatsapp.net';

describe('ufed-xml: chats', () => {
  it('reads a conversation with its thread, parties, direction and time', async () => {
    const sink = await read(
      report([
        chat([
          instantMessage({ id: 'a1', from: theirs, body: 'salut, vii?', time: TIME }),
          instantMessage({ id: 'a2', from: mine, to: [theirs], body: 'da & <acum>', time: TIME })
        ])
      ])
    );
    const [first, second] = sink.messages;
    expect(first).toMatchObject({
      body: 'salut, vii?',
      direction: 'incoming',
      itemId: 'A1',
      confidence: 'high',
      fold: 'identical',
      from: { e164: '+447700900002', name: 'Ana' }
    });
    expect(first?.time).toEqual({ raw: TIME, utcMs: Date.UTC(2024, 4, 1, 9), basis: 'offset-in-data' });
    expect(first?.thread).toMatchObject({ service: 'whatsapp', key: '+447700900002', isGroup: false });
    expect(first?.thread.members.map((member) => member.identifier)).toEqual(['+447700900001', '+447700900002']);
    expect(second).toMatchObject({
      body: 'da & <acum>',
      direction: 'outgoing',
      from: { identifier: '+447700900001' },
      to: [{ identifier: '+447700900002' }]
    });
    expect(first?.thread).toBe(second?.thread);
  });

  it('tells the byte of each message in the report', async () => {
    const xml = report([
      chat([
        instantMessage({ id: 'a1', from: theirs, body: 'ă', time: TIME }),
        instantMessage({ id: 'a2', from: mine, body: 'b', time: TIME })
      ])
    ]);
    const sink = await read(xml);
    const bytes = new TextEncoder().encode(xml);
    for (const message of sink.messages) {
      expect(message.place.unit).toBe('byte');
      const at = new TextDecoder().decode(bytes.slice(message.place.offset, message.place.offset + 60));
      expect(at).toContain(`<model type="InstantMessage" id="${message.itemId.toLowerCase()}"`);
    }
  });

  it('keeps a group as one thread with members', async () => {
    const sink = await read(
      report([
        chat([instantMessage({ id: 'a1', from: theirs, body: 'x', time: TIME })], {
          id: '12036304000@g.us',
          name: 'Echipa',
          parties: [party(OWN, 'Me', { owner: true }), party(PEER, 'Ana'), party(THIRD, 'Ion')]
        })
      ])
    );
    expect(sink.messages[0]?.thread).toMatchObject({ key: '12036304000@g.us', name: 'Echipa', isGroup: true });
    expect(sink.messages[0]?.thread.members).toHaveLength(3);
  });

  it('keeps messages that come before the chat says which one it is', async () => {
    const early: ModelSpec = {
      type: 'Chat',
      id: 'c',
      fields: [
        ['Source', 'WhatsApp'],
        ['Messages', [instantMessage({ id: 'a1', from: theirs, body: 'x', time: TIME })]],
        ['Id', PEER],
        ['Participants', [party(PEER, 'Ana')]]
      ]
    };
    expect((await read(report([early]))).messages[0]?.thread.key).toBe('+447700900002');
  });

  it('keeps a chat without messages, quoted messages and unknown models as named text', async () => {
    const quoted = instantMessage({ id: 'q1', from: theirs, body: 'the quoted one', time: TIME });
    const sink = await read(
      report([
        chat([], { name: 'Empty' }),
        chat([
          instantMessage({ id: 'a1', from: mine, body: 'answer', time: TIME, extra: [['EmbeddedInstantMessage', [quoted]]] })
        ]),
        {
          type: 'InstalledApplication',
          id: 'app-1',
          fields: [
            ['Name', 'Torch'],
            ['Version', '1.2'],
            ['Permissions', [{ type: 'Permission', id: 'p', fields: [['Category', 'Camera']] }]]
          ]
        }
      ])
    );
    expect(sink.messages.map((message) => message.body)).toEqual(['answer']);
    expect(sink.generics.map((record) => record.type)).toEqual([
      'Chat',
      'InstantMessage in InstantMessage',
      'InstalledApplication'
    ]);
    expect(sink.generics[1]?.fields).toContainEqual(['Body', 'the quoted one']);
    expect(sink.generics[2]?.fields).toEqual([
      ['Name', 'Torch'],
      ['Version', '1.2'],
      ['Permissions.Category', 'Camera']
    ]);
  });

  it('folds a message that stands in its chat and again on its own, and keeps one with other content', async () => {
    const one = instantMessage({ id: 'a1', from: theirs, body: 'x', time: TIME });
    const sink = await read(report([chat([one]), one, instantMessage({ id: 'a1', from: theirs, body: 'other', time: TIME })]));
    expect(sink.messages.map((message) => message.body)).toEqual(['x', 'other']);
    expect(sink.sum).toMatchObject({ seen: 3, kept: 2, folded: 1 });
    expect(sink.codes).toContain('duplicate-folded');
  });

  it('reads states: recovered, forwarded, draft, system, voice notes', async () => {
    const label: FieldSpec = [
      'MessageExtraData',
      [{ type: 'MessageLabel', id: 'l', fields: [['Label', 'Forwarded', { type: 'Label' }]] }]
    ];
    const attachment: ModelSpec = {
      type: 'Attachment',
      id: 'at',
      attributes: { file_id: 'f-1' },
      fields: [
        ['Filename', 'PTT-1.opus'],
        ['ContentType', 'audio/ogg; codecs=opus'],
        ['Data', 7054],
        ['Transcript', 'vin maine'],
        ['attachment_extracted_path', 'files\\Audio\\PTT-1.opus']
      ]
    };
    const sink = await read(
      report(
        [
          chat([
            instantMessage({ id: 'a1', from: theirs, body: 'gone', time: TIME, deleted: 'Deleted', status: 'Sent' }),
            instantMessage({ id: 'a2', from: theirs, body: 'fwd', time: TIME, extra: [label] }),
            instantMessage({ id: 'a3', from: mine, body: 'not sent', time: TIME, status: 'Draft' }),
            instantMessage({ id: 'a4', from: party('System Message', 'System Message'), body: 'Ana left', time: TIME }),
            instantMessage({ id: 'a5', from: theirs, body: '', time: TIME, extra: [['Attachments', [attachment]]] })
          ])
        ],
        {
          files: [
            { id: 'f-1', path: '/data/PTT-1.opus', localPath: 'files\\Audio\\PTT-1.opus', size: 7054, sha256: 'ab'.repeat(32) }
          ]
        }
      )
    );
    const states = sink.messages.map((message) => message.state);
    expect(states[0]! & (MessageState.deletedByUser | MessageState.recovered)).toBe(
      MessageState.deletedByUser | MessageState.recovered
    );
    expect(states[1]! & MessageState.forwarded).toBeTruthy();
    expect(states[2]! & MessageState.draft).toBeTruthy();
    expect(states[3]! & MessageState.system).toBeTruthy();
    expect(sink.messages[3]?.from).toBeNull();
    expect(states[4]! & MessageState.voiceNote).toBeTruthy();
    expect(sink.messages[4]?.attachments).toEqual([
      {
        name: 'PTT-1.opus',
        contentType: 'audio/ogg; codecs=opus',
        sizeBytes: 7054,
        sha256Hex: 'ab'.repeat(32),
        path: 'files\\Audio\\PTT-1.opus',
        transcript: 'vin maine'
      }
    ]);
  });
});

describe('ufed-xml: times', () => {
  const at = (raw: string, options?: { format?: string; formatted?: string }): ModelSpec => ({
    type: 'SMS',
    id: raw,
    fields: [
      ['Body', raw],
      ['TimeStamp', raw, options ?? {}],
      ['Parties', [party('+447700900002', '', { role: 'From' })]]
    ]
  });

  it('reads the six spellings and the older (UTC) one', async () => {
    const spellings = [
      '2024-05-25T10:00:00.000+01:00',
      '2024-05-25T09:00:00.000',
      '2024-05-25T10:00:00+01:00',
      '25-May-24 10:00:00 +01:00',
      '25-May-24 10:00:00  +01:00',
      '25/05/2024 10:00:00 +01:00',
      '25/05/2024 10:00:00(UTC+1)'
    ];
    const sink = await read(report(spellings.map((raw) => at(raw))), { zone: 'Etc/UTC' });
    expect(sink.messages.map((message) => message.time.utcMs)).toEqual(spellings.map(() => Date.UTC(2024, 4, 25, 9)));
    expect(sink.messages.map((message) => message.time.raw)).toEqual(spellings);
    expect(sink.messages[1]?.time.basis).toBe('zone-chosen-by-officer');
  });

  it('decides day and month by the other dates of the report, by the ISO form beside them, or leaves them open', async () => {
    const decided = await read(report([at('03/04/2024 10:00:00(UTC+0)'), at('25/04/2024 10:00:00(UTC+0)')]));
    expect(decided.messages[0]?.time.utcMs).toBe(Date.UTC(2024, 3, 3, 10));
    const beside = await read(report([at('03/04/2024 10:00:00(UTC+0)', { formatted: '2024-03-04T10:00:00+00:00' })]));
    expect(beside.messages[0]?.time).toMatchObject({ raw: '03/04/2024 10:00:00(UTC+0)', utcMs: Date.UTC(2024, 2, 4, 10) });
    const open = await read(report([at('03/04/2024 10:00:00(UTC+0)')]));
    expect(open.messages[0]?.time.utcMs).toBeNull();
    expect(open.codes).toContain('date-order-undecided');
    expect((await read(report([at('03/04/2024 10:00:00(UTC+0)')]), { dateOrder: 'mdy' })).messages[0]?.time.utcMs).toBe(
      Date.UTC(2024, 2, 4, 10)
    );
  });

  it('says that times lack a zone, are unreadable, or fall into the repeated hour', async () => {
    const none = await read(report([at('2024-10-27T01:30:00.000'), at('soon')]));
    expect(none.codes).toEqual(expect.arrayContaining(['time-without-zone', 'time-unreadable']));
    const twice = await read(report([at('2024-10-27T01:30:00.000')]), { zone: 'Europe/London' });
    expect(twice.messages[0]?.time).toMatchObject({ ambiguous: true, basis: 'zone-chosen-by-officer' });
    expect(twice.messages[0]!.state & MessageState.timeAmbiguous).toBeTruthy();
    expect(twice.codes).toContain('time-ambiguous');
  });
});
