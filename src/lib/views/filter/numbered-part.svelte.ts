/**
 * What was computed from a filter's messages and is named in the filter by number: topics, patterns, hours, places. A
 * number has a meaning only until they are computed again, so a filter that names some keeps the answer that they were
 * picked from.
 */
import { namesPart, withoutPart } from '$lib/case/filter-parts.ts';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import type { CaseFilter } from '$lib/pipeline/contract.ts';
import { identityOf } from '../people/identity-state.svelte.ts';
import { Latest } from './latest.svelte.ts';

type Part = 'topics' | 'patterns' | 'timeline' | 'places' | 'phones';

export class NumberedPart<View> {
  readonly #opened: OpenCase;
  readonly #part: Part;
  readonly #compute: (filter: CaseFilter) => Promise<View>;
  readonly #answer = new Latest<View>();
  /** Filter without the part, the case's size, decisions about persons and the zone: what the answer on screen is of. */
  #key = $state('');

  constructor(opened: OpenCase, part: Part, compute: (filter: CaseFilter) => Promise<View>) {
    this.#opened = opened;
    this.#part = part;
    this.#compute = compute;
  }

  get view(): View | null {
    return this.#answer.value;
  }
  get busy(): boolean {
    return this.#answer.busy;
  }
  get failure(): string | null {
    return this.#answer.failure;
  }
  /** True where the filter changed under numbers that it names itself. */
  get isOfAnotherSet(): boolean {
    return this.view !== null && !this.busy && this.#key !== this.#wantedKey;
  }

  /** Computes where that is due; call in an effect. */
  follow(): void {
    const key = this.#wantedKey;
    if (this.#opened.filter.result === null || key === this.#key) return;
    if (this.view !== null && this.#isNamed) return;
    this.#ask(key);
  }

  /** Computes now; numbers that the filter names are taken out of it, because they end. */
  again(): void {
    if (this.#isNamed) this.#opened.filter.replace(this.#without);
    this.#ask(this.#wantedKey);
  }

  get #isNamed(): boolean {
    return namesPart(this.#opened.filter.value, this.#part);
  }

  get #without(): CaseFilter {
    return withoutPart(this.#opened.filter.value, this.#part);
  }

  get #wantedKey(): string {
    return JSON.stringify([
      this.#without,
      this.#opened.filter.result?.of ?? 0,
      identityOf(this.#opened).version,
      this.#opened.zone
    ]);
  }

  #ask(key: string): void {
    this.#key = key;
    const filter = this.#without;
    void this.#answer.ask(() => this.#compute(filter));
  }
}
