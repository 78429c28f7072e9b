/**
 * The characters of a text or an attribute: UTF-8, line ends by XML 1.0 section 2.11, the five entities and
 * numeric references by section 4.6 and 4.1. No other entity exists here, since no DTD is read.
 */
import { ownTable } from '../../evidence/own-table.ts';
import { utf8Text } from './bytes.ts';

const NAMED: Readonly<Record<string, string>> = ownTable({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" });
const REFERENCE = /&(?:#(\d{1,10})|#x([0-9a-fA-F]{1,8})|(lt|gt|amp|quot|apos));/g;

/** What a reader should know of oddities; counted, told once by the caller. */
export interface TextFaults {
  /** Bytes that are no UTF-8, shown as U+FFFD. */
  notUtf8: number;
  /** '&' that begins no known reference and was kept as written. */
  looseAmpersands: number;
  /** References to characters that XML forbids (controls, lone surrogates). */
  illegalReferences: number;
}

export const noFaults = (): TextFaults => ({ notUtf8: 0, looseAmpersands: 0, illegalReferences: 0 });

function withReferences(text: string, faults: TextFaults): string {
  let known = 0;
  let surrogates = false;
  const out = text.replace(REFERENCE, (_all, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    known++;
    if (name !== undefined) return NAMED[name] as string;
    const code = decimal !== undefined ? parseInt(decimal, 10) : parseInt(hex as string, 16);
    if (code > 0x10ffff) {
      faults.illegalReferences++;
      return '\ufffd';
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      // Programs that count in UTF-16 write one character as two references: &#55357;&#56832;
      surrogates = true;
      return String.fromCharCode(code);
    }
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) faults.illegalReferences++;
    return String.fromCodePoint(code);
  });
  let ampersands = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) ampersands++;
  faults.looseAmpersands += ampersands - known;
  if (!surrogates || out.isWellFormed()) return out;
  faults.illegalReferences++;
  return out.toWellFormed();
}

/** Text between tags. `plain` promises that there is no '&' and no CR in it. */
export function textValue(bytes: Uint8Array, start: number, end: number, plain: boolean, faults: TextFaults): string {
  let text = utf8Text(bytes, start, end);
  if (text.includes('\ufffd')) faults.notUtf8++;
  if (plain) return text;
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  return text.includes('&') ? withReferences(text, faults) : text;
}

/** Text of a CDATA section: no references in it. */
export function cdataValue(bytes: Uint8Array, start: number, end: number, faults: TextFaults): string {
  const text = utf8Text(bytes, start, end);
  if (text.includes('\ufffd')) faults.notUtf8++;
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Value of an attribute: white space becomes spaces (section 3.3.3), references stand for themselves. */
export function attributeValue(bytes: Uint8Array, start: number, end: number, faults: TextFaults): string {
  let text = utf8Text(bytes, start, end);
  if (text.includes('\ufffd')) faults.notUtf8++;
  if (/[\t\n\r]/.test(text)) text = text.replace(/\r\n|[\t\n\r]/g, ' ');
  return text.includes('&') ? withReferences(text, faults) : text;
}
