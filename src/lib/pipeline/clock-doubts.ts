/** Messages whose time may be wrong, by file and reason. */
import { MessageState, TIME_BASES } from '../evidence/records.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { ClockDoubtKind } from './timeline-contract.ts';

/** 1 January 2000: clocks that lost their power begin in 1970, 1980 or here, and no service of ours is older. */
export const EARLIEST_MS = Date.UTC(2000, 0, 1);
/** A phone may be read in on the day of its last message, by a laptop in another zone or with a slow clock. */
const GRACE_MS = 86_400_000;
const CHOSEN = TIME_BASES.indexOf('zone-chosen-by-officer');

type FileDoubt = Exclude<ClockDoubtKind, 'apart'>;

export interface ClockDoubt {
  readonly kind: FileDoubt;
  readonly source: number;
  readonly messages: Uint32Array;
}

/** Whether a time cannot be that of a message of this source. */
export function impossibleTime({
  sources
}: EvidenceStore): (utcMs: number, source: number) => 'too-early' | 'after-import' | null {
  const latest = sources.map(({ importedAtMs }) => (importedAtMs < EARLIEST_MS ? Infinity : importedAtMs + GRACE_MS));
  return (utcMs, source) => (utcMs < EARLIEST_MS ? 'too-early' : utcMs > (latest[source] ?? Infinity) ? 'after-import' : null);
}

const ORDER: readonly FileDoubt[] = ['untimed', 'too-early', 'after-import', 'repeated-hour', 'zone-chosen'];

/** By reason in the order above, then by source; a message may stand under several. */
export function clockDoubts(store: EvidenceStore, ids: Uint32Array): ClockDoubt[] {
  const { messages, committed } = store;
  const utcMs = messages.time.utcMs.view(0, committed.messages);
  const basis = messages.time.basis.view(0, committed.messages);
  const state = messages.state.view(0, committed.messages);
  const source = messages.place.source.view(0, committed.messages);
  const impossible = impossibleTime(store);
  const found = new Map<string, { kind: FileDoubt; source: number; messages: number[] }>();
  const note = (kind: FileDoubt, id: number): void => {
    const key = `${kind} ${source[id]!}`;
    const list = found.get(key);
    if (list === undefined) found.set(key, { kind, source: source[id]!, messages: [id] });
    else list.messages.push(id);
  };
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (Number.isNaN(utcMs[id]!)) {
      note('untimed', id);
      continue;
    }
    const reason = impossible(utcMs[id]!, source[id]!);
    if (reason !== null) note(reason, id);
    if ((state[id]! & MessageState.timeAmbiguous) !== 0) note('repeated-hour', id);
    if (basis[id] === CHOSEN) note('zone-chosen', id);
  }
  return [...found.values()]
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.source - b.source)
    .map((doubt) => ({ ...doubt, messages: Uint32Array.from(doubt.messages) }));
}
