/** Small looks at bytes of XML. */

export function isSpace(c: number): boolean {
  return c === 32 || c === 10 || c === 13 || c === 9;
}

export function hasReturn(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === 13) return true;
  return false;
}

export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isSpace(bytes[i] as number)) return false;
  return true;
}

export function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Behind the '?>' that ends the instruction in which `from` lies; -1 where it is not in these bytes. */
export function instructionEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(62, from + 1); at >= 0; at = bytes.indexOf(62, at + 1)) if (bytes[at - 1] === 63) return at + 1;
  return -1;
}

/** Behind the '>' that ends a comment or a CDATA section behind two `mark`s; -1 where it is not in these bytes. */
export function sectionEnd(bytes: Uint8Array, from: number, mark: number): number {
  // Values are short: a call of indexOf costs more than they do.
  let near = from + 2;
  const nearEnd = Math.min(bytes.length, from + 100);
  while (near < nearEnd && bytes[near] !== 62) near++;
  for (let at = near < nearEnd ? near : bytes.indexOf(62, near); at >= 0; at = bytes.indexOf(62, at + 1))
    if (bytes[at - 1] === mark && bytes[at - 2] === mark) return at + 1;
  return -1;
}

/** The document type has declarations. */
export const DECLARES = -2;

/** Behind the '>' that ends the document type in which `from` lies; -1 where it is not in these bytes, or DECLARES. */
export function doctypeEnd(bytes: Uint8Array, from: number): number {
  let quote = 0;
  for (let at = from; at < bytes.length; at++) {
    const c = bytes[at] as number;
    if (quote !== 0) {
      if (c === quote) quote = 0;
    } else if (c === 34 || c === 39) quote = c;
    else if (c === 91) return DECLARES;
    else if (c === 62) return at + 1;
  }
  return -1;
}

/** A place at or before `end` that splits no UTF-8 character, reference, or CR LF. */
export function safeCut(bytes: Uint8Array, start: number, end: number): number {
  let cut = end;
  for (let back = 1; back <= 16 && cut - back > start; back++) {
    if (bytes[end - back] === 38) {
      cut = end - back;
      break;
    }
  }
  while (cut > start + 1 && ((bytes[cut] ?? 0) & 0xc0) === 0x80) cut--;
  if (cut === end) {
    let back = 1;
    while (back <= 3 && ((bytes[end - back] as number) & 0xc0) === 0x80) back++;
    if ((bytes[end - back] as number) >= 0xc0) cut = end - back;
  }
  if (bytes[cut - 1] === 13 && cut - 1 > start) cut--;
  return cut;
}
