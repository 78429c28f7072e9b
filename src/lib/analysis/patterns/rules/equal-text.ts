/** The same longer text written by several people: a template, or a message that is passed on, and who had it first. */
import { plainForm, spanOf, type PatternFinding, type PatternRule } from '../facts.ts';
import { phones } from '../two-phones.ts';

/** Shorter ones are what everybody says. */
const LEAST_WORDS = 8;
const LEAST_LETTERS = 45;
/** Numbers of one seized phone count as one. */
const LEAST_SENDERS = 3;

export const equalText: PatternRule = {
  id: 'equal-text',
  version: 1,
  async find(facts, pace) {
    const { rows, from, thread, parties } = facts;
    const { phoneOf } = phones(facts);
    const byText = new Map<string, number[]>();
    for (let i = 0; i < rows.length; i++) {
      if ((i & 4095) === 0 && pace.due()) await pace.breathe(i / rows.length);
      const text = facts.text(rows[i]!);
      if (text.length < LEAST_LETTERS || from[rows[i]!] === parties) continue;
      const plain = plainForm(text);
      if (plain.split(' ').length < LEAST_WORDS) continue;
      const list = byText.get(plain);
      if (list === undefined) byText.set(plain, [rows[i]!]);
      else list.push(rows[i]!);
    }
    const found: PatternFinding[] = [];
    for (const list of byText.values()) {
      const senders = [...new Set(list.map((row) => phoneOf.get(from[row]!) ?? from[row]!))];
      const threads = new Set(list.map((row) => thread[row]!));
      if (senders.length < LEAST_SENDERS || threads.size < 2) continue;
      const messages = Uint32Array.from(list);
      found.push({
        rule: 'equal-text',
        people: senders,
        messages,
        against: new Uint32Array(),
        values: { people: senders.length, conversations: threads.size, messages: messages.length },
        ...spanOf(facts, messages)
      });
    }
    return found;
  }
};
