import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wholePages } from './ogg-pages.ts';

/** A page whose segments have these lengths; its bytes are zeros, and no mark can be among them. */
function page(lengths: readonly number[]): Uint8Array<ArrayBuffer> {
  const data = lengths.reduce((sum, length) => sum + length, 0);
  const bytes = new Uint8Array(27 + lengths.length + data);
  bytes.set([0x4f, 0x67, 0x67, 0x53]);
  bytes[26] = lengths.length;
  bytes.set(lengths, 27);
  return bytes;
}

const pages = fc.array(fc.array(fc.nat(255), { maxLength: 255 }).map(page), { minLength: 1, maxLength: 5 });

it('leaves whole files alone, and cuts others back to their last whole page', async () => {
  await fc.assert(
    fc.asyncProperty(pages, fc.nat(70_000), async (made, missing) => {
      const whole = new Blob(made);
      expect(await wholePages(whole)).toEqual({ file: whole, isCut: false });
      const last = made.at(-1) as Uint8Array;
      // At least the mark of the last page is there, and at least one of its bytes is not.
      const cut = whole.slice(0, whole.size - 1 - (missing % (last.length - 5)));
      const found = await wholePages(cut);
      expect([found.isCut, found.file.size]).toEqual([true, whole.size - last.length]);
    })
  );
});

it('leaves what is no Ogg as it is', async () => {
  for (const file of [new Blob([]), new Blob(['RIFF....WAVE']), new Blob([new Uint8Array(100), page([10]).slice(0, 30)])]) {
    expect(await wholePages(file)).toEqual({ file, isCut: false });
  }
});
