/**
 * Longer lines of each writer of a conversation, none of who writes short ones alone, for the translation worker to tell
 * which language they write in. The same case gives the same lines, in whatever order its messages are translated.
 */
import type { EvidenceStore } from '../evidence/store.ts';
import { conversationRows, type ConversationRows } from './conversation-rows.ts';
import type { ConversationSample } from './language-contract.ts';

/** Lines of a writer that are looked at. */
const MOST_LINES = 40;
/** Bytes of UTF-8: some four words, which letters tell apart. */
const LEAST_BYTES = 20;
/** Characters of a line; more says no more. */
const MOST_CHARACTERS = 300;
/** Rows of a conversation that are looked through: one of a million short lines shall hold nobody up. */
const MOST_ROWS = 4000;

/** The longer lines of each writer, in the order in which they come. */
export class WriterLines {
  readonly #texts = new Map<number, string[]>();

  /** @param bytes of the text as UTF-8; @param text asked for only where it counts */
  add(writer: number, bytes: number, text: () => string): void {
    // Who writes short lines alone is there too: the others tell their language.
    const own = this.#texts.get(writer) ?? [];
    this.#texts.set(writer, own);
    if (own.length < MOST_LINES && bytes >= LEAST_BYTES) own.push(text().slice(0, MOST_CHARACTERS));
  }

  get writers(): ConversationSample['writers'] {
    return Array.from(this.#texts, ([writer, texts]) => ({ writer, texts }));
  }
}

export class ConversationSamples {
  #conversations: ConversationRows | null = null;

  get sizeBytes(): number {
    return (this.#conversations?.rows.byteLength ?? 0) + (this.#conversations?.begins.byteLength ?? 0);
  }

  /** Call after an import or a rollback. */
  reset(): void {
    this.#conversations = null;
  }

  of(store: EvidenceStore, thread: number): ConversationSample {
    const { rows, begins } = (this.#conversations ??= conversationRows(store));
    const { body, from } = store.messages;
    const lines = new WriterLines();
    const begin = begins[thread] ?? rows.length;
    const end = Math.min(begins[thread + 1] ?? rows.length, begin + MOST_ROWS);
    for (const row of rows.subarray(begin, end)) lines.add(from.at(row), body.bytesAt(row).length, () => body.at(row));
    return { thread, writers: lines.writers };
  }
}
