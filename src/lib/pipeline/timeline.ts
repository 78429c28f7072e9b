/** A set of messages over time: lanes by day, hours of the week, pauses, doubts about clocks. */
import { Pace, type PaceOptions } from '../analysis/pace.ts';
import { clockApart } from '../analysis/patterns/rules/clock-apart.ts';
import { eventSeries, WEEK_HOURS, type LaneSeries } from '../analysis/timeline/series.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { DAY_MS } from '../formats/time/civil.ts';
import { zoneClock } from '../formats/time/zone-clock.ts';
import { caseDevices, deviceLabel, deviceOfSource, type CaseDevice } from './case-devices.ts';
import { clockDoubts, impossibleTime } from './clock-doubts.ts';
import type { SetOf } from './numbered-sets.ts';
import { patternFacts } from './patterns.ts';
import { sourceSets, type SourceSets } from './source-sets.ts';
import { senderColumn, threadMembers } from './thread-members.ts';
import type { ClockDoubtRow, TimelineLane, TimelineLanes, TimelineView } from './timeline-contract.ts';
import { gapRows } from './timeline-gaps.ts';

/** People listed: those who wrote most. A screen shows as many. */
const PEOPLE = 24;
const SERVICES = 16;
/** Raised whenever the same evidence may give another result. */
const VERSION = 1;
/** Share of the progress by which series and hours are there. */
const SERIES_SHARE = 0.5;

/**
 * @param ids messages of the set, in order of time, undated ones last
 * @param calls calls of the set
 * @throws the signal's reason when aborted
 */
export async function timelineView(
  store: EvidenceStore,
  ids: Uint32Array,
  calls: Uint32Array,
  zone: string,
  options: PaceOptions
): Promise<{ view: TimelineView; setOf: SetOf }> {
  const started = performance.now();
  const clock = zoneClock(zone);
  const offsetMs = (ms: number): number => clock.offsetMs(ms);
  const { messages, directory, committed, services } = store;
  const utcMs = messages.time.utcMs.view(0, committed.messages);
  const sourceOf = messages.place.source.view(0, committed.messages);
  const impossible = impossibleTime(store);
  const timed = ids.filter((id) => !Number.isNaN(utcMs[id]!));
  const rows = timed.filter((id) => impossible(utcMs[id]!, sourceOf[id]!) === null);
  const devices = caseDevices(store);
  const sets = sourceSets(store);
  const from = senderColumn(store);
  const series = await eventSeries(
    {
      rows,
      utcMs,
      offsetMs,
      columns: [
        { values: from, size: directory.partyCount, keep: PEOPLE },
        { values: messages.service.view(0, committed.messages), size: services.length, keep: SERVICES },
        { values: sets.values, size: sets.sets.length, keep: sets.sets.length }
      ]
    },
    { ...options, onProgress: (share) => options.onProgress?.(share * SERIES_SHARE) }
  );
  const [people, service, set] = series.columns as [LaneSeries, LaneSeries, LaneSeries];

  const kept: (() => Uint32Array)[] = [];
  const keepLater = (list: () => Uint32Array): number => WEEK_HOURS + kept.push(list) - 1;
  const keep = (list: Uint32Array): number => keepLater(() => list);
  const pace = new Pace({ ...options, onProgress: (share) => options.onProgress?.(SERIES_SHARE + share * (1 - SERIES_SHARE)) });
  await pace.breathe(0);
  const gaps = gapRows(
    {
      store,
      rows,
      calls,
      utcMs,
      from,
      members: threadMembers(store),
      devices,
      sets,
      people: people.lanes,
      offsetMs,
      isPossible: (ms, source) => impossible(ms, source) === null
    },
    keep
  );
  await pace.breathe(0.4);
  const clockRows = [
    ...clockDoubts(store, ids).map(({ kind, source, messages: list }): ClockDoubtRow => ({
      kind,
      label: store.sources[source]?.name ?? '',
      messages: list.length,
      set: keep(list),
      minutes: 0
    })),
    ...(await clockApart.find(patternFacts(store, ids, zone), pace)).map((finding): ClockDoubtRow => ({
      kind: 'apart',
      label: finding.people.map((party) => directory.label(party)).join(', '),
      messages: finding.messages.length,
      set: keep(finding.messages),
      minutes: finding.values.minutes ?? 0
    }))
  ];
  const serviceOf = messages.service.view(0, committed.messages);
  const lane = (
    id: number | string,
    label: string,
    columns: LaneSeries,
    i: number,
    isIn: (row: number) => boolean
  ): TimelineLane => ({
    id,
    label,
    sources: [],
    messages: columns.totals[i]!,
    set: keepLater(() => rows.filter(isIn)),
    counts: columns.counts.slice(i * series.bins, (i + 1) * series.bins)
  });
  const view: TimelineView = {
    messages: rows.length,
    untimed: ids.length - timed.length,
    impossible: timed.length - rows.length,
    firstDay: series.firstDay,
    binDays: series.binDays,
    fromMs: Float64Array.from({ length: series.bins + 1 }, (_, bin) =>
      clock.utcMs((series.firstDay + bin * series.binDays) * DAY_MS)
    ),
    all: series.all,
    people: {
      lanes: Array.from(people.lanes, (party, i) => lane(party, directory.label(party), people, i, (row) => from[row] === party)),
      seen: people.seen,
      rest: people.rest
    },
    devices: deviceLanes(devices, sets, set, series.bins, (isIn) => keepLater(() => rows.filter(isIn))),
    services: {
      lanes: Array.from(service.lanes, (number, i) =>
        lane(services.at(number), services.at(number), service, i, (row) => serviceOf[row] === number)
      ),
      seen: service.seen,
      rest: service.rest
    },
    week: series.week,
    ...gaps,
    clock: clockRows,
    rule: { id: 'timeline', version: VERSION },
    elapsed_ms: performance.now() - started
  };
  const setOf: SetOf = (n) => (n < WEEK_HOURS ? rows.filter((_, i) => series.cellOf[i] === n) : kept[n - WEEK_HOURS]?.());
  return { view, setOf };
}

/** A message that two devices hold counts for both. */
function deviceLanes(
  devices: readonly CaseDevice[],
  sets: SourceSets,
  series: LaneSeries,
  bins: number,
  keep: (isIn: (row: number) => boolean) => number
): TimelineLanes {
  const deviceOf = deviceOfSource(devices);
  const counts = devices.map(() => new Uint32Array(bins));
  const messages = new Uint32Array(devices.length);
  for (const [i, number] of series.lanes.entries()) {
    for (const device of new Set((sets.sets[number] ?? []).map((source) => deviceOf.get(source)!))) {
      messages[device]! += series.totals[i]!;
      for (let bin = 0; bin < bins; bin++) counts[device]![bin]! += series.counts[i * bins + bin]!;
    }
  }
  const lanes = devices
    .filter(({ id }) => messages[id]! > 0)
    .map((device): TimelineLane => ({
      id: device.id,
      label: deviceLabel(device),
      sources: device.sources,
      messages: messages[device.id]!,
      set: keep((row) => sets.sets[sets.values[row]!]!.some((source) => deviceOf.get(source) === device.id)),
      counts: counts[device.id]!
    }))
    .sort((a, b) => b.messages - a.messages || Number(a.id) - Number(b.id));
  return { lanes, seen: lanes.length, rest: 0 };
}
