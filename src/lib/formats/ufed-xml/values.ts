/** Values of the UFED schema: numbers with decimal commas, time spans, base64 texts, services. */
import { CONFIDENCES, MessageState, type DecodingConfidence } from '../../evidence/records.ts';

/** "51,5074" and "51.5074"; null for anything that is no finite number. */
export function decimal(text: string): number | null {
  const clean = text.trim();
  if (!/^[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$/.test(clean)) return null;
  const n = Number(clean.replace(',', '.'));
  return Number.isFinite(n) ? n : null;
}

/** "00:01:05", "1.02:00:00" (days), "00:00:03.500", or bare seconds; null where it is none of these. */
export function seconds(text: string): number | null {
  const clean = text.trim();
  const m = /^(?:(\d+)[. ])?(\d{1,3}):(\d{2}):(\d{2})(?:[.,]\d+)?$/.exec(clean);
  if (m !== null) return Number(m[1] ?? 0) * 86_400 + Number(m[2]) * 3600 + Number(m[3]) * 60 + Number(m[4]);
  return /^\d{1,8}$/.test(clean) ? Number(clean) : null;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Above this share of control characters decoded bytes are taken for no text at all. */
const MOST_CONTROLS = 0.3;

/**
 * Text of a Base64String field; the base64 itself where the bytes are no text. The encoding is used just where a text
 * holds characters that XML forbids, so a stray control character must not make its words unreadable.
 */
export function base64Text(value: string): string {
  try {
    const binary = atob(value.replace(/\s+/g, ''));
    const text = strictUtf8.decode(Uint8Array.from(binary, (c) => c.charCodeAt(0)));
    // eslint-disable-next-line no-control-regex
    const controls = text.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
    return controls > text.length * MOST_CONTROLS ? value : text;
  } catch {
    return value;
  }
}

/** Sources that are the phone itself and no service: "Native Call Log", "Phone Book", "SIM". */
const OF_THE_PHONE = /^(?:native\b.*|phone|phone ?book|contacts?|call log|sim(?: card)?|sms|mms|messages)$/;

/** One name for one space of identifiers: WhatsApp Business and dual apps use the same numbers as WhatsApp. */
export function serviceOf(source: string, fallback: string): string {
  const lower = source.trim().toLowerCase();
  if (lower === '' || OF_THE_PHONE.test(lower)) return fallback;
  if (lower.startsWith('whatsapp')) return 'whatsapp';
  if (lower.startsWith('telegram')) return 'telegram';
  if (lower.startsWith('signal')) return 'signal';
  return lower;
}

/** By its word in lower case and as reports spell it. */
const CONFIDENCE_OF: ReadonlyMap<string, DecodingConfidence> = new Map(
  CONFIDENCES.flatMap((word) => [[word, word] as const, [word.slice(0, 1).toUpperCase() + word.slice(1), word] as const])
);

export function confidenceOf(text: string): DecodingConfidence {
  return CONFIDENCE_OF.get(text) ?? CONFIDENCE_OF.get(text.toLowerCase()) ?? 'unstated';
}

/** What `deleted_state` says: recovered by the tool after deletion, or in the bin. */
export function deletedStateBits(text: string): number {
  switch (text) {
    case 'Deleted':
      return MessageState.deletedByUser | MessageState.recovered;
    case 'Trash':
      return MessageState.deletedByUser;
    default:
      return 0;
  }
}

/** State bits of a `Status` or `Folder` value. */
export function statusBits(text: string): number {
  switch (text.toLowerCase()) {
    case 'sent':
    case 'outbox':
      return MessageState.sent;
    case 'delivered':
      return MessageState.sent | MessageState.delivered;
    case 'read':
    case 'played':
      return MessageState.delivered | MessageState.read;
    case 'draft':
    case 'drafts':
    case 'unsent':
      return MessageState.draft;
    default:
      return 0;
  }
}
