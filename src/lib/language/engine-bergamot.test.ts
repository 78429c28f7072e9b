import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/language/tiny-bergamot.json' with { type: 'json' };
import { BERGAMOT_IN_NODE } from '../../../tests/fixtures/packs/bergamot-in-node.ts';
import { sentencePieceModel } from '../../../tests/fixtures/packs/sentencepiece.ts';
import { tinyBergamotPack, tinyMarianModel, type TinyBergamotChoices } from '../../../tests/fixtures/packs/tiny-bergamot.ts';
import type { BergamotParts } from './bergamot/module.ts';
import type { TranslationEngine } from './contract.ts';
import { loadBergamotEngine } from './engine-bergamot.ts';
import { ModelFault } from './model-fault.ts';

const never = new AbortController().signal;

async function engineOf(choices: TinyBergamotChoices = {}, parts: BergamotParts = BERGAMOT_IN_NODE): Promise<TranslationEngine> {
  const { manifest, files } = await tinyBergamotPack(choices);
  const read = (path: string): Promise<Uint8Array> => Promise.resolve(files.get(path) ?? new Uint8Array());
  return loadBergamotEngine({ manifest, parts, read });
}

async function faultOf(choices: TinyBergamotChoices): Promise<ModelFault> {
  const error: unknown = await engineOf(choices).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ModelFault);
  return error as ModelFault;
}

const WORDS = ['unde', 'vino', 'mine', 'the man', 'banii', 'acum', 'de', 'ti-am spus', 'ma', 'numarul'];
const LINES = Array.from({ length: 32 }, (_, i) => {
  const words = Array.from({ length: 1 + (i % 4) }, (_, k) => WORDS[(i * 3 + k * 5) % WORDS.length]);
  return [...words, String.fromCharCode(97 + (i % 26))].join(' ');
});

/** The same order every time, unlike the lines'. */
const shuffled = (lines: readonly string[]): string[] =>
  lines
    .map((line, i) => ({ line, at: (i * 19 + 7) % lines.length }))
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line);

async function inBatches(engine: TranslationEngine, lines: readonly string[], size: number): Promise<Map<string, object>> {
  const found = new Map<string, object>();
  for (let i = 0; i < lines.length; i += size) {
    const batch = lines.slice(i, i + size);
    const outputs = await engine.translate(batch, never);
    batch.forEach((line, k) => found.set(line, outputs[k] as object));
  }
  return found;
}

describe('a model in the format of Marian', () => {
  it.each([
    ['single precision', { weights: 'float32' }],
    ['eight bits', { weights: 'int8' }],
    ['eight bits with multipliers of its own', { weights: 'int8-alphas' }],
    ['a shortlist', { weights: 'int8', hasShortlist: true }]
  ] as const)('says the same whatever stands beside a line: %s', async (_, choices) => {
    const engine = await engineOf(choices);
    const alone = await inBatches(engine, LINES, 1);
    expect(new Set([...alone.values()].map((output) => (output as { text: string }).text)).size).toBeGreaterThan(8);
    for (const size of [8, 32]) expect(await inBatches(engine, shuffled(LINES), size)).toEqual(alone);
  });

  it.each(golden.packs)('says what it said before: $weights', async ({ weights, lines }) => {
    const engine = await engineOf({ weights: weights as 'int8' });
    const outputs = await engine.translate(
      lines.map(({ source }) => source),
      never
    );
    expect(outputs.map(({ text }) => text)).toEqual(lines.map(({ text }) => text));
  });

  it('counts tokens, letters it never saw, and says where it was stopped', async () => {
    const engine = await engineOf();
    const [plain, strange, empty] = await engine.translate(['unde', 'ыы 👍', ' '], never);
    // ▁ + un + de and the end.
    expect(plain).toMatchObject({ sourceTokens: 4, unknownTokens: 0 });
    expect(plain?.meanLogProb).toBeLessThan(0);
    expect(strange).toMatchObject({ sourceTokens: 6, unknownTokens: 3 });
    expect(empty).toEqual({ text: '', meanLogProb: 0, tokens: 0, sourceTokens: 1, unknownTokens: 0, isCut: false });
    const all = await engine.translate(LINES, never);
    const cut = all.filter(({ isCut }) => isCut);
    expect(cut.length).toBeGreaterThan(0);
    expect(cut.length).toBeLessThan(LINES.length);
    for (const { isCut, tokens, sourceTokens } of all) if (!isCut) expect(tokens).toBeLessThan(3 * sourceTokens);
  });

  it('takes a vocabulary for each side', async () => {
    const [one, two] = await Promise.all([engineOf(), engineOf({ hasTwoVocabularies: true })]);
    expect(await two.translate(LINES.slice(0, 4), never)).toEqual(await one.translate(LINES.slice(0, 4), never));
  });

  it('takes markup in a line for what it is: text', async () => {
    const engine = await engineOf({ weights: 'float32' });
    const [marked, plain] = await engine.translate(['<b>unde</b> & "de"', 'unde de'], never);
    expect(marked?.text).not.toBe(plain?.text);
    expect(marked?.sourceTokens).toBeGreaterThan(plain?.sourceTokens ?? 0);
    expect(marked?.text).not.toMatch(/font|&\w+;/u);
  });

  it('claims no confidence with a shortlist, whose scores are no probabilities', async () => {
    const [listed] = await (await engineOf({ hasShortlist: true })).translate(['unde esti'], never);
    expect(listed?.meanLogProb).toBeNaN();
    expect(listed?.text).not.toBe('');
  });

  it('stops between two lines', async () => {
    const engine = await engineOf();
    const stop = new AbortController();
    const running = engine.translate(
      Array.from({ length: 4000 }, (_, i) => `unde ${i}`),
      stop.signal
    );
    setTimeout(() => stop.abort(new Error('enough')), 20);
    await expect(running).rejects.toThrow('enough');
    expect((await engine.translate(['unde'], never))[0]?.sourceTokens).toBe(4);
  });
});

describe('a damaged pack', () => {
  const change = (path: string, to: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): TinyBergamotChoices => ({
    hasShortlist: true,
    alter: (files) => files.set(path, to(files.get(path) ?? new Uint8Array()))
  });
  const half = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => bytes.slice(0, bytes.length >> 1);

  it.each([
    ['half a model', change('model.bin', half), 'not-a-model', 'model.bin: it ends too early'],
    ['no model at all', change('model.bin', () => new TextEncoder().encode('<!doctype html>')), 'not-a-model', 'version 1'],
    ['nothing', change('model.bin', () => new Uint8Array()), 'not-a-model', 'model.bin: it ends too early'],
    ['half a vocabulary', change('vocab.spm', half), 'config', 'vocab.spm'],
    ['a text as vocabulary', change('vocab.spm', () => new TextEncoder().encode('a\tb\n')), 'config', 'vocab.spm'],
    [
      'a vocabulary of another model',
      change('vocab.spm', () => sentencePieceModel(Array.from({ length: 70 }, (_, i) => `x${i}`))),
      'config',
      'do not belong together'
    ],
    ['half a shortlist', change('lex.bin', half), 'config', 'lex.bin: it has another length'],
    [
      'a shortlist that points outside',
      change('lex.bin', (bytes) => bytes.fill(255, -4)),
      'config',
      'lex.bin: it names tokens outside'
    ],
    ['a model that Marian stops at', change('model.bin', () => withoutLayer()), 'not-a-model', 'Wq']
  ] as const)('%s is refused in words', async (_, choices, code, detail) => {
    const fault = await faultOf(choices);
    expect(fault.code).toBe(code);
    expect(fault.detail).toContain(detail);
  });

  it('that stops Marian in the middle costs one call: the next has a fresh runtime', async () => {
    let calls = 0;
    const engine = await engineOf(
      {},
      {
        ...BERGAMOT_IN_NODE,
        glue: async () => {
          const glue = await BERGAMOT_IN_NODE.glue();
          return (module) => glue(stoppingAt(module, () => ++calls === 3));
        }
      }
    );
    // The first call was the trial on opening.
    const fault: unknown = await engine.translate(['unde', 'vino'], never).catch((reason: unknown) => reason);
    expect(fault).toMatchObject({ name: 'ModelFault', code: 'run-failed', detail: 'the graph is out of memory' });
    const [again] = await engine.translate(['vino'], never);
    expect(again).toEqual((await (await engineOf()).translate(['vino'], never))[0]);
  });
});

interface Hooks {
  onRuntimeInitialized(): void;
  printErr(line: string): void;
  BlockingService: { prototype: { translate(...args: unknown[]): unknown } };
}

/** Marian's way to stop: words on the error stream, then a trap. */
function stoppingAt(module: object, isNow: () => boolean): object {
  const hooks = module as Hooks;
  const begin = hooks.onRuntimeInitialized;
  hooks.onRuntimeInitialized = () => {
    const { prototype } = hooks.BlockingService;
    const { translate } = prototype;
    prototype.translate = function (...args) {
      if (!isNow()) return translate.apply(this, args);
      hooks.printErr('[2026-01-01 00:00:00] Error: the graph is out of memory');
      throw new WebAssembly.RuntimeError('Aborted()');
    };
    begin();
  };
  return module;
}

/** Whole by its own list, but it lacks what its options promise. */
function withoutLayer(): Uint8Array<ArrayBuffer> {
  const bytes = tinyMarianModel('float32').slice();
  const name = new TextEncoder().encode('encoder_l1_self_Wq\0');
  const at = bytes.findIndex((_, i) => name.every((byte, k) => bytes[i + k] === byte));
  bytes[at] = 'x'.charCodeAt(0);
  return bytes;
}
