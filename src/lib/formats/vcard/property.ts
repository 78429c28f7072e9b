/**
 * One property of a card: `group.NAME;PARAM=value;BARE:content`, by vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350).
 * Lines come as bytes in a string (one character a byte), because the character set stands inside the line itself.
 */
import { decodeStrict } from '../text/decode.ts';

export interface CardProperty {
  /** Upper case, without its group. */
  readonly name: string;
  /** Group that ties properties together: 'item1' of 'item1.X-ABLabel'; '' for none. */
  readonly group: string;
  /** Upper-case names to values as written; bare parameters of 2.1 stand under TYPE. */
  readonly params: ReadonlyMap<string, readonly string[]>;
  /** Content, transfer encoding undone and in the right characters, escapes still in it. */
  readonly content: string;
  /** Bytes of inline content that is no text (a picture), which is never looked at; null for text. */
  readonly inlineBytes: number | null;
  /** The named character set is not known. */
  readonly hasOddCharset: boolean;
}

const ENCODINGS: ReadonlySet<string> = new Set(['QUOTED-PRINTABLE', 'BASE64', 'B', '8BIT', '7BIT']);

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function decodeQuotedPrintable(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  let to = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const pair = c === 61 ? text.slice(i + 1, i + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(pair)) {
      out[to++] = parseInt(pair, 16);
      i += 2;
    } else out[to++] = c;
  }
  return out.subarray(0, to);
}

/** Places of `mark` outside of double quotes. */
function partsOutsideQuotes(text: string, mark: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if (c === mark && !quoted) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

function colonOf(line: string): number {
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (c === '"') quoted = !quoted;
    else if (c === ':' && !quoted) return i;
  }
  // Quotes that never close: then they are plain characters.
  return line.indexOf(':');
}

/** RFC 6868: a caret stands for what cannot stand in a parameter. */
function parameter(text: string): string {
  const bare = text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text;
  return bare.replace(/\^[n'^]/g, (mark) => (mark === '^n' ? '\n' : mark === "^'" ? '"' : '^'));
}

/** The head of a line: enough to know how its content goes on in the next lines. Null where it is no property. */
export function headOfLine(
  line: string
): { readonly name: string; readonly isQuotedPrintable: boolean; readonly isBase64: boolean } | null {
  const colon = colonOf(line);
  if (colon < 1) return null;
  const head = line.slice(0, colon).toUpperCase();
  const name = /^(?:[\w-]+\.)?([A-Z][A-Z0-9-]*)(?:;|$)/.exec(head)?.[1];
  if (name === undefined) return null;
  return {
    name,
    isQuotedPrintable: /;(?:ENCODING=)?"?QUOTED-PRINTABLE/.test(head),
    isBase64: /;(?:ENCODING=)?"?(?:BASE64|B)(?:;|"|$)/.test(head)
  };
}

/** @param line unfolded, one character a byte. Null where it is no property. */
export function readProperty(line: string): CardProperty | null {
  const colon = colonOf(line);
  if (colon < 1) return null;
  const [first = '', ...rest] = partsOutsideQuotes(line.slice(0, colon), ';');
  const dot = first.indexOf('.');
  const name = first
    .slice(dot + 1)
    .trim()
    .toUpperCase();
  if (!/^[A-Z][A-Z0-9-]*$/.test(name)) return null;
  const params = new Map<string, string[]>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    const bare = part.trim().toUpperCase();
    const key = equals > 0 ? part.slice(0, equals).trim().toUpperCase() : ENCODINGS.has(bare) ? 'ENCODING' : 'TYPE';
    const values = partsOutsideQuotes(equals > 0 ? part.slice(equals + 1) : part, ',').map((one) => parameter(one.trim()));
    const held = params.get(key);
    if (held === undefined) params.set(key, values);
    else held.push(...values);
  }
  const encoding = params.get('ENCODING')?.[0]?.toUpperCase() ?? '';
  const raw = line.slice(colon + 1);
  const isDataUri = /^data:[^,]{0,200};base64,/i.test(raw);
  if (encoding === 'BASE64' || encoding === 'B' || isDataUri) {
    const base64 = isDataUri ? raw.slice(raw.indexOf(',') + 1) : raw.replace(/\s+/g, '');
    const padding = /=*$/.exec(base64)?.[0].length ?? 0;
    return {
      name,
      group: first.slice(0, Math.max(0, dot)),
      params,
      content: '',
      inlineBytes: Math.max(0, Math.floor((base64.length * 3) / 4) - padding),
      hasOddCharset: false
    };
  }
  const bytes = encoding === 'QUOTED-PRINTABLE' ? decodeQuotedPrintable(raw) : bytesOf(raw);
  const { text, isOdd } = decoded(bytes, params.get('CHARSET')?.[0] ?? '');
  return { name, group: first.slice(0, Math.max(0, dot)), params, content: text, inlineBytes: null, hasOddCharset: isOdd };
}

function decoded(bytes: Uint8Array, charset: string): { readonly text: string; readonly isOdd: boolean } {
  if (charset === '' || /^utf-?8$/i.test(charset)) return { text: decodeStrict(bytes).text, isOdd: false };
  try {
    return { text: new TextDecoder(charset).decode(bytes), isOdd: false };
  } catch {
    return { text: decodeStrict(bytes).text, isOdd: true };
  }
}

/** Parts of a structured content (names, addresses), escapes undone in each. */
export function partsOf(content: string, mark: ';' | ','): string[] {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < content.length; i++) {
    const c = content[i] as string;
    if (c === '\\' && i + 1 < content.length) part += c + (content[++i] as string);
    else if (c === mark) {
      parts.push(plainText(part));
      part = '';
    } else part += c;
  }
  parts.push(plainText(part));
  return parts;
}

/** Content with its escapes undone: '\n' a line end, a backslash before anything else that character itself. */
export function plainText(content: string): string {
  return content
    .replace(/\\(.)/gs, (_, c: string) => (c === 'n' || c === 'N' ? '\n' : /[\\;,:"]/.test(c) ? c : `\\${c}`))
    .replace(/\r\n?/g, '\n');
}
