/** The lanes of use of a case, as last worked out. */
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import type { UseLanesView } from '$lib/pipeline/lanes-contract.ts';
import { Latest } from '../filter/latest.svelte.ts';

export class LanesState {
  readonly #opened: OpenCase;
  readonly #answer = new Latest<UseLanesView>();
  #share = $state<number | null>(null);
  #wasStopped = $state(false);

  constructor(opened: OpenCase) {
    this.#opened = opened;
  }

  get view(): UseLanesView | null {
    return this.#answer.value;
  }
  get failure(): string | null {
    return this.#wasStopped ? null : this.#answer.failure;
  }
  /** From 0 to 1 while it is at work. */
  get share(): number | null {
    return this.#answer.busy ? this.#share : null;
  }
  get wasStopped(): boolean {
    return this.#wasStopped;
  }

  async find(): Promise<void> {
    this.#wasStopped = false;
    this.#share = 0;
    await this.#answer.ask(() => this.#opened.api.useLanes((share) => (this.#share = share)));
  }

  stop(): void {
    this.#wasStopped = true;
    void this.#opened.api.cancelUseLanes();
  }
}
