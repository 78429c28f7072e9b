/** Files of a model that give, for each of its languages, a text for a key: the word table, the phrase book. */
import type { LanguageCode } from './contract.ts';

/** Per language, key -> text. */
export type StringTable = Readonly<Record<LanguageCode, Readonly<Record<string, string>>>>;

/**
 * Reads such a file.
 * @param fault what is said of bytes that are JSON of another shape
 * @throws Error with `fault`; SyntaxError where the bytes are no JSON
 */
export function readStringTable(bytes: Uint8Array, fault: string): StringTable {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const isTable = (value: unknown): value is StringTable =>
    isRecord(value) &&
    Object.values(value).every((one) => isRecord(one) && Object.values(one).every((t) => typeof t === 'string'));
  if (!isTable(parsed)) throw new Error(fault);
  return parsed;
}
