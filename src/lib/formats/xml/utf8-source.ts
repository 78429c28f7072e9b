/** XML in another encoding than UTF-8, turned into UTF-8 as it streams. */
import { asUtf8 } from '../text/as-utf8.ts';
import { detectEncoding } from '../text/encoding.ts';
import { utf8Text } from './bytes.ts';

const DECLARED = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;

/** Name of the encoding by mark, zeros or declaration; 'utf-8' where nothing else is said. */
export function xmlEncoding(head: Uint8Array): string {
  const found = detectEncoding(head);
  if (found.encoding !== 'utf-8' || found.bomBytes > 0) return found.encoding;
  const declared = DECLARED.exec(utf8Text(head, 0, Math.min(head.length, 200)))?.[1]?.toLowerCase() ?? 'utf-8';
  // A file that declares UTF-16 in bytes that are not is UTF-8: the declaration was copied.
  if (declared.startsWith('utf-16') || declared === 'us-ascii' || declared === 'ascii') return 'utf-8';
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    return 'utf-8';
  }
}

/**
 * Chunks in UTF-8. `transcoded` is called once where the source has another encoding: byte places are
 * then those of the text in UTF-8.
 */
export function utf8Chunks(
  chunks: AsyncIterable<Uint8Array>,
  transcoded: (encoding: string) => void
): AsyncGenerator<Uint8Array> {
  return asUtf8(chunks, xmlEncoding, transcoded);
}
