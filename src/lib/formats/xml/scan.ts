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
