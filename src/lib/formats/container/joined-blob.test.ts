import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinedBlob } from './joined-blob.ts';

const bytesOf = async (blob: Blob): Promise<number[]> => [...new Uint8Array(await blob.arrayBuffer())];

it('gives the bytes of its pieces, at any slice, nested or streamed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.uint8Array({ maxLength: 20 }), fc.constantFrom('bytes', 'blob', 'joined')), { maxLength: 8 }),
      fc.nat(180),
      fc.nat(180),
      fc.nat(60),
      async (pieces, start, end, again) => {
        const parts = pieces.map(([bytes, kind]) => {
          const own = new Uint8Array(bytes);
          return kind === 'bytes' ? own : kind === 'blob' ? new Blob([own]) : joinedBlob([own]);
        });
        const ours = joinedBlob(parts);
        // An array's slices are cut as a Blob's are; those of Node 20 end the process at some places.
        const theirs = pieces.flatMap(([bytes]) => [...bytes]);
        expect(ours.size).toBe(theirs.length);
        expect(await bytesOf(ours)).toEqual(theirs);
        expect(await bytesOf(ours.slice(start, end))).toEqual(theirs.slice(start, end));
        expect(await bytesOf(ours.slice(-again))).toEqual(theirs.slice(-again));
        expect(await bytesOf(ours.slice(start).slice(again, -1))).toEqual(theirs.slice(start).slice(again, -1));
        expect([...(await new Response(ours.slice(again).stream()).bytes())]).toEqual(theirs.slice(again));
        expect(await ours.text()).toBe(new TextDecoder().decode(Uint8Array.from(theirs)));
      }
    ),
    { numRuns: 60 }
  );
});
