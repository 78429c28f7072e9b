/**
 * Our search against transformers.js's own generate(), token by token, on packs of random weights and sounds of our own.
 * No recording of speech is here, and no real Whisper: how well a model hears is not tested, only how it is driven.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  AutoModelForSpeechSeq2Seq,
  AutoProcessor,
  AutoTokenizer,
  LogitsProcessor,
  LogitsProcessorList,
  type Tensor
} from '@huggingface/transformers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tone } from '../../../../tests/fixtures/audio/wav.ts';
import { TINY_SPEECH, tinyWhisper, type TinyWhisperChoices } from '../../../../tests/fixtures/packs/tiny-whisper.ts';
import { QualityFlag } from '../contract.ts';
import type { Heard, Transcriber } from './contract.ts';
import { linesOf } from './time-codes.ts';
import { loadWhisper } from './whisper.ts';

const never = new AbortController().signal;
let modelsRoot = '';
beforeAll(() => {
  modelsRoot = mkdtempSync(join(tmpdir(), 'skein-whisper-'));
});
afterAll(() => rmSync(modelsRoot, { recursive: true, force: true }));

function onDisk(choices: TinyWhisperChoices & { id: string }): ReturnType<typeof tinyWhisper> {
  const pack = tinyWhisper(choices);
  for (const [path, bytes] of pack.files) {
    const target = join(modelsRoot, pack.manifest.id, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  return pack;
}

const load = ({ manifest }: ReturnType<typeof tinyWhisper>): Promise<Transcriber> =>
  loadWhisper({
    manifest,
    modelsRoot,
    threads: 1,
    readJson: (path) => Promise.resolve(JSON.parse(readFileSync(join(modelsRoot, manifest.id, path), 'utf8')) as unknown)
  });

async function* pieces(samples: Float32Array, size = 7000): AsyncGenerator<Float32Array> {
  for (let at = 0; at < samples.length; at += size) yield samples.slice(at, at + size);
}

/** Sounds that differ: a rising row of tones. */
function sounds(seconds: number, low = 200): Float32Array {
  const whole = new Float32Array(seconds * 16_000);
  for (let s = 0; s < seconds; s++) whole.set(tone(low + 130 * (s % 9), 16_000, 1), s * 16_000);
  return whole;
}

const hear = (model: Transcriber, samples: Float32Array): Promise<Heard> => model.transcribe(pieces(samples), never);

const LANGUAGE: Readonly<Record<string, string>> = { eng: 'en', fra: 'fr', ron: 'ro', sqi: 'sq' };

/**
 * What the published decoding code asks for and transformers.js leaves out: times never fall, a line never ends at its own
 * beginning. Written anew here, over the tokens as the library hands them in.
 */
class RisingTimes extends LogitsProcessor {
  readonly #prompt = 3;
  override _call(ids: bigint[][], logits: Tensor): Tensor {
    ids.forEach((row, i) => {
      const written = row.slice(this.#prompt).map(Number);
      const times = written.filter((token) => token >= TINY_SPEECH.firstTime);
      if (times.length === 0) return;
      const last = times.at(-1) as number;
      const closes = written.at(-1) === last && (written.at(-2) ?? Number.POSITIVE_INFINITY) < TINY_SPEECH.firstTime;
      const scores = (logits as unknown as { data: Float32Array }[])[i]?.data;
      for (let token = TINY_SPEECH.firstTime; token < last + (closes ? 0 : 1); token++) if (scores) scores[token] = -Infinity;
    });
    return logits;
  }
}

/** Lines of one window by the library alone, told the language that we found. */
async function byLibrary(pack: ReturnType<typeof tinyWhisper>, samples: Float32Array, language: string): Promise<number[]> {
  const { manifest } = pack;
  const options = { local_files_only: true } as const;
  const dtype = manifest.runtime?.dtype.wasm ?? 'fp32';
  const processor = await AutoProcessor.from_pretrained(manifest.id, options);
  const model = await AutoModelForSpeechSeq2Seq.from_pretrained(manifest.id, { ...options, dtype, device: 'cpu' });
  const rising = new LogitsProcessorList();
  rising.push(new RisingTimes());
  const output = (await model.generate({
    ...((await processor(samples)) as object),
    language: LANGUAGE[language],
    task: 'transcribe',
    return_timestamps: true,
    // Said, so that the library does not go on by its own seeking.
    max_new_tokens: 60,
    logits_processor: rising
  } as never)) as unknown as { tolist(): bigint[][] };
  await model.dispose();
  return (output.tolist()[0] ?? []).map(Number).slice(3);
}

describe.each(['merged', 'pair'] as const)('in the layout %s', (layout) => {
  it.each(['fp32', 'q8', 'fp16'] as const)('writes the tokens of generate() (%s)', async (dtype) => {
    const shown = new Set<string>();
    for (const seed of [1, 4]) {
      const pack = onDisk({ id: `${layout}-${dtype}-${seed}`, seed, dtype, layout });
      // The library loads the merged layout alone: the pair has the same weights.
      const twin = layout === 'merged' ? pack : onDisk({ id: `twin-${dtype}-${seed}`, seed, dtype });
      const model = await load(pack);
      const samples = sounds(5, 150 * seed);
      const { language, lines } = await hear(model, samples);
      const expected = linesOf(
        (await byLibrary(twin, samples, language)).filter((token) => token !== TINY_SPEECH.end),
        { ...TINY_SPEECH, suppressed: [], suppressedAtBegin: [], latestBegin: null },
        5
      ).lines;
      const tokenizer = await AutoTokenizer.from_pretrained(twin.manifest.id, { local_files_only: true });
      const words = expected.map(({ from_s, to_s, ids }) => ({
        from_ms: Math.round(from_s * 1000),
        to_ms: Math.round(to_s * 1000),
        text: tokenizer.decode([...ids], { skip_special_tokens: true }).trim()
      }));
      const first = lines.slice(0, words.filter(({ text }) => text !== '').length);
      expect(first.map(({ from_ms, to_ms, text }) => ({ from_ms, to_ms, text }))).toEqual(
        words.filter(({ text }) => text !== '')
      );
      shown.add(words.map(({ text }) => text).join(' '));
      await model.dispose();
    }
    // The packs are worth comparing.
    expect(shown.size).toBe(2);
  });
});

describe('a long recording', () => {
  it('gives the same lines however the stream is cut, with times that rise over the whole of it', async () => {
    const model = await load(onDisk({ id: 'long', seed: 4 }));
    const samples = sounds(42);
    const heard = await hear(model, samples);
    const again = await model.transcribe(pieces(samples, 160_001), never);
    expect(again).toEqual(heard);
    expect(heard.duration_ms).toBe(42_000);
    expect(heard.lines.length).toBeGreaterThan(2);
    expect(heard.lines.at(-1)?.from_ms).toBeGreaterThan(30_000);
    for (const [i, line] of heard.lines.entries()) {
      expect(line.to_ms).toBeGreaterThanOrEqual(line.from_ms);
      expect(line.from_ms).toBeGreaterThanOrEqual(heard.lines[i - 1]?.from_ms ?? 0);
      expect(line.to_ms).toBeLessThanOrEqual(42_000);
    }
    await model.dispose();
  });

  it('never asks for more of the stream than the half minute it is at', async () => {
    const model = await load(onDisk({ id: 'ahead', seed: 4 }));
    let given = 0;
    let heard_ms = 0;
    async function* counted(): AsyncGenerator<Float32Array> {
      for (let second = 0; second < 300; second++) {
        given++;
        expect(given * 1000 - heard_ms).toBeLessThanOrEqual(31_000);
        yield tone(200 + second, 16_000, 1);
      }
    }
    const stop = new AbortController();
    const reading = model.transcribe(counted(), stop.signal, (done_ms) => {
      heard_ms = done_ms;
      if (done_ms > 15_000) stop.abort(new Error('enough'));
    });
    await expect(reading).rejects.toThrow('enough');
    expect(given).toBeGreaterThan(40);
    await model.dispose();
  });

  it('stops in the middle of a window and lets the stream go', async () => {
    const model = await load(onDisk({ id: 'stop', seed: 2 }));
    const stop = new AbortController();
    let wasLet = false;
    async function* endless(): AsyncGenerator<Float32Array> {
      try {
        for (;;) yield tone(440, 16_000, 1);
      } finally {
        wasLet = true;
      }
    }
    const reading = model.transcribe(endless(), stop.signal);
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(reading).rejects.toThrow('enough');
    expect(wasLet).toBe(true);
    const { duration_ms } = await hear(model, sounds(2));
    expect(duration_ms).toBe(2000);
    await model.dispose();
  });

  it('hears nothing in what is too short for a word', async () => {
    const model = await load(onDisk({ id: 'short' }));
    expect(await hear(model, tone(440, 16_000, 0.1))).toMatchObject({ lines: [], duration_ms: 100, language: 'und' });
    expect(await hear(model, new Float32Array())).toMatchObject({ lines: [], duration_ms: 0 });
    await model.dispose();
  });

  it('hands on what the stream throws', async () => {
    const model = await load(onDisk({ id: 'broken' }));
    async function* broken(): AsyncGenerator<Float32Array> {
      yield tone(440, 16_000, 1);
      throw new Error('the file ends here');
    }
    await expect(model.transcribe(broken(), never)).rejects.toThrow('the file ends here');
    await model.dispose();
  });
});

describe('doubts', () => {
  it("says low confidence, repetition, an uncertain language and a line cut at the model's limit", async () => {
    const model = await load(onDisk({ id: 'doubts', seed: 1 }));
    const { lines, languageProb } = await hear(model, sounds(20));
    const flags = lines.reduce((all, line) => all | line.flags, 0);
    for (const line of lines) expect((line.flags & QualityFlag.lowConfidence) !== 0).toBe(line.meanLogProb < -1);
    expect(flags & QualityFlag.repetition).not.toBe(0);
    expect((flags & QualityFlag.languageUncertain) !== 0).toBe(languageProb < 0.5);
    await model.dispose();
  });

  it('takes the language from the sound, and none from a model of one language', async () => {
    const pack = onDisk({ id: 'one-language', generation: { is_multilingual: false } });
    const model = await load(pack);
    expect((await hear(model, sounds(3))).language).toBe('und');
    await model.dispose();
  });
});

it.each([
  [{ no_timestamps_token_id: undefined }, 'no_timestamps_token_id'],
  [{ no_timestamps_token_id: 99_999 }, 'no_timestamps_token_id'],
  [{ lang_to_id: {} }, 'lang_to_id'],
  [{ task_to_id: {} }, 'task_to_id']
])('refuses a pack whose generation_config.json does not say what is needed (%#)', async (generation, named) => {
  const pack = onDisk({ id: `refused-${named}`, generation });
  await expect(load(pack)).rejects.toMatchObject({ name: 'ModelFault', code: 'config' });
  await expect(load(pack)).rejects.toThrow(named);
});
