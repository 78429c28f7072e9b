import { createSHA256 } from 'hash-wasm';

const SLICE_BYTES = 4 << 20;

/** SHA-256 of bytes that come one piece after the other. */
export interface RunningSum {
  update(bytes: Uint8Array): void;
  /** 64 lower-case hex digits; ends it. */
  hex(): string;
}

export async function runningSha256(): Promise<RunningSum> {
  const hash = await createSHA256();
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
}

/**
 * SHA-256 of a file by slices, never whole in memory.
 * @returns 64 lower-case hex digits. Rejects with the signal's reason on abort.
 */
export async function sha256Hex(
  blob: Blob,
  signal: AbortSignal,
  onProgress: (bytesDone: number) => void = () => {}
): Promise<string> {
  const sum = await runningSha256();
  for (let at = 0; at < blob.size; at += SLICE_BYTES) {
    signal.throwIfAborted();
    sum.update(new Uint8Array(await blob.slice(at, at + SLICE_BYTES).arrayBuffer()));
    onProgress(Math.min(blob.size, at + SLICE_BYTES));
  }
  return sum.hex();
}
