/** Packs in a real browser: the shelf on the private file system, the workers, the trial, a case's lines. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asFolder, asZip } from '../../../tests/fixtures/packs/pack-files.ts';
import { tinyPack, type TinyPack } from '../../../tests/fixtures/packs/tiny-packs.ts';
import { modelSha256Hex } from '../language/manifest.ts';
import { PackShelf } from '../vault/pack-shelf.ts';
import { hasRealAdapter, lendCard } from './graphics.ts';
import { startPackKeeper, type PackKeeper, type TakeResult, type TakeStage } from './packs.ts';
import { startTranslateWorker } from './translate.ts';

const never = new AbortController().signal;
let keeper: PackKeeper;

async function folders(): Promise<string[]> {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('model-packs', { create: true });
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  return names;
}

async function takeZip(pack: TinyPack, stages: TakeStage[] = []): Promise<TakeResult> {
  return keeper.take([{ name: 'pack.zip', file: await asZip(pack.files) }], never, (stage) => stages.push(stage));
}

beforeEach(() => {
  keeper = startPackKeeper();
});
afterEach(async () => {
  for (const pack of await keeper.list()) await keeper.remove(pack.modelSha256Hex);
  keeper.end();
  expect(await folders()).toEqual([]);
});

describe('a pack', () => {
  it('is taken, tried, listed after a restart, and removed', async () => {
    const pack = tinyPack('nllb', { layout: 'pair' });
    const stages: TakeStage[] = [];
    const result = await takeZip(pack, stages);
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    expect(result.pack.signature.kind).toBe('unsigned');
    expect(result.pack.choice).toMatchObject({ device: 'wasm', reason: 'no-gpu-weights' });
    expect(result.pack.choice.messagesPerSecond).toBeGreaterThan(0);
    expect(stages.map((stage) => stage.at)).toContain('trying');

    const restarted = startPackKeeper();
    const listed = await restarted.list();
    expect(listed.map(({ manifest }) => manifest)).toEqual([pack.manifest]);
    await restarted.remove(await modelSha256Hex(pack.manifest));
    expect(await restarted.list()).toEqual([]);
    restarted.end();
  });

  it('translates its languages in a case, the embedded model the others, and each line says who made it', async () => {
    const pack = tinyPack('m2m100', { dtype: 'q8' });
    const taken = await keeper.take(asFolder(pack.files), never, () => {});
    if (!taken.ok) throw new Error(JSON.stringify(taken.refusal));
    const hash = taken.pack.modelSha256Hex;
    const picks = [{ modelSha256Hex: hash, languages: ['ron', 'pol'] }];
    const worker = await startTranslateWorker({ threads: 1, picks, device: 'wasm' });
    expect(worker.languages).toEqual(['fra', 'ita', 'pol', 'por', 'ron', 'spa']);
    const { lines } = await worker.translate([
      { id: 1, text: 'te rog vino la mine acum' },
      { id: 2, text: 'zadzwon do mnie pozniej' },
      { id: 3, text: 'no quiero ir, tengo miedo' }
    ]);
    expect(lines.map(({ language, model }) => [language, model?.id])).toEqual([
      ['ron', pack.manifest.id],
      ['pol', pack.manifest.id],
      ['spa', 'romance-en']
    ]);
    expect(lines[0]?.model?.sha256Hex).toBe(hash);
    worker.end();
  });
});

describe('the embedded model', () => {
  it('is tried on the devices that there are, and runs on the processor where no card is', async () => {
    const answer = await fetch('/models/romance-en/manifest.json');
    const tried = await keeper.tryEmbedded((await answer.json()) as TinyPack['manifest']);
    if (!tried.ok) throw new Error(JSON.stringify(tried.refusal));
    expect(await hasRealAdapter()).toBe(false);
    expect(tried.choice).toMatchObject({ device: 'wasm', reason: 'no-adapter', otherPerSecond: null });
    expect(tried.choice.messagesPerSecond).toBeGreaterThan(0);
  });
});

describe('refused, and nothing stays', () => {
  const graph = 'onnx/encoder_model.onnx';
  const garbage = (bytes: number): ((files: Map<string, Uint8Array<ArrayBuffer>>) => void) => {
    return (files) => void files.set(graph, new Uint8Array(bytes).fill(7));
  };
  const text = (value: object): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));
  const configured = (config: object): ((files: Map<string, Uint8Array<ArrayBuffer>>) => void) => {
    return (files) => {
      const now = JSON.parse(new TextDecoder().decode(files.get('config.json'))) as object;
      files.set('config.json', text({ ...now, ...config }));
    };
  };

  it.each([
    ['weights that are garbage', tinyPack('marian', { alter: garbage(5000) }), 'not-a-model'],
    ['weights of nothing', tinyPack('marian', { alter: garbage(0) }), 'not-a-model'],
    ['a tokenizer that is none', tinyPack('marian', { alter: (files) => void files.set('tokenizer.json', text({})) }), 'config'],
    ['a config without the ends', tinyPack('marian', { alter: configured({ eos_token_id: null }) }), 'config'],
    ['a config that lies about layers', tinyPack('marian', { alter: configured({ decoder_layers: 9 }) }), 'run-failed'],
    ['tokens beyond the vocabulary', tinyPack('marian', { alter: configured({ vocab_size: 3 }) }), 'token-outside'],
    ['probabilities that are no numbers', tinyPack('marian', { ailment: 'not-a-number' }), 'not-a-number'],
    [
      'a code its tokenizer does not have',
      tinyPack('nllb', {
        amend: (m) => ({ ...m, runtime: { ...(m.runtime as NonNullable<typeof m.runtime>), targetCode: 'xxx_Latn' } })
      }),
      'config'
    ]
  ] as const)('%s', async (_, pack, code) => {
    const result = await takeZip(pack);
    expect(result).toMatchObject({ ok: false, refusal: { code } });
    expect(await folders()).toEqual([]);
  });

  it('output that never ends is cut at its limit, and the page stays alive', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 20);
    const result = await takeZip(tinyPack('marian', { ailment: 'endless' }));
    clearInterval(timer);
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    expect(turns).toBeGreaterThan(5);
    const picks = [{ modelSha256Hex: result.pack.modelSha256Hex, languages: ['ron'] }];
    const worker = await startTranslateWorker({ threads: 1, picks, device: 'wasm' });
    const { lines } = await worker.translate([{ id: 1, text: 'te rog vino la mine acum' }]);
    expect(lines[0]?.text).not.toBeNull();
    expect(lines[0]?.flags).not.toBe(0);
    worker.end();
  });

  it('a folder that a crash left is swept, one of another tab at work is not', async () => {
    const shelf = await PackShelf.open();
    await shelf.room('a'.repeat(64));
    await PackShelf.whileHeld(async () => {
      expect(await keeper.list()).toEqual([]);
      expect(await folders()).toEqual(['a'.repeat(64)]);
      expect(await takeZip(tinyPack('marian'))).toMatchObject({ ok: false, refusal: { code: 'busy-elsewhere' } });
    });
    expect(await keeper.list()).toEqual([]);
    expect(await folders()).toEqual([]);
  });

  it('an intake that is stopped leaves nothing', async () => {
    const stop = new AbortController();
    const zip = await asZip(tinyPack('t5').files);
    const taking = keeper.take([{ name: 'pack.zip', file: zip }], stop.signal, () => stop.abort(new Error('enough')));
    await expect(taking).rejects.toThrow();
    await expect.poll(folders).toEqual([]);
  });

  it('a pack that changed on the disk is not run', async () => {
    const result = await takeZip(tinyPack('t5'));
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    const hash = result.pack.modelSha256Hex;
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('model-packs');
    const index = String(result.pack.manifest.files.findIndex(({ path }) => path === graph));
    const file = await (await root.getDirectoryHandle(hash)).getFileHandle(index);
    const writable = await file.createWritable({ keepExistingData: true });
    await writable.write({ type: 'write', position: 50, data: new Uint8Array([1, 2, 3]) });
    await writable.close();
    const picks = [{ modelSha256Hex: hash, languages: ['ron'] }];
    const worker = await startTranslateWorker({ threads: 1, picks, device: 'wasm' });
    const asked = worker.translate([{ id: 1, text: 'te rog vino la mine acum' }]);
    await expect(asked).rejects.toMatchObject({ trouble: { code: 'damaged-here', detail: graph } });
    worker.end();
  });
});

describe('a graphics card', () => {
  it.each([
    ['none in this browser', undefined, false],
    ['no adapter', { requestAdapter: () => Promise.resolve(null) }, false],
    ['an adapter in software', { requestAdapter: () => Promise.resolve({ info: { isFallbackAdapter: true } }) }, false],
    ['an old name for software', { requestAdapter: () => Promise.resolve({ isFallbackAdapter: true }) }, false],
    ['a refusal', { requestAdapter: () => Promise.reject(new Error('blocked')) }, false],
    ['a real one', { requestAdapter: () => Promise.resolve({ info: {} }) }, true]
  ])('%s', async (_, graphics, isReal) => {
    expect(await hasRealAdapter(graphics as never)).toBe(isReal && graphics !== undefined);
  });

  it('in software is there in this browser, and is never lent', async () => {
    expect((await navigator.gpu.requestAdapter())?.info.isFallbackAdapter).toBe(true);
    expect(await lendCard()).toBe(null);
  });

  it('in hardware is lent, and none where its driver gives no device', async () => {
    const device = {};
    const card = (requestDevice: () => Promise<unknown>): never =>
      ({ requestAdapter: async () => ({ info: {}, requestDevice }) }) as never;
    expect(await lendCard(card(() => Promise.resolve(device)))).toBe(device);
    expect(await lendCard(card(() => Promise.reject(new Error('lost'))))).toBe(null);
  });
});
