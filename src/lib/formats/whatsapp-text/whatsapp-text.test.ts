import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { ANDROID_PAIR, IOS_GROUP, textInput, zipInput } from '../../../../tests/fixtures/whatsapp.ts';
import { MessageState } from '../../evidence/records.ts';
import type { ReadOptions, SourceInput } from '../contract.ts';
import { whatsappText } from './index.ts';

const OPTIONS: ReadOptions = { zone: 'Europe/London', region: 'GB', owner: null };
const never = (): AbortSignal => new AbortController().signal;

async function readAll(input: SourceInput, options: ReadOptions = OPTIONS): Promise<CollectingSink> {
  const sink = new CollectingSink();
  await whatsappText.read(input, options, sink, never());
  sink.assertConserved();
  return sink;
}

async function headOf(input: SourceInput, entries?: readonly string[]): Promise<number> {
  const bytes = new Uint8Array(await input.blob.slice(0, 65_536).arrayBuffer());
  return whatsappText.sniff({
    name: input.name,
    sizeBytes: input.sizeBytes,
    bytes,
    ...(entries === undefined ? {} : { entries })
  });
}

const OPEN_ORDER = '03/04/2024, 10:00 - Anna: hi\n05/06/2024, 10:00 - Dan: hi\n';

describe('date order', () => {
  it('is asked where both fit, and the file is not read without an answer', async () => {
    const input = textInput('chat.txt', OPEN_ORDER);
    const probe = await whatsappText.probe(input, OPTIONS, never());
    expect(probe.questions.find((question) => question.kind === 'dateOrder')).toMatchObject({
      options: ['dmy', 'mdy'],
      examples: ['03/04/2024, 10:00', '05/06/2024, 10:00']
    });
    const sink = new CollectingSink();
    await expect(whatsappText.read(input, OPTIONS, sink, never())).rejects.toMatchObject({
      code: 'date-order-undecided',
      message:
        "chat.txt: the dates fit more than one order ('03/04/2024, 10:00' and '05/06/2024, 10:00'); say which comes first, day or month."
    });
    expect(sink.sum.seen).toBe(0);
  });

  it('follows the answer', async () => {
    const months = async (dateOrder: 'dmy' | 'mdy') =>
      (await readAll(textInput('chat.txt', OPEN_ORDER), { ...OPTIONS, dateOrder })).messages.map(
        (m) => new Date(m.time.utcMs ?? NaN).getUTCMonth() + 1
      );
    expect(await months('dmy')).toEqual([4, 6]);
    expect(await months('mdy')).toEqual([3, 5]);
  });
});

describe('times', () => {
  it('stay unknown without a zone, with the raw text kept', async () => {
    const sink = await readAll(textInput('c.txt', '13/04/2024, 10:00 - Anna: hi'), { ...OPTIONS, zone: null, dateOrder: 'dmy' });
    expect(sink.messages[0]?.time).toEqual({ raw: '13/04/2024, 10:00', utcMs: null, basis: 'unknown' });
    expect(sink.codes).toContain('time-without-zone');
  });

  it('are marked in the repeated hour of autumn', async () => {
    const sink = await readAll(
      textInput('c.txt', '27/10/2024, 00:59 - Anna: a\n27/10/2024, 01:30 - Anna: b\n27/10/2024, 02:00 - Anna: c'),
      { ...OPTIONS, dateOrder: 'dmy' }
    );
    expect(sink.messages.map((m) => (m.state & MessageState.timeAmbiguous) !== 0)).toEqual([false, true, false]);
  });

  it('that are no date in the order of the file are kept raw', async () => {
    const sink = await readAll(textInput('c.txt', `${'13/04/2024, 10:00 - Anna: a\n'.repeat(5)}04/25/2024, 10:00 - Dan: pasted`));
    expect(sink.messages[5]?.time).toEqual({ raw: '04/25/2024, 10:00', utcMs: null, basis: 'unknown' });
    expect(sink.codes).toContain('time-unreadable');
  });
});

describe('people', () => {
  it('names are scoped by the owner, numbers are not', async () => {
    const text = '13/04/2024, 10:00 - Anna: a\n13/04/2024, 10:01 - +44 7700 900123: b';
    const of = async (owner: ReadOptions['owner'], name = 'c.txt') =>
      (await readAll(textInput(name, text), { ...OPTIONS, dateOrder: 'dmy', owner })).messages.map((m) => m.from?.identifier);
    expect(await of(null)).toEqual(['name:c.txt/Anna', '+447700900123']);
    expect(await of({ identifier: '07700 900200', name: '' })).toEqual(['name:+447700900200/Anna', '+447700900123']);
    expect(await of({ identifier: '07700 900200', name: 'anna' })).toEqual(['+447700900200', '+447700900123']);
    expect(await of({ identifier: '07700 900123', name: '' })).toEqual(['name:+447700900123/Anna', '+447700900123']);
  });

  it('proposes the likeliest owner first', async () => {
    const probe = await whatsappText.probe(textInput('Discussion WhatsApp avec Awa.txt', ANDROID_PAIR), OPTIONS, never());
    const owner = probe.questions.find((question) => question.kind === 'owner');
    expect(owner?.candidates.map((candidate) => candidate.name)).toEqual(['Karim', 'Awa']);
  });

  it("takes the other side from the chat's name", async () => {
    const sink = await readAll(
      textInput('WhatsApp Chat with Anna.txt', '13/04/2024, 10:00 - Anna: a\n14/04/2024, 10:01 - Dan P: b')
    );
    expect(sink.messages.map((m) => m.direction)).toEqual(['incoming', 'outgoing']);
    expect(sink.messages[0]?.thread).toMatchObject({ isGroup: false, name: 'Anna' });
  });

  it('is a group with three senders or with lines that only groups have', async () => {
    const three = '13/04/2024, 10:00 - A: a\n13/04/2024, 10:00 - B: a\n13/04/2024, 10:00 - C: a';
    expect((await readAll(textInput('c.txt', three), { ...OPTIONS, dateOrder: 'dmy' })).messages[0]?.thread.isGroup).toBe(true);
    const left = '13/04/2024, 10:00 - A: a\n13/04/2024, 10:00 - B left';
    expect((await readAll(textInput('c.txt', left), { ...OPTIONS, dateOrder: 'dmy' })).messages[0]?.thread.isGroup).toBe(true);
  });
});

describe('text', () => {
  it('before the first header is one refused item', async () => {
    const sink = await readAll(
      textInput('c.txt', 'end of something\nmore\n13/04/2024, 10:00 - Anna: a\n14/04/2024, 10:00 - Anna: b')
    );
    expect(sink.sum).toMatchObject({ seen: 3, kept: 2, refused: 1 });
    expect(sink.findings[0]).toMatchObject({
      code: 'item-unreadable',
      raw: 'end of something\nmore',
      place: { offset: 0, unit: 'byte' }
    });
  });

  it('in another layout stays text of the message before, and is told', async () => {
    const sink = await readAll(
      textInput('c.txt', '13/04/2024, 10:00 - Anna: look\n[01/02/2023, 09:00:00] Dan: pasted\n14/04/2024, 10:00 - Anna: b')
    );
    expect(sink.messages.map((m) => m.body)).toEqual(['look\n[01/02/2023, 09:00:00] Dan: pasted', 'b']);
    expect(sink.codes).toContain('header-guessed');
  });

  it('is cut at a million characters, the rest refused', async () => {
    const long = `${'x'.repeat(100_000)}\n`.repeat(12);
    const sink = await readAll(textInput('c.txt', `13/04/2024, 10:00 - Anna: a\n${long}14/04/2024, 10:00 - Anna: b`));
    expect(sink.sum).toMatchObject({ seen: 3, kept: 2, refused: 1 });
    expect(sink.codes).toContain('too-large');
    expect((sink.messages[0]?.state ?? 0) & MessageState.partial).not.toBe(0);
  });

  it('in UTF-16 and windows-1252 is read, the latter with a note', async () => {
    const text = '13/04/2024, 10:00 - Zoë: né\n14/04/2024, 10:00 - Zoë: b';
    const utf16 = new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
    expect((await readAll(textInput('c.txt', utf16))).messages[0]).toMatchObject({ body: 'né', from: { name: 'Zoë' } });
    const latin = await readAll(textInput('c.txt', new Uint8Array(Buffer.from(text, 'latin1'))));
    expect(latin.messages[0]).toMatchObject({ body: 'né', from: { name: 'Zoë' } });
    expect(latin.codes).toContain('not-utf8');
  });

  it('byte offsets point at the line', async () => {
    const bytes = new TextEncoder().encode(IOS_GROUP);
    const sink = await readAll(textInput('_chat.txt', IOS_GROUP));
    for (const message of sink.messages) {
      const at = new TextDecoder().decode(bytes.subarray(message.place.offset, message.place.offset + 60));
      expect(at).toContain(`[${message.time.raw}]`);
    }
  });
});

describe('bad input', () => {
  it.each([
    ['empty.txt', textInput('empty.txt', ''), 'empty-file', 'empty.txt is empty.'],
    [
      'a text',
      textInput('notes.txt', 'hello\nworld'),
      'not-recognised',
      'notes.txt: none of its 2 lines begins with a date, a time and a name as WhatsApp writes them.'
    ]
  ])('%s', async (_, input, code, message) => {
    await expect(whatsappText.read(input, OPTIONS, new CollectingSink(), never())).rejects.toMatchObject({ code, message });
    await expect(whatsappText.probe(input, OPTIONS, never())).rejects.toMatchObject({ code });
  });

  it('a picture named as a chat', async () => {
    const png = new Uint8Array([
      0x89,
      0x50,
      0x4e,
      0x47,
      0x0d,
      0x0a,
      0x1a,
      0x0a,
      ...Array.from({ length: 400 }, (_, i) => (i * 37) % 256)
    ]);
    const input = textInput('WhatsApp Chat with Anna.txt', png);
    expect(await headOf(input)).toBe(0);
    await expect(whatsappText.read(input, OPTIONS, new CollectingSink(), never())).rejects.toMatchObject({
      code: 'not-recognised'
    });
  });

  it('a cut zip, a zip without a chat, an encrypted one', async () => {
    const whole = await zipInput('WhatsApp Chat - A.zip', { '_chat.txt': IOS_GROUP });
    const cut = { ...whole, blob: whole.blob.slice(0, whole.sizeBytes - 40), sizeBytes: whole.sizeBytes - 40 };
    await expect(whatsappText.read(cut, OPTIONS, new CollectingSink(), never())).rejects.toMatchObject({
      code: 'damaged-container'
    });
    const other = await zipInput('x.zip', { 'a.jpg': new Uint8Array(9) });
    await expect(whatsappText.read(other, OPTIONS, new CollectingSink(), never())).rejects.toMatchObject({
      code: 'not-recognised',
      message: 'x.zip is a zip without a WhatsApp chat text (1 file).'
    });
    const locked = await zipInput('l.zip', { '_chat.txt': IOS_GROUP }, { password: 'right' });
    expect((await whatsappText.probe(locked, OPTIONS, never())).questions).toMatchObject([{ kind: 'password' }]);
    await expect(
      whatsappText.read(locked, { ...OPTIONS, password: 'wrong' }, new CollectingSink(), never())
    ).rejects.toMatchObject({ code: 'wrong-password' });
    expect((await readAll(locked, { ...OPTIONS, password: 'right' })).sum.kept).toBe(16);
  });

  it('stops on abort', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(whatsappText.read(textInput('c.txt', IOS_GROUP), OPTIONS, new CollectingSink(), stop.signal)).rejects.toThrow(
      'stopped'
    );
  });
});

describe('zips', () => {
  it('with several chats give several threads, each with its place', async () => {
    const input = await zipInput('all.zip', {
      'WhatsApp Chat with Anna.txt': '13/04/2024, 10:00 - Anna: a\n14/04/2024, 10:00 - Dan: a',
      'b/WhatsApp Chat with Bob.txt': '13/04/2024, 10:00 - Bob: b\n14/04/2024, 10:00 - Dan: a',
      'notes.txt': 'hello'
    });
    const sink = await readAll(input);
    expect(sink.messages.map((m) => [m.thread.name, m.place.path])).toEqual([
      ['Anna', 'WhatsApp Chat with Anna.txt'],
      ['Anna', 'WhatsApp Chat with Anna.txt'],
      ['Bob', 'b/WhatsApp Chat with Bob.txt'],
      ['Bob', 'b/WhatsApp Chat with Bob.txt']
    ]);
  });
});

describe('sniff', () => {
  it('is sure of chats and not of other files', async () => {
    expect(await headOf(textInput('_chat.txt', IOS_GROUP))).toBeGreaterThan(0.9);
    expect(await headOf(textInput('x.txt', ANDROID_PAIR))).toBeGreaterThan(0.9);
    expect(await headOf(textInput('x.zip', new Uint8Array([0x50, 0x4b, 3, 4])), ['_chat.txt', 'a.jpg'])).toBeGreaterThan(0.9);
    expect(await headOf(textInput('x.zip', new Uint8Array([0x50, 0x4b, 3, 4])), ['report.xml'])).toBe(0);
    expect(await headOf(textInput('x.csv', 'From,To,Date,Text\n1,2,12/03/2024 14:05,hi'))).toBe(0);
    expect(await headOf(textInput('report.xml', '<?xml version="1.0"?><project/>'))).toBe(0);
    expect(await headOf(textInput('WhatsApp Chat with Anna.txt', 'hello'))).toBe(0);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, name) => {
        const score = whatsappText.sniff({ name, sizeBytes: bytes.length, bytes });
        expect(score >= 0 && score <= 1).toBe(true);
      })
    );
  });
});

describe('conservation', () => {
  const header = fc
    .tuple(
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.constantFrom('Anna', 'Dan: x', '+44 7700 900123', '🤓')
    )
    .map(
      ([day, hour, minute, name]) =>
        `${String(day).padStart(2, '0')}/05/2024, ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')} - ${name}: `
    );
  const bit = fc.oneof(
    fc.string({ maxLength: 30 }).map((s) => s.replace(/[\r\n]/g, ' ')),
    fc.constantFrom('<Media omitted>', 'This message was deleted', 'x.jpg (file attached)', 'ok')
  );
  const item = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(header, bit).map(([head, text]) => head + text) },
    { weight: 2, arbitrary: bit },
    { weight: 1, arbitrary: fc.constant('13/05/2024, 10:00 - Anna left') }
  );
  const isHead = (line: string): boolean => /^\d\d\/05\/2024, \d\d:\d\d - /.test(line);

  it('every header line is an item, text before the first one is one refused item, and nothing else is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 40 }), async (lines) => {
        fc.pre(lines.some(isHead));
        const sink = await readAll(textInput('c.txt', lines.join('\n')), { ...OPTIONS, dateOrder: 'dmy' });
        const heads = lines.filter(isHead).length;
        const isStray = lines.slice(0, lines.findIndex(isHead)).some((line) => line.trim() !== '');
        expect(sink.sum.kept).toBe(heads);
        expect(sink.sum.refused).toBe(isStray ? 1 : 0);
      })
    );
  });

  it('holds for files damaged anywhere', async () => {
    const bytes = new TextEncoder().encode(`${IOS_GROUP}\n${ANDROID_PAIR}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 30 }),
        fc.nat(bytes.length),
        async (hits, cut) => {
          const damaged = bytes.slice(0, cut);
          for (const [at, value] of hits) if (at < cut) damaged[at] = value;
          const sink = new CollectingSink();
          try {
            await whatsappText.read(textInput('_chat.txt', damaged), { ...OPTIONS, dateOrder: 'dmy' }, sink, never());
          } catch (error) {
            expect(error).toMatchObject({ name: 'SourceError' });
          }
          sink.assertConserved();
        }
      ),
      { numRuns: 60 }
    );
  });
});
