/** timeline.json and places.json: messages over time, pauses and doubts about clocks; places, areas and meetings. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceStore } from '../lib/evidence/store.ts';
import type { SetOf } from '../lib/pipeline/numbered-sets.ts';
import type { PlaceFix } from '../lib/pipeline/place-contract.ts';
import { placesView } from '../lib/pipeline/places.ts';
import type { TimelineLanes } from '../lib/pipeline/timeline-contract.ts';
import { timelineView } from '../lib/pipeline/timeline.ts';
import { allCalls, timedFirst } from './time-order.ts';
import { iso } from './iso.ts';
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Messages behind a figure, by the ids of messages.ndjson. */
const idsOf = (setOf: SetOf, set: number): number[] => Array.from(setOf(set) ?? []);

/** @returns how many unusual pauses and doubts about clocks there are. */
export async function writeTimeline(
  store: EvidenceStore,
  zone: string,
  out: string | null
): Promise<{ gaps: number; clock_doubts: number }> {
  const { view, setOf } = await timelineView(store, timedFirst(store), allCalls(store), zone, {});
  const lanes = ({ lanes: listed, seen, rest }: TimelineLanes): object => ({
    seen,
    messages_of_others: rest,
    lanes: listed.map(({ id, label, messages, counts }) => ({ id, label, messages, by_bin: [...counts] }))
  });
  const result = {
    rule: view.rule,
    zone,
    messages: view.messages,
    untimed: view.untimed,
    impossible_times: view.impossible,
    bin_days: view.binDays,
    bins_from_utc: Array.from(view.fromMs.subarray(0, view.all.length), iso),
    all: [...view.all],
    people: lanes(view.people),
    devices: lanes(view.devices),
    services: lanes(view.services),
    hours_of_week: Object.fromEntries(WEEKDAYS.map((day, i) => [day, [...view.week.subarray(i * 24, i * 24 + 24)]])),
    gaps: {
      lanes_watched: view.watched,
      lanes_with_too_little: view.tooFew,
      possible: view.gaps.map(({ of, id, label, fromMs, toMs, expected, chance, usualMs, set, meanwhileSet }) => ({
        of,
        id,
        label,
        from_utc: iso(fromMs),
        to_utc: iso(toMs),
        hours: (toMs - fromMs) / 3_600_000,
        usual_pause_hours: usualMs / 3_600_000,
        sessions_expected: expected,
        by_chance: chance,
        message_ids_around: idsOf(setOf, set),
        message_ids_meanwhile: idsOf(setOf, meanwhileSet)
      }))
    },
    clock_doubts: view.clock.map(({ kind, label, minutes, set }) => ({ kind, label, minutes, message_ids: idsOf(setOf, set) }))
  };
  if (out !== null) await writeFile(join(out, 'timeline.json'), JSON.stringify(result, null, 2) + '\n');
  return { gaps: view.gaps.length, clock_doubts: view.clock.length };
}

/** @returns how many places, areas and pairs of devices there are. */
export async function writePlaces(
  store: EvidenceStore,
  zone: string,
  out: string | null
): Promise<{ places: number; areas: number; pairs: number }> {
  const { view, setOf } = await placesView(store, {}, timedFirst(store), zone, {});
  const fix = ({ utcMs, timeRaw, deviceId, provenance, ...rest }: PlaceFix): object => ({
    device: deviceId,
    time_utc: iso(utcMs),
    time_raw: timeRaw,
    ...rest,
    provenance: {
      sha256: provenance.sha256Hex,
      path: provenance.path,
      offset: provenance.offset,
      unit: provenance.unit,
      item: provenance.itemId
    }
  });
  const result = {
    rule: view.rule,
    zone,
    devices: view.devices.map(({ fromMs, toMs, ...rest }) => ({ ...rest, from_utc: iso(fromMs), to_utc: iso(toMs) })),
    places: view.places.map(({ set, visits, examples, deviceIds, ...rest }) => ({
      ...rest,
      devices: deviceIds,
      visits: visits.map((visit) => ({
        device: visit.deviceId,
        from_utc: iso(visit.fromMs),
        to_utc: iso(visit.toMs),
        fixes: visit.fixes,
        message_ids: idsOf(setOf, visit.set)
      })),
      message_ids: idsOf(setOf, set),
      examples: examples.map(fix)
    })),
    areas: view.areas.map(({ set, examples, deviceIds, fromMs, toMs, ...rest }) => ({
      ...rest,
      devices: deviceIds,
      from_utc: iso(fromMs),
      to_utc: iso(toMs),
      message_ids: idsOf(setOf, set),
      examples: examples.map(fix)
    })),
    pairs: view.pairs.map(({ set, meetings, ...rest }) => ({
      ...rest,
      message_ids: idsOf(setOf, set),
      meetings: meetings.map((meeting) => ({
        from_utc: iso(meeting.fromMs),
        to_utc: iso(meeting.toMs),
        latitude_deg: meeting.latitude_deg,
        longitude_deg: meeting.longitude_deg,
        message_ids: idsOf(setOf, meeting.set)
      }))
    })),
    in_messages: view.shared,
    without_position: view.unplaced
  };
  if (out !== null) await writeFile(join(out, 'places.json'), JSON.stringify(result, null, 2) + '\n');
  return { places: view.places.length, areas: view.areas.length, pairs: view.pairs.length };
}
