/** The patterns of a case as last looked for. */
import { m } from '$lib/paraglide/messages.js';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import type { PatternsView } from '$lib/pipeline/pattern-contract.ts';
import { labelsOf } from '../filter/labels.svelte.ts';
import { NumberedPart } from '../filter/numbered-part.svelte.ts';
import { ruleTitle } from './rule-words.ts';

export class PatternsState extends NumberedPart<PatternsView> {
  readonly #case: OpenCase;
  #share = $state<number | null>(null);
  #wasStopped = $state(false);

  constructor(opened: OpenCase) {
    super(opened, 'patterns', async (filter) => {
      this.#share = 0;
      this.#wasStopped = false;
      try {
        const view = await opened.api.patterns(filter, (share) => (this.#share = share));
        const labels = labelsOf(opened);
        for (const { id, rule, people } of view.findings) {
          const name = `${ruleTitle(rule)}: ${people
            .slice(0, 2)
            .map((one) => one.label)
            .join(', ')}`;
          labels.note('patterns', id, name);
          labels.note('patterns', -id - 1, m.patterns_against_of({ name }));
        }
        return view;
      } finally {
        this.#share = null;
      }
    });
    this.#case = opened;
  }

  /** From 0 to 1 while the rules are at work. */
  get share(): number | null {
    return this.#share;
  }
  get wasStopped(): boolean {
    return this.#wasStopped;
  }

  stop(): void {
    this.#wasStopped = true;
    void this.#case.api.cancelPatterns();
  }
}

const byCase = new WeakMap<OpenCase, PatternsState>();

export function patternsOf(opened: OpenCase): PatternsState {
  let state = byCase.get(opened);
  if (state === undefined) {
    state = new PatternsState(opened);
    byCase.set(opened, state);
  }
  return state;
}
