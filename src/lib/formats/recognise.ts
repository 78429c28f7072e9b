/** Which format a file is, by its bytes and not by its name. */
import { SourceError, type Finding } from '../evidence/findings.ts';
import { looksLikeZip, ZipContainer } from './container/zip.ts';
import type { Format, SniffHead, SourceInput } from './contract.ts';
import { FORMATS } from './registry.ts';
import { controlShare } from './text/encoding.ts';

const HEAD_BYTES = 64 * 1024;
/** Below this no reader should be trusted with the file. */
const LEAST = 0.2;

export interface Recognised {
  readonly format: Format;
  /** 0 to 1. */
  readonly confidence: number;
  /** Other formats that might fit, best first. */
  readonly alternatives: readonly { readonly format: Format; readonly confidence: number }[];
}

export type Recognition =
  { readonly recognised: Recognised; readonly finding: null } | { readonly recognised: null; readonly finding: Finding };

/** What common files that hold no messages begin with, to say what a wrong file is. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0xff, 0xd8, 0xff], 'a JPEG picture'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF picture'],
  [[0x52, 0x49, 0x46, 0x46], 'a sound, video or WebP file'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'an SQLite database'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive'],
  [[0x52, 0x61, 0x72, 0x21], 'a RAR archive'],
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Office document'],
  [[0x4d, 0x5a], 'a Windows program'],
  [[0x49, 0x44, 0x33], 'an MP3 sound'],
  [[0x4f, 0x67, 0x67, 0x53], 'an Ogg sound']
];

function whatItIs(bytes: Uint8Array): string | null {
  if (bytes[4] === 0x66 && bytes[5] === 0x74 && bytes[6] === 0x79 && bytes[7] === 0x70) return 'an MP4 video or HEIC picture';
  for (const [signature, what] of SIGNATURES) if (signature.every((byte, i) => bytes[i] === byte)) return what;
  return null;
}

/**
 * Reads 64 KiB and, of a zip, the names of its entries. Never rejects because of what is in the file: a file
 * that nobody reads gives a finding of one sentence. Rejects with the signal's reason on abort.
 */
export async function recognise(
  input: SourceInput,
  signal: AbortSignal,
  formats: readonly Format[] = FORMATS
): Promise<Recognition> {
  const fail = (code: Finding['code'], message: string): Recognition => ({
    recognised: null,
    finding: { code, severity: 'failure', message, file: input.name, place: null }
  });
  if (input.sizeBytes === 0) return fail('empty-file', `${input.name} is empty.`);
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await input.blob.slice(0, HEAD_BYTES).arrayBuffer());
  } catch (error) {
    signal.throwIfAborted();
    return fail(
      'damaged-container',
      `${input.name} could not be read from the disk (${error instanceof Error ? error.message : 'no reason given'}).`
    );
  }
  signal.throwIfAborted();
  let head: SniffHead = { name: input.name, sizeBytes: input.sizeBytes, bytes };
  if (looksLikeZip(bytes)) {
    try {
      const zip = await ZipContainer.open(input, { signal, wanted: () => false });
      head = { ...head, entries: zip.entries.map((entry) => entry.name) };
      await zip.close();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SourceError) return fail(error.code, error.message);
      throw error;
    }
  }
  const ranked = formats
    .map((format) => ({ format, confidence: format.sniff(head) }))
    .filter(({ confidence }) => confidence > 0)
    .sort((a, b) => b.confidence - a.confidence);
  const best = ranked[0];
  if (best === undefined || best.confidence < LEAST) {
    const what = whatItIs(bytes);
    if (what !== null) return fail('not-recognised', `${input.name} is ${what}: there are no messages in it that Skein reads.`);
    if (head.entries !== undefined)
      return fail(
        'not-recognised',
        `${input.name} is a zip of ${head.entries.length} entries, none of which is an export that Skein reads.`
      );
    if (controlShare(bytes) > 0.01)
      return fail('not-recognised', `${input.name} is a binary file of a kind that Skein does not read.`);
    return fail('not-recognised', `${input.name} is text, but not in the layout of any export that Skein reads.`);
  }
  return { recognised: { ...best, alternatives: ranked.slice(1) }, finding: null };
}
