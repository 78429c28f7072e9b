/** Pairs the messages of every two devices. See [Note: Reconciliation]. */
import { hashText } from '../../evidence/fold-index.ts';
import type { Pace } from '../pace.ts';
import { comparedForm, type DevicePair, type ReconcileFacts } from './facts.ts';
import { pairDevices, type Sides } from './pair.ts';

/** Equal for equal texts of one sender in one conversation; 53 bits, and whoever pairs compares the texts as well. */
export type TextKey = number;

/**
 * Every two devices that share a conversation, by number.
 * @throws the pace's reason when aborted
 */
export async function reconcile(facts: ReconcileFacts, pace: Pace): Promise<DevicePair[]> {
  const { rows, conversation, heldSet, heldSets } = facts;
  const pairsOf = conversationPairs(facts);
  if (pairsOf.size === 0) return [];
  const keys = new Float64Array(facts.utcMs.length);
  const spans = spansOf(facts);
  const sides = new Map<string, Sides & { both: number }>();
  for (let i = 0; i < rows.length; i++) {
    const id = rows[i]!;
    const pairs = pairsOf.get(conversation[id]!);
    if (pairs === undefined) continue;
    if ((i & 1023) === 0 && pace.due()) await pace.breathe((i / rows.length) * 0.6);
    const held = heldSets[heldSet[id]!]!;
    let isKeyed = false;
    for (const [a, b] of pairs) {
      const [onA, onB] = [held.includes(a), held.includes(b)];
      if (!onA && !onB) continue;
      const name = `${a} ${b}`;
      let side = sides.get(name);
      if (side === undefined) sides.set(name, (side = { a, b, onlyA: [], onlyB: [], both: 0 }));
      if (onA && onB) {
        side.both++;
        continue;
      }
      (onA ? side.onlyA : side.onlyB).push(id);
      if (!isKeyed) keys[id] = textKey(facts, id);
      isKeyed = true;
    }
  }
  const found: DevicePair[] = [];
  const all = [...sides.values()].sort((x, y) => x.a - y.a || x.b - y.b);
  for (const [n, side] of all.entries()) {
    await pace.breathe(0.6 + (0.4 * n) / all.length);
    found.push(await pairDevices(facts, side, keys, (held, device) => spans.get(held * DEVICES + device), pace));
  }
  return found;
}

const DEVICES = 1 << 16;

function textKey({ text, from, conversation }: ReconcileFacts, id: number): TextKey {
  const form = comparedForm(text(id));
  const seed = Math.imul(conversation[id]! + 1, 0x9e3779b1) ^ from[id]!;
  return hashText(form, seed) * 0x20_0000 + (hashText(form, ~seed) >>> 11);
}

/** Device pairs of each conversation that has at least two devices. */
function conversationPairs({ conversations, devicesOf }: ReconcileFacts): Map<number, (readonly [number, number])[]> {
  const pairsOf = new Map<number, (readonly [number, number])[]>();
  for (let one = 0; one < conversations; one++) {
    const devices = devicesOf(one);
    if (devices.length < 2) continue;
    pairsOf.set(
      one,
      devices.flatMap((a, i) => devices.slice(i + 1).map((b) => [a, b] as const))
    );
  }
  return pairsOf;
}

/** First and last time of what each device holds of each conversation, by conversation * DEVICES + device. */
function spansOf({ rows, utcMs, conversation, heldSet, heldSets }: ReconcileFacts): Map<number, [number, number]> {
  const spans = new Map<number, [number, number]>();
  for (let i = 0; i < rows.length; i++) {
    const id = rows[i]!;
    const held = heldSets[heldSet[id]!]!;
    for (let k = 0; k < held.length; k++) {
      const key = conversation[id]! * DEVICES + held[k]!;
      const span = spans.get(key);
      if (span === undefined) spans.set(key, [utcMs[id]!, utcMs[id]!]);
      else span[1] = utcMs[id]!;
    }
  }
  return spans;
}
