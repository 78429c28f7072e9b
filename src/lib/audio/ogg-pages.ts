/**
 * The end of an Ogg file. Recordings that were carved, or copied from a broken disk, often stop in the middle of a page;
 * the decoding library then fails at that page and forgets what it had decoded ahead of it. So the cut page is left out
 * first: what came before it is heard, and that something is missing is known.
 */

/** "OggS", then the version, which is 0 (RFC 3533, section 6). */
const MARK = Uint8Array.of(0x4f, 0x67, 0x67, 0x53, 0);
const HEAD_BYTES = 27;
/** A head with 255 segments of 255 bytes. */
const MOST_PAGE_BYTES = HEAD_BYTES + 255 + 255 * 255;

/** @returns the file up to its last whole page, the very file where nothing is cut or where it is no Ogg */
export async function wholePages(file: Blob): Promise<{ readonly file: Blob; readonly isCut: boolean }> {
  if (!isMarkAt(await bytesOf(file, 0, MARK.length), 0)) return { file, isCut: false };
  const from = Math.max(0, file.size - MOST_PAGE_BYTES);
  const tail = await bytesOf(file, from, file.size);
  for (let at = tail.length - MARK.length; at >= 0; at--) {
    if (!isMarkAt(tail, at)) continue;
    const isWhole = at + pageBytes(tail, at) <= tail.length;
    return isWhole ? { file, isCut: false } : { file: file.slice(0, from + at), isCut: true };
  }
  return { file, isCut: false };
}

async function bytesOf(file: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

function isMarkAt(bytes: Uint8Array, at: number): boolean {
  return MARK.every((byte, i) => bytes[at + i] === byte);
}

/** Length of a page that begins at `at`; infinite where even its head is cut. */
function pageBytes(bytes: Uint8Array, at: number): number {
  const segments = bytes[at + HEAD_BYTES - 1];
  if (segments === undefined || at + HEAD_BYTES + segments > bytes.length) return Number.POSITIVE_INFINITY;
  const table = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + segments);
  return HEAD_BYTES + segments + table.reduce((sum, length) => sum + length, 0);
}
