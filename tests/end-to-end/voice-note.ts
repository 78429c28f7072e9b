/** A voice note as a phone writes it: Opus in Ogg. The browser codes the sound, the container is made here. */
import type { Page } from '@playwright/test';
import { BufferTarget, EncodedAudioPacketSource, EncodedPacket, OggOutputFormat, Output } from 'mediabunny';

const RATE_HZ = 48_000;

interface Coded {
  readonly packets: readonly { readonly bytes: readonly number[]; readonly at_s: number; readonly length_s: number }[];
  /** The head of the Opus stream, as the encoder gives it. */
  readonly description: readonly number[] | null;
}

/** A tone of so many seconds; the page must be of our own origin, where WebCodecs is to be had. */
export async function opusVoiceNote(page: Page, frequency_hz: number, seconds: number): Promise<Buffer> {
  const { packets, description } = await page.evaluate(codedTone, { frequency_hz, seconds, rate_hz: RATE_HZ });
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat({ maximumPageDuration: 1 }), target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = {
    codec: 'opus',
    numberOfChannels: 1,
    sampleRate: RATE_HZ,
    ...(description === null ? {} : { description: Uint8Array.from(description) })
  };
  for (const [i, { bytes, at_s, length_s }] of packets.entries()) {
    const packet = new EncodedPacket(Uint8Array.from(bytes), 'key', at_s, length_s);
    await source.add(packet, i === 0 ? { decoderConfig } : {});
  }
  await output.finalize();
  if (target.buffer === null) throw new Error('The voice note was not written.');
  return Buffer.from(target.buffer);
}

/** Runs in the page. */
async function codedTone(wanted: { frequency_hz: number; seconds: number; rate_hz: number }): Promise<Coded> {
  const { frequency_hz, seconds, rate_hz } = wanted;
  const packets: { bytes: number[]; at_s: number; length_s: number }[] = [];
  let description: number[] | null = null;
  const encoder = new AudioEncoder({
    output: (chunk, metadata) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      packets.push({ bytes: [...bytes], at_s: chunk.timestamp / 1e6, length_s: (chunk.duration ?? 0) / 1e6 });
      const head = metadata?.decoderConfig?.description;
      if (head !== undefined) description = [...new Uint8Array(ArrayBuffer.isView(head) ? head.buffer : head)];
    },
    error: (error) => {
      throw error;
    }
  });
  encoder.configure({ codec: 'opus', sampleRate: rate_hz, numberOfChannels: 1, bitrate: 32_000 });
  const tone = Float32Array.from(
    { length: rate_hz * seconds },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * frequency_hz * i) / rate_hz)
  );
  const data = new AudioData({
    format: 'f32-planar',
    sampleRate: rate_hz,
    numberOfFrames: tone.length,
    numberOfChannels: 1,
    timestamp: 0,
    data: tone
  });
  encoder.encode(data);
  data.close();
  await encoder.flush();
  encoder.close();
  return { packets, description };
}
