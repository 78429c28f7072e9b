/** The steps: with a stand-in group for many sets, with the real one for what is about the group. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blinderHere } from './blinder.ts';
import { blindKeys, MalformedPoint, newSecret, POINT_BYTES, raisePoints, SESSION_BYTES, type Bytes } from './group.ts';
import {
  areDistinct,
  blindedSet,
  bucketOf,
  commonKeys,
  isBucket,
  isStrictlyOrdered,
  MOST_IDENTIFIERS,
  type Blinder
} from './protocol.ts';
import { standIn } from './stand-in.fixture.ts';

const session = (): Bytes => crypto.getRandomValues(new Uint8Array(SESSION_BYTES));
const still = (): void => {};

/** Both sides' results after all steps. */
async function exchange(
  blinder: Blinder,
  asking: readonly string[],
  answering: readonly string[]
): Promise<[string[], string[]]> {
  const at = session();
  const [a, b] = [newSecret(), newSecret()];
  const request = await blindedSet(blinder, at, asking, a, still);
  const raised = await blinder.raise(request.points, b, still);
  const answer = await blindedSet(blinder, at, answering, b, still);
  const result = await blinder.raise(answer.points, a, still);
  return [commonKeys(request.keys, raised, result), commonKeys(answer.keys, result, raised)];
}

const keys = fc.uniqueArray(
  fc.integer({ min: 0, max: 120 }).map((n) => `number:+4477009${String(n).padStart(5, '0')}`),
  {
    maxLength: 80
  }
);

describe('an exchange', () => {
  it('gives both sides the plain intersection', async () => {
    await fc.assert(
      fc.asyncProperty(keys, keys, async (asking, answering) => {
        const plain = asking.filter((key) => answering.includes(key)).sort();
        expect(await exchange(standIn, asking, answering)).toEqual([plain, plain]);
      }),
      { numRuns: 40 }
    );
  });

  it('does so in the real group', async () => {
    const asking = ['number:+447700900001', 'email:ana@example.org', 'imei:35209900176148'];
    const answering = ['email:ana@example.org', 'handle:telegram:42', 'number:+447700900001', 'number:+447700900002'];
    const both = ['email:ana@example.org', 'number:+447700900001'];
    expect(await exchange(blinderHere(), asking, answering)).toEqual([both, both]);
  }, 60_000);
});

describe('a set that goes out', () => {
  it('has a bucket as its size and no order but that of its bytes', async () => {
    const sizes = await Promise.all(
      [0, 1, 255, 256, 257].map(async (count) => {
        const list = Array.from({ length: count }, (_, i) => `number:+44770090${1000 + i}`);
        const set = await blindedSet(standIn, session(), list, newSecret(), still);
        expect(isStrictlyOrdered(set.points)).toBe(true);
        expect(set.keys.filter((key) => key !== '').sort()).toEqual([...list].sort());
        return set.points.length / POINT_BYTES;
      })
    );
    expect(sizes).toEqual([256, 256, 256, 256, 512]);
  });

  it('says nothing by the place of an identifier: the same one lies anywhere', async () => {
    const list = Array.from({ length: 64 }, (_, i) => `number:+44770090${1000 + i}`);
    const places = [];
    for (let round = 0; round < 40; round++) {
      const set = await blindedSet(standIn, session(), list, newSecret(), still);
      places.push(set.keys.indexOf(list[0]!) / set.keys.length);
    }
    // Of 40 even draws all fall into one half once in 2^39.
    expect(Math.min(...places)).toBeLessThan(0.5);
    expect(Math.max(...places)).toBeGreaterThan(0.5);
  });

  it('differs wholly from one exchange to the next', async () => {
    const secret = newSecret();
    const [first, second] = [
      await blindKeys(session(), ['number:+447700900001'], secret),
      await blindKeys(session(), ['number:+447700900001'], secret)
    ];
    expect(first).not.toEqual(second);
  });

  it('is refused when it is too large', async () => {
    const list = Array.from({ length: MOST_IDENTIFIERS + 1 }, (_, i) => `number:+${i}`);
    await expect(blindedSet(standIn, session(), list, newSecret(), still)).rejects.toThrow(RangeError);
  });

  it('counts an identifier once that is listed twice', async () => {
    const set = await blindedSet(standIn, session(), ['email:a@b.c', 'email:a@b.c'], newSecret(), still);
    expect(set.keys.filter((key) => key !== '')).toEqual(['email:a@b.c']);
    expect(areDistinct(set.points)).toBe(true);
  });
});

describe('sizes', () => {
  it('are powers of two from 256 to the most', () => {
    expect([1, 256, 257, 10_000].map(bucketOf)).toEqual([256, 256, 512, 16_384]);
    expect([255, 256, 300, 16_384, 32_768].map(isBucket)).toEqual([false, true, false, true, false]);
  });
});

describe('points of the other side', () => {
  const raise = (points: Bytes): Promise<Bytes> => raisePoints(points, newSecret());

  it.each([
    ['the neutral element', new Uint8Array(POINT_BYTES)],
    ['a number over the field', new Uint8Array(POINT_BYTES).fill(0xff)],
    ['a negative encoding', Uint8Array.from({ length: POINT_BYTES }, (_, i) => (i === 0 ? 1 : 0))],
    // RFC 9496, appendix A.2: not a square.
    [
      'bytes that encode nothing',
      Uint8Array.from('26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371'.match(/../g)!, (pair) =>
        Number.parseInt(pair, 16)
      )
    ]
  ])('are refused when one is %s', async (_, bad) => {
    const good = await blindKeys(session(), ['email:a@b.c'], newSecret());
    await expect(raise(Uint8Array.from([...good, ...bad]))).rejects.toThrow(MalformedPoint);
  });

  it('are raised in any order of the two secrets', async () => {
    const points = await blindKeys(session(), ['number:+447700900001', ''], newSecret());
    const [a, b] = [newSecret(), newSecret()];
    expect(await raisePoints(await raisePoints(points, a), b)).toEqual(await raisePoints(await raisePoints(points, b), a));
  });

  it('are raised until somebody stops it', async () => {
    const stop = AbortSignal.abort(new DOMException('stopped', 'AbortError'));
    const points = await blindKeys(session(), ['email:a@b.c'], newSecret());
    await expect(raisePoints(points, newSecret(), { signal: stop })).rejects.toThrow('stopped');
  });
});

describe('hashing to the group', () => {
  it('follows the published form: the known answers of another implementation', async () => {
    // Secret 1 leaves H(session, key) as it is; made with libsodium's crypto_core_ristretto255_from_hash over expand_message_xmd.
    const one = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0));
    const point = await blindKeys(new Uint8Array(SESSION_BYTES), ['number:+447700900123'], one);
    expect(Array.from(point, (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(KNOWN);
  });
});

const KNOWN = '983bc8fe9cde441e558c1b54e869008d6c8a351f348bcea2f26b5dcabf997d30';
