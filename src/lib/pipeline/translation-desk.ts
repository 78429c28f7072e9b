/** Machine translation of a case: what waits and in what order, what came back, and what is known of its languages. */
import type { EvidenceStore } from '../evidence/store.ts';
import type { TranslationInput, VersionWish } from './contract.ts';
import type { EnglishSources } from './english.ts';
import { ConversationSamples } from './conversation-samples.ts';
import { KnownLines, type KnownSources } from './known-lines.ts';
import type { ConversationSample, LanguageReport, LinesToTranslate, WaitingWork } from './language-contract.ts';
import { languageReport, waitingWork } from './language-report.ts';
import { withDisagreement } from './second-opinion.ts';
import type { Keeper } from './session-parts.ts';
import { TextShapes } from './text-shapes.ts';
import { TranslationQueue } from './translation-queue.ts';
import { messageBefore, PrecedingMessages } from './preceding-messages.ts';
import type { Translations } from './translations.ts';

/** Lines in one block: some 400 kB, and a turn of a few milliseconds. */
const REPEATED_AT_ONCE = 4096;

interface TranslationSetting {
  readonly store: EvidenceStore;
  readonly translations: Translations;
  readonly texts: EnglishSources;
  readonly keeper: Keeper | null;
  readonly clock: () => number;
  /** Told which lines have new English, once they are kept. */
  readonly changed: (lines: readonly TranslationInput[]) => void;
}

export class TranslationDesk {
  readonly #setting: TranslationSetting;
  readonly #queue = new TranslationQueue();
  readonly #samples = new ConversationSamples();
  readonly #preceding = new PrecedingMessages();
  readonly #shapes = new TextShapes();
  /** Lines that are on disk. */
  #stored: number;

  constructor(setting: TranslationSetting) {
    this.#setting = setting;
    this.#stored = setting.translations.length;
  }

  get sizeBytes(): number {
    return this.#shapes.sizeBytes + this.#samples.sizeBytes + this.#preceding.sizeBytes;
  }

  untranslated(limit: number, first: readonly number[]): LinesToTranslate {
    const { store, translations } = this.#setting;
    const ids = this.#queue.next(store, translations, limit, first);
    const texts = Array.from(ids, (id) => store.messages.body.at(id));
    const handed = ids.reduce((n, id) => n + (translations.isLookedAt(id) ? 0 : 1), 0);
    const { thread, from } = store.messages;
    return {
      ids,
      texts,
      threads: ids.map((id) => thread.at(id)),
      writers: ids.map((id) => from.at(id)),
      befores: Array.from(ids, (id) => messageBefore(store, this.#preceding, id)),
      left: translations.waiting - handed + this.#queue.againLeft
    };
  }

  conversationSamples(threads: readonly number[]): ConversationSample[] {
    return threads.map((thread) => this.#samples.of(this.#setting.store, thread));
  }

  translateAgain(wishes: readonly VersionWish[]): number {
    return this.#queue.putAgain(this.#setting.store, this.#setting.translations, wishes);
  }

  /** Gives waiting messages the lines of equal texts: see [Note: Known lines]. Gives how many it gave one. */
  async repeatKnown(usual: readonly VersionWish[]): Promise<number> {
    const { store, translations } = this.#setting;
    await this.warm();
    const known = await KnownLines.of(this.#known, usual);
    let repeated = 0;
    let lines: TranslationInput[] = [];
    const put = async (): Promise<void> => {
      if (lines.length > 0) await this.take(lines);
      repeated += lines.length;
      lines = [];
    };
    for (let id = 0; id < store.committed.messages; id++) {
      if (translations.isLookedAt(id) || id >= this.#shapes.text.length) continue;
      const line = known.lineFor(id);
      if (line !== null) lines.push(line);
      if (lines.length === REPEATED_AT_ONCE) await put();
    }
    await put();
    return repeated;
  }

  report(): Promise<LanguageReport> {
    const { store, texts } = this.#setting;
    return languageReport({ ...texts, store, shapes: this.#shapes });
  }

  countWaiting(wishes: readonly VersionWish[], usual: readonly VersionWish[]): Promise<WaitingWork> {
    return waitingWork(this.#known, wishes, usual);
  }

  get #known(): KnownSources {
    const { store, translations } = this.#setting;
    return { store, translations, shapes: this.#shapes, preceding: this.#preceding };
  }

  async take(lines: readonly TranslationInput[]): Promise<void> {
    const { translations, keeper, clock, changed } = this.#setting;
    translations.put(withDisagreement(lines, translations), clock());
    // In the same turn: what is shown is found, also where the disk takes its time or refuses the block.
    changed(lines);
    if (keeper === null) return;
    const packed = translations.pack(this.#stored);
    this.#stored = translations.length;
    await keeper.put('translations', packed);
  }

  /** What the report counts, ahead of the first question. */
  async warm(): Promise<void> {
    const { store } = this.#setting;
    await this.#shapes.extend(store.messages.body, store.committed.messages);
  }

  /** An import came in or was taken back: the order in which messages wait is another. */
  evidenceChanged(): void {
    this.#queue.reset();
    this.#samples.reset();
    this.#preceding.reset();
  }
}
