/**
 * Who writes in a chat, counted over the whole file before any message is read, because one line alone does not
 * say where a name ends: "Team: London: hello", `Anna changed the subject to "Work: nights"`, "John Doe:.".
 */
import { MARKS } from './header.ts';
import { isEncryptionNotice, systemLineOf } from './system-lines.ts';

/** Longest name that is believed; WhatsApp's own limit is 25 for profiles, address books allow more. */
const LONGEST_NAME = 120;
/** Distinct names counted; a chat has at most some thousands of members. */
const NAMES_CAP = 50_000;
/** A longer name ("Dr: Smith") is believed when this many lines, and no other, continue in the same way. */
const LINES_FOR_LONG_NAME = 3;

export type SplitLine = { readonly sender: string; readonly body: string } | { readonly sender: null; readonly body: string };

/** The name as people see it: without direction marks, odd spaces made plain. */
export function cleanName(raw: string): string {
  return raw
    .replace(MARKS, '')
    .replace(/[\u00a0\u2000-\u200a\u202f]+/g, ' ')
    .trim();
}

/** True where the body is the app's own line although a name stands before it (iOS writes the chat's name there). */
function isSystemBody(body: string): boolean {
  return (body.startsWith('\u200e') && systemLineOf(body) !== null) || isEncryptionNotice(body);
}

/** Place of ": " that ends a possible name, or of ":" at the very end of the line; -1 where there is none. */
function nameEnd(rest: string, from = 0): number {
  const at = rest.indexOf(': ', from);
  if (at > 0 && at <= LONGEST_NAME) return at;
  const last = rest.length - 1;
  return at < 0 && rest[last] === ':' && last > from && last <= LONGEST_NAME ? last : -1;
}

export class SenderTally {
  readonly #lines = new Map<string, number>();
  readonly #continued = new Map<string, Map<string, number>>();
  readonly #chatNames = new Set<string>();

  /** Adds what follows one header. */
  add(rest: string): void {
    const at = nameEnd(rest);
    if (at < 0) return;
    const name = cleanName(rest.slice(0, at));
    const body = rest.slice(at + 2);
    if (name === '') return;
    if (isSystemBody(body)) {
      if (this.#chatNames.size < 1000) this.#chatNames.add(name);
      return;
    }
    // `Anna changed the subject to "Work: nights"` has a colon and is still a system line.
    if (/["“«„]/.test(name) && !this.#lines.has(name) && systemLineOf(rest) !== null) return;
    const count = this.#lines.get(name);
    if (count === undefined && this.#lines.size >= NAMES_CAP) return;
    this.#lines.set(name, (count ?? 0) + 1);
    const second = body.indexOf(': ');
    if (second > 0 && second + at < LONGEST_NAME) {
      let longer = this.#continued.get(name);
      if (longer === undefined) this.#continued.set(name, (longer = new Map()));
      const long = `${name}: ${cleanName(body.slice(0, second))}`;
      if (longer.has(long) || longer.size < 4) longer.set(long, (longer.get(long) ?? 0) + 1);
    }
  }

  finish(): Senders {
    const lines = new Map(this.#lines);
    const long: string[] = [];
    for (const [name, count] of this.#lines) {
      for (const [longer, times] of this.#continued.get(name) ?? []) {
        if (times !== count || times < LINES_FOR_LONG_NAME) continue;
        lines.delete(name);
        lines.set(longer, times);
        long.push(longer);
      }
    }
    return new Senders(lines, long, [...this.#chatNames]);
  }
}

export class Senders {
  /** Messages by name, in order of first appearance. */
  readonly lines: ReadonlyMap<string, number>;
  /** Names with a colon in them, found by repetition: worth a note. */
  readonly longNames: readonly string[];
  /** Names that stand before system lines: the chat's own name (on iOS). */
  readonly chatNames: readonly string[];

  constructor(lines: ReadonlyMap<string, number>, longNames: readonly string[], chatNames: readonly string[]) {
    this.lines = lines;
    this.longNames = longNames;
    this.chatNames = chatNames;
  }

  /** Parts what follows a header into sender and text; sender null for a system line. */
  split(rest: string): SplitLine {
    const at = nameEnd(rest);
    if (at > 0) {
      const name = cleanName(rest.slice(0, at));
      for (const long of this.longNames) {
        if (!long.startsWith(`${name}: `)) continue;
        const end = nameEnd(rest, at + 2);
        if (end > 0 && cleanName(rest.slice(0, end)) === long) return { sender: long, body: rest.slice(end + 2) };
      }
      if (this.lines.has(name)) return { sender: name, body: rest.slice(at + 2) };
      const body = rest.slice(at + 2);
      return { sender: null, body: this.chatNames.includes(name) && isSystemBody(body) ? body : rest };
    }
    // "John Doe:." - a known writer, and a text without the space before it.
    const colon = rest.indexOf(':');
    if (colon > 0 && colon <= LONGEST_NAME) {
      const name = cleanName(rest.slice(0, colon));
      if (this.lines.has(name)) return { sender: name, body: rest.slice(colon + 1) };
    }
    return { sender: null, body: rest };
  }
}
