/** The message before each in its conversation, by time: what a model may read first ([Note: The message before]). */
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { conversationRows } from './conversation-rows.ts';
import type { MessageBefore } from './language-contract.ts';

/** What was said longer ago nobody leans on. */
const NEAR_MS = 24 * 60 * 60 * 1000;
/** Bytes of UTF-8 of a message that is read; a longer one is no line of a chat. */
const MOST_BYTES = 1024;

export class PrecedingMessages {
  #before: Uint32Array | null = null;

  get sizeBytes(): number {
    return this.#before?.byteLength ?? 0;
  }

  /** Call after an import or a rollback. */
  reset(): void {
    this.#before = null;
  }

  /**
   * The nearest earlier message of its conversation that has text, whoever wrote it; null where none is near, where a time
   * is not known, and where that text is too long. Of messages of one time the lower number is the earlier.
   */
  of(store: EvidenceStore, message: number): number | null {
    const before = (this.#before ??= precedingOf(store))[message] ?? NONE;
    return before === NONE || store.messages.body.bytesAt(before).length > MOST_BYTES ? null : before;
  }
}

function precedingOf(store: EvidenceStore): Uint32Array {
  const { body, time } = store.messages;
  const { rows, begins } = conversationRows(store);
  const utcMs = time.utcMs.view(0, rows.length);
  const timeOf = (row: number): number => utcMs[row] as number;
  const before = new Uint32Array(rows.length).fill(NONE);
  for (let thread = 0; thread + 1 < begins.length; thread++) {
    const ordered = rows
      .slice(begins[thread], begins[thread + 1])
      .filter((row) => !Number.isNaN(timeOf(row)))
      .sort((a, b) => timeOf(a) - timeOf(b) || a - b);
    let last = NONE;
    for (const row of ordered) {
      if (last !== NONE && timeOf(row) - timeOf(last) <= NEAR_MS) before[row] = last;
      if (body.bytesAt(row).length > 0) last = row;
    }
  }
  return before;
}

/** Its text and writer, for whoever translates. */
export function messageBefore(store: EvidenceStore, preceding: PrecedingMessages, message: number): MessageBefore | null {
  const before = preceding.of(store, message);
  return before === null ? null : { text: store.messages.body.at(before), writer: store.messages.from.at(before) };
}
