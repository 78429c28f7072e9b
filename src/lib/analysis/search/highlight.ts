/** The places in a row's text that made it match, found again in the text itself: the index stores none. */
import { areAlike, soundsOf } from './name-sounds.ts';
import { isSameNumber, numberOf, type NumberForm } from './number-forms.ts';
import { positiveLeaves, type PhraseElement, type QueryLeaf, type QueryNode } from './query.ts';
import type { Side } from './search-index.ts';
import { TokenKind, TokenScanner } from './token-scanner.ts';

const scanner = new TokenScanner();

/**
 * Half-open UTF-16 ranges of `text`, the `side` of a message, that meet a positive part of `query`; ascending and
 * apart. Empty when this side is not why the message matched.
 */
export function highlight(query: QueryNode, side: Side, text: string): [number, number][] {
  if (text === '') return [];
  const leaves = positiveLeaves(query).filter((leaf) => leaf.side === null || leaf.side === side);
  if (leaves.length === 0) return [];
  scanner.scan(text);
  const words: string[] = [];
  for (let i = 0; i < scanner.count; i++) words.push(scanner.text(i));
  return merged(leaves.flatMap((leaf) => rangesOf(leaf, text, words)));
}

function rangesOf(leaf: QueryLeaf, text: string, words: readonly string[]): [number, number][] {
  if (leaf.kind === 'regex') return leaf.regex.ranges(text);
  if (leaf.kind === 'number') return numberRanges(words, (number) => isSameNumber(number, leaf.number));
  if (leaf.kind === 'ending') return numberRanges(words, ({ significant }) => significant.endsWith(leaf.digits));
  if (leaf.kind === 'name') return nameRanges(leaf.sounds, words);
  return phraseRanges(leaf.elements, words);
}

function numberRanges(words: readonly string[], isMeant: (number: NumberForm) => boolean): [number, number][] {
  const found: [number, number][] = [];
  for (const [i, word] of words.entries()) {
    if (scanner.kind[i] === TokenKind.number && isMeant(numberOf(word))) found.push([scanner.from[i]!, scanner.to[i]!]);
  }
  return found;
}

function nameRanges(sounds: Uint8Array, words: readonly string[]): [number, number][] {
  const found: [number, number][] = [];
  for (const [i, word] of words.entries()) if (areAlike(soundsOf(word), sounds)) found.push([scanner.from[i]!, scanner.to[i]!]);
  return found;
}

function phraseRanges(elements: readonly PhraseElement[], words: readonly string[]): [number, number][] {
  const found: [number, number][] = [];
  const at = new Map<number, number[]>();
  for (let i = 0; i < words.length; i++) {
    const position = scanner.position[i]!;
    const here = at.get(position);
    if (here === undefined) at.set(position, [i]);
    else here.push(i);
  }
  const tokenAt = (position: number, element: PhraseElement): number | undefined =>
    at.get(position)?.find((i) => meets(element, words[i] as string));
  for (let start = 0; start < scanner.positions; start++) {
    const tokens: number[] = [];
    for (const element of elements) {
      const token = tokenAt(start + element.offset, element);
      if (token === undefined) break;
      tokens.push(token);
    }
    if (tokens.length < elements.length) continue;
    for (const [k, token] of tokens.entries()) found.push(rangeOf(token, elements[k] as PhraseElement));
  }
  return found;
}

function rangeOf(token: number, element: PhraseElement): [number, number] {
  const from = scanner.from[token]!;
  // One letter that stands at the beginning of a pair: the pair's second letter was not asked for.
  const isHalf =
    scanner.kind[token] === TokenKind.pair && element.isPrefix && element.text.length === 1 && scanner.length[token] === 2;
  const next = token + 1;
  return [from, isHalf && next < scanner.count ? scanner.from[next]! : scanner.to[token]!];
}

const meets = (element: PhraseElement, word: string): boolean =>
  element.isPrefix ? word.startsWith(element.text) : word === element.text;

function merged(ranges: [number, number][]): [number, number][] {
  ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const out: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = out[out.length - 1];
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
