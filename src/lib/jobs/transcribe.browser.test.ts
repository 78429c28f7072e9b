/**
 * Voice notes in a real browser: sounds that the test makes and codes itself, through the browser's own decoders, a pack of
 * random weights and the worker. No speech is in them and no real Whisper hears them.
 */
import {
  AdtsOutputFormat,
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  canDecodeAudio,
  EncodedAudioPacketSource,
  EncodedPacket,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  WebMOutputFormat,
  type AudioCodec,
  type OutputFormat
} from 'mediabunny';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collected, rms, tone, wav, wavHeader } from '../../../tests/fixtures/audio/wav.ts';
import { asFolder } from '../../../tests/fixtures/packs/pack-files.ts';
import { tinyWhisper } from '../../../tests/fixtures/packs/tiny-whisper.ts';
import { monoSamples } from '../audio/mono-samples.ts';
import { startPackKeeper, type PackKeeper } from './packs.ts';
import { startTranscribeWorker, type SpeechModel, type TranscribeWorker } from './transcribe.ts';

const never = new AbortController().signal;

async function coded(
  codec: AudioCodec,
  format: OutputFormat,
  samples: Float32Array<ArrayBuffer>,
  rate_hz: number
): Promise<Blob> {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new AudioSampleSource({ codec, bitrate: 64_000 });
  output.addAudioTrack(source);
  await output.start();
  const sample = new AudioSample({ data: samples, format: 'f32-planar', numberOfChannels: 1, sampleRate: rate_hz, timestamp: 0 });
  await source.add(sample);
  sample.close();
  await output.finalize();
  return new Blob([target.buffer ?? new ArrayBuffer(0)]);
}

/** A voice note's pages, as phones write them: a second each. */
const ogg = (): OutputFormat => new OggOutputFormat({ maximumPageDuration: 1 });

/**
 * Frames of AAC-LC in which nothing is coded: one channel element, no energy in any band, the end (ISO/IEC 14496-3, 4.4.2).
 * No browser here codes AAC, so that the container is real and the sound is silence.
 */
const SILENT_AAC = Uint8Array.of(0x00, 0xc8, 0x00, 0x80, 0x23, 0x80);
const AAC_FRAME = 1024;
const AAC_LC_48_KHZ_MONO = Uint8Array.of(0x11, 0x88);

async function silentAac(format: OutputFormat, seconds: number): Promise<Blob> {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new EncodedAudioPacketSource('aac');
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = { codec: 'mp4a.40.2', numberOfChannels: 1, sampleRate: 48_000, description: AAC_LC_48_KHZ_MONO };
  const frame_s = AAC_FRAME / 48_000;
  for (let at = 0; at * frame_s < seconds; at++) {
    await source.add(new EncodedPacket(SILENT_AAC, 'key', at * frame_s, frame_s), at === 0 ? { decoderConfig } : {});
  }
  await output.finalize();
  return new Blob([target.buffer ?? new ArrayBuffer(0)]);
}

describe('decoding', () => {
  it.each<[string, () => OutputFormat]>([
    ['Ogg', ogg],
    ['WebM', () => new WebMOutputFormat()],
    ['MP4', () => new Mp4OutputFormat()]
  ])('gives the tone back that was coded as Opus in %s', async (_, format) => {
    const file = await coded('opus', format(), tone(440, 48_000, 3), 48_000);
    const heard = await collected(monoSamples(file, 16_000, never));
    expect(heard.length / 16_000).toBeGreaterThan(2.9);
    expect(heard.length / 16_000).toBeLessThan(3.2);
    const middle = heard.subarray(12_000, 36_000);
    expect(rms(middle)).toBeCloseTo(0.5 / Math.SQRT2, 1);
    // 440 Hz crosses zero upwards 440 times a second.
    const crossings = middle.reduce((n, x, i) => n + ((middle[i - 1] ?? 0) < 0 && x >= 0 ? 1 : 0), 0);
    expect(Math.abs(crossings - 660)).toBeLessThan(4);
  });

  it.each<[string, () => OutputFormat]>([
    ['MP4', () => new Mp4OutputFormat()],
    ['ADTS', () => new AdtsOutputFormat()]
  ])('gives the length of AAC in %s, or says that this browser does not decode it', async (_, format) => {
    const file = await silentAac(format(), 2);
    const isDecoded = await canDecodeAudio('aac', { numberOfChannels: 1, sampleRate: 48_000 });
    const heard = collected(monoSamples(file, 16_000, never));
    if (!isDecoded) {
      await expect(heard).rejects.toMatchObject({ name: 'AudioFault', code: 'codec', detail: 'aac' });
      return;
    }
    const samples = await heard;
    expect(Math.abs(samples.length / 16_000 - 2)).toBeLessThan(0.1);
    expect(rms(samples)).toBeLessThan(1e-4);
  });

  it.each<[string, () => OutputFormat]>([
    ['Ogg', ogg],
    ['WebM', () => new WebMOutputFormat()],
    ['MP4', () => new Mp4OutputFormat({ fastStart: 'in-memory' })]
  ])('hears an %s file that is cut off as far as it goes, and says so', async (_, format) => {
    const file = await coded('opus', format(), tone(440, 48_000, 6), 48_000);
    let samples = 0;
    let fault: unknown = null;
    try {
      for await (const piece of monoSamples(file.slice(0, Math.round(file.size / 2)), 16_000, never)) samples += piece.length;
    } catch (error) {
      fault = error;
    }
    expect(fault).toMatchObject({ name: 'AudioFault', code: 'cut' });
    expect(samples / 16_000).toBeGreaterThan(1.5);
    expect(samples / 16_000).toBeLessThan(4);
  });

  it('says that a file full of noise behind its head is damaged', async () => {
    const whole = new Uint8Array(await (await coded('opus', ogg(), tone(440, 48_000, 4), 48_000)).arrayBuffer());
    const noise = whole.map((byte, i) => (i < 200 ? byte : (i * 7919 + byte) & 255));
    await expect(collected(monoSamples(new Blob([noise]), 16_000, never))).rejects.toMatchObject({ name: 'AudioFault' });
  });

  it('takes half an hour in pieces: the whole of it never stands in memory', async () => {
    const second = new Int16Array(8000).map((_, i) => 8000 * Math.sin(i / 17));
    const file = new Blob([wavHeader(8000, 1, 8000 * 1800), ...Array.from({ length: 1800 }, () => second)]);
    let samples = 0;
    let largest = 0;
    for await (const piece of monoSamples(file, 16_000, never)) {
      samples += piece.length;
      largest = Math.max(largest, piece.length);
    }
    expect(samples).toBe(16_000 * 1800);
    // Two seconds at most: half an hour of it would be 115 MB.
    expect(largest).toBeLessThan(32_000);
  }, 240_000);
});

describe('the transcription worker', () => {
  let keeper: PackKeeper;
  let model: SpeechModel;
  let worker: TranscribeWorker;
  beforeAll(async () => {
    keeper = startPackKeeper();
    for (const pack of await keeper.list()) await keeper.remove(pack.modelSha256Hex);
    const taken = await keeper.take(asFolder(tinyWhisper({ seed: 4 }).files), never, () => {});
    if (!taken.ok) throw new Error(JSON.stringify(taken.refusal));
    expect(taken.pack.manifest.kind).toBe('transcription');
    model = { modelSha256Hex: taken.pack.modelSha256Hex, device: 'wasm' };
    worker = await startTranscribeWorker(model);
  }, 240_000);
  afterAll(async () => {
    worker.end();
    await keeper.remove(model.modelSha256Hex);
    keeper.end();
  });

  it('hears a coded voice note, with time codes inside it, the same twice', async () => {
    const file = await coded('opus', ogg(), tone(330, 48_000, 4), 48_000);
    const [first, second] = [await worker.transcribe(file, () => {}), await worker.transcribe(file, () => {})];
    if (!first.ok) throw new Error(first.trouble.code);
    expect(first).toEqual(second);
    expect(worker.modelId).toBe('tiny-whisper');
    expect(first.value.lines.length).toBeGreaterThan(0);
    for (const line of first.value.lines) expect(line.to_ms).toBeLessThanOrEqual(first.value.duration_ms);
    expect(first.value.fault).toBeNull();
  });

  it('says in codes why a file is not heard, and goes on', async () => {
    const trouble = async (file: Blob): Promise<string> => {
      const answer = await worker.transcribe(file, () => {});
      return answer.ok ? 'heard' : `${answer.trouble.of} ${answer.trouble.code} ${answer.trouble.detail}`.trim();
    };
    expect(await trouble(new Blob([]))).toBe('sound empty');
    expect(await trouble(new Blob([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), new Uint8Array(3000)]))).toBe('sound not-audio');
    expect(await trouble(new Blob(['#!AMR\n', new Uint8Array(3000)]))).toBe('sound codec AMR');
    expect(await trouble(wav(8000, tone(440, 8000, 1)))).toBe('heard');
  });

  it('stops at once when it is ended', async () => {
    const other = await startTranscribeWorker(model);
    const hearing = other.transcribe(wav(16_000, tone(440, 16_000, 120)), () => {});
    setTimeout(() => other.end(), 200);
    await expect(hearing).rejects.toThrow('ended');
  });

  it('does not open a pack that is not there', async () => {
    const absent = startTranscribeWorker({ modelSha256Hex: '0'.repeat(64), device: 'wasm' });
    await expect(absent).rejects.toMatchObject({ name: 'HearingTroubleError', trouble: { of: 'model', code: 'damaged-here' } });
  });
});
