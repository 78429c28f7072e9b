/** The filter in words: phrases for the sentence over every view, and one chip for each part. */
import type { CaseFilter, FilterGroup, FilterParts, PartySide } from '$lib/pipeline/contract.ts';
import type { LineStanding } from '$lib/pipeline/language-contract.ts';
import { sideOf, withPart } from '$lib/case/filter-parts.ts';
import { m } from '$lib/paraglide/messages.js';
import { list, type Clock } from './clock.ts';
import { languageName, serviceName, stateWords } from './words.ts';
import type { NamedPart } from './labels.svelte.ts';

/** Where names of parties, threads, files, groups and topics come from. */
export interface Names {
  of(part: NamedPart, id: number): string;
}

type Part = Exclude<keyof FilterParts, 'partySide'>;

export interface FilterPhrase {
  /** 'anyOf': all alternatives in one phrase. */
  readonly part: Part | 'anyOf';
  /** True where the part takes messages away. */
  readonly isExcluded: boolean;
  /** The part's own name: `People`. */
  readonly name: string;
  /** Its values in short: `Amina, Karim +3`. */
  readonly values: string;
  /** As it stands in the sentence: `with Amina or Karim`. */
  readonly words: string;
}

const ORDER: readonly Part[] = [
  'text',
  'parties',
  'between',
  'threads',
  'communities',
  'topics',
  'patterns',
  'timeline',
  'places',
  'phones',
  'time',
  'languages',
  'lines',
  'services',
  'sources',
  'tags',
  'states'
];

/** More values than this are counted instead of named. */
const NAMED_VALUES = 3;

export function filterPhrases(filter: CaseFilter, names: Names, clock: Clock): FilterPhrase[] {
  return [
    ...phrasesOf(filter, names, clock, false),
    ...phrasesOf(filter.not ?? {}, names, clock, true),
    ...anyPhrase(filter.anyOf ?? [], names, clock)
  ];
}

/** The filter without one of its phrases. */
export function withoutPhrase(filter: CaseFilter, phrase: FilterPhrase): CaseFilter {
  if (!phrase.isExcluded || phrase.part === 'anyOf') return withPart(filter, phrase.part, undefined);
  return withPart(filter, 'not', withPart(filter.not ?? {}, phrase.part, undefined));
}

/** `either from Amina or (in Arabic, on WhatsApp)`; alternatives without a condition are passed over. */
function anyPhrase(alternatives: readonly FilterGroup[], names: Names, clock: Clock): FilterPhrase[] {
  const values = alternatives.flatMap((group) => {
    const words = filterPhrases(group, names, clock).map((phrase) => phrase.words);
    if (words.length < 2) return words;
    return [m.filter_any_group({ phrases: words.join(', ') })];
  });
  if (values.length === 0) return [];
  const joined = list(values, 'disjunction');
  const words = values.length === 1 ? joined : m.filter_any_phrase({ values: joined });
  return [{ part: 'anyOf', isExcluded: false, name: m.filter_any(), values: shortValues(values), words }];
}

/**
 * A name that comes from evidence, for use inside a sentence: isolated from the sentence's direction, without the
 * characters that could break out of the isolation.
 */
export function isolated(label: string): string {
  return `\u2068${label.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')}\u2069`;
}

function phrasesOf(filter: FilterParts, names: Names, clock: Clock, isExcluded: boolean): FilterPhrase[] {
  const phrases: FilterPhrase[] = [];
  for (const part of ORDER) {
    const values = valuesOf(part, filter, names, clock);
    if (values.length === 0) continue;
    const joined = joinedValues(part, values);
    const words = part === 'parties' ? PEOPLE_PHRASES[sideOf(filter)](joined) : PHRASES[part](joined);
    phrases.push({
      part,
      isExcluded,
      name: part === 'parties' ? SIDE_NAMES[sideOf(filter)]() : PART_NAMES[part](),
      values: shortValues(values),
      words: isExcluded ? m.filter_phrase_not({ phrase: words }) : words
    });
  }
  return phrases;
}

function valuesOf(part: Part, filter: FilterParts, names: Names, clock: Clock): string[] {
  const named = (from: NamedPart): string[] => (filter[from] ?? []).map((id) => isolated(names.of(from, id)));
  switch (part) {
    case 'text':
      return filter.text ? [isolated(filter.text)] : [];
    case 'between':
      return (filter.between ?? []).map((id) => isolated(names.of('parties', id)));
    case 'time':
      return timeValues(filter.time, clock);
    case 'languages':
      return (filter.languages ?? []).map(languageName);
    case 'lines':
      return (filter.lines ?? []).map((standing) => LINE_WORDS[standing]());
    case 'services':
      return (filter.services ?? []).map((service) => isolated(serviceName(service)));
    case 'states':
      return stateWords(filter.states ?? 0);
    default:
      return named(part);
  }
}

function timeValues(time: CaseFilter['time'], clock: Clock): string[] {
  if (time === undefined || (time.fromMs === null && time.toMs === null)) return [];
  if (time.fromMs === null) return [m.filter_time_until({ day: untilDay(time.toMs as number, clock) })];
  if (time.toMs === null) return [m.filter_time_since({ day: clock.edge(time.fromMs) })];
  return [clock.range(time.fromMs, time.toMs)];
}

/** The last day before an end that is midnight; any other end to the minute. */
function untilDay(toMs: number, clock: Clock): string {
  return clock.dayStart(toMs) === toMs ? clock.shortDay(toMs - 1) : clock.edge(toMs);
}

function joinedValues(part: Part, values: readonly string[]): string {
  if (part === 'between') return list(values);
  if (values.length <= NAMED_VALUES) return list(values, 'disjunction');
  const more = m.filter_more_values({ count: values.length - NAMED_VALUES + 1 });
  return list([...values.slice(0, NAMED_VALUES - 1), more], 'disjunction');
}

function shortValues(values: readonly string[]): string {
  const shown = values.slice(0, 2).join(', ');
  return values.length > 2 ? `${shown} +${values.length - 2}` : shown;
}

/** The people part says on which side its people stand. */
export const SIDE_NAMES: Readonly<Record<PartySide, () => string>> = {
  from: () => m.filter_side_from(),
  to: () => m.filter_side_to(),
  either: () => m.filter_side_either()
};

const PEOPLE_PHRASES: Readonly<Record<PartySide, (values: string) => string>> = {
  from: (values) => m.filter_phrase_people({ values }),
  to: (values) => m.filter_phrase_people_to({ values }),
  either: (values) => m.filter_phrase_people_either({ values })
};

const LINE_WORDS: Readonly<Record<LineStanding, () => string>> = {
  translated: () => m.filter_line_translated(),
  certified: () => m.filter_line_certified(),
  flagged: () => m.filter_line_flagged(),
  waiting: () => m.filter_line_waiting(),
  'no-model': () => m.filter_line_no_model(),
  'cannot-tell': () => m.filter_line_cannot_tell(),
  'too-short': () => m.filter_line_too_short(),
  'not-needed': () => m.filter_line_not_needed()
};

const PART_NAMES: Readonly<Record<Exclude<Part, 'parties'>, () => string>> = {
  text: () => m.filter_part_text(),
  between: () => m.filter_part_between(),
  threads: () => m.filter_part_conversations(),
  communities: () => m.filter_part_groups(),
  topics: () => m.filter_part_topics(),
  patterns: () => m.filter_part_patterns(),
  timeline: () => m.filter_part_timeline(),
  places: () => m.filter_part_places(),
  phones: () => m.filter_part_phones(),
  time: () => m.filter_part_time(),
  languages: () => m.filter_part_languages(),
  lines: () => m.filter_part_lines(),
  services: () => m.filter_part_apps(),
  sources: () => m.filter_part_sources(),
  tags: () => m.filter_part_tags(),
  states: () => m.filter_part_states()
};

const PHRASES: Readonly<Record<Exclude<Part, 'parties'>, (values: string) => string>> = {
  text: (values) => m.filter_phrase_text({ values }),
  between: (values) => m.filter_phrase_between({ values }),
  threads: (values) => m.filter_phrase_conversations({ values }),
  communities: (values) => m.filter_phrase_groups({ values }),
  topics: (values) => m.filter_phrase_topics({ values }),
  patterns: (values) => m.filter_phrase_patterns({ values }),
  timeline: (values) => m.filter_phrase_timeline({ values }),
  places: (values) => m.filter_phrase_places({ values }),
  phones: (values) => m.filter_phrase_phones({ values }),
  time: (values) => values,
  languages: (values) => m.filter_phrase_languages({ values }),
  lines: (values) => values,
  services: (values) => m.filter_phrase_apps({ values }),
  sources: (values) => m.filter_phrase_sources({ values }),
  tags: (values) => m.filter_phrase_tags({ values }),
  states: (values) => values
};
