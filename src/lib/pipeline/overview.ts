/** What is in the case and what is missing, in counts; months are those of the case's zone. */
import { QualityFlag } from '../language/contract.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { formatById } from '../formats/registry.ts';
import type { CaseOverview, LanguageCount } from './contract.ts';
import { sourceRow } from './ingest.ts';
import { messagesByMonth } from './months.ts';
import type { Translations } from './translations.ts';

export function overview(
  store: EvidenceStore,
  translations: Translations,
  hasModel: (language: string) => boolean,
  zone: string
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
    months: messagesByMonth(times, zone),
    languages: languageCounts(store.committed.messages, translations, hasModel),
    findings: store.sources.flatMap((source) => source.findings),
    devices: store.sources.flatMap((source, sourceId) => source.devices.map(({ name, value }) => ({ sourceId, name, value })))
  };
}

export function languageCounts(
  messages: number,
  translations: Translations,
  hasModel: (language: string) => boolean
): LanguageCount[] {
  const counts = translations.languages.values().map(() => ({ messages: 0, translated: 0, flagged: 0 }));
  for (let id = 0; id < messages; id++) {
    const count = counts[translations.language.at(id)];
    if (count === undefined) continue;
    count.messages++;
    if (translations.stateOf(id) !== 'done') continue;
    count.translated++;
    if ((translations.flagsOf(id) & ~QualityFlag.noModel) !== 0) count.flagged++;
  }
  return counts
    .map((count, i) => ({ language: translations.languages.at(i), ...count, hasModel: hasModel(translations.languages.at(i)) }))
    .filter((count) => count.messages > 0)
    .sort((a, b) => b.messages - a.messages);
}
