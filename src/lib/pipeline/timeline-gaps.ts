/** Pauses of devices and people in a set, with the messages around them and those that are known meanwhile. */
import { firstAtOrAfter, unusualGaps, type Gap } from '../analysis/timeline/gaps.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { deviceLabel, deviceOfSource, type CaseDevice } from './case-devices.ts';
import type { SourceSets } from './source-sets.ts';
import type { GapRow } from './timeline-contract.ts';

/** Messages quoted on each side of a pause. */
const AROUND = 10;

export interface GapInput {
  readonly store: EvidenceStore;
  /** Messages of the set with a possible time, in order of time. */
  readonly rows: Uint32Array;
  /** Calls of the set: a phone that rings is not silent. */
  readonly calls: Uint32Array;
  readonly utcMs: Float64Array;
  readonly from: Uint32Array;
  readonly members: { readonly offsets: Uint32Array; readonly ids: Uint32Array };
  readonly devices: readonly CaseDevice[];
  readonly sets: SourceSets;
  /** People whose pauses are looked at. */
  readonly people: Uint32Array;
  readonly offsetMs: (utcMs: number) => number;
  readonly isPossible: (utcMs: number, source: number) => boolean;
}

interface Watched {
  readonly of: GapRow['of'];
  readonly id: number;
  readonly label: string;
  /** Whose conversations are looked into while the lane pauses. */
  readonly parties: ReadonlySet<number>;
  readonly rows: Uint32Array;
  readonly calls: number[];
}

/** @param keep takes a set of messages and gives the number that it is named by */
export function gapRows(
  input: GapInput,
  keep: (messages: Uint32Array) => number
): { gaps: GapRow[]; watched: number; tooFew: number } {
  const lanes = [...watchedDevices(input), ...watchedPeople(input)];
  const found = lanes.map((lane) => ({
    lane,
    ...unusualGaps(timesOf(lane, input.utcMs), input.offsetMs, lanes.length)
  }));
  const gaps = found.flatMap(({ lane, gaps: ofLane, usualMs }) => ofLane.map((gap) => gapRow(input, lane, gap, usualMs, keep)));
  gaps.sort((a, b) => (a.of === b.of ? a.chance - b.chance || a.fromMs - b.fromMs : a.of === 'device' ? -1 : 1));
  return { gaps, watched: lanes.length, tooFew: found.filter(({ isEnough }) => !isEnough).length };
}

function watchedDevices({ store, rows, calls, devices, sets, isPossible }: GapInput): Watched[] {
  const deviceOf = deviceOfSource(devices);
  const callTimes: number[][] = devices.map(() => []);
  const note = (source: number, call: number): void => {
    const ms = store.calls.time.utcMs.at(call);
    if (!Number.isNaN(ms) && isPossible(ms, source)) callTimes[deviceOf.get(source) ?? -1]?.push(ms);
  };
  for (const call of calls) note(store.calls.place.source.at(call), call);
  const isChosen = new Set(calls);
  const { callCopies } = store;
  for (let i = 0; i < callCopies.length; i++)
    if (isChosen.has(callCopies.message.at(i))) note(callCopies.place.source.at(i), callCopies.message.at(i));
  return devices.map((device) => {
    const holds = Uint8Array.from(sets.sets, (set) => Number(set.some((source) => deviceOf.get(source) === device.id)));
    return {
      of: 'device',
      id: device.id,
      label: deviceLabel(device),
      parties: new Set(device.owners.map(({ id }) => id)),
      rows: rows.filter((row) => holds[sets.values[row]!] === 1),
      calls: callTimes[device.id]!
    };
  });
}

function watchedPeople({ store, rows, calls, from, people, isPossible }: GapInput): Watched[] {
  const partyOf = store.directory.partyColumn();
  const lists = new Map(Array.from(people, (party): [number, number[]] => [party, []]));
  for (const row of rows) lists.get(from[row]!)?.push(row);
  const callTimes = new Map<number, number[]>();
  for (const call of calls) {
    const party = partyOf[store.calls.from.at(call)] ?? -1;
    const ms = store.calls.time.utcMs.at(call);
    if (!lists.has(party) || Number.isNaN(ms) || !isPossible(ms, store.calls.place.source.at(call))) continue;
    callTimes.set(party, [...(callTimes.get(party) ?? []), ms]);
  }
  return [...lists].map(([party, list]) => ({
    of: 'person',
    id: party,
    label: store.directory.label(party),
    parties: new Set([party]),
    rows: Uint32Array.from(list),
    calls: callTimes.get(party) ?? []
  }));
}

function timesOf({ rows, calls }: Watched, utcMs: Float64Array): Float64Array {
  const times = new Float64Array(rows.length + calls.length);
  for (let i = 0; i < rows.length; i++) times[i] = utcMs[rows[i]!]!;
  times.set(calls, rows.length);
  // Messages alone are in order already.
  return calls.length === 0 ? times : times.sort();
}

function gapRow(
  input: GapInput,
  lane: Watched,
  { fromMs, toMs, expected, chance }: Gap,
  usualMs: number,
  keep: (messages: Uint32Array) => number
): GapRow {
  const { rows, utcMs, from } = input;
  const own = Float64Array.from(lane.rows, (row) => utcMs[row]!);
  const after = firstAtOrAfter(own, toMs);
  // Where a call ended or began the pause, the nearest messages are further away.
  const around = lane.rows.slice(Math.max(0, after - AROUND), after + AROUND);
  const parties = lane.parties;
  const isKnown = conversationsWith(input, parties);
  const holds = new Set(lane.of === 'device' ? lane.rows : []);
  const first = firstRowAfter(rows, utcMs, fromMs);
  const meanwhile: number[] = [];
  for (let i = first; i < rows.length && utcMs[rows[i]!]! < toMs; i++) {
    const row = rows[i]!;
    if (!holds.has(row) && (parties.has(from[row]!) || isKnown(row))) meanwhile.push(row);
  }
  return {
    of: lane.of,
    id: lane.id,
    label: lane.label,
    fromMs,
    toMs,
    expected,
    chance,
    usualMs,
    around: around.length,
    set: keep(around),
    meanwhile: meanwhile.length,
    meanwhileSet: keep(Uint32Array.from(meanwhile))
  };
}

function conversationsWith({ store, members }: GapInput, parties: ReadonlySet<number>): (row: number) => boolean {
  const { messages } = store;
  return (row) => {
    const thread = messages.thread.at(row);
    for (let i = members.offsets[thread]!; i < members.offsets[thread + 1]!; i++) if (parties.has(members.ids[i]!)) return true;
    return false;
  };
}

/** Place of the first row later than a time. */
function firstRowAfter(rows: Uint32Array, utcMs: Float64Array, ms: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (utcMs[rows[middle]!]! <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
