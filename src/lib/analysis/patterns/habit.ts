/**
 * [Note: More than others do]
 * Where a whole case is full of prices or addresses, some conversation holds four of them on four days by chance. So
 * what one person sends in one conversation is held against how often the case's other people send the like: it must be
 * more than their habit gives by chance, with one allowance for all conversations that were tried. The sender's own
 * other conversations are not the measure: who keeps lists with five people keeps five lists. Where nobody else sends
 * any there is nothing to be explained by habit.
 */
import type { PatternFacts } from './facts.ts';

/** Of cases dealt by chance, the share in which a rule may show anything. */
const ALLOWANCE = 0.05;

export class Habit {
  /** Messages of each sender, and those among them that are of the kind. */
  readonly #sent: Uint32Array;
  readonly #ofKind: Uint32Array;
  #allSent = 0;
  #allOfKind = 0;

  constructor({ parties, rows, from }: PatternFacts) {
    this.#sent = new Uint32Array(parties + 1);
    this.#ofKind = new Uint32Array(parties + 1);
    for (const row of rows) {
      if (from[row] === parties) continue;
      this.#sent[from[row]!]!++;
      this.#allSent++;
    }
  }

  /** Counts one message of the kind that `sender` sent. */
  count(sender: number): void {
    this.#ofKind[sender]!++;
    this.#allOfKind++;
  }

  /**
   * Whether `found` messages of the kind among `among` of the sender's in a conversation are more than the others' habit
   * gives by chance. Ask once everything is counted.
   * @param tried conversations and senders that could have met the rule
   */
  isExceeded(sender: number, found: number, among: number, tried: number): boolean {
    const others = this.#allOfKind - this.#ofKind[sender]!;
    if (others === 0) return true;
    const expected = (among * others) / (this.#allSent - this.#sent[sender]!);
    return atLeast(found, expected) <= ALLOWANCE / Math.max(1, tried);
  }
}

/** Probability of `least` or more where `mean` are expected (Poisson); `least` is at least 1. */
export function atLeast(least: number, mean: number): number {
  if (least <= mean) return 1;
  // The terms above fall from the first on: summed until they no longer count, without 1 - (1 - something tiny).
  let log = -mean;
  for (let i = 1; i <= least; i++) log += Math.log(mean / i);
  let term = Math.exp(log);
  let sum = 0;
  for (let i = least; term > sum * 1e-12; i++) {
    sum += term;
    term *= mean / (i + 1);
  }
  return Math.min(1, sum);
}
