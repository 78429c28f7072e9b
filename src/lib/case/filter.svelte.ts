/** The one filter of a case: every view reads its result, every gesture that narrows goes through it. */
import type { CaseFilter, FilterResult } from '../pipeline/contract.ts';
import {
  excludeValue,
  isEmptyFilter,
  toggleValue,
  withPart,
  withPersons,
  type ListPart,
  type PartValue
} from './filter-parts.ts';

/** How many steps back `undo` can go. */
const UNDO_DEPTH = 50;

export class FilterState {
  readonly #evaluate: (filter: CaseFilter) => Promise<FilterResult>;
  #value = $state.raw<CaseFilter>({});
  #result = $state.raw<FilterResult | null>(null);
  #past = $state.raw<readonly CaseFilter[]>([]);
  #busy = $state(false);
  #error = $state<string | null>(null);
  #wanted = false;
  #running: Promise<void> | null = null;

  /** @param evaluate asks the case worker; the newest `setId` is the only valid one. */
  constructor(evaluate: (filter: CaseFilter) => Promise<FilterResult>) {
    this.#evaluate = evaluate;
  }

  get value(): CaseFilter {
    return this.#value;
  }
  /** Result of the newest settled evaluation; null until the first. Stays while a newer one is under way. */
  get result(): FilterResult | null {
    return this.#result;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** What the last evaluation failed with, e.g. a search text that cannot be read; null when it succeeded. */
  get error(): string | null {
    return this.#error;
  }
  get canUndo(): boolean {
    return this.#past.length > 0;
  }
  get isEmpty(): boolean {
    return isEmptyFilter(this.#value);
  }

  /** Sets one part; `undefined` or an empty list takes the part away. */
  set<P extends keyof CaseFilter>(part: P, value: CaseFilter[P] | undefined): void {
    this.#change(withPart(this.#value, part, value));
  }

  /** Adds the value to a part, or takes it out where it stands already. */
  toggle<P extends ListPart>(part: P, value: PartValue<P>): void {
    this.#change(toggleValue(this.#value, part, value));
  }

  /** Hides messages with this value; a second call takes the exclusion back. */
  exclude<P extends ListPart>(part: P, value: PartValue<P>): void {
    this.#change(excludeValue(this.#value, part, value));
  }

  /** The whole filter at once: one step of undo. */
  replace(value: CaseFilter): void {
    this.#change(value);
  }

  clear(): void {
    if (!this.isEmpty) this.#change({});
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#value = before;
    void this.refresh();
  }

  /**
   * Evaluates the filter again, also when the evidence under it changed (an import, translated lines).
   * One evaluation runs at a time and the newest filter wins: a call during one runs once more after it.
   */
  refresh(): Promise<void> {
    this.#wanted = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  #change(next: CaseFilter): void {
    this.#past = [...this.#past.slice(1 - UNDO_DEPTH), this.#value];
    this.#value = next;
    void this.refresh();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#wanted) {
        this.#wanted = false;
        try {
          this.#result = await this.#evaluate(this.#value);
          // The same messages under the numbers that facets list: nothing to evaluate again, and no step of undo.
          const { standing } = this.#result;
          if (standing.length > 0) this.#value = withPersons(this.#value, standing);
          this.#error = null;
        } catch (error) {
          this.#error = error instanceof Error ? error.message : String(error);
        }
      }
    } finally {
      this.#running = null;
      this.#busy = false;
    }
  }
}
