/** The patterns of a case as last looked for. */
import { m } from '$lib/paraglide/messages.js';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import { perCase } from '$lib/case/per-case.ts';
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

export const patternsOf = perCase(patternsState);
