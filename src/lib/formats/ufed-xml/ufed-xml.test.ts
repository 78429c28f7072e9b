import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { chat, file, NEVER, OPTIONS, read, report, theirs, TIME } from '../../../../tests/fixtures/ufed-read.ts';
import { instantMessage, modelXml, party } from '../../../../tests/fixtures/ufed-report.ts';
import { ufedXml } from './index.ts';

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
    const whole = report([
      chat([
        instantMessage({ id: 'a1', from: theirs, body: 'kept', time: TIME }),
        instantMessage({ id: 'a2', from: theirs, body: 'lost half-way', time: TIME })
      ])
    ]);
    const cutAt = whole.indexOf('half-way');
    const sink = new CollectingSink();
    await expect(ufedXml.read(file(whole.slice(0, cutAt)), OPTIONS, sink, NEVER)).rejects.toMatchObject({
      code: 'cut-short',
      message: expect.stringContaining(`report.xml is cut short at byte ${cutAt}`)
    });
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
    await expect(read(file(content, 'phone.ufdr'))).rejects.toMatchObject({
      name: 'SourceError',
      code,
      message: expect.stringContaining('phone.ufdr')
    });
  });

  it('asks for the password and says when it is wrong', async () => {
    const blob = await ufdr('report.xml', { password: 'right' });
    expect((await ufedXml.probe(file(blob, 'a.ufdr'), OPTIONS, NEVER)).questions).toEqual([
      expect.objectContaining({ kind: 'password' })
    ]);
    await expect(read(file(blob, 'a.ufdr'), { password: 'left' })).rejects.toMatchObject({ code: 'wrong-password' });
    expect((await read(file(blob, 'a.ufdr'), { password: 'right' })).messages).toHaveLength(1);
  });

  it('asks for zone, date order and owner only where the report leaves them open', async () => {
    expect((await ufedXml.probe(file(small), { ...OPTIONS, zone: 'Europe/London' }, NEVER)).questions).toEqual([]);
    // Without a zone it is always asked: a stamp without offset may stand beyond what the survey sees.
    expect((await ufedXml.probe(file(small), OPTIONS, NEVER)).questions.map((question) => question.kind)).toEqual(['zone']);
    const open = report([
      {
        type: 'SMS',
        id: '1',
        fields: [
          ['Body', 'x'],
          ['TimeStamp', '2024-05-01T10:00:00.000'],
          ['Parties', [party('07700900002', '', { role: 'From' })]]
        ]
      },
      {
        type: 'SMS',
        id: '2',
        fields: [
          ['Body', 'x'],
          ['TimeStamp', '03/04/2024 10:00:00'],
          ['Parties', [party('07700900002', '', { role: 'From' })]]
        ]
      }
    ]);
    expect((await ufedXml.probe(file(open), OPTIONS, NEVER)).questions.map((question) => question.kind)).toEqual([
      'zone',
      'dateOrder',
      'owner'
    ]);
  });

  it('recognises its files and no others', async () => {
    const head = (text: string, entries?: string[]) => ({
      name: 'a.xml',
      sizeBytes: text.length,
      bytes: new TextEncoder().encode(text),
      ...(entries === undefined ? {} : { entries })
    });
    expect(ufedXml.sniff(head(small))).toBeGreaterThan(0.9);
    expect(ufedXml.sniff(head('PK', ['files/a.jpg', 'Report.xml']))).toBeGreaterThan(0.8);
    for (const other of [
      '<smses count="1"><sms date="1"/></smses>',
      '<?xml version="1.0"?><html/>',
      'name,number',
      '01/02/2024, 10:00 - Ana: hi',
      ''
    ])
      expect(ufedXml.sniff(head(other))).toBe(0);
    expect(ufedXml.sniff(head('PK', ['_chat.txt']))).toBe(0);
  });

  it('stops with the reason given', async () => {
    const stop = new AbortController();
    stop.abort(new Error('cancelled'));
    await expect(ufedXml.read(file(small), OPTIONS, new CollectingSink(), stop.signal)).rejects.toThrow('cancelled');
  });
});
