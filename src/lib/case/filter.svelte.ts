/** The one filter of a case: every view reads its result, every gesture that narrows goes through it. */
import type { CaseFilter, FilterGroup, FilterResult } from '../pipeline/contract.ts';
import { alternativeAt, withAlternative, withNewAlternative, withoutAlternative } from './filter-alternatives.ts';
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
  readonly #evaluate: (filter: CaseFilter, open: number | null) => Promise<FilterResult>;
  #value = $state.raw<CaseFilter>({});
  #open = $state<number | null>(null);
  #result = $state.raw<FilterResult | null>(null);
  #past = $state.raw<readonly CaseFilter[]>([]);
  #busy = $state(false);
  #error = $state<string | null>(null);
  #wanted = false;
  #running: Promise<void> | null = null;

  /** @param evaluate asks the case worker; the newest `setId` is the only valid one. */
  constructor(evaluate: (filter: CaseFilter, open: number | null) => Promise<FilterResult>) {
    this.#evaluate = evaluate;
  }

  get value(): CaseFilter {
    return this.#value;
  }
  /** Place of the alternative that choices go to and whose facets are counted; null for the parts that all share. */
  get open(): number | null {
    return this.#open;
  }
  /** The parts of that place. */
  get part(): FilterGroup {
    return alternativeAt(this.#value, this.#open);
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

  /**
   * Sets one part of the open place; `undefined` or an empty list takes the part away. The search field and the time
   * line are about all messages, so their parts are the shared ones.
   */
  set<P extends keyof FilterGroup>(part: P, value: FilterGroup[P] | undefined): void {
    if (part === 'text' || part === 'time') this.#change(withPart(this.#value, part, value));
    else this.narrow(withPart(this.part, part, value));
  }

  /** Adds the value to a part of the open place, or takes it out where it stands already. */
  toggle<P extends ListPart>(part: P, value: PartValue<P>): void {
    this.narrow(toggleValue(this.part, part, value));
  }

  /** Hides messages with this value from the open place; a second call takes the exclusion back. */
  exclude<P extends ListPart>(part: P, value: PartValue<P>): void {
    this.narrow(excludeValue(this.part, part, value));
  }

  /** Other parts for the open place: one step of undo. */
  narrow(parts: FilterGroup): void {
    this.#change(this.#open === null ? parts : withAlternative(this.#value, this.#open, parts));
  }

  /** The whole filter at once: one step of undo. */
  replace(value: CaseFilter): void {
    this.#change(value);
  }

  /** Choices go to that place from now on. */
  openAt(place: number | null): void {
    this.#open = place;
    void this.refresh();
  }

  /** Begins another alternative, which choices go to; see filter-alternatives.ts for what becomes of the parts so far. */
  addAlternative(): void {
    const next = withNewAlternative(this.#value);
    this.#change(next, (next.anyOf?.length ?? 0) - 1);
  }

  removeAlternative(place: number): void {
    this.#change(withoutAlternative(this.#value, place), null);
  }

  clear(): void {
    if (!this.isEmpty || this.#value.anyOf !== undefined) this.#change({});
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#value = before;
    this.#open = null;
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

  #change(next: CaseFilter, open = this.#open): void {
    this.#past = [...this.#past.slice(1 - UNDO_DEPTH), this.#value];
    this.#value = next;
    this.#open = open !== null && open < (next.anyOf?.length ?? 0) ? open : null;
    void this.refresh();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#wanted) {
        this.#wanted = false;
        try {
          this.#result = await this.#evaluate(this.#value, this.#open);
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
