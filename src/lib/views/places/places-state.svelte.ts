/** The places of a case, as last worked out. */
import { m } from '$lib/paraglide/messages.js';
import { perCase } from '$lib/case/per-case.ts';
import type { PlacesView } from '$lib/pipeline/place-contract.ts';
import { labelsOf } from '../filter/labels.svelte.ts';
import { WatchedPart } from '../filter/watched-part.svelte.ts';
import { areaName, pairName, placeName } from './place-words.ts';

export const placesOf = perCase(
  (opened): WatchedPart<PlacesView> =>
    new WatchedPart(
      opened,
      'places',
      async (filter, onProgress) => {
        const view = await opened.api.places(filter, onProgress);
        const labels = labelsOf(opened);
        for (const place of view.places)
          for (const { set } of [place, ...place.visits]) labels.note('places', set, placeName(place));
        for (const area of view.areas) labels.note('places', area.set, areaName(area));
        for (const pair of view.pairs)
          for (const { set } of [pair, ...pair.meetings]) labels.note('places', set, m.places_of_pair({ names: pairName(pair) }));
        return view;
      },
      () => opened.api.cancelPlaces()
    )
);
