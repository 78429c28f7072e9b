/** The patterns of a case as last looked for. */
import { m } from '$lib/paraglide/messages.js';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import type { PatternsView } from '$lib/pipeline/pattern-contract.ts';
import { labelsOf } from '../filter/labels.svelte.ts';
import { WatchedPart } from '../filter/watched-part.svelte.ts';
import { ruleTitle } from './rule-words.ts';

function patternsState(opened: OpenCase): WatchedPart<PatternsView> {
  return new WatchedPart(
    opened,
    'patterns',
    async (filter, onProgress) => {
      const view = await opened.api.patterns(filter, onProgress);
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
    },
    () => opened.api.cancelPatterns()
  );
}

const byCase = new WeakMap<OpenCase, WatchedPart<PatternsView>>();

export function patternsOf(opened: OpenCase): WatchedPart<PatternsView> {
  let state = byCase.get(opened);
  if (state === undefined) {
    state = patternsState(opened);
    byCase.set(opened, state);
  }
  return state;
}
