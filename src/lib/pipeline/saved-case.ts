/** Puts a case together again from its blocks, in the order in which they were written. */
import { StoreLoader } from '../evidence/blocks.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { Transcripts } from './transcripts.ts';
import { Translations } from './translations.ts';

/**
 * The rows of an import count only once its closing 'directory' block is there: what an interrupted import left
 * behind is passed over, and that import is as if it had never begun.
 */
export class SavedCase {
  readonly #loader = new StoreLoader();
  readonly #translations = new Translations();
  readonly #transcripts = new Transcripts();
  #unfinished = 0;

  /** How many blocks of an unfinished import were passed over; known after `finish`. */
  get unfinished(): number {
    return this.#unfinished;
  }

  add(kind: string, bytes: Uint8Array): void {
    if (kind === 'translations') {
      this.#translations.unpack(bytes);
      return;
    }
    if (kind === 'transcripts') {
      this.#transcripts.unpack(bytes);
      return;
    }
    // A new import begins with the mark of the last one that was finished: older leftovers are not its rows.
    if (kind === 'begin') {
      this.#unfinished = 0;
      this.#loader.dropUnfinished();
      return;
    }
    // Rows go in as they come: waiting for their closing block would hold a whole case twice.
    this.#loader.add(bytes);
    this.#unfinished = kind === 'directory' ? 0 : this.#unfinished + 1;
  }

  finish(): { store: EvidenceStore; translations: Translations; transcripts: Transcripts } {
    const store = this.#loader.finish();
    this.#translations.extend(store.committed.messages);
    return { store, translations: this.#translations, transcripts: this.#transcripts };
  }
}
