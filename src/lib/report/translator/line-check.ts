/**
 * Reference and check of one line. The check ties the number to the original's exact text and to the request it was
 * sent with: a row whose number was retyped, shifted by a sort or copied from another case does not fit.
 */
import { createSHA256 } from 'hash-wasm';

/** 40 bits: a wrong row passes once in a million million. */
const CHECK_DIGITS = 10;

export interface LineReference {
  readonly request: number;
  readonly line: number;
  readonly check: string;
}

/** SHA-256 over salt, number and the original's UTF-8, shortened. */
export async function lineChecker(): Promise<(salt: string, line: number, original: string) => string> {
  const hash = await createSHA256();
  return (salt, line, original) => {
    hash.init();
    hash.update(`${salt}\n${line}\n${original.toWellFormed()}`);
    return hash.digest('hex').slice(0, CHECK_DIGITS);
  };
}

/** 'T3-0012': a word to a spreadsheet, never a number or a date; padded, so that sorting by it is right. */
export const lineNumber = (request: number, line: number): string => `T${request}-${String(line).padStart(4, '0')}`;

export const referenceText = ({ request, line, check }: LineReference): string => `${lineNumber(request, line)} · ${check}`;

/** Reads a reference back; null where number or check cannot be read. */
export function parseReference(text: string): LineReference | null {
  const match = /^\s*T(\d{1,6})\s*[-\u2010-\u2013]\s*(\d{1,7})\s*[·.•|]?\s*([0-9a-f]{10})\s*$/iu.exec(text);
  if (match === null) return null;
  return { request: Number(match[1]), line: Number(match[2]), check: (match[3] as string).toLowerCase() };
}
