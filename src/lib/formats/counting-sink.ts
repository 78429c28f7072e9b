/** A sink for looking before reading: counts what comes and keeps nothing. */
import { ITEM_KINDS, type ItemKind } from '../evidence/records.ts';
import type { EvidenceSink } from '../evidence/sink.ts';

export class CountingSink implements EvidenceSink {
  readonly counts = new Map<ItemKind, number>();

  /** Kinds that were seen, in the order of the vocabulary. */
  get kinds(): readonly (readonly [kind: ItemKind, count: number])[] {
    return ITEM_KINDS.flatMap((kind) => {
      const count = this.counts.get(kind);
      return count === undefined ? [] : [[kind, count] as const];
    });
  }

  seen(kind: ItemKind): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }
  message(): void {}
  call(): void {}
  contact(): void {}
  account(): void {}
  location(): void {}
  generic(): void {}
  device(): void {}
  membership(): void {}
  refuse(): void {}
  note(): void {}
  fold(): void {}
  progress(): void {}
}
