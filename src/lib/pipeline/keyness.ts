/** New terms of a filtered set: [Note: Keyness] over a case, with counts that open their messages. */
import { andInto, bitsOf, countBits, rowsOf } from '../analysis/filter/bits.ts';
import { keyness, KEYNESS_RULES } from '../analysis/keyness/keyness.ts';
import { isMoreInside, logLikelihood, logRatio, percentDifference } from '../analysis/keyness/statistics.ts';
import { ReadSide } from '../analysis/keyness/token-rows.ts';
import type { PaceOptions } from '../analysis/pace.ts';
import { MessageState } from '../evidence/records.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { KeynessSide, KeynessView, KeyTermRow } from './glossary-contract.ts';
import type { SearchDesk } from './search-desk.ts';
import type { Translations } from './translations.ts';

const QUOTES = 3;

/**
 * Words are found on one side of each message, as `side` says. The figures shown are then taken from the search that
 * opens them, so that a count is the number of messages that one sees, and a term that no longer passes is dropped.
 * @param ids messages of the set
 * @throws the signal's reason when aborted
 */
export async function keynessView(
  store: EvidenceStore,
  translations: Translations,
  search: SearchDesk,
  ids: Uint32Array,
  side: KeynessSide,
  options: PaceOptions
): Promise<KeynessView> {
  const started = performance.now();
  const { messages } = store;
  const index = await search.whole();
  options.signal?.throwIfAborted();
  const count = store.committed.messages;
  const set = bitsOf(count, ids);
  const withText = bitsOf(count, textual(store));
  const insideOf = countBits(andInto(set.slice(), withText));
  const outsideOf = countBits(withText) - insideOf;
  const threadOf = (id: number): number => messages.thread.at(id);
  const sideOf = sidesOf(store, translations, side);
  const found = await keyness({ index, sideOf, set, threadOf }, KEYNESS_RULES, options);
  const terms: KeyTermRow[] = [];
  for (const { words } of found.terms) {
    const query = `${side === 'original' ? 'original:' : ''}"${words.join(' ')}"`;
    const parsed = search.parse(query);
    if (!parsed.ok || parsed.query === null) continue;
    const { bits, total } = await search.find(parsed.query);
    options.signal?.throwIfAborted();
    const held = rowsOf(andInto(bits, set));
    const counts = { inside: held.length, insideOf, outside: total - held.length, outsideOf };
    const g2 = logLikelihood(counts);
    if (g2 < found.bound || !isMoreInside(counts)) continue;
    terms.push({
      term: words.join(' '),
      query,
      inside: counts.inside,
      outside: counts.outside,
      threads: new Set(Array.from(held, threadOf)).size,
      logLikelihood: g2,
      logRatio: logRatio(counts),
      percentDifference: percentDifference(counts),
      quotes: quotesOf(held, threadOf, (id) => messages.body.at(id))
    });
  }
  terms.sort((a, b) => b.logLikelihood - a.logLikelihood || (a.term < b.term ? -1 : 1));
  const { passed, tried, bound, threads } = found;
  return { terms, passed, tried, bound, insideOf, outsideOf, threads, side, elapsed_ms: performance.now() - started };
}

/** Messages that someone wrote: not the app's own notices, and not those without text. */
function* textual({ messages, committed }: EvidenceStore): Generator<number> {
  for (let id = 0; id < committed.messages; id++) {
    if ((messages.state.at(id) & MessageState.system) === 0 && messages.body.bytesAt(id).length > 0) yield id;
  }
}

function sidesOf(store: EvidenceStore, translations: Translations, side: KeynessSide): Uint8Array {
  const sides = new Uint8Array(store.committed.messages).fill(ReadSide.none);
  // As for topics: only while nothing at all is looked at do lines count with their own words.
  const isUntouched = translations.waiting === store.committed.messages;
  for (const id of textual(store)) {
    if (side === 'original') sides[id] = ReadSide.original;
    else {
      const state = translations.stateOf(id);
      if (state === 'done') sides[id] = ReadSide.translation;
      else if (state === 'not-needed' || (state === 'waiting' && isUntouched)) sides[id] = ReadSide.original;
    }
  }
  return sides;
}

/**
 * Three messages that show a term: of different conversations and with different texts as far as there are such, from
 * the beginning, the end and the middle of the case.
 */
function quotesOf(held: Uint32Array, threadOf: (id: number) => number, textOf: (id: number) => string): number[] {
  const quotes: number[] = [];
  const threads = new Set<number>();
  const texts = new Set<string>();
  for (const isStrict of [true, false]) {
    for (let i = -3; i < held.length && quotes.length < QUOTES; i++) {
      const id = held[i >= 0 ? i : ([0, held.length - 1, held.length >> 1][i + 3] as number)];
      if (id === undefined || quotes.includes(id)) continue;
      if (texts.has(textOf(id)) || (isStrict && threads.has(threadOf(id)))) continue;
      quotes.push(id);
      threads.add(threadOf(id));
      texts.add(textOf(id));
    }
  }
  return quotes.sort((a, b) => a - b);
}
