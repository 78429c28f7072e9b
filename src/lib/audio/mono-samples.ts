/**
 * A voice note's file as samples of one channel at one rate, in pieces, as a speech model hears them. Nothing is played,
 * and a whole recording never stands in memory: the file is read by slices and each piece is forgotten once it is used.
 */
import {
  ADTS,
  AudioSampleSink,
  BlobSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  WAVE,
  WEBM,
  type AudioSample
} from 'mediabunny';
import { AudioFault } from './fault.ts';
import { wholePages } from './ogg-pages.ts';
import { RATES_HZ, Resampler } from './resample.ts';

/** Files of one sound each. HLS is left out: it is a list of other addresses, and nothing may be fetched. */
const FORMATS = [OGG, MP4, QTFF, MP3, ADTS, WAVE, MATROSKA, WEBM, FLAC];

/** Longest silence that is put where a file says that nothing was recorded; a file that claims more is damaged. */
const LONGEST_GAP_S = 120;
/** A file that ends so much before the length that it states is cut off. Stated lengths are rounded, and guessed for MP3. */
const LEAST_MISSING = { s: 1, share: 0.05 } as const;
/** Codings round their times: a step smaller than this is no gap. */
const LEAST_GAP_S = 0.04;

/** Containers that phones write and that nothing here decodes, told by their first bytes. */
const UNDECODED: readonly (readonly [begin: string, name: string])[] = [
  ['#!AMR-WB\n', 'AMR-WB'],
  ['#!AMR', 'AMR'],
  ['#!SILK', 'SILK'],
  ['\x02#!SILK', 'SILK'],
  ['caff', 'CAF']
];

/**
 * Decodes the first sound track of a file.
 * @returns pieces of samples at `to_hz`, -1 to 1, gaps in the file's own times filled with silence
 * @throws AudioFault when it holds no sound that can be decoded here, stops making sense on the way, or is cut off at its
 * end; what came before is good. What the decoder had decoded ahead of a damaged place, up to a second, is lost with it.
 * Rejects with the signal's reason on abort.
 */
export async function* monoSamples(file: Blob, to_hz: number, signal: AbortSignal): AsyncGenerator<Float32Array> {
  signal.throwIfAborted();
  if (file.size === 0) throw new AudioFault('empty');
  const { file: whole, isCut } = await wholePages(file);
  const input = new Input({ formats: FORMATS, source: new BlobSource(whole, { maxCacheSize: 4 << 20 }) });
  try {
    const track = await trackOf(input, file);
    const stated_s = await track.getDurationFromMetadata().catch(() => null);
    let resampler: Resampler | null = null;
    let rate_hz = 0;
    /** Where the samples that came so far end, in the file's own time. */
    let end_s = 0;
    for await (const sample of samplesOf(new AudioSampleSink(track))) {
      try {
        signal.throwIfAborted();
        if (resampler === null) {
          rate_hz = sample.sampleRate;
          resampler = resamplerFor(rate_hz, to_hz);
        }
        if (sample.sampleRate !== rate_hz) throw new AudioFault('damaged', `${rate_hz} Hz, ${sample.sampleRate} Hz`);
        const gap_s = sample.timestamp - end_s;
        if (!(gap_s < LONGEST_GAP_S)) throw new AudioFault('damaged', `${Math.round(gap_s)} s`);
        if (gap_s > LEAST_GAP_S) {
          yield resampler.push(new Float32Array(Math.round(gap_s * rate_hz)));
          end_s = sample.timestamp;
        }
        yield resampler.push(oneChannel(sample));
        end_s = Math.max(end_s, sample.timestamp) + sample.duration;
      } finally {
        sample.close();
      }
    }
    const missing_s = (stated_s ?? 0) - end_s;
    const isShort = missing_s > Math.max(LEAST_MISSING.s, (stated_s ?? 0) * LEAST_MISSING.share);
    if (resampler === null) throw new AudioFault(isCut || isShort ? 'cut' : 'damaged');
    yield resampler.end();
    if (isCut || isShort) throw new AudioFault('cut');
  } finally {
    input.dispose();
  }
}

async function trackOf(input: Input, file: Blob): Promise<NonNullable<Awaited<ReturnType<Input['getPrimaryAudioTrack']>>>> {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 16).arrayBuffer());
  const known = UNDECODED.find(([begin]) => head.startsWith(begin));
  if (known !== undefined) throw new AudioFault('codec', known[1]);
  try {
    await input.getFormat();
  } catch {
    throw new AudioFault('not-audio');
  }
  let track;
  try {
    track = await input.getPrimaryAudioTrack();
  } catch (error) {
    throw new AudioFault('damaged', messageOf(error));
  }
  if (track === null) throw new AudioFault('no-track');
  const codec = (await track.getCodec().catch(() => null)) ?? (await internalName(track));
  if (!(await track.canDecode().catch(() => false))) throw new AudioFault('codec', codec);
  return track;
}

/** The container's own four letters for a coding without a name here, such as 'samr'. */
async function internalName(track: { getInternalCodecId(): Promise<string | number | Uint8Array | null> }): Promise<string> {
  const id = await track.getInternalCodecId().catch(() => null);
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

async function* samplesOf(sink: AudioSampleSink): AsyncGenerator<AudioSample> {
  const samples = sink.samples();
  try {
    for (;;) {
      let step;
      try {
        step = await samples.next();
      } catch (error) {
        throw new AudioFault('damaged', messageOf(error));
      }
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    // Ends the decoder, which would otherwise decode ahead of a reader that has left.
    await samples.return(undefined).catch(() => undefined);
  }
}

function resamplerFor(rate_hz: number, to_hz: number): Resampler {
  if (!Number.isInteger(rate_hz) || rate_hz < RATES_HZ.least || rate_hz > RATES_HZ.most) {
    throw new AudioFault('damaged', `${rate_hz} Hz`);
  }
  return new Resampler(rate_hz, to_hz);
}

/** The mean of all channels. */
function oneChannel(sample: AudioSample): Float32Array {
  const { numberOfFrames: frames, numberOfChannels: channels } = sample;
  const mixed = new Float32Array(frames);
  const plane = new Float32Array(frames);
  for (let channel = 0; channel < channels; channel++) {
    sample.copyTo(plane, { planeIndex: channel, format: 'f32-planar' });
    for (let i = 0; i < frames; i++) mixed[i] = (mixed[i] as number) + (plane[i] as number) / channels;
  }
  return mixed;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
