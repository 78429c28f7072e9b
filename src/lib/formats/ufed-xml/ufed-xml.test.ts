import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { instantMessage, modelXml, party, reportXml, type FieldSpec, type ModelSpec, type ReportSpec } from '../../../../tests/fixtures/ufed-report.ts';
import { MessageState } from '../../evidence/records.ts';
import type { ReadOptions, SourceInput } from '../contract.ts';
import { ufedXml } from './index.ts';

const never = new AbortController().signal;
const OPTIONS: ReadOptions = { zone: null, region: 'GB', owner: null };
const OWN = '447700900001@s.whatsapp.net';
const PEER = '447700900002@s.whatsapp.net';
const THIRD = '447700900003@s.whatsapp.net';

function file(content: string | Uint8Array | Blob, name = 'report.xml'): SourceInput {
  const blob = content instanceof Blob ? content : new Blob([typeof content === 'string' ? content : new Uint8Array(content)]);
  return { name, sizeBytes: blob.size, blob };
}

async function read(input: SourceInput | string, options: Partial<ReadOptions> = {}): Promise<CollectingSink> {
  const sink = new CollectingSink();
  await ufedXml.read(typeof input === 'string' ? file(input) : input, { ...OPTIONS, ...options }, sink, never);
  sink.assertConserved();
  return sink;
}

const report = (models: readonly ModelSpec[], more: Partial<ReportSpec> = {}) => reportXml({ models, ...more });

function chat(messages: readonly ModelSpec[], more: { id?: string; parties?: ModelSpec[]; name?: string; extra?: FieldSpec[] } = {}): ModelSpec {
  return {
    type: 'Chat',
    id: 'chat-1',
    fields: [
      ['Source', 'WhatsApp'],
      ['Id', more.id ?? PEER],
      ['Name', more.name ?? ''],
      ['Participants', more.parties ?? [party(OWN, 'Me', { owner: true }), party(PEER, 'Ana', { owner: false })]],
      ...(more.extra ?? []),
      ['Messages', messages]
    ]
  };
}

const mine = party(OWN, 'Me', { role: 'From', owner: true });
const theirs = party(PEER, 'Ana', { role: 'From', owner: false });
const TIME = '2024-05-01T10:00:00.000+01:00';

describe('ufed-xml: chats', () => {
  it('reads a conversation with its thread, parties, direction and time', async () => {
    const sink = await read(report([chat([instantMessage({ id: 'a1', from: theirs, body: 'salut, vii?', time: TIME }), instantMessage({ id: 'a2', from: mine, to: [theirs], body: 'da & <acum>', time: TIME })])]));
    const [first, second] = sink.messages;
    expect(first).toMatchObject({ body: 'salut, vii?', direction: 'incoming', itemId: 'A1', confidence: 'high', fold: 'identical', from: { e164: '+447700900002', name: 'Ana' } });
    expect(first?.time).toEqual({ raw: TIME, utcMs: Date.UTC(2024, 4, 1, 9), basis: 'offset-in-data' });
    expect(first?.thread).toMatchObject({ service: 'whatsapp', key: '+447700900002', isGroup: false });
    expect(first?.thread.members.map((member) => member.identifier)).toEqual(['+447700900001', '+447700900002']);
    expect(second).toMatchObject({ body: 'da & <acum>', direction: 'outgoing', from: { identifier: '+447700900001' }, to: [{ identifier: '+447700900002' }] });
    expect(first?.thread).toBe(second?.thread);
  });

  it('tells the byte of each message in the report', async () => {
    const xml = report([chat([instantMessage({ id: 'a1', from: theirs, body: 'ă', time: TIME }), instantMessage({ id: 'a2', from: mine, body: 'b', time: TIME })])]);
    const sink = await read(xml);
    const bytes = new TextEncoder().encode(xml);
    for (const message of sink.messages) {
      expect(message.place.unit).toBe('byte');
      const at = new TextDecoder().decode(bytes.slice(message.place.offset, message.place.offset + 60));
      expect(at).toContain(`<model type="InstantMessage" id="${message.itemId.toLowerCase()}"`);
    }
  });

  it('keeps a group as one thread with members', async () => {
    const sink = await read(report([chat([instantMessage({ id: 'a1', from: theirs, body: 'x', time: TIME })], { id: '12036304000@g.us', name: 'Echipa', parties: [party(OWN, 'Me', { owner: true }), party(PEER, 'Ana'), party(THIRD, 'Ion')] })]));
    expect(sink.messages[0]?.thread).toMatchObject({ key: '12036304000@g.us', name: 'Echipa', isGroup: true });
    expect(sink.messages[0]?.thread.members).toHaveLength(3);
  });

  it('keeps messages that come before the chat says which one it is', async () => {
    const early: ModelSpec = { type: 'Chat', id: 'c', fields: [['Source', 'WhatsApp'], ['Messages', [instantMessage({ id: 'a1', from: theirs, body: 'x', time: TIME })]], ['Id', PEER], ['Participants', [party(PEER, 'Ana')]]] };
    expect((await read(report([early]))).messages[0]?.thread.key).toBe('+447700900002');
  });

  it('keeps a chat without messages, quoted messages and unknown models as named text', async () => {
    const quoted = instantMessage({ id: 'q1', from: theirs, body: 'the quoted one', time: TIME });
    const sink = await read(
      report([
        chat([], { name: 'Empty' }),
        chat([instantMessage({ id: 'a1', from: mine, body: 'answer', time: TIME, extra: [['EmbeddedInstantMessage', [quoted]]] })]),
        { type: 'InstalledApplication', id: 'app-1', fields: [['Name', 'Torch'], ['Version', '1.2'], ['Permissions', [{ type: 'Permission', id: 'p', fields: [['Category', 'Camera']] }]]] }
      ])
    );
    expect(sink.messages.map((message) => message.body)).toEqual(['answer']);
    expect(sink.generics.map((record) => record.type)).toEqual(['Chat', 'InstantMessage in InstantMessage', 'InstalledApplication']);
    expect(sink.generics[1]?.fields).toContainEqual(['Body', 'the quoted one']);
    expect(sink.generics[2]?.fields).toEqual([['Name', 'Torch'], ['Version', '1.2'], ['Permissions.Category', 'Camera']]);
  });

  it('folds a message that stands in its chat and again on its own, and keeps one with other content', async () => {
    const one = instantMessage({ id: 'a1', from: theirs, body: 'x', time: TIME });
    const sink = await read(report([chat([one]), one, instantMessage({ id: 'a1', from: theirs, body: 'other', time: TIME })]));
    expect(sink.messages.map((message) => message.body)).toEqual(['x', 'other']);
    expect(sink.sum).toMatchObject({ seen: 3, kept: 2, folded: 1 });
    expect(sink.codes).toContain('duplicate-folded');
  });

  it('reads states: recovered, forwarded, draft, system, voice notes', async () => {
    const label: FieldSpec = ['MessageExtraData', [{ type: 'MessageLabel', id: 'l', fields: [['Label', 'Forwarded', { type: 'Label' }]] }]];
    const attachment: ModelSpec = { type: 'Attachment', id: 'at', attributes: { file_id: 'f-1' }, fields: [['Filename', 'PTT-1.opus'], ['ContentType', 'audio/ogg; codecs=opus'], ['Data', 7054], ['Transcript', 'vin maine'], ['attachment_extracted_path', 'files\\Audio\\PTT-1.opus']] };
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
        { files: [{ id: 'f-1', path: '/data/PTT-1.opus', localPath: 'files\\Audio\\PTT-1.opus', size: 7054, sha256: 'ab'.repeat(32) }] }
      )
    );
    const states = sink.messages.map((message) => message.state);
    expect(states[0]! & (MessageState.deletedByUser | MessageState.recovered)).toBe(MessageState.deletedByUser | MessageState.recovered);
    expect(states[1]! & MessageState.forwarded).toBeTruthy();
    expect(states[2]! & MessageState.draft).toBeTruthy();
    expect(states[3]! & MessageState.system).toBeTruthy();
    expect(sink.messages[3]?.from).toBeNull();
    expect(states[4]! & MessageState.voiceNote).toBeTruthy();
    expect(sink.messages[4]?.attachments).toEqual([{ name: 'PTT-1.opus', contentType: 'audio/ogg; codecs=opus', sizeBytes: 7054, sha256Hex: 'ab'.repeat(32), path: 'files\\Audio\\PTT-1.opus', transcript: 'vin maine' }]);
  });
});

describe('ufed-xml: times', () => {
  const at = (raw: string, options?: { format?: string; formatted?: string }): ModelSpec => ({ type: 'SMS', id: raw, fields: [['Body', raw], ['TimeStamp', raw, options ?? {}], ['Parties', [party('+447700900002', '', { role: 'From' })]]] });

  it('reads the six spellings and the older (UTC) one', async () => {
    const spellings = ['2024-05-25T10:00:00.000+01:00', '2024-05-25T09:00:00.000', '2024-05-25T10:00:00+01:00', '25-May-24 10:00:00 +01:00', '25-May-24 10:00:00  +01:00', '25/05/2024 10:00:00 +01:00', '25/05/2024 10:00:00(UTC+1)'];
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
    expect((await read(report([at('03/04/2024 10:00:00(UTC+0)')]), { dateOrder: 'mdy' })).messages[0]?.time.utcMs).toBe(Date.UTC(2024, 2, 4, 10));
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

describe('ufed-xml: other models', () => {
  it('reads SMS with roles, folders and the phone\'s own number', async () => {
    const sms = (folder: string, role: string): ModelSpec => ({ type: 'SMS', id: folder, fields: [['Body', folder], ['Folder', folder], ['TimeStamp', TIME], ['Parties', [party('07700 900002', 'Ana', { role })]]] });
    const sink = await read(report([sms('Inbox', 'From'), sms('Sent', 'To'), sms('Drafts', 'General')], { device: { MSISDN: '+447700900001' } }));
    expect(sink.messages.map((message) => [message.direction, message.from?.identifier ?? null, message.to.map((ref) => ref.identifier)])).toEqual([
      ['incoming', '+447700900002', ['+447700900001']],
      ['outgoing', '+447700900001', ['+447700900002']],
      ['outgoing', '+447700900001', ['+447700900002']]
    ]);
    expect(new Set(sink.messages.map((message) => message.thread.key))).toEqual(new Set(['+447700900002']));
    expect(sink.devices).toContainEqual(expect.objectContaining({ name: 'MSISDN', value: '+447700900001' }));
  });

  it('reads calls', async () => {
    const call = (type: string, duration: string): ModelSpec => ({ type: 'Call', id: type, fields: [['Source', ''], ['Type', type], ['TimeStamp', TIME], ['Duration', duration, { type: 'TimeSpan' }], ['VideoCall', 'False'], ['Parties', [party('07700900002', 'Ana', { role: type === 'Outgoing' ? 'To' : 'From' })]]] });
    const sink = await read(report([call('Incoming', '00:01:05'), call('Outgoing', '00:00:00'), call('Missed', '00:00:00'), call('Rejected', '')]));
    expect(sink.calls.map(({ direction, outcome, duration_s, service }) => [direction, outcome, duration_s, service])).toEqual([
      ['incoming', 'answered', 65, 'phone'],
      ['outgoing', 'unknown', 0, 'phone'],
      ['incoming', 'missed', 0, 'phone'],
      ['incoming', 'rejected', null, 'phone']
    ]);
    expect(sink.calls[0]?.from?.e164).toBe('+447700900002');
  });

  it('reads contacts, user accounts and e-mails', async () => {
    const entry = (type: string, value: string): ModelSpec => ({ type, id: value, fields: [['Category', 'Mobile'], ['Value', value]] });
    const sink = await read(
      report([
        { type: 'Contact', id: 'c1', deleted: 'Deleted', fields: [['Name', 'Ana Pop'], ['Source', ''], ['Entries', [entry('PhoneNumber', '07700 900002'), entry('EmailAddress', 'Ana@example.org')]], ['Organizations', [{ type: 'Organization', id: 'o', fields: [['Name', 'Acme']] }]], ['Notes', 'cousin']] },
        { type: 'UserAccount', id: 'u1', fields: [['Name', 'Me'], ['Username', 'me@example.org'], ['Source', 'Mail'], ['Entries', [entry('PhoneNumber', '07700900001')]]] },
        { type: 'Email', id: 'e1', fields: [['Subject', 'Rota'], ['Body', 'see below'], ['TimeStamp', TIME], ['From', [party('ana@example.org', 'Ana')]], ['To', [party('me@example.org', 'Me', { owner: true })]]] }
      ])
    );
    expect(sink.contacts[0]).toMatchObject({ name: 'Ana Pop', organisation: 'Acme', notes: 'cousin', state: MessageState.deletedByUser | MessageState.recovered });
    expect(sink.contacts[0]?.accounts.map((ref) => [ref.service, ref.identifier])).toEqual([['phone', '+447700900002'], ['email', 'ana@example.org']]);
    expect(sink.accounts.map(({ account, isOwner }) => [account.identifier, isOwner])).toEqual([['me@example.org', true], ['+447700900001', true]]);
    expect(sink.messages[0]).toMatchObject({ body: 'Rota\n\nsee below', direction: 'incoming', thread: { service: 'email', key: 'ana@example.org' } });
  });

  it('reads locations with decimal commas, cells as areas, and the points of a journey', async () => {
    const position = (latitude: string, longitude: string): FieldSpec => ['Position', [{ type: 'Coordinate', id: '', fields: [['Longitude', longitude, { type: 'Double' }], ['Latitude', latitude, { type: 'Double' }]] }]];
    const sink = await read(
      report([
        { type: 'Location', id: 'l1', fields: [['TimeStamp', TIME], ['Name', 'Depot'], ['Precision', '25,5'], position('51,5074', '-0,1278')] },
        { type: 'Location', id: 'l2', fields: [['Name', 'Nowhere'], position('951', '0')] },
        { type: 'CellTower', id: 'l3', fields: [['MCC', '234'], ['MNC', '10'], ['LAC', '1'], ['CID', '99'], position('51.5', '-0.1')] },
        { type: 'Journey', id: 'j1', fields: [['Name', 'To the coast'], ['WayPoints', [{ type: 'Location', id: 'w1', fields: [['TimeStamp', TIME], position('50.8', '-0.1')] }]]] }
      ])
    );
    expect(sink.locations.map(({ latitude_deg, longitude_deg, kind, label, precision_m }) => [latitude_deg, longitude_deg, kind, label, precision_m])).toEqual([
      [51.5074, -0.1278, 'point', 'Depot', 25.5],
      [null, null, 'point', 'Nowhere', null],
      [51.5, -0.1, 'cell', '234-10-1-99', null],
      [50.8, -0.1, 'journey', 'To the coast', null]
    ]);
    expect(sink.generics.map((record) => record.type)).toEqual(['Journey']);
  });

  it('reads Base64String fields, several extractions, and the facts of the case', async () => {
    const sink = await read(
      report([{ type: 'SMS', id: 's1', fields: [['Body', btoa('text in base64'), { format: 'Base64String' }], ['TimeStamp', TIME]] }, { type: 'SMS', id: 's2', fields: [['Body', btoa('\u0001\u0002'), { format: 'Base64String' }], ['TimeStamp', TIME]] }], {
        extractions: ['Logical', 'File System'],
        caseFields: { 'Case number': 'AB/12/24' },
        device: { IMEI: '004400152020001' }
      })
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

describe('ufed-xml: files', () => {
  const small = report([chat([instantMessage({ id: 'a1', from: theirs, body: 'x', time: TIME })])]);

  async function ufdr(name: string, options: { password?: string; zip64?: boolean } = {}): Promise<Blob> {
    const writer = new ZipWriter(new BlobWriter(), options);
    await writer.add('files/Image/a.jpg', new TextReader('no picture'));
    await writer.add(name, new TextReader(small));
    return writer.close();
  }

  it.each(['report.xml', 'Report.xml'])('reads a UFDR with %s, also in ZIP64 form', async (name) => {
    for (const zip64 of [false, true]) {
      const sink = await read(file(await ufdr(name, { zip64 }), 'phone.ufdr'));
      expect(sink.messages[0]?.place.path).toBe(name);
      expect(sink.messages).toHaveLength(1);
    }
  });

  it('reads UTF-16, illegal bytes, a loose ampersand', async () => {
    const utf16 = new Uint8Array(small.length * 2 + 2);
    const view = new DataView(utf16.buffer);
    view.setUint16(0, 0xfeff, true);
    for (let i = 0; i < small.length; i++) view.setUint16(i * 2 + 2, small.charCodeAt(i), true);
    expect((await read(file(utf16))).messages).toHaveLength(1);
    const bytes = new TextEncoder().encode(small.replace('<![CDATA[x]]>', 'a & b\u0001@'));
    bytes[bytes.lastIndexOf(64)] = 0xff;
    const sink = await read(file(bytes));
    expect(sink.messages[0]?.body).toBe('a & b\u0001\ufffd');
    expect(sink.codes).toEqual(expect.arrayContaining(['not-utf8', 'damaged-xml']));
  });

  it('reads a part of a report and says that its head is missing', async () => {
    const sink = await read(modelXml(chat([instantMessage({ id: 'a1', from: theirs, body: 'x', time: TIME })])));
    expect(sink.messages).toHaveLength(1);
    expect(sink.codes).toEqual(['header-guessed']);
  });

  it('keeps what came before a cut, refuses what was being read, and names the place', async () => {
    const whole = report([chat([instantMessage({ id: 'a1', from: theirs, body: 'kept', time: TIME }), instantMessage({ id: 'a2', from: theirs, body: 'lost half-way', time: TIME })])]);
    const cutAt = whole.indexOf('half-way');
    const sink = new CollectingSink();
    await expect(ufedXml.read(file(whole.slice(0, cutAt)), OPTIONS, sink, never)).rejects.toMatchObject({ code: 'cut-short', message: expect.stringContaining(`report.xml is cut short at byte ${cutAt}`) });
    sink.assertConserved();
    expect(sink.messages.map((message) => message.body)).toEqual(['kept']);
    expect(sink.sum).toMatchObject({ seen: 2, kept: 1, refused: 1 });
  });

  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'empty-file'],
    ['XML of another kind', '<html><body/></html>', 'not-recognised'],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>', 'damaged-xml'],
    ['a picture', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'damaged-xml'],
    ['a broken zip', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), 'damaged-container']
  ])('refuses %s in one sentence', async (_what, content, code) => {
    await expect(read(file(content, 'phone.ufdr'))).rejects.toMatchObject({ name: 'SourceError', code, message: expect.stringContaining('phone.ufdr') });
  });

  it('asks for the password and says when it is wrong', async () => {
    const blob = await ufdr('report.xml', { password: 'right' });
    expect((await ufedXml.probe(file(blob, 'a.ufdr'), OPTIONS, never)).questions).toEqual([expect.objectContaining({ kind: 'password' })]);
    await expect(read(file(blob, 'a.ufdr'), { password: 'left' })).rejects.toMatchObject({ code: 'wrong-password' });
    expect((await read(file(blob, 'a.ufdr'), { password: 'right' })).messages).toHaveLength(1);
  });

  it('asks for zone, date order and owner only where the report leaves them open', async () => {
    expect((await ufedXml.probe(file(small), OPTIONS, never)).questions).toEqual([]);
    const open = report([{ type: 'SMS', id: '1', fields: [['Body', 'x'], ['TimeStamp', '2024-05-01T10:00:00.000'], ['Parties', [party('07700900002', '', { role: 'From' })]]] }, { type: 'SMS', id: '2', fields: [['Body', 'x'], ['TimeStamp', '03/04/2024 10:00:00'], ['Parties', [party('07700900002', '', { role: 'From' })]]] }]);
    expect((await ufedXml.probe(file(open), OPTIONS, never)).questions.map((question) => question.kind)).toEqual(['zone', 'dateOrder', 'owner']);
  });

  it('recognises its files and no others', async () => {
    const head = (text: string, entries?: string[]) => ({ name: 'a.xml', sizeBytes: text.length, bytes: new TextEncoder().encode(text), ...(entries === undefined ? {} : { entries }) });
    expect(ufedXml.sniff(head(small))).toBeGreaterThan(0.9);
    expect(ufedXml.sniff(head('PK', ['files/a.jpg', 'Report.xml']))).toBeGreaterThan(0.8);
    for (const other of ['<smses count="1"><sms date="1"/></smses>', '<?xml version="1.0"?><html/>', 'name,number', '01/02/2024, 10:00 - Ana: hi', '']) expect(ufedXml.sniff(head(other))).toBe(0);
    expect(ufedXml.sniff(head('PK', ['_chat.txt']))).toBe(0);
  });

  it('stops with the reason given', async () => {
    const stop = new AbortController();
    stop.abort(new Error('cancelled'));
    await expect(ufedXml.read(file(small), OPTIONS, new CollectingSink(), stop.signal)).rejects.toThrow('cancelled');
  });
});
