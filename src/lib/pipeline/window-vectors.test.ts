import { describe, expect, it } from 'vitest';
import { WindowVectors, type EmbedTexts } from './window-vectors.ts';

/** Three numbers of each text, and what was asked. */
function fakeEmbed(): { embed: EmbedTexts; asked: [string, readonly string[]][] } {
  const asked: [string, readonly string[]][] = [];
  const embed: EmbedTexts = async (modelSha256Hex, texts) => {
    asked.push([modelSha256Hex, texts]);
    const values = Float32Array.from(texts.flatMap((text) => [text.length, text.charCodeAt(0), modelSha256Hex.length]));
    return { model: { id: 'fake', title: 'Fake', version: '1', modelSha256Hex }, dims: 3, values };
  };
  return { embed, asked };
}

describe('vectors of windows', () => {
  it('run once for equal texts, and not again while they are kept', async () => {
    const { embed, asked } = fakeEmbed();
    const vectors = new WindowVectors(embed);
    const first = await vectors.of('a', ['van', 'rent', 'van'], {});
    expect([...first.values]).toEqual([3, 118, 1, 4, 114, 1, 3, 118, 1]);
    const second = await vectors.of('a', ['keys', 'van'], {});
    expect([...second.values]).toEqual([4, 107, 1, 3, 118, 1]);
    expect(second.model).toEqual(first.model);
    expect(asked).toEqual([
      ['a', ['van', 'rent']],
      ['a', ['keys']]
    ]);
    await vectors.of('a', ['van', 'keys'], {});
    expect(asked).toHaveLength(2);
  });

  it('of another model are made anew', async () => {
    const { embed, asked } = fakeEmbed();
    const vectors = new WindowVectors(embed);
    await vectors.of('a', ['van'], {});
    const other = await vectors.of('bb', ['van'], {});
    expect([...other.values]).toEqual([3, 118, 2]);
    expect(other.model.modelSha256Hex).toBe('bb');
    expect(asked).toHaveLength(2);
  });

  it('of nothing are nothing', async () => {
    expect((await new WindowVectors(fakeEmbed().embed).of('a', [], {})).values).toHaveLength(0);
  });

  it('keep none of a run that failed', async () => {
    const { embed, asked } = fakeEmbed();
    let fails = true;
    const vectors = new WindowVectors((...args) => (fails ? Promise.reject(new Error('the model failed')) : embed(...args)));
    await expect(vectors.of('a', ['van'], {})).rejects.toThrow('the model failed');
    fails = false;
    expect((await vectors.of('a', ['van'], {})).values).toHaveLength(3);
    expect(asked).toHaveLength(1);
  });
});
