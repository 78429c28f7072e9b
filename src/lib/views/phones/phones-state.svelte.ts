/** The same messages on two phones, as last worked out. They are of the whole case, whatever the filter. */
import { m } from '$lib/paraglide/messages.js';
import { perCase } from '$lib/case/per-case.ts';
import type { PhonesView } from '$lib/pipeline/reconcile-contract.ts';
import { labelsOf } from '../filter/labels.svelte.ts';
import { WatchedPart } from '../filter/watched-part.svelte.ts';

export const phonesOf = perCase(
  (opened): WatchedPart<PhonesView> =>
    new WatchedPart(
      opened,
      'phones',
      async (_, onProgress) => {
        const view = await opened.api.phones(onProgress);
        const labels = labelsOf(opened);
        for (const { a, b, byKey, byText, changed, ambiguous, onlyA, onlyB } of view.pairs) {
          const names = `${a.label}, ${b.label}`;
          for (const { set } of [byKey, byText, changed]) labels.note('phones', set, m.phones_set_both({ names }));
          labels.note('phones', ambiguous.set, m.phones_set_unsure({ names }));
          for (const { set } of Object.values(onlyA))
            labels.note('phones', set, m.phones_set_only({ holds: a.label, lacks: b.label }));
          for (const { set } of Object.values(onlyB))
            labels.note('phones', set, m.phones_set_only({ holds: b.label, lacks: a.label }));
        }
        return view;
      },
      () => opened.api.cancelPhones()
    )
);
