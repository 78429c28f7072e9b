/** A pack of vectors from the drop to the topics of a case, in a real browser: shelf, trial, workers, session. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asFolder, asZip } from '../../../tests/fixtures/packs/pack-files.ts';
import { tinyEncoder, TINY_DIMS, type TinyEncoderChoices } from '../../../tests/fixtures/packs/tiny-encoder.ts';
import { SeededRandom } from '../analysis/random.ts';
import { EvidenceStore } from '../evidence/store.ts';
import { modelSha256Hex } from '../language/manifest.ts';
import type { TopicsView } from '../pipeline/contract.ts';
import { CaseSession } from '../pipeline/session.ts';
import { Translations } from '../pipeline/translations.ts';
import { embedApart } from './embed.ts';
import { startPackKeeper, type PackKeeper, type TakeResult } from './packs.ts';

const SUBJECTS = [
  'van driver pickup warehouse shift minibus rota factory overtime',
  'rent deposit landlord flat bedroom wages deduction lease tenant',
  'football match goal stadium referee penalty league striker season',
  'recipe onion garlic tomato soup kitchen bread cheese oven'
].map((words) => words.split(' '));
const pack = tinyEncoder({ words: SUBJECTS.flat(), layout: { longest: 20 } });
const never = new AbortController().signal;
let keeper: PackKeeper;
let hash = '';

const take = (choices: TinyEncoderChoices): Promise<TakeResult> =>
  keeper.take(asFolder(tinyEncoder(choices).files), never, () => {});

/** Talk of one subject for six messages, an hour of silence, and so on. */
function chat(windows: number): Blob {
  const random = new SeededRandom(4);
  const two = (n: number): string => String(n).padStart(2, '0');
  const lines = Array.from({ length: windows * 6 }, (_, row) => {
    const at = new Date(Date.UTC(2025, 0, 14) + Math.floor(row / 6) * 3_600_000 + (row % 6) * 60_000);
    const subject = SUBJECTS[Math.floor(row / 6) % SUBJECTS.length] as string[];
    const words = Array.from({ length: 5 }, () => subject[random.below(subject.length)]);
    const day = `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
    return `${day}, ${two(at.getUTCHours())}:${two(at.getUTCMinutes())} - ${row % 2 ? 'Ana' : 'Bogdan'}: ${words.join(' ')}`;
  });
  return new Blob([`${lines.join('\n')}\n`]);
}

async function session(): Promise<CaseSession> {
  const made = new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper: null,
    embed: embedApart,
    clock: () => 0
  });
  const options = { zone: 'UTC', region: 'GB', owner: { identifier: '07700900100', name: 'Ana' } };
  const imported = await made.importFile(chat(120), 'WhatsApp Chat with Bogdan.txt', 'whatsapp-text', options, () => {});
  expect(imported).toMatchObject({ failure: null });
  return made;
}

beforeAll(async () => {
  keeper = startPackKeeper();
  const taken = await keeper.take([{ name: 'pack.zip', file: await asZip(pack.files) }], never, () => {});
  if (!taken.ok) throw new Error(JSON.stringify(taken.refusal));
  hash = taken.pack.modelSha256Hex;
});
afterAll(async () => {
  for (const one of await keeper.list()) await keeper.remove(one.modelSha256Hex);
  keeper.end();
});

describe('a pack of vectors', () => {
  it('is checked, tried and listed like any other', async () => {
    expect(hash).toBe(await modelSha256Hex(pack.manifest));
    const [listed] = await keeper.list();
    expect(listed?.manifest).toMatchObject({ kind: 'embedding', title: 'Tiny encoder (random weights)' });
    expect(listed?.choice).toMatchObject({ device: 'wasm', reason: 'no-gpu-weights' });
    expect(listed?.choice.messagesPerSecond).toBeGreaterThan(0);
  });

  it.each<[TinyEncoderChoices, string]>([
    [{ ailment: 'not-a-number' }, 'not-a-number'],
    [{ ailment: 'one-vector' }, 'not-a-model'],
    [{ layout: { dims: 8 } }, 'config'],
    [{ alter: (files) => void files.set('onnx/model.onnx', new Uint8Array(50)) }, 'not-a-model']
  ])('is refused where it is a bad one, and leaves nothing: %o', async (choices, code) => {
    expect(await take({ ...choices, seed: 7 })).toMatchObject({ ok: false, refusal: { code } });
    expect(await keeper.list()).toHaveLength(1);
  });

  it('gives a text the same bits whichever worker it comes to and what stands beside it', async () => {
    const texts = Array.from({ length: 40 }, (_, i) => SUBJECTS[i % 4]?.slice(0, 1 + (i % 9)).join(' ') ?? '');
    const shares: number[] = [];
    const { values, dims, model } = await embedApart(hash, texts, { onProgress: (share) => shares.push(share) });
    expect(dims).toBe(TINY_DIMS);
    expect(model).toMatchObject({ title: 'Tiny encoder (random weights)', version: '1.0.0', modelSha256Hex: hash });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const turned = await embedApart(hash, texts.toReversed(), {});
    const of = (all: Float32Array, i: number): number[] => [...all.subarray(i * dims, (i + 1) * dims)];
    texts.forEach((_, i) => expect(of(turned.values, texts.length - 1 - i)).toEqual(of(values, i)));
  });

  it('is stopped at once, and says what is wrong where it is gone', async () => {
    const stop = new AbortController();
    const running = embedApart(hash, Array<string>(5000).fill('van rent goal soup'), {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough'))
    });
    await expect(running).rejects.toThrow('enough');
    await expect(embedApart('0'.repeat(64), ['van'], {})).rejects.toThrow('damaged-here');
  });
});

describe('topics by a pack of vectors', () => {
  const strip = (view: TopicsView): unknown => ({ ...view, elapsed_ms: 0 });

  it('are found, named by their words, and say what was compared', async () => {
    const opened = await session();
    const view = await opened.topics({}, 1, hash, () => {});
    expect(view.how).toMatchObject({
      vectors: 'model',
      dims: TINY_DIMS,
      model: { title: 'Tiny encoder (random weights)', modelSha256Hex: hash }
    });
    expect(view.windows).toBe(120);
    expect(view.topics).toHaveLength(4);
    for (const { terms } of view.topics) {
      const subject = SUBJECTS.find((words) => words.includes(terms[0] ?? ''));
      for (const term of terms) expect(subject).toContain(term);
    }
    // Other workers, another session, the same topics.
    expect(strip(await (await session()).topics({}, 1, hash, () => {}))).toEqual(strip(view));
    const byWords = await opened.topics({}, 1, null, () => {});
    expect(byWords.how).toMatchObject({ vectors: 'words', model: null });
  });

  it('are not found by a pack that cannot be run', async () => {
    await expect((await session()).topics({}, 1, '0'.repeat(64), () => {})).rejects.toThrow('damaged-here');
  });
});
