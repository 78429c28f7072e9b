/** Which messages wait for translation, and in what order. */
import type { EvidenceStore } from '../evidence/store.ts';
import type { VersionWish } from './contract.ts';
import type { Translations } from './translations.ts';

/**
 * Ids still to be looked at: those asked for first (what is on screen), then the newest of the busiest threads, so
 * that the conversations an officer will open are ready before the long tail.
 */
export class TranslationQueue {
  #order: Uint32Array | null = null;
  #at = 0;
  /** Messages put in line for another version, in the order above; each is handed out once. */
  #again: Uint32Array = new Uint32Array();
  #againAt = 0;

  /** Messages still to be handed out for another version. */
  get againLeft(): number {
    return this.#again.length - this.#againAt;
  }

  /** Call after an import or a rollback: the order is made anew when next asked. */
  reset(): void {
    this.#order = null;
    this.#at = 0;
    this.#again = new Uint32Array();
    this.#againAt = 0;
  }

  /** Puts what the wishes name in line, in place of what was; gives its number. */
  putAgain(store: EvidenceStore, translations: Translations, wishes: readonly VersionWish[]): number {
    const order = (this.#order ??= busiestFirst(store));
    this.#again = order.filter((id) => wishes.some((wish) => isMeant(translations, id, wish)));
    this.#againAt = 0;
    return this.#again.length;
  }

  next(store: EvidenceStore, translations: Translations, limit: number, first: readonly number[]): Uint32Array {
    const order = (this.#order ??= busiestFirst(store));
    const ids: number[] = [];
    const taken = new Set<number>();
    for (const id of first) {
      if (ids.length === limit) break;
      if (id >= store.committed.messages || translations.isLookedAt(id) || taken.has(id)) continue;
      ids.push(id);
      taken.add(id);
    }
    let at = this.#at;
    for (; at < order.length && ids.length < limit; at++) {
      const id = order[at] as number;
      if (translations.isLookedAt(id) || taken.has(id)) continue;
      ids.push(id);
    }
    // What was handed out may come back untranslated after a stop: only skip over what is done for good.
    while (this.#at < order.length && translations.isLookedAt(order[this.#at] as number)) this.#at++;
    const end = Math.min(this.#again.length, this.#againAt + limit - ids.length);
    ids.push(...this.#again.subarray(this.#againAt, end));
    this.#againAt = end;
    return Uint32Array.from(ids);
  }
}

/** Whether a wish would put the message in line. */
export function isMeant(translations: Translations, id: number, wish: VersionWish): boolean {
  if (translations.languageOf(id) !== wish.language) return false;
  const state = translations.stateOf(id);
  if (state === 'no-model') return true;
  return !wish.isMissingOnly && state === 'done' && !translations.hasLineBy(id, wish.modelSha256Hex);
}

function busiestFirst(store: EvidenceStore): Uint32Array {
  const { messages, directory } = store;
  const volume = new Uint32Array(directory.threads.length);
  const thread = messages.thread.view(0, store.committed.messages);
  for (const t of thread) volume[t] = (volume[t] as number) + 1;
  const rank = new Uint32Array(volume.length);
  const byVolume = Uint32Array.from(volume.keys()).sort((a, b) => (volume[b] as number) - (volume[a] as number) || a - b);
  for (const [i, t] of byVolume.entries()) rank[t] = i;
  const time = messages.time.utcMs.view(0, store.committed.messages);
  const newest = (id: number): number => (Number.isNaN(time[id]) ? Number.NEGATIVE_INFINITY : (time[id] as number));
  return Uint32Array.from({ length: store.committed.messages }, (_, i) => i).sort(
    (a, b) => (rank[thread[a] as number] as number) - (rank[thread[b] as number] as number) || newest(b) - newest(a) || a - b
  );
}
