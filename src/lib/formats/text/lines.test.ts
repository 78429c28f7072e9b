import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobChunks, decodeText } from './decode.ts';
import { controlShare, detectEncoding } from './encoding.ts';
import { readLines } from './lines.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, bigEndian: boolean, bom: boolean): Uint8Array {
  const all = (bom ? '\ufeff' : '') + text;
  const bytes = new Uint8Array(all.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < all.length; i++) view.setUint16(i * 2, all.charCodeAt(i), !bigEndian);
  return bytes;
}

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function lines(bytes: Uint8Array, size = 7, notUtf8?: (at: number) => void) {
  const out: [string, number][] = [];
  for await (const batch of readLines(inPieces(bytes, size), { file: 'a.txt', ...(notUtf8 === undefined ? {} : { notUtf8 }) })) {
    batch.texts.forEach((text, i) => out.push([text, batch.offsets[i] as number]));
  }
  return out;
}

async function text(bytes: Uint8Array, size: number, notUtf8: (at: number) => void = () => undefined) {
  let out = '';
  for await (const piece of decodeText(inPieces(bytes, size), notUtf8)) out += piece;
  return out;
}

describe('readLines', () => {
  it('gives byte offsets, with CR LF and without a last line end', async () => {
    expect(await lines(utf8('ab\r\nșț\n\nlast'))).toEqual([
      ['ab', 0],
      ['șț', 4],
      ['', 9],
      ['last', 10]
    ]);
  });

  it('skips the mark and counts it', async () => {
    expect(await lines(utf8('\ufeffab\ncd'))).toEqual([
      ['ab', 3],
      ['cd', 6]
    ]);
  });

  it.each([
    [false, true],
    [true, true],
    [false, false],
    [true, false]
  ])('reads UTF-16 (big endian %s, mark %s)', async (bigEndian, bom) => {
    // U+0A0A has a byte 10 in both halves and is no line end.
    const got = await lines(utf16('first line\r\nsecond \u0a0a line\nend', bigEndian, bom), 5);
    expect(got.map(([line]) => line)).toEqual(['first line', 'second \u0a0a line', 'end']);
    expect(got[1]?.[1]).toBe((bom ? 2 : 0) + 24);
  });

  it('reads a line that is not UTF-8 as windows-1252 and says where, once', async () => {
    const bytes = new Uint8Array([...utf8('one\n'), 0x63, 0x61, 0x66, 0xe9, 10, 0xe9, 10, ...utf8('ă')]);
    const where: number[] = [];
    expect((await lines(bytes, 3, (at) => where.push(at))).map(([line]) => line)).toEqual(['one', 'café', 'é', 'ă']);
    expect(where).toEqual([4]);
  });

  it('stops at a line without end', async () => {
    const endless = readLines(inPieces(utf8('x'.repeat(200)), 50), { file: 'a.txt', longestLineBytes: 100 });
    await expect(endless.next()).rejects.toMatchObject({ code: 'too-large' });
  });

  it('gives the same lines however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }).map((s) => s.replace(/[\r\n]/g, ''))),
        fc.integer({ min: 1, max: 20 }),
        async (rows, size) => {
          const bytes = utf8('#### \n' + rows.map((row) => row + '\n').join(''));
          const got = await lines(bytes, size);
          expect(got.map(([line]) => line)).toEqual(['#### ', ...rows.map((row) => row.toWellFormed())]);
          for (const [line, offset] of got) expect(bytes.subarray(offset, offset + utf8(line).length)).toEqual(utf8(line));
        }
      )
    );
  });
});

describe('decodeText', () => {
  it('gives the same text however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), async (row, size) => {
        const whole = '#### ' + row.toWellFormed();
        expect(await text(utf8(whole), size)).toBe(whole);
      })
    );
  });

  it('drops the mark, reads UTF-16, falls back once', async () => {
    expect(await text(utf8('\ufeffab'), 1)).toBe('ab');
    expect(await text(utf16('hello there', false, true), 3)).toBe('hello there');
    const where: number[] = [];
    expect(await text(new Uint8Array([0x61, 0x61, 0x61, 0x61, 0xe9, 0x62, 0xe8]), 5, (at) => where.push(at))).toBe('aaaaébè');
    expect(where).toHaveLength(1);
  });

  it('stops when asked', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(blobChunks(new Blob(['x']), stop.signal).next()).rejects.toThrow('enough');
  });
});

describe('detectEncoding', () => {
  it('sees marks, zeros, and binary', () => {
    expect(detectEncoding(utf8('plain')).encoding).toBe('utf-8');
    expect(detectEncoding(utf16('plain text', true, false))).toEqual({ encoding: 'utf-16be', bomBytes: 0 });
    expect(controlShare(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0]))).toBeGreaterThan(0.1);
    expect(controlShare(utf8('a\tb\r\n'))).toBe(0);
  });
});
