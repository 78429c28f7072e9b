/** How much the first bytes of a file look like an exported chat. */
import { headText } from '../text/decode.ts';
import { controlShare } from '../text/encoding.ts';
import { readHeader } from './header.ts';

const LINES_LOOKED_AT = 400;

/** 0 to 1; a name that WhatsApp gives counts for much, but never without a message header. Never throws. */
export function sniffChatText(bytes: Uint8Array, hasChatName: boolean): number {
  if (bytes.length === 0 || controlShare(bytes) > 0.01) return 0;
  const bySignature = new Map<string, number>();
  let withSender = 0;
  for (const line of headText(bytes).split('\n', LINES_LOOKED_AT)) {
    const header = readHeader(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (header === null) continue;
    bySignature.set(header.signature, (bySignature.get(header.signature) ?? 0) + 1);
    if (header.rest.includes(': ')) withSender++;
  }
  const headers = Math.max(0, ...bySignature.values());
  if (headers === 0) return 0;
  if (hasChatName) return 0.97;
  if (withSender === 0) return 0.2;
  return headers >= 3 ? 0.92 : 0.7;
}
