import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { backupXml, callXml, mmsXml, smsXml } from '../../../../tests/fixtures/sms-backup.ts';
import { SourceError } from '../../evidence/findings.ts';
import { MessageState } from '../../evidence/records.ts';
import type { ReadOptions, SourceInput } from '../contract.ts';
import { smsBackupXml } from './index.ts';

const never = new AbortController().signal;
const OWNED: ReadOptions = { zone: null, region: 'GB', owner: { identifier: '07700900001', name: 'Me' } };
const UNOWNED: ReadOptions = { zone: null, region: 'GB', owner: null };

function file(content: string | Uint8Array | Blob, name = 'sms-20240501.xml'): SourceInput {
  const blob = content instanceof Blob ? content : new Blob([typeof content === 'string' ? content : new Uint8Array(content)]);
  return { name, sizeBytes: blob.size, blob };
}

async function read(input: SourceInput | string, options = OWNED): Promise<CollectingSink> {
  const sink = new CollectingSink();
  await smsBackupXml.read(typeof input === 'string' ? file(input) : input, options, sink, never);
  sink.assertConserved();
  return sink;
}

describe('sms-backup-xml: messages', () => {
  it('reads in and out, drafts, delivery, UTC by the specification', async () => {
    const sink = await read(
      backupXml('smses', [
        smsXml({ address: '07700 900002', date: '1714554000123', body: 'vii azi?', name: 'Ana', type: '1' }),
        smsXml({ address: '+447700900002', date: '1714554060000', body: 'da', name: 'Ana', type: '2', status: '0' }),
        smsXml({ address: '+447700900002', date: '1714554070000', body: 'not yet', type: '3' })
      ])
    );
    const [first, second, third] = sink.messages;
    expect(first).toMatchObject({
      direction: 'incoming',
      from: { e164: '+447700900002', name: 'Ana' },
      to: [{ e164: '+447700900001', name: 'Me' }],
      body: 'vii azi?',
      fold: 'identical'
    });
    expect(first?.time).toEqual({ raw: '1714554000123', utcMs: 1714554000123, basis: 'utc-by-spec' });
    expect(second).toMatchObject({
      direction: 'outgoing',
      from: { e164: '+447700900001' },
      state: MessageState.sent | MessageState.delivered
    });
    expect(third).toMatchObject({ direction: 'outgoing', state: MessageState.draft });
    expect(new Set(sink.messages.map((message) => message.thread)).size).toBe(1);
    expect(first?.thread).toMatchObject({ service: 'sms', key: '+447700900002', isGroup: false });
  });

  it('leaves the own side open where no owner was chosen', async () => {
    const sink = await read(
      backupXml('smses', [smsXml({ address: '07700900002', date: '1714554000123', body: 'x', type: '2' })]),
      UNOWNED
    );
    expect(sink.messages[0]).toMatchObject({ from: null, direction: 'outgoing', to: [{ e164: '+447700900002' }] });
    expect(
      (await smsBackupXml.probe(file(backupXml('smses', [])), UNOWNED, never)).questions.map((question) => question.kind)
    ).toEqual(['owner']);
  });

  it('reads surrogate references, line breaks, the word null, short codes and names as senders', async () => {
    const sink = await read(
      backupXml('smses', [
        smsXml({ address: '60777', date: '1714554000123', body: 'vin 😀\nla 8 & "gata" <ok>' }),
        smsXml({ address: 'VODAFONE', date: '1714554000124', body: 'null' }),
        smsXml({ address: 'null', date: '1714554000125', body: 'nobody', name: 'null' })
      ])
    );
    expect(sink.messages.map((message) => message.body)).toEqual(['vin 😀\nla 8 & "gata" <ok>', '', 'nobody']);
    expect(sink.messages.map((message) => message.from?.identifier ?? null)).toEqual(['60777', 'VODAFONE', null]);
    expect(sink.messages[2]?.thread.key).toBe('unknown');
  });

  it('reads seconds as seconds and says which times it cannot read', async () => {
    const sink = await read(
      backupXml('smses', [
        smsXml({ address: '07700900002', date: '1485921084', body: 'x' }),
        smsXml({ address: '07700900002', date: 'soon', body: 'y' })
      ])
    );
    expect(sink.messages.map((message) => message.time.utcMs)).toEqual([1_485_921_084_000, null]);
    expect(sink.messages[1]?.time.raw).toBe('soon');
    expect(sink.codes).toEqual(['time-unreadable']);
  });

  it('folds overlaps, says that the count lies, refuses an empty item, keeps unknown elements', async () => {
    const one = smsXml({ address: '07700900002', date: '1714554000123', body: 'x' });
    const sink = await read(backupXml('smses', [one, one, '<sms protocol="0" />', '<rcs body="new kind" date="1" />'], 2));
    expect(sink.sum).toMatchObject({ seen: 4, kept: 2, folded: 1, refused: 1 });
    expect(sink.generics[0]).toMatchObject({
      type: 'rcs',
      fields: [
        ['body', 'new kind'],
        ['date', '1']
      ]
    });
    expect(sink.codes).toEqual(
      expect.arrayContaining(['duplicate-folded', 'item-unreadable', 'count-disagrees', 'unknown-type'])
    );
    expect(sink.findings.find((finding) => finding.code === 'count-disagrees')?.message).toBe(
      'sms-20240501.xml says that it holds 2 items and holds 4; what is there was read.'
    );
  });
});

describe('sms-backup-xml: MMS', () => {
  it('reads text parts as the body and others by name, type and size, never their data', async () => {
    const data = 'QUJD'.repeat(1000);
    const sink = await read(
      backupXml('smses', [
        mmsXml({
          address: '07700900002',
          date: '1714554000000',
          subject: 'poza',
          parts: [
            { type: 'application/smil', text: '<smil/>' },
            { type: 'text/plain', text: 'uite' },
            { type: 'image/jpeg', data, name: 'IMG_1.jpg' }
          ],
          addresses: [
            { address: '+447700900002', type: '137' },
            { address: 'insert-address-token', type: '151' }
          ]
        })
      ])
    );
    expect(sink.messages[0]).toMatchObject({
      body: 'poza\n\nuite',
      direction: 'incoming',
      from: { e164: '+447700900002' },
      to: [{ e164: '+447700900001' }],
      attachments: [{ name: 'IMG_1.jpg', contentType: 'image/jpeg', sizeBytes: 3000 }]
    });
    expect(JSON.stringify(sink.messages)).not.toContain('QUJDQUJD');
  });

  it('keeps a group as one thread', async () => {
    const sink = await read(
      backupXml('smses', [
        mmsXml({
          address: '+447700900002~+447700900003',
          date: '1714554000000',
          parts: [{ type: 'text/plain', text: 'la 6' }],
          addresses: [
            { address: '+447700900002', type: '137' },
            { address: '+447700900003', type: '151' },
            { address: '+447700900001', type: '151' }
          ]
        }),
        mmsXml({
          address: '+447700900002~+447700900003',
          date: '1714554001000',
          box: '2',
          parts: [{ type: 'text/plain', text: 'ok' }],
          addresses: []
        })
      ])
    );
    expect(sink.messages[0]?.thread).toMatchObject({ key: '+447700900002 +447700900003', isGroup: true });
    expect(sink.messages[1]?.thread).toBe(sink.messages[0]?.thread);
    expect(sink.messages[1]).toMatchObject({
      direction: 'outgoing',
      from: { e164: '+447700900001' },
      to: [{ e164: '+447700900002' }, { e164: '+447700900003' }]
    });
  });

  it('passes a picture of several megabytes by', async () => {
    const sink = await read(
      backupXml('smses', [
        mmsXml({
          address: '07700900002',
          date: '1714554000000',
          parts: [{ type: 'image/jpeg', data: 'QUJD'.repeat(1_000_000), name: 'big.jpg' }],
          addresses: []
        }),
        smsXml({ address: '07700900002', date: '1714554000001', body: 'after' })
      ])
    );
    expect(sink.messages[0]?.attachments[0]?.sizeBytes).toBe(3_000_000);
    expect(sink.messages[1]?.body).toBe('after');
  });
});

describe('sms-backup-xml: calls', () => {
  it('reads every type', async () => {
    const types = ['1', '2', '3', '4', '5', '6', '7', '99', 'constructor', '__proto__'];
    const sink = await read(
      backupXml(
        'calls',
        types.map((type, i) =>
          callXml({ number: '07700900002', date: String(1714554000000 + i), type, duration: type === '2' ? '65' : '0' })
        )
      )
    );
    expect(sink.calls.map(({ direction, outcome }) => `${direction} ${outcome}`)).toEqual([
      'incoming answered',
      'outgoing answered',
      'incoming missed',
      'incoming voicemail',
      'incoming rejected',
      'incoming blocked',
      'incoming answered',
      'unknown unknown',
      'unknown unknown',
      'unknown unknown'
    ]);
    expect(sink.calls[1]).toMatchObject({
      duration_s: 65,
      service: 'phone',
      from: { e164: '+447700900001' },
      to: [{ e164: '+447700900002' }]
    });
  });

  it('keeps a withheld number as nobody', async () => {
    const sink = await read(backupXml('calls', [callXml({ number: '-2', date: '1714554000000', type: '3', duration: '0' })]));
    expect(sink.calls[0]).toMatchObject({ from: null, outcome: 'missed' });
  });
});

describe('sms-backup-xml: files', () => {
  const small = backupXml('smses', [smsXml({ address: '07700900002', date: '1714554000123', body: 'x' })]);

  it('reads a zip with both kinds of files', async () => {
    const writer = new ZipWriter(new BlobWriter());
    await writer.add('sms-1.xml', new TextReader(small));
    await writer.add(
      'calls-1.xml',
      new TextReader(backupXml('calls', [callXml({ number: '07700900002', date: '1714554000000', type: '1', duration: '5' })]))
    );
    const sink = await read(file(await writer.close(), 'backup.zip'));
    expect([sink.messages[0]?.place.path, sink.calls[0]?.place.path]).toEqual(['sms-1.xml', 'calls-1.xml']);
  });

  it.each<[string, string, string]>([
    ['empty', '', 'empty-file'],
    ['cut', small.slice(0, -20), 'cut-short'],
    ['damaged', small.replace('</smses>', '</sms>'), 'damaged-xml'],
    ['other XML', '<a/>', 'not-recognised']
  ])('refuses a file that is %s', async (_what, content, code) => {
    await expect(read(content)).rejects.toMatchObject({
      name: 'SourceError',
      code,
      message: expect.stringContaining('sms-20240501.xml')
    });
  });

  it('counts and refuses an MMS in which the file breaks off', async () => {
    const whole = backupXml('smses', [
      smsXml({ address: '1', date: '1714554000123', body: 'x' }),
      mmsXml({ address: '07700900002', date: '1714554000000', parts: [{ type: 'text/plain', text: 'lost' }], addresses: [] })
    ]);
    const sink = new CollectingSink();
    await expect(smsBackupXml.read(file(whole.slice(0, whole.indexOf('</parts>'))), OWNED, sink, never)).rejects.toMatchObject({
      code: 'cut-short'
    });
    sink.assertConserved();
    expect(sink.sum).toMatchObject({ seen: 2, kept: 1, refused: 1 });
  });

  it('recognises its files and no others', () => {
    const head = (text: string) => ({ name: 'a.xml', sizeBytes: text.length, bytes: new TextEncoder().encode(text) });
    expect(smsBackupXml.sniff(head(small))).toBeGreaterThan(0.9);
    expect(smsBackupXml.sniff(head(backupXml('calls', [])))).toBeGreaterThan(0.9);
    for (const other of ['<project xmlns="http://pa.cellebrite.com/report/2.0">', 'date,address,body', ''])
      expect(smsBackupXml.sniff(head(other))).toBe(0);
  });

  it('conserves: seen = kept + folded + refused for any items and any damage', async () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((s) => s.toWellFormed().replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''));
    const date = fc.constantFrom('1714554000123', '1714554000124', 'null', '', '12');
    const number = fc.constantFrom('07700900002', '60777', 'null', '', 'VODAFONE', '+447700900002~+447700900003');
    const item = fc.oneof(
      fc.record({ address: number, date, body: text, type: fc.constantFrom('1', '2', '3', 'x') }).map(smsXml),
      fc
        .record({ number, date, type: fc.constantFrom('1', '2', '3', ''), duration: fc.constantFrom('0', '9', 'null') })
        .map(callXml),
      fc
        .record({
          address: number,
          date,
          parts: fc.array(fc.record({ type: fc.constantFrom('text/plain', 'image/jpeg', 'null'), text }), { maxLength: 2 }),
          addresses: fc.array(fc.record({ address: number, type: fc.constantFrom('137', '151') }), { maxLength: 2 })
        })
        .map(mmsXml),
      fc.constant('<other a="1"/>')
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 60, 62, 34, 38, 255)), { maxLength: 2 }),
        async (items, damages) => {
          const bytes = new TextEncoder().encode(backupXml('smses', items));
          for (const [where, byte] of damages) bytes[where % bytes.length] = byte;
          const sink = new CollectingSink();
          let failed = false;
          try {
            await smsBackupXml.read(file(bytes), OWNED, sink, never);
          } catch (error) {
            if (!(error instanceof SourceError)) throw error;
            failed = true;
          }
          sink.assertConserved();
          if (damages.length === 0) {
            expect(failed).toBe(false);
            expect(sink.sum.seen).toBe(items.length);
          }
        }
      ),
      { numRuns: 300 }
    );
  });
});
