/** All rules, in the order in which they are shown. */
import { Pace, type PaceOptions } from '../pace.ts';
import type { PatternFacts, PatternFinding, PatternRule } from './facts.ts';
import { broadcast } from './rules/broadcast.ts';
import { clockApart } from './rules/clock-apart.ts';
import { equalText } from './rules/equal-text.ts';
import { introduced } from './rules/introduced.ts';
import { ledger } from './rules/ledger.ts';
import { movement } from './rules/movement.ts';
import { night } from './rules/night.ts';
import { numberSuccession } from './rules/number-succession.ts';
import { onePhoneOnly } from './rules/one-phone-only.ts';
import { oneSided } from './rules/one-sided.ts';
import { repeatedSum } from './rules/repeated-sum.ts';
import { sharedContacts } from './rules/shared-contacts.ts';
import { stopped } from './rules/stopped.ts';
import { timesOfDay } from './rules/times-of-day.ts';

export const PATTERN_RULES: readonly PatternRule[] = [
  onePhoneOnly,
  clockApart,
  broadcast,
  timesOfDay,
  movement,
  repeatedSum,
  ledger,
  oneSided,
  introduced,
  numberSuccession,
  stopped,
  night,
  equalText,
  sharedContacts
];

/**
 * Everything that any rule finds: rules in their order, and of one rule those with more messages first, then by people.
 * That order is for reading; it weighs nobody.
 * @throws the signal's reason when it was aborted
 */
export async function findPatterns(facts: PatternFacts, options: PaceOptions = {}): Promise<PatternFinding[]> {
  const found: PatternFinding[] = [];
  for (const [i, rule] of PATTERN_RULES.entries()) {
    const onProgress = (share: number): void => options.onProgress?.((i + share) / PATTERN_RULES.length);
    const pace = new Pace({ ...options, onProgress });
    const ofRule = await rule.find(facts, pace);
    found.push(
      ...ofRule.sort((x, y) => y.messages.length - x.messages.length || compare(x.people, y.people) || x.fromMs - y.fromMs)
    );
  }
  return found;
}

function compare(x: readonly number[], y: readonly number[]): number {
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length;
}
