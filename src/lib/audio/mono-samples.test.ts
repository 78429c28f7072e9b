/** What needs no decoder of the browser's: WAV, and everything that is no sound. Ogg, MP4 and the rest: jobs/transcribe.browser.test.ts. */
import { describe, expect, it } from 'vitest';
import { collected, rms, tone, wav } from '../../../tests/fixtures/audio/wav.ts';
import { monoSamples } from './mono-samples.ts';

const never = new AbortController().signal;
const read = (file: Blob): Promise<Float32Array> => collected(monoSamples(file, 16_000, never));

describe('samples of a voice note', () => {
  it.each([8000, 16_000, 44_100, 48_000])('reads WAV at %i Hz', async (rate) => {
    const samples = await read(wav(rate, tone(440, rate, 2)));
    expect(samples.length).toBe(32_000);
    expect(rms(samples.subarray(500, -500))).toBeCloseTo(0.5 / Math.SQRT2, 3);
  });

  it('mixes channels into their mean', async () => {
    const left = tone(440, 16_000, 1);
    const samples = await read(
      wav(
        16_000,
        left,
        left.map((x) => -x)
      )
    );
    expect(rms(samples)).toBeLessThan(1e-4);
  });

  it('refuses a file without bytes, a renamed picture and text', async () => {
    const picture = Uint8Array.of(
      0xff,
      0xd8,
      0xff,
      0xe0,
      0,
      16,
      0x4a,
      0x46,
      0x49,
      0x46,
      0,
      1,
      ...new Uint8Array(4000).map((_, i) => i * 37)
    );
    await expect(read(new Blob([]))).rejects.toMatchObject({ code: 'empty' });
    await expect(read(new Blob([picture], { type: 'audio/ogg' }))).rejects.toMatchObject({ code: 'not-audio' });
    await expect(read(new Blob(['voice note omitted']))).rejects.toMatchObject({ code: 'not-audio' });
  });

  it.each([
    ['#!AMR\n', 'AMR'],
    ['#!AMR-WB\n', 'AMR-WB'],
    ['#!SILK_V3', 'SILK'],
    ['caff', 'CAF']
  ])('names the coding that it does not decode (%s)', async (head, name) => {
    await expect(read(new Blob([head, new Uint8Array(500)]))).rejects.toMatchObject({ code: 'codec', detail: name });
  });

  it('refuses a WAV that states an impossible rate', async () => {
    const bytes = new Uint8Array(await wav(16_000, tone(440, 16_000, 0.1)).arrayBuffer());
    new DataView(bytes.buffer).setUint32(24, 7, true);
    await expect(read(new Blob([bytes]))).rejects.toMatchObject({ code: 'damaged' });
  });

  it('stops when asked', async () => {
    const stop = new AbortController();
    const pieces = monoSamples(wav(16_000, tone(440, 16_000, 20)), 16_000, stop.signal);
    await pieces.next();
    stop.abort(new Error('enough'));
    await expect(pieces.next()).rejects.toThrow('enough');
  });
});
