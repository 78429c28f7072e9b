/** What differs between the ties of two spans of time, and how even a tie is in its two directions. */

/** Ties of one span: ends as parties, each pair once in ascending order, with its messages and calls. */
export interface SpanTies {
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly count: Uint32Array;
}

export interface TieChange {
  readonly source: number;
  readonly target: number;
  readonly before: number;
  readonly after: number;
}

/** Every pair that has a tie in either span, by the size of the change, then by ends. */
export function tieChanges(before: SpanTies, after: SpanTies): TieChange[] {
  const changes: TieChange[] = [];
  let i = 0;
  let j = 0;
  while (i < before.source.length || j < after.source.length) {
    const order =
      i === before.source.length
        ? 1
        : j === after.source.length
          ? -1
          : before.source[i]! - after.source[j]! || before.target[i]! - after.target[j]!;
    const from = order <= 0 ? before : after;
    const at = order <= 0 ? i : j;
    changes.push({
      source: from.source[at]!,
      target: from.target[at]!,
      before: order <= 0 ? before.count[i]! : 0,
      after: order >= 0 ? after.count[j]! : 0
    });
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return changes.sort(
    (x, y) => Math.abs(y.after - y.before) - Math.abs(x.after - x.before) || x.source - y.source || x.target - y.target
  );
}

export interface Reciprocity {
  /** Messages of the lower party to the higher, and back, for each pair of a conversation of two. */
  readonly there: Uint32Array;
  readonly back: Uint32Array;
  /** Share of pairs in which both wrote; NaN without pairs. */
  readonly bothWays: number;
  /** Share of messages that are matched by one in the other direction: 2 x min / all; NaN without messages. */
  readonly evenness: number;
}

/** @param messages sender and receiver of each message between two, as parties; those to oneself are left out */
export function reciprocity(parties: number, messages: { readonly from: Uint32Array; readonly to: Uint32Array }): Reciprocity {
  const places = new Map<number, number>();
  const there: number[] = [];
  const back: number[] = [];
  for (let i = 0; i < messages.from.length; i++) {
    const [a, b] = [messages.from[i]!, messages.to[i]!];
    if (a === b) continue;
    const key = Math.min(a, b) * parties + Math.max(a, b);
    let at = places.get(key);
    if (at === undefined) {
      at = there.length;
      places.set(key, at);
      there.push(0);
      back.push(0);
    }
    if (a < b) there[at]!++;
    else back[at]!++;
  }
  const order = [...places].sort(([x], [y]) => x - y).map(([, at]) => at);
  const both = order.filter((at) => there[at]! > 0 && back[at]! > 0).length;
  const matched = order.reduce((sum, at) => sum + 2 * Math.min(there[at]!, back[at]!), 0);
  const all = order.reduce((sum, at) => sum + there[at]! + back[at]!, 0);
  return {
    there: Uint32Array.from(order, (at) => there[at]!),
    back: Uint32Array.from(order, (at) => back[at]!),
    bothWays: both / order.length,
    evenness: matched / all
  };
}
