/** What a person changed in a text, word by word, as plain text pieces. */

export interface DiffPiece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Words, runs of white space, and single signs. */
const TOKENS = /[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu;
/** Beyond so many changed words the two are different texts; a word-by-word list would help nobody. */
const MOST_CHANGES = 1000;

/**
 * The shortest list of words taken out and put in (Myers 1986, An O(ND) difference algorithm). The removed and same
 * pieces together are `before`, the added and same ones are `after`.
 */
export function wordDiff(before: string, after: string): DiffPiece[] {
  const a = before.match(TOKENS) ?? [];
  const b = after.match(TOKENS) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const middle = changed(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const pieces: DiffPiece[] = [];
  const add = (kind: DiffPiece['kind'], words: readonly string[]): void => {
    if (words.length === 0) return;
    const last = pieces.at(-1);
    if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + words.join('') };
    else pieces.push({ kind, text: words.join('') });
  };
  add('same', a.slice(0, start));
  for (const { kind, text } of middle) add(kind, [text]);
  add('same', a.slice(a.length - end));
  return pieces;
}

function changed(a: readonly string[], b: readonly string[]): DiffPiece[] {
  const wholly: DiffPiece[] = [
    ...a.map((text): DiffPiece => ({ kind: 'removed', text })),
    ...b.map((text): DiffPiece => ({ kind: 'added', text }))
  ];
  if (a.length === 0 || b.length === 0) return wholly;
  const most = Math.min(a.length + b.length, MOST_CHANGES);
  const at = new Int32Array(2 * most + 2);
  const traces: Int32Array[] = [];
  for (let changes = 0; changes <= most; changes++) {
    traces.push(at.slice());
    for (let k = -changes; k <= changes; k += 2) {
      const isDown = k === -changes || (k !== changes && at[most + k - 1]! < at[most + k + 1]!);
      let x = isDown ? at[most + k + 1]! : at[most + k - 1]! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      at[most + k] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, traces, most, changes);
    }
  }
  return wholly;
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  traces: readonly Int32Array[],
  most: number,
  changes: number
): DiffPiece[] {
  const pieces: DiffPiece[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = changes; d > 0; d--) {
    const at = traces[d] as Int32Array;
    const k = x - y;
    const isDown = k === -d || (k !== d && at[most + k - 1]! < at[most + k + 1]!);
    const before = isDown ? k + 1 : k - 1;
    // The step itself comes first, then the words that both have.
    const stepX = at[most + before]! + (isDown ? 0 : 1);
    while (x > stepX) {
      pieces.push({ kind: 'same', text: a[--x] as string });
      y--;
    }
    if (isDown) pieces.push({ kind: 'added', text: b[--y] as string });
    else pieces.push({ kind: 'removed', text: a[--x] as string });
  }
  while (x > 0) pieces.push({ kind: 'same', text: a[--x] as string });
  return pieces.reverse();
}
