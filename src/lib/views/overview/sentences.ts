/** The sentences of the overview, each with what a click opens. Counts only: no adjective on anyone. */
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import { m } from '$lib/paraglide/messages.js';
import type { CaseOverview } from '$lib/pipeline/contract.ts';
import { formatCount, formatShare } from '$lib/ui/format.ts';
import { clockIn } from '../filter/clock.ts';
import { forecastWords } from '../shell/forecast-words.ts';
import { languageName } from './language-name.ts';

export interface Sentence {
  readonly text: string;
  /** Absent where there is nothing to open. */
  readonly open?: () => void;
}

type GoTo = (place: string) => void;

/** English, no words, cannot tell, not looked at: nothing is missing for them. */
const NEEDS_NO_MODEL: readonly string[] = ['eng', 'zxx', 'und', ''];
/** Languages without a model that get a sentence each; the others share one. */
const NAMED_ALONE = 3;

/** A count for plural rules with the digits to show. */
const counted = (count: number): { count: number; shown: string } => ({ count, shown: formatCount(count) });

export function presentSentences(overview: CaseOverview, opened: OpenCase, to: GoTo): Sentence[] {
  const sentences: Sentence[] = [
    {
      text: m.overview_messages({ ...counted(overview.messages), threads: formatCount(overview.threads) }),
      open: () => showAll(opened, to)
    }
  ];
  const clock = clockIn(overview.zone);
  if (overview.firstMs !== null && overview.lastMs !== null) {
    sentences.push({ text: m.overview_span({ from: clock.shortDay(overview.firstMs), to: clock.shortDay(overview.lastMs) }) });
  }
  if (overview.parties > 0) {
    sentences.push({
      text: m.overview_people({ ...counted(overview.parties), accounts: formatCount(overview.accounts) }),
      open: () => to('people')
    });
  }
  if (overview.calls > 0) sentences.push({ text: m.overview_calls(counted(overview.calls)), open: () => to('people') });
  if (overview.contacts > 0) sentences.push({ text: m.overview_contacts(counted(overview.contacts)), open: () => to('people') });
  const translated = overview.languages.reduce((sum, one) => sum + one.translated, 0);
  if (translated > 0) {
    sentences.push({
      text: m.overview_translated(counted(translated)),
      open: () => show(opened, to, { lines: ['translated'] })
    });
  }
  const folded = overview.sources.reduce((sum, source) => sum + source.sum.folded, 0);
  if (folded > 0) sentences.push({ text: m.overview_folded(counted(folded)) });
  return sentences;
}

export function missingSentences(overview: CaseOverview, opened: OpenCase, to: GoTo): Sentence[] {
  const sentences: Sentence[] = [];
  const { job, error } = opened.translation;
  if (error !== '') sentences.push({ text: m.overview_translation_failed({ reason: error }) });
  else if (job?.isActive === true) {
    const { forecast } = job;
    if (job.progress.total > 0) sentences.push({ text: m.overview_translating({ share: formatShare(job.share) }) });
    else sentences.push({ text: forecast === null ? m.overview_translation_starting() : forecastWords(forecast) });
  }
  const waiting = opened.filter.isEmpty ? (opened.filter.result?.untranslated ?? 0) : 0;
  if (waiting > 0) {
    sentences.push({ text: m.overview_untranslated(counted(waiting)), open: () => show(opened, to, { lines: ['waiting'] }) });
  }
  const withoutModel = overview.languages.filter((one) => one.withoutModel > 0 && !NEEDS_NO_MODEL.includes(one.language));
  for (const one of withoutModel.slice(0, NAMED_ALONE)) {
    sentences.push({
      text: m.overview_no_model({ ...counted(one.withoutModel), language: languageName(one.language) }),
      open: () => show(opened, to, { languages: [one.language], lines: ['no-model'] })
    });
  }
  const rest = withoutModel.slice(NAMED_ALONE);
  if (rest.length > 0) {
    const languages = rest.map((one) => languageName(one.language)).join(', ');
    sentences.push({
      text: m.overview_no_model_rest({ ...counted(rest.reduce((sum, one) => sum + one.withoutModel, 0)), languages }),
      open: () => show(opened, to, { languages: rest.map((one) => one.language), lines: ['no-model'] })
    });
  }
  const flagged = overview.languages.reduce((sum, one) => sum + one.flagged, 0);
  if (flagged > 0) {
    sentences.push({ text: m.overview_flagged(counted(flagged)), open: () => show(opened, to, { lines: ['flagged'] }) });
  }
  if (overview.untimed > 0) sentences.push({ text: m.overview_untimed(counted(overview.untimed)) });
  const refused = overview.sources.reduce((sum, source) => sum + source.sum.refused, 0);
  if (refused > 0) sentences.push({ text: m.overview_refused(counted(refused)), open: showFindings });
  if (overview.locations === 0) sentences.push({ text: m.overview_no_locations() });
  if (overview.calls === 0) sentences.push({ text: m.overview_no_calls() });
  return sentences.length > 0 ? sentences : [{ text: m.overview_nothing_missing() }];
}

export function nextSentences(overview: CaseOverview, opened: OpenCase, to: GoTo): Sentence[] {
  const foreign = overview.languages.find((one) => one.translated > 0 && !NEEDS_NO_MODEL.includes(one.language));
  const sentences: Sentence[] = [
    {
      text: m.overview_next_newest(),
      open: () => {
        opened.selection.order = 'time-descending';
        showAll(opened, to);
      }
    }
  ];
  if (foreign !== undefined) {
    sentences.push({
      text: m.overview_next_language({ language: languageName(foreign.language) }),
      open: () => show(opened, to, { languages: [foreign.language] })
    });
  }
  sentences.push(
    { text: m.overview_next_network(), open: () => to('network') },
    { text: m.overview_next_topics(), open: () => to('topics') },
    { text: m.overview_next_import(), open: () => to('import') }
  );
  return sentences;
}

function showAll(opened: OpenCase, to: GoTo): void {
  opened.filter.clear();
  to('messages');
}

function show(opened: OpenCase, to: GoTo, filter: Parameters<OpenCase['filter']['replace']>[0]): void {
  opened.filter.replace(filter);
  to('messages');
}

function showFindings(): void {
  document.getElementById('findings')?.scrollIntoView();
}
