/** Attributions in words, and between the fields of a form and moments. */
import type { AttributedSpan, AttributedThing, AttributionAnswer, AttributionRow } from '$lib/pipeline/attribution-contract.ts';
import type { UseLane } from '$lib/pipeline/lanes-contract.ts';
import { m } from '$lib/paraglide/messages.js';
import type { Clock } from '../filter/clock.ts';
import { isolated } from '../filter/sentence.ts';

/** A lane as an attribution names it. */
export function thingOf({ kind, text, services }: Pick<UseLane, 'kind' | 'text' | 'services'>): AttributedThing {
  return { kind, text, service: kind === 'handle' ? services.join(', ') : '' };
}

/** Equal for two attributions of one thing. */
export function thingKey({ kind, text, service }: AttributedThing): string {
  return `${kind} ${service} ${text}`;
}

/** Whole days as days, the last one included; anything else to the minute. */
export function spanWords({ fromMs, untilMs }: AttributedSpan, clock: Clock): string {
  if (fromMs !== null && untilMs !== null) return clock.range(fromMs, untilMs);
  if (fromMs !== null) return m.attribution_span_from({ from: clock.edge(fromMs) });
  if (untilMs === null) return m.attribution_span_open();
  return clock.dayStart(untilMs) === untilMs
    ? m.attribution_span_through({ until: clock.shortDay(untilMs - 1) })
    : m.attribution_span_until({ until: clock.edge(untilMs) });
}

export function standingWords(row: AttributionRow, clock: Clock): string {
  return m.attribution_standing({ name: isolated(row.name), span: spanWords(row, clock) });
}

export function faultWords({ fault, row }: Extract<AttributionAnswer, { ok: false }>, clock: Clock): string {
  switch (fault) {
    case 'who-missing':
      return m.attribution_fault_who();
    case 'person-missing':
      return m.attribution_fault_person();
    case 'person-unknown':
      return m.attribution_fault_unknown();
    case 'source-missing':
      return m.attribution_fault_source();
    case 'too-long':
      return m.attribution_fault_too_long();
    case 'span-empty':
      return m.attribution_fault_span();
    case 'attributed-otherwise':
      return m.attribution_fault_otherwise({
        number: row?.number ?? 0,
        by: isolated(row?.madeBy ?? ''),
        name: isolated(row?.name ?? ''),
        span: row === null ? '' : spanWords(row, clock),
        source: isolated(row?.source ?? '')
      });
  }
}

/** One end of a span in a form; both '' where it is open, the time alone '' for the whole day. */
export interface FormEnd {
  readonly day: string;
  readonly time: string;
}

/** Half-open moments: a last day without a time ends with that day. NaN where an end is no moment. */
export function spanOf(from: FormEnd, until: FormEnd, clock: Clock): AttributedSpan {
  const begin = clock.moment(from.day, from.time || '00:00');
  const end = clock.moment(until.day, until.time || '00:00');
  return {
    fromMs: from.day === '' ? null : begin,
    untilMs: until.day === '' ? null : until.time === '' && !Number.isNaN(end) ? clock.dayEnd(end) : end
  };
}
