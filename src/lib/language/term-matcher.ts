/**
 * Finds terms in a line by its words, which the caller has folded. Word boundaries come with the words; drawn-out
 * letters ("moneyyy") are met by the term that they draw out. For the lines on screen: counts over a case are the
 * search index's.
 */
export interface MatchTerm {
  readonly key: number;
  /** Each form as folded words. */
  readonly forms: readonly (readonly string[])[];
}

export interface TermMatch {
  readonly key: number;
  /** Words that it covers, half-open. */
  readonly from: number;
  readonly to: number;
}

interface Node {
  readonly next: Map<string, Node>;
  /** Next words by what they are without doubled letters: where drawn-out words look. */
  readonly nextBySkeleton: Map<string, string[]>;
  readonly keys: number[];
}

const newNode = (): Node => ({ next: new Map(), nextBySkeleton: new Map(), keys: [] });

/** Three of a letter in a row are no spelling of any language here: someone draws the word out. */
const DRAWN_OUT = /(\p{L})\1\1/u;
const RUN = /(\p{L})\1*/gu;

export function isDrawnOut(word: string): boolean {
  return DRAWN_OUT.test(word);
}

/** The word with each run of a letter as one. */
export function skeleton(word: string): string {
  return word.replace(RUN, '$1');
}

/** Whether `word` is `form` with letters drawn out: every run at least as long as the form's, and three where longer. */
export function drawsOut(word: string, form: string): boolean {
  const drawn = word.match(RUN) ?? [];
  const plain = form.match(RUN) ?? [];
  if (drawn.length !== plain.length || skeleton(word) !== skeleton(form)) return false;
  return drawn.every((run, i) => run.length === plain[i]!.length || (run.length >= 3 && run.length > plain[i]!.length));
}

export class TermMatcher {
  readonly #root = newNode();

  constructor(terms: Iterable<MatchTerm>) {
    for (const { key, forms } of terms) {
      for (const words of forms) {
        if (words.length === 0) continue;
        let node = this.#root;
        for (const word of words) node = step(node, word);
        if (!node.keys.includes(key)) node.keys.push(key);
      }
    }
  }

  /** All places of all terms, by their first word, the shorter first. */
  match(words: readonly string[]): TermMatch[] {
    const found: TermMatch[] = [];
    for (let from = 0; from < words.length; from++) {
      let nodes: Node[] = [this.#root];
      for (let at = from; at < words.length && nodes.length > 0; at++) {
        nodes = nodes.flatMap((node) => after(node, words[at] as string));
        for (const node of nodes) for (const key of node.keys) found.push({ key, from, to: at + 1 });
      }
    }
    return found;
  }
}

function step(node: Node, word: string): Node {
  const known = node.next.get(word);
  if (known !== undefined) return known;
  const made = newNode();
  node.next.set(word, made);
  const bare = skeleton(word);
  const same = node.nextBySkeleton.get(bare);
  if (same === undefined) node.nextBySkeleton.set(bare, [word]);
  else same.push(word);
  return made;
}

function after(node: Node, word: string): Node[] {
  const exact = node.next.get(word);
  if (!isDrawnOut(word)) return exact === undefined ? [] : [exact];
  const drawn = (node.nextBySkeleton.get(skeleton(word)) ?? []).filter((form) => form !== word && drawsOut(word, form));
  const nodes = drawn.map((form) => node.next.get(form) as Node);
  return exact === undefined ? nodes : [exact, ...nodes];
}
