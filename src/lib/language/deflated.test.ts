import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contentOf, listedPath } from './deflated.ts';

const text = JSON.stringify({ ron: { 'la revedere': 'Goodbye.' } }).repeat(3000);
const deflated = new Uint8Array(deflateSync(text));

describe('deflated files of a model', () => {
  it('give what was put in', async () => {
    const content = await contentOf('phrases.json.deflate', deflated);
    expect(new TextDecoder().decode(content)).toBe(text);
    expect(content.length).toBeGreaterThan(20 * deflated.length);
  });

  it('are told by their name alone', async () => {
    expect(await contentOf('phrases.json', deflated)).toBe(deflated);
  });

  it.each([
    ['cut', deflated.subarray(0, -9)],
    ['empty', new Uint8Array()],
    ['of another kind', new TextEncoder().encode(text)]
  ])('are refused by name when they are %s', async (_, bytes) => {
    await expect(contentOf('hints.json.deflate', bytes.slice())).rejects.toThrow('hints.json.deflate');
  });

  it('are found in a manifest under the name of their content', () => {
    const files = ['names.txt', 'hints.json.deflate'].map((path) => ({ path, sizeBytes: 1, sha256Hex: '' }));
    expect(listedPath({ files }, 'hints.json')).toBe('hints.json.deflate');
    expect(listedPath({ files }, 'names.txt')).toBe('names.txt');
    expect(listedPath({ files }, 'lexicon.json')).toBeNull();
  });
});
