/** The rules in words: what was found, how, and what an innocent reading of it is. */
import { m } from '$lib/paraglide/messages.js';
import type { RuleId } from '$lib/analysis/patterns/facts.ts';
import type { PatternRow } from '$lib/pipeline/pattern-contract.ts';
import { formatCount } from '$lib/ui/format.ts';

interface RuleWords {
  readonly title: () => string;
  readonly found: (finding: PatternRow) => string;
  readonly rule: () => string;
  readonly innocent: () => string;
}

/** A named count of a finding, as it is written. */
const n = ({ values }: PatternRow, name: string): string => formatCount(values[name] ?? 0);

/** `05:20` from minutes after midnight. */
function clockTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

const WORDS: Readonly<Record<RuleId, RuleWords>> = {
  ledger: {
    title: m.pattern_ledger_title,
    found: (f) =>
      m.pattern_ledger_found({
        messages: n(f, 'messages'),
        days: n(f, 'days'),
        sums: n(f, 'sums'),
        least: n(f, 'least'),
        most: n(f, 'most')
      }),
    rule: m.pattern_ledger_rule,
    innocent: m.pattern_ledger_innocent
  },
  movement: {
    title: m.pattern_movement_title,
    found: (f) =>
      m.pattern_movement_found({
        messages: n(f, 'messages'),
        days: n(f, 'days'),
        places: n(f, 'places'),
        answered: n(f, 'answered')
      }),
    rule: m.pattern_movement_rule,
    innocent: m.pattern_movement_innocent
  },
  'number-succession': {
    title: m.pattern_succession_title,
    found: (f) => m.pattern_succession_found({ contacts: n(f, 'contacts'), of: n(f, 'of'), days: n(f, 'days') }),
    rule: m.pattern_succession_rule,
    innocent: m.pattern_succession_innocent
  },
  'one-phone-only': {
    title: m.pattern_one_phone_title,
    found: (f) => m.pattern_one_phone_found({ messages: n(f, 'messages'), both: n(f, 'both') }),
    rule: m.pattern_one_phone_rule,
    innocent: m.pattern_one_phone_innocent
  },
  'clock-apart': {
    title: m.pattern_clock_title,
    found: (f) => m.pattern_clock_found({ pairs: n(f, 'pairs'), minutes: n(f, 'minutes') }),
    rule: m.pattern_clock_rule,
    innocent: m.pattern_clock_innocent
  },
  broadcast: {
    title: m.pattern_broadcast_title,
    found: (f) => m.pattern_broadcast_found({ times: n(f, 'times'), people: n(f, 'people'), messages: n(f, 'messages') }),
    rule: m.pattern_broadcast_rule,
    innocent: m.pattern_broadcast_innocent
  },
  'times-of-day': {
    title: m.pattern_times_title,
    found: (f) => m.pattern_times_found({ days: n(f, 'days'), weeks: n(f, 'weeks'), usual: clockTime(f.values.usual ?? 0) }),
    rule: m.pattern_times_rule,
    innocent: m.pattern_times_innocent
  },
  'repeated-sum': {
    title: m.pattern_sum_title,
    found: (f) =>
      m.pattern_sum_found({
        sum: n(f, 'sum'),
        times: n(f, 'times'),
        days: n(f, 'days'),
        conversations: n(f, 'conversations')
      }),
    rule: m.pattern_sum_rule,
    innocent: m.pattern_sum_innocent
  },
  'one-sided': {
    title: m.pattern_one_sided_title,
    found: (f) => m.pattern_one_sided_found({ begun: n(f, 'begun'), all: n(f, 'all'), long: n(f, 'long'), short: n(f, 'short') }),
    rule: m.pattern_one_sided_rule,
    innocent: m.pattern_one_sided_innocent
  },
  introduced: {
    title: m.pattern_introduced_title,
    found: (f) => m.pattern_introduced_found({ hours: n(f, 'hours') }),
    rule: m.pattern_introduced_rule,
    innocent: m.pattern_introduced_innocent
  },
  stopped: {
    title: m.pattern_stopped_title,
    found: (f) =>
      m.pattern_stopped_found({
        messages: n(f, 'messages'),
        days: n(f, 'days'),
        silent: n(f, 'silentDays'),
        pause: n(f, 'longestPauseDays')
      }),
    rule: m.pattern_stopped_rule,
    innocent: m.pattern_stopped_innocent
  },
  night: {
    title: m.pattern_night_title,
    found: (f) =>
      m.pattern_night_found({
        messages: n(f, 'messages'),
        all: n(f, 'all'),
        nights: n(f, 'nights'),
        usual: n(f, 'usual'),
        until: clockTime(f.values.until ?? 0)
      }),
    rule: m.pattern_night_rule,
    innocent: m.pattern_night_innocent
  },
  'equal-text': {
    title: m.pattern_equal_title,
    found: (f) =>
      m.pattern_equal_found({ people: n(f, 'people'), conversations: n(f, 'conversations'), messages: n(f, 'messages') }),
    rule: m.pattern_equal_rule,
    innocent: m.pattern_equal_innocent
  },
  'shared-contacts': {
    title: m.pattern_shared_title,
    found: (f) => m.pattern_shared_found({ people: n(f, 'people'), messages: n(f, 'messages') }),
    rule: m.pattern_shared_rule,
    innocent: m.pattern_shared_innocent
  }
};

export const ruleTitle = (rule: RuleId): string => WORDS[rule].title();
export const foundWords = (finding: PatternRow): string => WORDS[finding.rule].found(finding);
export const ruleWords = (rule: RuleId): string => WORDS[rule].rule();
export const innocentWords = (rule: RuleId): string => WORDS[rule].innocent();
