import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUILD_ID } from '../../evidence/build-id.ts';
import { readExchangeFile, writeExchangeFile, type ExchangeFile } from './exchange-file.ts';
import { newSecret, SESSION_BYTES, type Bytes } from './group.ts';
import { blindedSet } from './protocol.ts';
import { standIn } from './stand-in.fixture.ts';

let pair: CryptoKeyPair;
let points: Bytes;
let request: Bytes;

const file = (change: Partial<ExchangeFile> = {}): ExchangeFile => ({
  kind: 'request',
  session: new Uint8Array(SESSION_BYTES).fill(7),
  previous: new Uint8Array(32),
  from: 'Brigade Nord, cellule traite',
  purpose: 'Opération HÉRON',
  asking: points,
  answering: new Uint8Array(),
  ...change
});
const write = (change: Partial<ExchangeFile> = {}): Promise<Bytes> => writeExchangeFile(file(change), pair);
const faultOf = async (bytes: Bytes): Promise<string> => {
  const read = await readExchangeFile(bytes);
  return read.ok ? 'none' : read.fault;
};

/** As versions of the app wrote it that named no build: without those sixteen bytes, signed by the same device. */
async function versionOne(bytes: Bytes): Promise<Bytes> {
  const signed = Uint8Array.from([...bytes.subarray(0, 70), ...bytes.subarray(86, bytes.length - 64)]);
  signed[8] = 1;
  const label = new TextEncoder().encode('skein exchange file 1\n');
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(algorithm, pair.privateKey, Uint8Array.from([...label, ...signed]));
  return Uint8Array.from([...signed, ...new Uint8Array(signature)]);
}

beforeAll(async () => {
  pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  points = (await blindedSet(standIn, new Uint8Array(SESSION_BYTES), ['email:a@b.c'], newSecret(), () => {})).points;
  request = await write();
});

describe('a file of the exchange', () => {
  it('is read as it was written', async () => {
    const read = await readExchangeFile(request);
    expect(read).toMatchObject({ ok: true, file: file() });
  });

  it('says which build of the app wrote it; one of version 1 is read without', async () => {
    expect(await readExchangeFile(request)).toMatchObject({ ok: true, file: { build: BUILD_ID } });
    expect(new TextDecoder().decode(request.subarray(70, 70 + BUILD_ID.length))).toBe(BUILD_ID);
    const old = await versionOne(request);
    expect(await readExchangeFile(old)).toMatchObject({ ok: true, file: { ...file(), build: '' } });
    expect(await faultOf(old.slice(0, 220))).toBe('wrong-length');
  });

  it('of one kind and bucket has one shape whatever is in it', async () => {
    const other = await blindedSet(
      standIn,
      new Uint8Array(SESSION_BYTES),
      Array.from({ length: 200 }, (_, i) => `number:+4477${i}`),
      newSecret(),
      () => {}
    );
    const second = await write({ asking: other.points });
    expect(second.length).toBe(request.length);
    expect(second.subarray(0, 86)).toEqual(request.subarray(0, 86));
  });

  it('is refused with any byte changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(request.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bytes = request.slice();
        bytes[at]! ^= by;
        expect(await faultOf(bytes)).not.toBe('none');
      }),
      { numRuns: 300 }
    );
  });

  it('is refused when it is cut or longer than it says', async () => {
    for (const length of [0, 7, 8, 40, 200, request.length - 1]) {
      expect(await faultOf(request.slice(0, length))).toBe(length < 8 ? 'not-an-exchange-file' : 'wrong-length');
    }
    expect(await faultOf(Uint8Array.from([...request, 0]))).toBe('wrong-length');
  });

  it('is refused in its own words where it is something else or newer', async () => {
    expect(await faultOf(new TextEncoder().encode('%PDF-1.7 and more'))).toBe('not-an-exchange-file');
    const newer = request.slice();
    newer[8] = 3;
    expect(await faultOf(newer)).toBe('newer-version');
  });

  it.each([
    ['no bucket', () => ({ asking: points.slice(0, 32 * 100) })],
    ['out of order', () => ({ asking: Uint8Array.from([...points.slice(32), ...points.slice(0, 32)]) })],
    ['twice the same', () => ({ asking: Uint8Array.from([...points.slice(0, 32), ...points.slice(0, 32 * 255)]) })],
    ['of the wrong side', () => ({ answering: points })],
    ['missing', () => ({ asking: new Uint8Array() })],
    ['an answer without what was asked', () => ({ kind: 'answer' as const, asking: new Uint8Array(), answering: points })]
  ])('is refused when its points are %s, although it is signed', async (_, change) => {
    expect(await faultOf(await write(change()))).toBe('malformed');
  });

  it('takes no longer words than it has room for', async () => {
    await expect(write({ purpose: 'x'.repeat(401) })).rejects.toThrow(RangeError);
  });
});
