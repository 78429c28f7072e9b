/** Text of a query to its tree. See [Note: Query language]. */
import { ownTable } from '../../evidence/own-table.ts';
import { compileLinearRegex } from './linear-regex.ts';
import { soundsOf } from './name-sounds.ts';
import { numberForm } from './number-forms.ts';
import type { ParsedQuery, PhraseElement, QueryErrorCode, QueryNode } from './query.ts';
import { numberAt } from './query-number.ts';
import type { Side } from './search-index.ts';
import { TokenKind, TokenScanner } from './token-scanner.ts';

const CLOSING: Readonly<Record<string, string>> = ownTable({
  '"': '"',
  '\u201c': '\u201d',
  '\u201e': '\u201c',
  '\u00ab': '\u00bb'
});
const SPACE = /\s/u;

class Failure extends Error {
  readonly code: QueryErrorCode;
  readonly at: number;
  constructor(code: QueryErrorCode, at: number, message: string) {
    super(message);
    this.code = code;
    this.at = at;
  }
}

/** Parses a query. An error says where and why; it never throws for a text that an officer typed. */
export function parseQuery(text: string): ParsedQuery {
  if (text.trim() === '') return { ok: true, query: null };
  try {
    return { ok: true, query: new Parser(text).query() };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ok: false, error: { code: error.code, at: error.at, message: error.message } };
  }
}

class Parser {
  readonly #text: string;
  readonly #scanner = new TokenScanner();
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  query(): QueryNode {
    const node = this.#or(null);
    if (this.#at < this.#text.length)
      throw new Failure('unexpected-parenthesis', this.#at, 'This closing parenthesis has no beginning.');
    if (node === null) throw new Failure('nothing-to-search', 0, 'There is no word, number or symbol to search for.');
    return node;
  }

  /** Null where only punctuation stood. */
  #or(side: Side | null): QueryNode | null {
    const parts = [this.#and(side)];
    while (this.#word('OR')) parts.push(this.#and(side));
    return joined('or', parts);
  }

  #and(side: Side | null): QueryNode | null {
    const parts: (QueryNode | null)[] = [];
    this.#operand();
    do {
      parts.push(this.#unary(side));
      if (this.#word('AND')) this.#operand();
    } while (!this.#ends());
    return joined('and', parts);
  }

  #unary(side: Side | null): QueryNode | null {
    this.#spaces();
    const at = this.#at;
    const isMinus = this.#text[at] === '-' && /[^\s)-]/.test(this.#text[at + 1] ?? ' ');
    if (isMinus) this.#at++;
    if (!isMinus && !this.#word('NOT')) return this.#primary(side);
    this.#operand();
    const part = this.#unary(side);
    return part === null ? null : { kind: 'not', part };
  }

  #primary(side: Side | null): QueryNode | null {
    this.#spaces();
    const rest = this.#text.slice(this.#at);
    const first = rest.charAt(0);
    const number = numberAt(rest);
    if (number !== null) {
      this.#at += number.length;
      return { kind: 'number', number: numberForm(number.digits), side };
    }
    if (first === '(') return this.#group(side);
    if (CLOSING[first] !== undefined) return this.#quoted(first, side);
    if (first === '/') return this.#pattern(side);
    const ending = /^\*(\d{3,20})(?![\p{L}\p{N}])/u.exec(rest);
    if (ending !== null) {
      this.#at += ending[0].length;
      return { kind: 'ending', digits: ending[1] as string, side };
    }
    const field = /^(original|translation|transcript):/i.exec(rest);
    if (field !== null) {
      this.#at += field[0].length;
      this.#operand();
      return this.#unary((field[1] as string).toLowerCase() as Side);
    }
    if (first === '~' && /^~[\p{L}\p{M}]/u.test(rest)) return this.#name(side);
    return this.#plain(side);
  }

  /** Each word of a name by its sounds; one that cannot be read so is looked for as it is written. */
  #name(side: Side | null): QueryNode | null {
    this.#at++;
    const from = this.#at;
    this.#skipWord(from);
    const scanner = this.#scanner;
    const text = this.#text.slice(from, this.#at);
    scanner.scan(text);
    const words = Array.from({ length: scanner.count }, (_, i) => scanner.text(i));
    const rows = words.map((word) => soundsOf(word));
    if (rows.some((sounds) => sounds.length === 0)) return this.#phrase(text, false, side);
    return joined(
      'and',
      words.map((word, i) => ({ kind: 'name', word, sounds: rows[i] as Uint8Array, side }))
    );
  }

  #group(side: Side | null): QueryNode | null {
    const at = this.#at++;
    this.#depth++;
    const node = this.#or(side);
    this.#depth--;
    if (this.#text[this.#at] !== ')') throw new Failure('unclosed-parenthesis', at, 'This parenthesis is not closed.');
    this.#at++;
    return node;
  }

  #quoted(open: string, side: Side | null): QueryNode | null {
    const from = this.#at + 1;
    const closing = CLOSING[open] as string;
    // Straight quotes may close what a phone's keyboard opened as curly, and the other way round.
    let end = from;
    while (end < this.#text.length && this.#text[end] !== closing && this.#text[end] !== '"') end++;
    if (end === this.#text.length) throw new Failure('unclosed-quote', this.#at, 'This quotation mark is not closed.');
    const inside = this.#text.slice(from, end);
    this.#at = end + 1;
    const isPrefix = this.#text[this.#at] === '*' || inside.endsWith('*');
    if (this.#text[this.#at] === '*') this.#at++;
    const number = numberAt(inside.trim());
    if (number !== null && number.length === inside.trim().length) {
      return { kind: 'number', number: numberForm(number.digits), side };
    }
    return this.#phrase(inside, isPrefix, side);
  }

  #pattern(side: Side | null): QueryNode {
    const from = this.#at + 1;
    let end = from;
    let isInClass = false;
    while (end < this.#text.length && (isInClass || this.#text[end] !== '/')) {
      const char = this.#text[end];
      if (char === '\\') end++;
      else if (char === '[') isInClass = true;
      else if (char === ']') isInClass = false;
      end++;
    }
    if (end >= this.#text.length) throw new Failure('unclosed-pattern', this.#at, 'This pattern is not closed by a slash.');
    const source = this.#text.slice(from, end);
    const compiled = compileLinearRegex(source);
    if (!compiled.ok) throw new Failure('bad-pattern', from + compiled.at, compiled.message);
    this.#at = end + 1;
    return { kind: 'regex', source, regex: compiled.regex, side };
  }

  #plain(side: Side | null): QueryNode | null {
    const from = this.#at;
    this.#skipWord(from);
    const word = this.#text.slice(from, this.#at);
    return this.#phrase(word, word.endsWith('*'), side);
  }

  /** Moves behind the word that begins at `from`. */
  #skipWord(from: number): void {
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] as string;
      if (SPACE.test(char) || char === ')' || char === '(' || (this.#at > from && CLOSING[char] !== undefined)) break;
      this.#at++;
    }
  }

  /** A word that folds to several tokens (l'hotel, a@b.com) is a phrase of them. */
  #phrase(text: string, isPrefix: boolean, side: Side | null): QueryNode | null {
    const scanner = this.#scanner;
    scanner.scan(text);
    const elements: PhraseElement[] = [];
    const amounts: { from: number; to: number; text: string }[] = [];
    for (let i = 0; i < scanner.count; i++) {
      const kind = scanner.kind[i];
      if (kind === TokenKind.amount) amounts.push({ from: scanner.from[i]!, to: scanner.to[i]!, text: scanner.text(i) });
      if (kind === TokenKind.amount || kind === TokenKind.number) continue;
      const element = { offset: scanner.position[i]!, text: scanner.text(i), isPrefix: false };
      const before = elements[elements.length - 1];
      // The last letter of a run is covered by its pair, unless it stands alone: then any pair may begin with it.
      const isRunEnd = kind === TokenKind.pair && element.text.length === 1;
      const isCovered =
        isRunEnd &&
        before !== undefined &&
        before.offset === element.offset - 1 &&
        before.text.endsWith(element.text) &&
        before.text.length === 2 &&
        scanner.kind[i - 1] === TokenKind.pair;
      if (!isCovered) elements.push(isRunEnd ? { ...element, isPrefix: true } : element);
    }
    const last = elements.pop();
    if (last === undefined) return null;
    elements.push(isPrefix ? { ...last, isPrefix: true } : last);
    const phrase: QueryNode = { kind: 'phrase', elements, side };
    // "1,500" is also found where it is written 1500.
    const first = elements[0] as PhraseElement;
    const whole =
      isPrefix || scanner.count === 0
        ? undefined
        : amounts.find((amount) => amount.from === scanner.from[0] && amount.to === scanner.to[scanner.count - 1]);
    if (whole === undefined) return phrase;
    return {
      kind: 'or',
      parts: [phrase, { kind: 'phrase', elements: [{ offset: first.offset, text: whole.text, isPrefix: false }], side }]
    };
  }

  /** Eats an operator word; it must stand alone. */
  #word(word: string): boolean {
    this.#spaces();
    if (!this.#text.startsWith(word, this.#at)) return false;
    const next = this.#text[this.#at + word.length];
    if (next !== undefined && !SPACE.test(next) && next !== '(' && next !== '"') return false;
    this.#at += word.length;
    return true;
  }

  /** Requires that something to search for comes next. */
  #operand(): void {
    this.#spaces();
    const rest = this.#text.slice(this.#at);
    if (rest === '' || rest.startsWith(')') || /^(AND|OR)(\s|\(|"|$)/.test(rest)) {
      const isStray = rest.startsWith(')') && this.#depth === 0;
      if (isStray) throw new Failure('unexpected-parenthesis', this.#at, 'This closing parenthesis has no beginning.');
      throw new Failure('missing-operand', this.#at, 'Something to search for is missing here.');
    }
  }

  #ends(): boolean {
    this.#spaces();
    const rest = this.#text.slice(this.#at);
    return rest === '' || rest.startsWith(')') || /^OR(\s|\(|"|$)/.test(rest);
  }

  #spaces(): void {
    while (this.#at < this.#text.length && SPACE.test(this.#text[this.#at] as string)) this.#at++;
  }
}

function joined(kind: 'and' | 'or', parts: readonly (QueryNode | null)[]): QueryNode | null {
  const present = parts.filter((part) => part !== null);
  return present.length <= 1 ? (present[0] ?? null) : { kind, parts: present };
}
