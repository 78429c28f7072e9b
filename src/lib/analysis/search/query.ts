/**
 * [Note: Query language]
 * Words are joined by AND; `OR`, `NOT` or a leading `-`, and parentheses combine them; "quotes" ask for a phrase;
 * `begin*` for words that begin so; `~name` for a name in any spelling and script ([Note: Names across scripts]); `*0123` for numbers that end so; `/pattern/` for a regular expression over the
 * text as written; `original:`, `translation:` and `transcript:` bind what follows to one side. A telephone number is found in any
 * spelling ([Note: Numbers]), an amount with or without thousands marks. Operators are capitals only, so that "or" in
 * a text can be searched.
 */
import type { LinearRegex } from './linear-regex.ts';
import type { NumberForm } from './number-forms.ts';
import type { Side } from './search-index.ts';

/** A word of a phrase: its place after the first, and its folded text or how that begins. */
export interface PhraseElement {
  readonly offset: number;
  readonly text: string;
  readonly isPrefix: boolean;
}

export type QueryLeaf =
  /** Words that stand in this order; one element is a plain word. */
  | { readonly kind: 'phrase'; readonly elements: readonly PhraseElement[]; readonly side: Side | null }
  | { readonly kind: 'number'; readonly number: NumberForm; readonly side: Side | null }
  /** Every number that ends with `digits`. */
  | { readonly kind: 'ending'; readonly digits: string; readonly side: Side | null }
  /** Every word that sounds like `sounds`. */
  | { readonly kind: 'name'; readonly word: string; readonly sounds: Uint8Array; readonly side: Side | null }
  | RegexLeaf;

export interface RegexLeaf {
  readonly kind: 'regex';
  readonly source: string;
  readonly regex: LinearRegex;
  readonly side: Side | null;
}

export type QueryNode =
  | QueryLeaf
  | { readonly kind: 'and'; readonly parts: readonly QueryNode[] }
  | { readonly kind: 'or'; readonly parts: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly part: QueryNode };

export type QueryErrorCode =
  | 'unclosed-quote'
  | 'unclosed-parenthesis'
  | 'unexpected-parenthesis'
  | 'unclosed-pattern'
  | 'bad-pattern'
  | 'missing-operand'
  | 'nothing-to-search';

export interface QueryError {
  readonly code: QueryErrorCode;
  /** UTF-16 place in the query. */
  readonly at: number;
  /** Plain English; the interface has its own words for each code. */
  readonly message: string;
}

/** `query` is null for an empty text, which sets no condition. */
export type ParsedQuery =
  { readonly ok: true; readonly query: QueryNode | null } | { readonly ok: false; readonly error: QueryError };

/** The leaves that make a message match: those not under a NOT. */
export function positiveLeaves(node: QueryNode): QueryLeaf[] {
  if (node.kind === 'not') return [];
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(positiveLeaves);
  return [node];
}
