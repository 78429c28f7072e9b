/** searches.json: a list of search terms, each with how much it finds, and which messages. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MOST_TERMS } from '../lib/pipeline/searches-contract.ts';
import type { CaseSession } from '../lib/pipeline/session.ts';
import { UsageError } from './arguments.ts';
import { iso } from './iso.ts';

/** Ids are asked for in windows, as a screen asks for rows. */
const WINDOW = 5000;

/**
 * @param file one term a line; empty lines and those that begin with # are passed over
 * @returns terms counted, and those that cannot be read; null without a file
 * @throws UsageError where the file cannot be read or has more terms than one list may
 */
export async function writeSearches(
  session: CaseSession,
  file: string | null,
  out: string | null
): Promise<{ terms: number; unreadable: number } | null> {
  if (file === null) return null;
  if (!existsSync(file)) throw new UsageError(`${file} cannot be opened: there is no such file`);
  const texts = (await readFile(file, 'utf8'))
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (texts.length > MOST_TERMS) throw new UsageError(`${file} has ${texts.length} terms; one list has at most ${MOST_TERMS}`);
  const rows = await session.countTerms(texts, {}, '', () => {});
  const terms = [];
  for (const { text, fault, firstMs, lastMs, ...counts } of rows) {
    const message_ids = fault === null ? await idsOf(session, text) : [];
    terms.push({ text, fault, ...counts, first_utc: iso(firstMs), last_utc: iso(lastMs), message_ids });
  }
  if (out !== null) {
    const result = { messages: session.store.messages.length, terms };
    await writeFile(join(out, 'searches.json'), JSON.stringify(result, null, 2) + '\n');
  }
  return { terms: rows.length, unreadable: rows.filter(({ fault }) => fault !== null).length };
}

async function idsOf(session: CaseSession, text: string): Promise<number[]> {
  const { setId, total } = await session.filter({ text });
  const ids: number[] = [];
  for (let from = 0; from < total; from += WINDOW)
    ids.push(...(await session.rows(setId, 'time', from, WINDOW)).map(({ id }) => id));
  return ids.sort((a, b) => a - b);
}
