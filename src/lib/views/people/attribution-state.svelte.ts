/** Attributions of a case and the form for them, kept while one looks at other places. */
import { Attempt } from '$lib/case/attempt.svelte.ts';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import { perCase } from '$lib/case/per-case.ts';
import type {
  AttributedThing,
  AttributionAnswer,
  AttributionRequest,
  AttributionRow
} from '$lib/pipeline/attribution-contract.ts';
import { thingKey } from './attribution-words.ts';

/** What waits for the officer's name and words. */
type WantedNote =
  { readonly act: 'attribute'; readonly thing: AttributedThing } | { readonly act: 'withdraw'; readonly row: AttributionRow };

export class AttributionState {
  readonly #opened: OpenCase;
  #rows = $state.raw<readonly AttributionRow[]>([]);
  readonly #attempt = new Attempt();
  #refusal = $state.raw<Extract<AttributionAnswer, { ok: false }> | null>(null);
  #isWriting = $state(false);
  #wanted = $state.raw<WantedNote | null>(null);

  constructor(opened: OpenCase) {
    this.#opened = opened;
  }

  /** Newest first, withdrawn ones included. */
  get rows(): readonly AttributionRow[] {
    return this.#rows;
  }
  get failure(): string | null {
    return this.#attempt.failure;
  }
  /** Why the last note was not recorded; its form is still open. */
  get refusal(): Extract<AttributionAnswer, { ok: false }> | null {
    return this.#refusal;
  }
  get isWriting(): boolean {
    return this.#isWriting;
  }
  get wanted(): WantedNote | null {
    return this.#wanted;
  }

  standingOf(thing: AttributedThing): readonly AttributionRow[] {
    const key = thingKey(thing);
    return this.#rows.filter((row) => row.withdrawn === null && thingKey(row.thing) === key);
  }

  /** Asks for name and words; nothing is recorded before `record`. */
  ask(wanted: WantedNote): void {
    this.#refusal = null;
    this.#attempt.clear();
    if (!this.#opened.readOnly && !this.#isWriting) this.#wanted = wanted;
  }

  close(): void {
    this.#wanted = null;
    this.#refusal = null;
  }

  async look(): Promise<void> {
    await this.#attempt.run(async () => {
      this.#rows = await this.#opened.api.attributions();
    });
  }

  /** Records what the form says; a refused form stays open with what was typed. */
  async record(request: AttributionRequest): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    await this.#attempt.run(async () => {
      const answer = await this.#opened.api.changeAttributions(request);
      this.#refusal = answer.ok ? null : answer;
      if (!answer.ok) return;
      this.#wanted = null;
      this.#rows = await this.#opened.api.attributions();
    });
    this.#isWriting = false;
  }
}

export const attributionsOf = perCase((opened) => new AttributionState(opened));
