/** The same messages on several devices of a case, from its evidence. See [Note: Reconciliation]. */
import { Pace, type PaceOptions } from '../analysis/pace.ts';
import type { DevicePair, ReconcileFacts } from '../analysis/reconcile/facts.ts';
import { reconcile } from '../analysis/reconcile/reconcile.ts';
import { MessageState } from '../evidence/records.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { caseDevices, deviceOfSource, type CaseDevice } from './case-devices.ts';
import { sourceSets } from './source-sets.ts';
import { senderColumn, threadMembers } from './thread-members.ts';

/**
 * Copies nearer than this are one entry in lists. Farther apart, which of the two clocks is right is a question: both stay
 * in sight, each saying where the other is.
 */
export const ONE_ENTRY_MS = 120_000;

/** Formats whose item ids are given by the service, the same on every device. */
const SERVICE_KEYS: ReadonlySet<string> = new Set(['whatsapp-db', 'ios-sms-db', 'discord-json', 'email']);
/** Formats whose item ids may be the service's: a tool writes what it found, or a number of its own. */
const LIKELY_KEYS: ReadonlySet<string> = new Set(['ufed-xml']);
/** Shorter ids are row numbers, which two devices share by chance. */
const LEAST_KEY = 12;

export interface Reconciliation {
  readonly devices: readonly CaseDevice[];
  readonly pairs: readonly DevicePair[];
  /** For each copy that is one entry with an earlier one: that one. */
  readonly standing: ReadonlyMap<number, number>;
}

/** @throws the signal's reason when aborted */
export async function reconciliation(store: EvidenceStore, options: PaceOptions): Promise<Reconciliation> {
  const devices = caseDevices(store);
  if (devices.length < 2) return { devices, pairs: [], standing: new Map() };
  const pairs = await reconcile(reconcileFacts(store, devices), new Pace(options));
  return { devices, pairs, standing: oneEntry(store, pairs, devices) };
}

export function reconcileFacts(store: EvidenceStore, devices: readonly CaseDevice[]): ReconcileFacts {
  const { messages, committed, sources } = store;
  const utcMs = messages.time.utcMs.view(0, committed.messages) as Float64Array;
  const state = messages.state.view(0, committed.messages) as Uint16Array;
  const deviceOf = deviceOfSource(devices);
  const { values, sets } = sourceSets(store, false);
  const { conversation, conversations, devicesOf } = conversationsOf(store, devices, values, sets);
  const rows: number[] = [];
  for (let id = 0; id < utcMs.length; id++)
    if (!Number.isNaN(utcMs[id]!) && (state[id]! & MessageState.system) === 0) rows.push(id);
  const formatOf = sources.map(({ formatId }) => formatId);
  return {
    rows: Uint32Array.from(rows).sort((x, y) => utcMs[x]! - utcMs[y]! || x - y),
    utcMs,
    from: senderColumn(store),
    conversation,
    conversations,
    heldSet: values,
    heldSets: sets.map((set) => [...new Set(set.map((source) => deviceOf.get(source) ?? 0))].sort((a, b) => a - b)),
    devicesOf,
    isChanged: (id) => (state[id]! & (MessageState.edited | MessageState.deletedByUser | MessageState.tombstone)) !== 0,
    key: (id) => keyOf(store, formatOf[messages.place.source.at(id)] ?? '', id),
    isServiceKey: (id) =>
      SERVICE_KEYS.has(formatOf[messages.place.source.at(id)] ?? '') && messages.place.itemId.at(id).length >= LEAST_KEY,
    // What one format calls an omitted picture is a name or nothing at all in another: of media, sender and time must do.
    text: (id) => ((state[id]! & MessageState.mediaOmitted) !== 0 ? '' : messages.body.at(id))
  };
}

function keyOf({ messages, services }: EvidenceStore, format: string, id: number): string {
  // Signal gives no id: a sender's messages are told by the millisecond at which they were sent.
  if (format === 'signal-json' || format === 'signal-csv')
    return `signal ${messages.thread.at(id)} ${messages.from.at(id)} ${messages.time.utcMs.at(id)}`;
  if (!SERVICE_KEYS.has(format) && !LIKELY_KEYS.has(format)) return '';
  const itemId = messages.place.itemId.at(id);
  return itemId.length < LEAST_KEY ? '' : `${services.at(messages.service.at(id))} ${itemId}`;
}

/** All threads of two people in one service are one conversation; a group is one by itself. */
function conversationsOf(
  store: EvidenceStore,
  devices: readonly CaseDevice[],
  values: Uint16Array,
  sets: readonly (readonly number[])[]
): Pick<ReconcileFacts, 'conversation' | 'conversations' | 'devicesOf'> {
  const { directory, messages, committed } = store;
  const { offsets, ids } = threadMembers(store);
  const numbers = new Map<string, number>();
  const ofThread = Uint32Array.from(directory.threads, ({ service, isGroup }, thread) => {
    const members = ids.subarray(offsets[thread], offsets[thread + 1]);
    const pair = !isGroup && members.length === 2 ? [...members].sort((a, b) => a - b).join(' ') : null;
    const name = pair === null ? `thread ${thread}` : `${service} ${pair}`;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  const held = Array.from({ length: numbers.size }, () => new Set<number>());
  const deviceOf = deviceOfSource(devices);
  const deviceOfParty = new Map(devices.flatMap(({ id, owners }) => owners.map((owner): [number, number] => [owner.id, id])));
  for (const [thread, number] of ofThread.entries()) {
    for (const party of ids.subarray(offsets[thread], offsets[thread + 1])) {
      const device = deviceOfParty.get(party);
      if (device !== undefined) held[number]!.add(device);
    }
  }
  const threadOf = messages.thread.view(0, committed.messages);
  const conversation = new Uint32Array(committed.messages);
  for (let id = 0; id < conversation.length; id++) {
    const number = ofThread[threadOf[id]!]!;
    conversation[id] = number;
    for (const source of sets[values[id]!]!) held[number]!.add(deviceOf.get(source) ?? 0);
  }
  const sorted = held.map((set) => [...set].sort((a, b) => a - b));
  return { conversation, conversations: numbers.size, devicesOf: (number) => sorted[number] ?? [] };
}

/**
 * Copies that are one entry. A changed text is none: what one phone alone says must stay in sight. No entry takes two
 * messages of one device, whatever three devices say about each other.
 */
function oneEntry(store: EvidenceStore, pairs: readonly DevicePair[], devices: readonly CaseDevice[]): Map<number, number> {
  const { messages } = store;
  const deviceOf = deviceOfSource(devices);
  const entries = new Map<number, number[]>();
  const entryOf = (id: number): number[] => entries.get(id) ?? [id];
  const deviceOfRow = (id: number): number | undefined => deviceOf.get(messages.place.source.at(id));
  for (const { matches } of pairs) {
    for (const { a, b } of matches) {
      const [one, other] = [entryOf(a), entryOf(b)];
      if (one === other || Math.abs(messages.time.utcMs.at(a) - messages.time.utcMs.at(b)) > ONE_ENTRY_MS) continue;
      if (messages.body.at(a) !== messages.body.at(b)) continue;
      const joined = [...one, ...other].sort((x, y) => x - y);
      if (new Set(joined.map(deviceOfRow)).size < joined.length) continue;
      for (const id of joined) entries.set(id, joined);
    }
  }
  const standing = new Map<number, number>();
  for (const [id, entry] of entries) if (entry[0] !== id) standing.set(id, entry[0]!);
  return standing;
}
