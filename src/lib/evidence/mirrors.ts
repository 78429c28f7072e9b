/**
 * [Note: Mirrored messages]
 * Copies that are equal in time and text fold when they are read in. Copies whose clocks differ are known only when all
 * files are there: they are rows of their own, and one of them, the first read in, stands for the others wherever messages
 * are listed and counted. Nothing of this is stored: it is worked out anew from the evidence (pipeline/reconciliation.ts).
 */
import type { CopyTable } from './message-table.ts';

const NOBODY: readonly number[] = [];

export class Mirrors {
  #standing: ReadonlyMap<number, number> = new Map();
  #mirrors = new Map<number, number[]>();

  /** How many messages another stands for. */
  get size(): number {
    return this.#standing.size;
  }

  /** @param standing the message that stands for each mirror; never a mirror itself */
  set(standing: ReadonlyMap<number, number>): void {
    this.#standing = standing;
    this.#mirrors = new Map();
    for (const [mirror, id] of standing) {
      const list = this.#mirrors.get(id);
      if (list === undefined) this.#mirrors.set(id, [mirror]);
      else list.push(mirror);
    }
  }

  /** The message that stands for a message: mostly itself. */
  standing(id: number): number {
    return this.#standing.get(id) ?? id;
  }

  /** Messages that this one stands for. */
  of(id: number): readonly number[] {
    return this.#mirrors.get(id) ?? NOBODY;
  }

  /** Every message that another stands for, with that one. */
  all(): Iterable<readonly [mirror: number, standing: number]> {
    return this.#standing;
  }
}

/** Calls back for every further file of a message: copies that folded when read in, and mirrors with theirs. */
export function furtherSources(
  {
    copies,
    messages,
    mirrors
  }: { copies: CopyTable; messages: { place: { source: { at(row: number): number } } }; mirrors: Mirrors },
  found: (id: number, source: number) => void
): void {
  for (let i = 0; i < copies.length; i++) {
    const id = copies.message.at(i);
    const source = copies.place.source.at(i);
    found(id, source);
    const standing = mirrors.standing(id);
    if (standing !== id) found(standing, source);
  }
  for (const [mirror, standing] of mirrors.all()) found(standing, messages.place.source.at(mirror));
}
