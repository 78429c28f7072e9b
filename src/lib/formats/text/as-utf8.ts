/** Text in any encoding that a browser knows, turned into UTF-8 as it streams, for readers that work on bytes. */
import { withHead } from './decode.ts';

/**
 * Chunks in UTF-8. `encodingOf` sees the first bytes and names the encoding; `transcoded` is called once where it is
 * another one: byte places are then those of the text in UTF-8.
 */
export async function* asUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encodingOf: (head: Uint8Array) => string,
  transcoded: (encoding: string) => void
): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | null = null;
  let first = true;
  const encoder = new TextEncoder();
  for await (const chunk of withHead(chunks)) {
    if (first) {
      first = false;
      const encoding = encodingOf(chunk);
      if (encoding !== 'utf-8') {
        decoder = new TextDecoder(encoding);
        transcoded(encoding);
      }
    }
    if (decoder === null) yield chunk;
    else yield encoder.encode(decoder.decode(chunk, { stream: true }));
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield encoder.encode(rest);
}
