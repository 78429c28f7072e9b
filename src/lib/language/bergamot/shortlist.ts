/**
 * Marian's binary lexical shortlist: for each source token the target tokens that may answer it. Checked before native
 * code follows its offsets. Header of six numbers of eight bytes (magic, checksum, first, best, offsets, entries), then
 * the offsets in eight bytes each and the target tokens in four. Source: src/data/shortlist.h of browsermt/marian-dev.
 */
import { ModelFault } from '../model-fault.ts';

const MAGIC = 0xf11a48d5013417f5n;
const HEADER_BYTES = 48;

/**
 * @param sizes tokens of both vocabularies
 * @throws ModelFault when it is not whole or points outside
 */
export function checkShortlist(bytes: Uint8Array, path: string, sizes: { source: number; target: number }): void {
  const refuse = (why: string): never => {
    throw new ModelFault('config', `${path}: ${why}`);
  };
  if (bytes.length < HEADER_BYTES) refuse('it ends too early');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getBigUint64(0, true) !== MAGIC) refuse('it is no binary shortlist');
  const [offsets, entries] = [32, 40].map((at) => Number(view.getBigUint64(at, true))) as [number, number];
  if (bytes.length !== HEADER_BYTES + offsets * 8 + entries * 4) refuse('it has another length than it says');
  // One a source token and the end of the last.
  if (offsets < sizes.source + 1) refuse(`it is for ${offsets - 1} source tokens, the vocabulary has ${sizes.source}`);
  let before = 0;
  for (let i = 0; i < offsets; i++) {
    const offset = Number(view.getBigUint64(HEADER_BYTES + i * 8, true));
    if (offset < before || offset > entries) refuse('its offsets point outside');
    before = offset;
  }
  for (let i = 0; i < entries; i++) {
    if (view.getUint32(HEADER_BYTES + offsets * 8 + i * 4, true) >= sizes.target)
      refuse('it names tokens outside the vocabulary');
  }
}
