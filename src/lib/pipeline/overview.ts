/** What is in the case and what is missing, in counts; months are those of the case's zone. */
import type { EvidenceStore } from '../evidence/store.ts';
import { formatById } from '../formats/registry.ts';
import type { SubsetOrigin } from '../records/origin.ts';
import type { CaseOverview, LanguageCount } from './contract.ts';
import { sourceRow } from './ingest.ts';
import { LineStandings } from './line-standings.ts';
import { messagesByMonth } from './months.ts';
import type { EnglishSources } from './english.ts';

export function overview(
  store: EvidenceStore,
  { translations, certified }: EnglishSources,
  zone: string,
  origin: SubsetOrigin | null
): CaseOverview {
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  let untimed = 0;
  const times = store.messages.time.utcMs.view(0, store.committed.messages);
  for (const utcMs of times) {
    if (Number.isNaN(utcMs)) untimed++;
    else {
      if (utcMs < firstMs) firstMs = utcMs;
      if (utcMs > lastMs) lastMs = utcMs;
    }
  }
  return {
    ...store.committed,
    contacts: store.count('contact'),
    accounts: store.directory.accounts.length,
    parties: store.directory.standingCount,
    threads: store.directory.threads.length,
    locations: store.count('location'),
    generic: store.count('generic'),
    sources: store.sources.map((source, i) => sourceRow(source, i, formatById(source.formatId)?.label ?? source.formatId)),
    firstMs: Number.isFinite(firstMs) ? firstMs : null,
    lastMs: Number.isFinite(lastMs) ? lastMs : null,
    untimed,
    zone,
    origin,
    months: messagesByMonth(times, zone),
    languages: languageCounts(store, { translations, certified }),
    findings: store.sources.flatMap((source) => source.findings),
    devices: store.sources.flatMap((source, sourceId) => source.devices.map(({ name, value }) => ({ sourceId, name, value })))
  };
}

/** The quick part of the language report, for sentences. */
function languageCounts(store: EvidenceStore, { translations, certified }: EnglishSources): LanguageCount[] {
  const standings = new LineStandings(store, translations, certified);
  const counts = translations.languages.values().map(() => ({ messages: 0, translated: 0, flagged: 0, withoutModel: 0 }));
  for (let id = 0; id < store.committed.messages; id++) {
    const count = counts[translations.language.at(id)];
    if (count === undefined) continue;
    count.messages++;
    if (translations.stateOf(id) === 'done') {
      count.translated++;
      if (standings.isFlagged(id)) count.flagged++;
    } else if (standings.noEnglish(id) === 'no-model') count.withoutModel++;
  }
  return counts
    .map((count, i) => ({ language: translations.languages.at(i), ...count }))
    .filter((count) => count.messages > 0)
    .sort((a, b) => b.messages - a.messages);
}
