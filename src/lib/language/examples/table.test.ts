import { describe, expect, it } from 'vitest';
import { bytesOf, type InventedTable } from '../../../../tests/fixtures/examples-table.ts';
import { readExamples } from './table.ts';

const invented: InventedTable = {
  width: 4,
  dimensions: 4,
  parts: 4,
  centres: [
    [0, 0, 0, 0],
    [9, 9, 8, 8]
  ],
  value: (code, dimension) => code + dimension / 2,
  examples: [
    { list: 1, token: 7, codes: [9, 8, 7, 6] },
    { list: 0, token: 5, codes: [1, 2, 3, 4] },
    { list: 1, token: 6, codes: [10, 9, 8, 7] }
  ],
  mean: [1, 2, 3, 4]
};
const bytes = bytesOf(invented);

/** `bytes` with one number of four bytes changed. */
function changed(at: number, value: number): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
}

describe('readExamples', () => {
  it('reads what was written, list by list', () => {
    const table = readExamples('a.bin', bytes, 10);
    expect([table.width, table.dimensions, table.parts, table.lists]).toEqual([4, 4, 4, 2]);
    expect([...table.mean]).toEqual([1, 2, 3, 4]);
    expect([...table.directions]).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
    expect([...table.centres]).toEqual([0, 0, 0, 0, 9, 9, 8, 8]);
    expect([...table.starts]).toEqual([0, 1, 3]);
    expect([...table.tokens]).toEqual([5, 7, 6]);
    expect([...table.codes]).toEqual([1, 2, 3, 4, 9, 8, 7, 6, 10, 9, 8, 7]);
    expect([table.books[3], table.books[256 + 3]]).toEqual([3, 3.5]);
  });

  it('reads bytes that begin at an odd place of a larger block', () => {
    const block = new Uint8Array(bytes.length + 3);
    block.set(bytes, 3);
    expect([...readExamples('a.bin', block.subarray(3), 10).tokens]).toEqual([5, 7, 6]);
  });

  it.each([
    ['other bytes', changed(0, 1), 'first bytes'],
    ['another version', changed(4, 2), 'first bytes'],
    ['no parts', changed(16, 0), 'sizes'],
    ['parts that do not divide the dimensions', changed(16, 8), 'sizes'],
    ['parts that are not added up evenly', changed(16, 2), 'sizes'],
    ['more places than there are', changed(24, 4), 'bytes and not'],
    ['an end cut off', bytes.slice(0, -1), 'bytes and not'],
    ['an end within the header', bytes.slice(0, 20), 'header'],
    ['nothing', bytes.slice(0, 0), 'header'],
    ['lists that end early', changed(bytes.length - 3 * 6 - 4, 2), 'lists'],
    ['lists out of order', changed(bytes.length - 3 * 6 - 8, 4), 'lists']
  ])('refuses %s, naming the file', (_, wrong, why) => {
    expect(() => readExamples('examples/fra.bin', wrong, 10)).toThrow(/^examples\/fra\.bin is no table of examples/);
    expect(() => readExamples('examples/fra.bin', wrong, 10)).toThrow(why);
  });

  it('refuses a token that the model does not have', () => {
    expect(() => readExamples('a.bin', bytes, 7)).toThrow('token');
    expect(() => readExamples('a.bin', bytes, 8)).not.toThrow();
  });
});
