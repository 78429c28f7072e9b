/** Words for the codes that evidence carries: languages, services, states, time bases, call outcomes. */
import { ownTable } from '$lib/evidence/own-table.ts';
import { MessageState } from '$lib/evidence/records.ts';
import { PHRASE_BOOK_MARK, QualityFlag } from '$lib/language/contract.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

const displays = new Map<string, Intl.DisplayNames>();

/** `Romanian` for `ron`; the two codes that name no language get words of their own. */
export function languageName(code: string): string {
  if (code === '') return m.filter_language_pending();
  if (code === 'und') return m.filter_language_unknown();
  if (code === 'zxx') return m.filter_language_none();
  const locale = getLocale();
  let display = displays.get(locale);
  if (display === undefined) {
    display = new Intl.DisplayNames(locale === 'fr' ? 'fr' : 'en-GB', { type: 'language', fallback: 'code' });
    displays.set(locale, display);
  }
  try {
    return display.of(code) ?? code;
  } catch {
    // Not shaped like a language tag: shown as it came.
    return code;
  }
}

/** Names that applications give themselves; anything else is shown as the source spells it. */
const SERVICES: Readonly<Record<string, string>> = ownTable({
  whatsapp: 'WhatsApp',
  sms: 'SMS',
  mms: 'MMS',
  telegram: 'Telegram',
  signal: 'Signal',
  email: 'Email',
  instagram: 'Instagram',
  facebook: 'Facebook',
  messenger: 'Messenger',
  snapchat: 'Snapchat',
  viber: 'Viber',
  imessage: 'iMessage'
});

export function serviceName(code: string): string {
  if (code === 'phone') return m.filter_service_phone();
  if (code === 'text') return m.filter_service_text();
  if (code === '') return m.filter_service_unknown();
  return SERVICES[code.toLowerCase()] ?? code;
}

const STATE_WORDS: readonly (readonly [bit: number, words: () => string])[] = [
  [MessageState.draft, () => m.filter_state_draft()],
  [MessageState.sent, () => m.filter_state_sent()],
  [MessageState.delivered, () => m.filter_state_delivered()],
  [MessageState.read, () => m.filter_state_read()],
  [MessageState.edited, () => m.filter_state_edited()],
  [MessageState.deletedByUser, () => m.filter_state_deleted()],
  [MessageState.recovered, () => m.filter_state_recovered()],
  [MessageState.tombstone, () => m.filter_state_tombstone()],
  [MessageState.forwarded, () => m.filter_state_forwarded()],
  [MessageState.reaction, () => m.filter_state_reaction()],
  [MessageState.system, () => m.filter_state_system()],
  [MessageState.voiceNote, () => m.filter_state_voice()],
  [MessageState.mediaOmitted, () => m.filter_state_media_omitted()],
  [MessageState.timeAmbiguous, () => m.filter_state_time_ambiguous()],
  [MessageState.partial, () => m.filter_state_partial()]
];

/** Sent, delivered and read are the rule and would drown the rest; they are said in Detail only. */
const ORDINARY = MessageState.sent | MessageState.delivered | MessageState.read;

/** Words for the set bits of a message's state, in the order of the bits. */
export function stateWords(state: number, which: 'notable' | 'all' = 'all'): string[] {
  const shown = which === 'notable' ? state & ~ORDINARY : state;
  return STATE_WORDS.filter(([bit]) => (shown & bit) !== 0).map(([, words]) => words());
}

const FLAG_WORDS: readonly (readonly [bit: number, words: () => string])[] = [
  [QualityFlag.lowConfidence, () => m.messages_flag_low_confidence()],
  [QualityFlag.repetition, () => m.messages_flag_repetition()],
  [QualityFlag.lengthRatio, () => m.messages_flag_length()],
  [QualityFlag.tokensLost, () => m.messages_flag_tokens_lost()],
  [QualityFlag.untranslated, () => m.messages_flag_untranslated()],
  [QualityFlag.languageUncertain, () => m.messages_flag_language_uncertain()],
  [QualityFlag.outOfVocabulary, () => m.messages_flag_unknown_letters()],
  [QualityFlag.noModel, () => m.messages_flag_no_model()],
  [QualityFlag.cut, () => m.messages_flag_cut()],
  [QualityFlag.namesChanged, () => m.messages_flag_names_changed()],
  [QualityFlag.negationChanged, () => m.messages_flag_negation_changed()],
  [QualityFlag.questionChanged, () => m.messages_flag_question_changed()],
  [QualityFlag.enginesDisagree, () => m.messages_flag_engines_disagree()],
  [QualityFlag.notEnglish, () => m.messages_flag_not_english()],
  [QualityFlag.wordsUnanswered, () => m.messages_flag_words_unanswered()],
  [QualityFlag.noConfidence, () => m.messages_flag_no_confidence()],
  [QualityFlag.noSpeech, () => m.messages_flag_no_speech()],
  [QualityFlag.personsUnsure, () => m.messages_flag_persons()]
];

/** Words for each doubt about a machine line. */
export function flagWords(flags: number): string[] {
  return FLAG_WORDS.filter(([bit]) => (flags & bit) !== 0).map(([, words]) => words());
}

/** How the UTC time was got, in one phrase. */
/** A model as a line names it; null or empty where the line's maker was not kept. */
export function modelWords(id: string | null): string {
  if (id === null || id === '') return m.messages_model_unknown();
  return id.endsWith(PHRASE_BOOK_MARK) ? m.messages_model_phrases({ model: id.slice(0, -PHRASE_BOOK_MARK.length) }) : id;
}

export function basisWords(basis: string): string {
  if (basis === 'offset-in-data') return m.messages_basis_offset();
  if (basis === 'utc-by-spec') return m.messages_basis_utc();
  if (basis === 'zone-chosen-by-officer') return m.messages_basis_chosen();
  return m.messages_basis_unknown();
}

/** The basis as one sign beside a time; the words of `basisWords` are its title. */
export function basisMark(basis: string): string {
  if (basis === 'offset-in-data') return '±';
  if (basis === 'utc-by-spec') return 'Z';
  if (basis === 'zone-chosen-by-officer') return '~';
  return '?';
}

export function outcomeWords(outcome: string): string {
  if (outcome === 'answered') return m.people_outcome_answered();
  if (outcome === 'missed') return m.people_outcome_missed();
  if (outcome === 'rejected') return m.people_outcome_rejected();
  if (outcome === 'voicemail') return m.people_outcome_voicemail();
  if (outcome === 'blocked') return m.people_outcome_blocked();
  return m.people_outcome_unknown();
}

export function directionWords(direction: string): string {
  if (direction === 'incoming') return m.filter_direction_incoming();
  if (direction === 'outgoing') return m.filter_direction_outgoing();
  return m.filter_direction_unknown();
}
