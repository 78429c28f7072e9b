import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter, type ZipWriterConstructorOptions } from '@zip.js/zip.js';
import { describe, expect, it, vi } from 'vitest';
import { randomOf } from '../../../../tests/fixtures/mutants.ts';
import type { SourceInput } from '../contract.ts';
import { ZIP_CAPS } from '../caps.ts';
import { looksLikeZip, ZipContainer } from './zip.ts';

const never = new AbortController().signal;

async function zipOf(
  entries: Record<string, string | Uint8Array>,
  options: ZipWriterConstructorOptions = {}
): Promise<Uint8Array> {
  const writer = new ZipWriter(new BlobWriter(), options);
  for (const [name, content] of Object.entries(entries)) {
    await writer.add(name, typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content));
  }
  return new Uint8Array(await (await writer.close()).arrayBuffer());
}

const input = (bytes: Uint8Array<ArrayBuffer> | Uint8Array, name = 'a.zip'): SourceInput => ({
  name,
  sizeBytes: bytes.length,
  blob: new Blob([new Uint8Array(bytes)])
});

async function content(zip: ZipContainer, name: string, cap?: number): Promise<string> {
  const entry = zip.find((n) => n === name);
  if (entry === undefined) throw new Error(`no ${name}`);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of zip.read(entry, never, cap)) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

describe('ZipContainer', () => {
  it('lists and reads, also in ZIP64 form', async () => {
    for (const zip64 of [false, true]) {
      const bytes = await zipOf({ 'report.xml': '<a/>'.repeat(100_000), 'files/x.bin': 'x' }, { zip64 });
      expect(looksLikeZip(bytes)).toBe(true);
      const zip = await ZipContainer.open(input(bytes), { signal: never });
      expect(zip.entries.map((entry) => entry.name)).toEqual(['report.xml', 'files/x.bin']);
      expect(zip.notes).toEqual([]);
      expect(await content(zip, 'report.xml')).toBe('<a/>'.repeat(100_000));
      await zip.close();
    }
  });

  it('keeps only what is wanted and lists the rest', async () => {
    const zip = await ZipContainer.open(input(await zipOf({ 'a.xml': 'a', 'b.bin': 'b' })), {
      signal: never,
      wanted: (name) => name.endsWith('.xml')
    });
    expect(zip.entries).toHaveLength(2);
    expect(await content(zip, 'a.xml')).toBe('a');
    await expect(content(zip, 'b.bin')).rejects.toThrow('not kept');
  });

  it('says that a password is needed, and that one is wrong', async () => {
    for (const zipCrypto of [false, true]) {
      const bytes = await zipOf({ 'a.txt': 'secret text' }, { password: 'right', zipCrypto });
      const without = await ZipContainer.open(input(bytes), { signal: never });
      expect(without.needsPassword(without.entries[0]!)).toBe(true);
      await expect(content(without, 'a.txt')).rejects.toMatchObject({
        code: 'encrypted-without-key',
        message: expect.stringContaining("a.zip: 'a.txt'")
      });
      const wrong = await ZipContainer.open(input(bytes), { signal: never, password: 'left' });
      await expect(content(wrong, 'a.txt')).rejects.toMatchObject({ code: 'wrong-password' });
      const right = await ZipContainer.open(input(bytes), { signal: never, password: 'right' });
      expect(await content(right, 'a.txt')).toBe('secret text');
    }
  });

  it('says that a zip is cut', async () => {
    const bytes = await zipOf({ 'a.txt': 'some text '.repeat(1000) });
    await expect(ZipContainer.open(input(bytes.subarray(0, bytes.length - 60)), { signal: never })).rejects.toMatchObject({
      code: 'damaged-container',
      message: expect.stringContaining('cut off')
    });
    await expect(ZipContainer.open(input(new Uint8Array(0)), { signal: never })).rejects.toMatchObject({
      code: 'damaged-container'
    });
  });

  it('names the entry whose bytes are damaged', async () => {
    const noise = new Uint8Array(20_000).map((_, i) => (i * 7919 + (i >> 3)) & 255);
    const bytes = await zipOf({ 'a.bin': noise }, { level: 0 });
    bytes[9000] = (bytes[9000] as number) ^ 0xff;
    const zip = await ZipContainer.open(input(bytes), { signal: never });
    await expect(content(zip, 'a.bin')).rejects.toMatchObject({ code: 'damaged-container', place: { path: 'a.bin' } });
  });

  it('refuses an entry in an unknown packing at once', async () => {
    const bytes = await zipOf({ 'a.bin': 'text' }, { level: 0 });
    const view = new DataView(bytes.buffer);
    const central = view.getUint32(bytes.length - 6, true);
    view.setUint16(8, 0x1234, true);
    view.setUint16(central + 10, 0x1234, true);
    const zip = await ZipContainer.open(input(bytes), { signal: never });
    await expect(content(zip, 'a.bin')).rejects.toMatchObject({
      code: 'damaged-container',
      message: expect.stringContaining('packed by a method')
    });
  });

  it('reads bytes in front of the zip with a note', async () => {
    const bytes = await zipOf({ 'a.txt': 'text' });
    const zip = await ZipContainer.open(input(new Uint8Array([...new TextEncoder().encode('junk in front'), ...bytes])), {
      signal: never
    });
    expect(zip.notes.map((note) => note.code)).toEqual(['damaged-container']);
    expect(await content(zip, 'a.txt')).toBe('text');
  });

  it('believes no declared size: 10 GB on paper is read for what it is or refused in one sentence', async () => {
    const text = 'cheile de la duba '.repeat(500);
    const bytes = await zipOf({ 'report.xml': text }, { zip64: true });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let patched = 0;
    for (let at = 0; at + 8 <= bytes.length; at++) {
      if (view.getBigUint64(at, true) !== BigInt(text.length)) continue;
      view.setBigUint64(at, 10_000_000_000n, true);
      patched++;
    }
    expect(patched).toBeGreaterThan(0);
    const zip = await ZipContainer.open(input(bytes), { signal: never });
    expect(zip.entries[0]?.sizeBytes).toBe(10_000_000_000);
    const outcome = await content(zip, 'report.xml').catch((error: unknown) => error);
    if (typeof outcome === 'string') expect(outcome).toBe(text);
    else expect(outcome).toMatchObject({ name: 'SourceError', code: 'damaged-container', place: { path: 'report.xml' } });
  });

  it('stops an entry at the cap and a bomb at the ratio', async () => {
    const zeros = await zipOf({ 'zeros.xml': new Uint8Array(40 * 2 ** 20) }, { level: 9 });
    const zip = await ZipContainer.open(input(zeros), { signal: never });
    const entry = zip.entries[0]!;
    expect(entry.sizeBytes / entry.compressedBytes).toBeGreaterThan(ZIP_CAPS.ratio);
    await expect(content(zip, 'zeros.xml')).rejects.toMatchObject({ code: 'ratio-too-high' });
    await expect(content(zip, 'zeros.xml', 1000)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining("'zeros.xml'")
    });
  });

  it('gives large pieces, and gives the inflater small ones', async () => {
    const random = randomOf(7);
    const noise = Uint8Array.from({ length: 700_000 }, () => random(256));
    const zip = await ZipContainer.open(input(await zipOf({ 'a.bin': noise }, { level: 1 })), { signal: never });
    const asked: number[] = [];
    const slice = vi.spyOn(Uint8Array.prototype, 'slice');
    try {
      const pieces: number[] = [];
      for await (const piece of zip.read(zip.entries[0]!, never)) pieces.push(piece.length);
      expect(pieces.reduce((sum, length) => sum + length)).toBe(noise.length);
      expect(pieces.length).toBeLessThanOrEqual(Math.ceil(noise.length / (256 * 1024)) + 1);
      asked.push(...slice.mock.calls.map(([from, to]) => (to ?? 0) - (from ?? 0)));
    } finally {
      slice.mockRestore();
    }
    expect(asked).toContain(16 * 1024);
    await zip.close();
  });

  it('reads entries by turns', async () => {
    const random = randomOf(8);
    const noise = (length: number): Uint8Array => Uint8Array.from({ length }, () => random(256));
    const [a, b] = [noise(600_000), noise(500_000)];
    const zip = await ZipContainer.open(input(await zipOf({ 'a.bin': a, 'b.bin': b })), { signal: never });
    const both = await Promise.all(
      zip.entries.map(async (entry) => {
        const parts: Uint8Array[] = [];
        for await (const piece of zip.read(entry, never)) parts.push(piece.slice());
        return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
      })
    );
    expect(both).toEqual([a, b]);
    await zip.close();
  });

  it('opens a zip in a zip, and not a third', async () => {
    const third = await zipOf({ 'c.txt': 'deep' });
    const second = await zipOf({ 'b.zip': third });
    const first = await zipOf({ 'a.zip': second });
    const one = await ZipContainer.open(input(first), { signal: never });
    const two = await one.openNested(one.entries[0]!, { signal: never });
    await expect(two.openNested(two.entries[0]!, { signal: never })).rejects.toMatchObject({ code: 'nested-too-deep' });
  });

  it('refuses a list that goes on and on', async () => {
    const bytes = await zipOf({ 'a.txt': '1', 'b.txt': '2', 'c.txt': '3' });
    expect(ZIP_CAPS.entries).toBe(2_000_000);
    await expect(ZipContainer.open(input(bytes), { signal: never, mostEntries: 2 })).rejects.toMatchObject({
      code: 'too-many-entries'
    });
    expect((await ZipContainer.open(input(bytes), { signal: never, mostEntries: 3 })).entries).toHaveLength(3);
  });

  it('leaves out names that are too long and keeps odd ones as text', async () => {
    const zip = await ZipContainer.open(input(await zipOf({ '../../etc/passwd': 'x', ['n'.repeat(5000)]: 'y' })), {
      signal: never
    });
    expect(zip.entries.map((entry) => entry.name)).toEqual(['../../etc/passwd']);
    expect(zip.notes.map((note) => note.code)).toContain('entry-skipped');
  });

  it('stops when asked, with the reason given', async () => {
    const zip = await ZipContainer.open(
      input(await zipOf({ 'a.bin': new Uint8Array(5_000_000).map((_, i) => (i * 7919) >> 5) })),
      { signal: never }
    );
    const stop = new AbortController();
    const reading = (async () => {
      for await (const chunk of zip.read(zip.entries[0]!, stop.signal)) {
        expect(chunk.length).toBeGreaterThan(0);
        stop.abort(new Error('cancelled by the officer'));
      }
    })();
    await expect(reading).rejects.toThrow('cancelled by the officer');
  });
});
