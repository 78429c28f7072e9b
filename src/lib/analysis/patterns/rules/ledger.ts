/**
 * Lists of sums that one person sends another, week after week: what is owed, paid, kept back. The sums are counted and
 * quoted. Nothing is added up: which of them is owed and which is paid stands in words that this rule does not read.
 */
import { byTime, rowsByThread, spanOf, type PatternFacts, type PatternFinding, type PatternRule } from '../facts.ts';
import { Habit } from '../habit.ts';
import { sumsIn } from '../sums.ts';

/** Fewer in one message are a price, or a price and a tip. */
const LEAST_SUMS = 3;
const LEAST_TIMES = 4;
const LEAST_DAYS = 4;
const LEAST_SPAN_MS = 21 * 86_400_000;
/** A list that goes to as many conversations, by its own text, is a price list. */
const CONVERSATIONS_OF_A_PRICE_LIST = 3;

export const ledger: PatternRule = {
  id: 'ledger',
  version: 2,
  async find(facts, pace) {
    const { from, parties } = facts;
    const { offsets, rows } = rowsByThread(facts);
    const conversationsOf = new Map<string, Set<number>>();
    const habit = new Habit(facts);
    let tried = 0;
    const lists: {
      thread: number;
      sender: number;
      sent: number;
      rows: { row: number; key: string; sums: readonly number[] }[];
    }[] = [];
    const otherSums = new Map<number, number[]>();
    for (let thread = 0; thread + 1 < offsets.length; thread++) {
      if (pace.due()) await pace.breathe(thread / offsets.length);
      const bySender = new Map<number, (typeof lists)[number]['rows']>();
      const others: number[] = [];
      const sentBy = new Map<number, number>();
      for (const row of rows.subarray(offsets[thread], offsets[thread + 1])) {
        if (from[row] === parties) continue;
        sentBy.set(from[row]!, (sentBy.get(from[row]!) ?? 0) + 1);
        const sums = [...sumsIn(facts.text(row))];
        if (sums.length === 0) continue;
        if (sums.length < LEAST_SUMS) {
          others.push(row);
          continue;
        }
        habit.count(from[row]!);
        const key = `${from[row]} ${sums.join(' ')}`;
        const told = conversationsOf.get(key) ?? new Set();
        conversationsOf.set(key, told.add(thread));
        const list = bySender.get(from[row]!) ?? [];
        list.push({ row, key, sums });
        bySender.set(from[row]!, list);
      }
      for (const sent of sentBy.values()) if (sent >= LEAST_TIMES) tried++;
      for (const [sender, list] of bySender)
        if (list.length >= LEAST_TIMES) lists.push({ thread, sender, sent: sentBy.get(sender)!, rows: list });
      if (bySender.size > 0) otherSums.set(thread, others);
    }
    const inOrder = byTime(facts);
    return lists.flatMap(({ thread, sender, sent, rows: list }): PatternFinding[] => {
      const isPrice = ({ key }: { key: string }): boolean => conversationsOf.get(key)!.size >= CONVERSATIONS_OF_A_PRICE_LIST;
      const met = list.filter((one) => !isPrice(one));
      const days = new Set(met.map(({ row }) => facts.local(facts.utcMs[row]!).day)).size;
      if (met.length < LEAST_TIMES || days < LEAST_DAYS) return [];
      // [Note: More than others do]
      if (!habit.isExceeded(sender, met.length, sent, tried)) return [];
      const messages = Uint32Array.from(met, ({ row }) => row).sort(inOrder);
      const span = spanOf(facts, messages);
      if (span.toMs - span.fromMs < LEAST_SPAN_MS) return [];
      const sums = met.flatMap((one) => one.sums);
      const against = [...list.filter(isPrice).map(({ row }) => row), ...(otherSums.get(thread) ?? [])];
      return [
        {
          rule: 'ledger',
          people: peopleOf(facts, thread, sender),
          messages,
          against: Uint32Array.from(against).sort(inOrder),
          // Without Math.min(...sums): a list of many thousand arguments overflows the stack.
          values: {
            messages: messages.length,
            days,
            sums: sums.length,
            least: sums.reduce((x, y) => Math.min(x, y)),
            most: sums.reduce((x, y) => Math.max(x, y))
          },
          ...span
        }
      ];
    });
  }
};

/** Who sends the lists, and the other one where there is one alone. */
function peopleOf({ members, isGroup }: PatternFacts, thread: number, sender: number): number[] {
  const others = members.ids.subarray(members.offsets[thread], members.offsets[thread + 1]).filter((party) => party !== sender);
  return isGroup[thread] === 1 || others.length !== 1 ? [sender] : [sender, others[0]!];
}
