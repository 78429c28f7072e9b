import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mail, MAILBOX } from '../../../../tests/fixtures/email.ts';
import { bytesInput, NO_ABORT, readInto } from '../../../../tests/fixtures/format-fixture.ts';
import type { ReadOptions } from '../contract.ts';
import { recognise } from '../recognise.ts';
import { email } from './index.ts';
import { MAIL_CAPS } from '../caps.ts';
import { mailsOf, type RawMail } from './mailbox.ts';
import { textOfHtml } from './mail-text.ts';

const UNASKED: ReadOptions = { zone: null, region: 'GB', owner: null };
const read = (content: string | Uint8Array, options = UNASKED) => readInto(email, bytesInput('box.mbox', content), options);

async function splitIn(bytes: Uint8Array, piece: number, mostBytes = MAIL_CAPS.messageBytes): Promise<RawMail[]> {
  const mails: RawMail[] = [];
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.slice(at, at + piece);
    return Promise.resolve();
  };
  for await (const one of mailsOf(chunks(), mostBytes)) mails.push(one);
  return mails;
}

describe('email: mailboxes', () => {
  it('parts a mailbox the same way in pieces of any size', async () => {
    const bytes = new TextEncoder().encode(MAILBOX);
    const whole = await splitIn(bytes, bytes.length);
    expect(whole).toHaveLength(4);
    for (const piece of [1, 7, 64]) expect(await splitIn(bytes, piece)).toEqual(whole);
    for (const { offset, bytes: own } of whole.slice(1))
      expect(MAILBOX.slice(offset, offset + 6)).toBe(new TextDecoder().decode(own!.subarray(0, 6)));
  });

  it('takes off the mark before a line that begins like a separator, in mailboxes alone', async () => {
    const one = mail(['From: a@b.c', 'Date: Fri, 01 Mar 2024 18:00:00 +0000', 'Subject: s'], ['>From x', '>>From y', '> From z']);
    const [bare] = (await read(one)).messages;
    const [boxed] = (await read(`From a@b.c Fri Mar 1 18:00:00 2024\r\n${one}`)).messages;
    expect(bare?.body).toBe('s\n\n>From x\n>>From y\n> From z');
    expect(boxed?.body).toBe('s\n\nFrom x\n>From y\n> From z');
  });

  it('leaves a date without an offset out of the timeline, and keeps its words', async () => {
    const [one] = (await read(mail(['From: a@b.c', 'To: d@e.f', 'Date: Fri, 01 Mar 2024 18:00:00'], ['x']))).messages;
    expect(one?.time).toEqual({ raw: 'Fri, 01 Mar 2024 18:00:00', utcMs: null, basis: 'unknown' });
  });

  it('refuses a letter of parts in parts without end, by name, and reads the next', async () => {
    let inner = 'text';
    for (let i = 0; i < 100; i++) inner = `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n${inner}\r\n--b${i}--`;
    const deep = `From: a@b.c\r\nDate: Fri, 01 Mar 2024 18:00:00 +0000\r\n${inner}\r\n\r\n`;
    const sink = await read(
      `From x Fri Mar 1 18:00:00 2024\r\n${deep}From y Fri Mar 1 18:00:00 2024\r\n${mail(['From: a@b.c', 'Subject: s'], ['x'])}`
    );
    expect(sink.sum).toMatchObject({ refused: 1 });
    expect(sink.messages).toHaveLength(1);
  });

  it.each([
    ['lines', `${'x'.repeat(999)}\n`],
    ['one line', 'x'.repeat(1000)]
  ])('passes over a giant letter of %s and reads the next', async (_what, filler) => {
    const small = mail(['From: a@b.c', 'Subject: s'], ['x']);
    const filling = filler.repeat(30);
    const box = `From x Fri Mar 1 18:00:00 2024\nFrom: g@g.g\n\n${filling}\n\nFrom y Fri Mar 1 18:00:00 2024\n${small}`;
    for (const piece of [100, 4096, box.length]) {
      const mails = await splitIn(new TextEncoder().encode(box), piece, 20_000);
      const texts = mails.map((one) => (one.bytes === null ? 'passed over' : new TextDecoder().decode(one.bytes)));
      expect(texts).toEqual(['passed over', small]);
      expect(mails[0]?.sizeBytes).toBeGreaterThan(30_000);
      expect(mails[1]?.offset).toBe(box.length - small.length);
    }
  });

  it('is no prose, and no other list of headers', async () => {
    for (const text of ['Dear all,\nFrom: me\n', 'Name: x\nValue: y\n\nz', 'From here on\nwe walk'])
      expect((await recognise(bytesInput('a.txt', text), NO_ABORT)).recognised?.format.id).not.toBe('email');
  });

  it('makes text of HTML and runs nothing of it', () => {
    expect(textOfHtml('<p>a</p><script>alert(1)</script><p>b &lt;i&gt;</p><!-- c')).toBe('a\n\nb <i>');
  });

  it('reads as much HTML as there is, and opened tags without end once', () => {
    const long = `<p>${'ha '.repeat(2_000_000)}</p><b>end`;
    expect(textOfHtml(long).endsWith('ha\nend')).toBe(true);
    const opened = '<p'.repeat(100_000);
    expect(textOfHtml(opened)).toHaveLength(opened.length);
  });

  it('says how many headers it leaves out, and how much of a long one', async () => {
    const many = Array.from({ length: 600 }, (_, i) => `X-H${i}: ${i}`).join('\n');
    const letter = `From: a@example.org\nDate: Fri, 01 Mar 2024 10:00:00 +0000\nX-Long: ${'y'.repeat(150_000)}\n${many}\n\nsalut\n`;
    const sink = await readInto(email, bytesInput('a.eml', letter), UNASKED);
    const fields = sink.generics[0]?.fields ?? [];
    expect(fields.find(([name]) => name === 'X-Long')?.[1]).toMatch(/y … \(\+50000\)$/);
    expect(fields.at(-1)).toEqual(['…', '+101']);
  });

  it('conserves: one message seen for each letter of any mailbox', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        'From: a@b.c',
        'To: d@e.f, g',
        'Date: Fri, 01 Mar 2024 18:00:00 +0000',
        'Content-Type: multipart/mixed; boundary=x',
        '--x',
        '--x--',
        'Message-ID: <1>',
        '>From q',
        'Content-Transfer-Encoding: base64'
      ),
      fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, '').replace(/^From /, ''))
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(line, { maxLength: 8 }), { minLength: 1, maxLength: 4 }), async (letters) => {
        const text = letters
          .map((lines) => `From x Fri Mar 1 18:00:00 2024\n${['From: z@z.z', ...lines].join('\n')}\n\n`)
          .join('');
        const sink = await read(text);
        expect(sink.sum.byKind.message.seen).toBe(letters.length);
      }),
      { numRuns: 150 }
    );
  });
});
