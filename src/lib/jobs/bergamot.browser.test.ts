/** The second engine in a real browser: fetched when asked for, the same words as in Node, taken by drop like any pack. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/language/tiny-bergamot.json' with { type: 'json' };
import { asZip } from '../../../tests/fixtures/packs/pack-files.ts';
import { tinyBergamotPack, type MarianWeights } from '../../../tests/fixtures/packs/tiny-bergamot.ts';
import { QualityFlag } from '../language/contract.ts';
import { loadBergamotEngine } from '../language/engine-bergamot.ts';
import { BERGAMOT_HERE } from './bergamot.ts';
import { startPackKeeper, type PackKeeper, type TakeResult } from './packs.ts';
import { startTranslateWorker } from './translate.ts';

const never = new AbortController().signal;

/** Requests of this page for the runtime's file; the import of its address is none. */
const wasmAsked = (): number =>
  performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.includes('bergamot-translator-worker.wasm') && !new URL(name).searchParams.has('import')).length;

describe('Bergamot in a browser', () => {
  it('is fetched when a pack is opened and not before, from our own origin, and says what it says in Node', async () => {
    expect(wasmAsked()).toBe(0);
    for (const { weights, lines } of golden.packs) {
      const { manifest, files } = await tinyBergamotPack({ weights: weights as MarianWeights });
      const read = (path: string): Promise<Uint8Array> => Promise.resolve(files.get(path) ?? new Uint8Array());
      const engine = await loadBergamotEngine({ manifest, parts: BERGAMOT_HERE, read });
      const outputs = await engine.translate(
        lines.map(({ source }) => source),
        never
      );
      expect(outputs.map(({ text }) => text)).toEqual(lines.map(({ text }) => text));
      await engine.dispose();
    }
    expect(wasmAsked()).toBeGreaterThan(0);
    for (const { name } of performance.getEntriesByType('resource')) expect(new URL(name).origin).toBe(location.origin);
  });
});

describe('a pack in Marian’s format', () => {
  let keeper: PackKeeper;
  beforeEach(() => {
    keeper = startPackKeeper();
  });
  afterEach(async () => {
    for (const pack of await keeper.list()) await keeper.remove(pack.modelSha256Hex);
    keeper.end();
  });

  const take = async (...choices: Parameters<typeof tinyBergamotPack>): Promise<TakeResult> => {
    const { files } = await tinyBergamotPack(...choices);
    return keeper.take([{ name: 'pack.zip', file: await asZip(files) }], never, () => {});
  };

  it('is taken by drop and translates its languages in a case, the embedded model the others', async () => {
    const taken = await take({ weights: 'int8', hasShortlist: true });
    if (!taken.ok) throw new Error(JSON.stringify(taken.refusal));
    expect(taken.pack.choice).toMatchObject({ device: 'wasm', reason: 'no-gpu-weights' });
    const { modelSha256Hex } = taken.pack;
    const picks = [{ modelSha256Hex, languages: ['ron', 'pol'] }];
    const worker = await startTranslateWorker({ threads: 1, picks, device: 'wasm' });
    const { lines } = await worker.translate([
      { id: 1, text: 'unde ești acum?' },
      { id: 2, text: 'no quiero ir, tengo miedo' }
    ]);
    worker.end();
    expect(lines.map(({ language, model }) => [language, model?.id])).toEqual([
      ['ron', 'tiny-bergamot'],
      ['spa', 'romance-en']
    ]);
    expect(lines[0]?.model?.sha256Hex).toBe(modelSha256Hex);
    // With a shortlist it gives no confidence, and says so.
    expect((lines[0]?.flags ?? 0) & QualityFlag.noConfidence).not.toBe(0);
    expect((lines[1]?.flags ?? 0) & QualityFlag.noConfidence).toBe(0);
  });

  it('is refused with the file named where Marian cannot read it, and nothing stays', async () => {
    const half = (path: string): Parameters<typeof tinyBergamotPack>[0] => ({
      alter: (files) => void files.set(path, (files.get(path) ?? new Uint8Array()).slice(0, 5000 - path.length))
    });
    expect(await take(half('model.bin'))).toMatchObject({
      ok: false,
      refusal: { code: 'not-a-model', detail: expect.stringContaining('model.bin') as string }
    });
    expect(await keeper.list()).toEqual([]);
  });
});
