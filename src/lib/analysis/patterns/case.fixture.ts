/** Small cases written as lines, for tests of the rules. */
import type { PatternFacts } from './facts.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Line {
  readonly from: number;
  /** One other: a conversation of two. More: a group of these and the sender. */
  readonly to: readonly number[];
  readonly at: number;
  readonly text: string;
  readonly sources?: readonly number[];
}

/** Numbers of parties stand in texts as #7. */
export function factsOf(lines: readonly Line[], rest: Partial<Pick<PatternFacts, 'owners'>> = {}): PatternFacts {
  const threads = new Map<string, number>();
  const members: number[][] = [];
  const inOrder = [...lines].sort((x, y) => x.at - y.at);
  const thread = inOrder.map(({ from, to }) => {
    const all = [...new Set([from, ...to])].sort((x, y) => x - y);
    const key = all.join(',');
    if (!threads.has(key)) {
      threads.set(key, members.length);
      members.push(all);
    }
    return threads.get(key)!;
  });
  const ends = [0];
  for (const all of members) ends.push(ends.at(-1)! + all.length);
  const listed = { offsets: Uint32Array.from(ends), ids: Uint32Array.from(members.flat()) };
  return {
    parties: Math.max(0, ...members.flat()) + 1,
    rows: Uint32Array.from(inOrder, (_, i) => i),
    from: Uint32Array.from(inOrder, ({ from }) => from),
    thread: Uint32Array.from(thread),
    utcMs: Float64Array.from(inOrder, ({ at }) => at),
    members: listed,
    audience: { of: Uint32Array.from(thread), ...listed },
    isGroup: Uint8Array.from(members, (all) => Number(all.length > 2)),
    local: (ms) => ({ day: Math.floor(ms / DAY), minute: Math.floor((ms % DAY) / MINUTE) }),
    text: (message) => inOrder[message]!.text,
    sourcesOf: (message) => inOrder[message]!.sources ?? [0],
    numbersIn: (text) => Array.from(text.matchAll(/#(\d+)/gu), ([, party]) => Number(party)),
    owners: [],
    ...rest
  };
}

/** Ordinary talk of two: an exchange a day by day, question and answer, begun in turn. */
export function smallTalk(a: number, b: number, days: number, fromDay = 0): Line[] {
  return Array.from({ length: days }, (_, i) => {
    const [first, second] = i % 2 === 0 ? [a, b] : [b, a];
    const at = (fromDay + i) * DAY + (9 + (i % 9)) * HOUR;
    return [
      { from: first, to: [second], at, text: `how was it with number ${i} of them` },
      { from: second, to: [first], at: at + (2 + (i % 5)) * MINUTE, text: `it went all right on the whole, ${i}` }
    ];
  }).flat();
}
