/** One text from one person to many, each in a conversation of two, within minutes. */
import { byTime, pairOf, plainForm, spanOf, type PatternFinding, type PatternRule } from '../facts.ts';

const WINDOW_MS = 20 * 60_000;
const LEAST_RECEIVERS = 5;

export const broadcast: PatternRule = {
  id: 'broadcast',
  version: 1,
  async find(facts, pace) {
    const { rows, from, thread, utcMs, parties } = facts;
    const direct = new Map<number, number>();
    const sentTo = (row: number): number => {
      const t = thread[row]!;
      let other = direct.get(t);
      if (other === undefined) {
        const pair = pairOf(facts, t);
        direct.set(t, (other = pair === null ? -1 : pair[0] * parties + pair[1]));
      }
      return other;
    };
    /** Open bursts by sender and text. */
    const open = new Map<string, number[]>();
    const bursts: number[][] = [];
    const close = (burst: number[]): void => {
      if (new Set(burst.map(sentTo)).size >= LEAST_RECEIVERS) bursts.push(burst);
    };
    const alone = new Map<number, number[]>();
    for (let i = 0; i < rows.length; i++) {
      if ((i & 4095) === 0 && pace.due()) await pace.breathe(i / rows.length);
      const row = rows[i]!;
      const sender = from[row]!;
      if (sender === parties || sentTo(row) < 0) continue;
      const list = alone.get(sender);
      if (list === undefined) alone.set(sender, [row]);
      else list.push(row);
      const text = plainForm(facts.text(row));
      if (text === '') continue;
      const key = `${sender} ${text}`;
      const burst = open.get(key);
      if (burst !== undefined && utcMs[row]! - utcMs[burst[0]!]! <= WINDOW_MS) burst.push(row);
      else {
        if (burst !== undefined) close(burst);
        open.set(key, [row]);
      }
    }
    for (const burst of open.values()) close(burst);
    const bySender = new Map<number, number[][]>();
    for (const burst of bursts) {
      const sender = from[burst[0]!]!;
      const list = bySender.get(sender);
      if (list === undefined) bySender.set(sender, [burst]);
      else list.push(burst);
    }
    const inOrder = byTime(facts);
    return [...bySender].map(([sender, list]): PatternFinding => {
      const messages = Uint32Array.from(list.flat().sort(inOrder));
      const inside = new Set(messages);
      const reached = new Set([...messages].map(sentTo));
      // Those that were written to one alone, to the very people who got the broadcasts.
      const against = Uint32Array.from((alone.get(sender) ?? []).filter((row) => !inside.has(row) && reached.has(sentTo(row))));
      return {
        rule: 'broadcast',
        people: [sender],
        messages,
        against,
        values: { times: list.length, people: reached.size, messages: messages.length, minutes: WINDOW_MS / 60_000 },
        ...spanOf(facts, messages)
      };
    });
  }
};
