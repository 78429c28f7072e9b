/** A case's messages over time, as last worked out. */
import { perCase } from '$lib/case/per-case.ts';
import type { TimelineView } from '$lib/pipeline/timeline-contract.ts';
import { labelsOf } from '../filter/labels.svelte.ts';
import { WatchedPart } from '../filter/watched-part.svelte.ts';
import { doubtWords, gapName, hourName, meanwhileName } from './timeline-words.ts';

const WEEK_HOURS = 168;
export const timelineOf = perCase(
  (opened): WatchedPart<TimelineView> =>
    new WatchedPart(
      opened,
      'timeline',
      async (filter, onProgress) => {
        const view = await opened.api.timeline(filter, onProgress);
        const labels = labelsOf(opened);
        for (let cell = 0; cell < WEEK_HOURS; cell++) labels.note('timeline', cell, hourName(cell));
        for (const { lanes } of [view.people, view.devices, view.services])
          for (const { set, label } of lanes) labels.note('timeline', set, label);
        for (const gap of view.gaps) {
          labels.note('timeline', gap.set, gapName(gap));
          labels.note('timeline', gap.meanwhileSet, meanwhileName(gap));
        }
        for (const doubt of view.clock) labels.note('timeline', doubt.set, `${doubtWords(doubt)}: ${doubt.label}`);
        return view;
      },
      () => opened.api.cancelTimeline()
    )
);
