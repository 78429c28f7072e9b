/** The columns of messages that facets are made of, and which of their values a filter chooses or excludes. */
import { Audiences, type PartySide } from '../analysis/filter/audience.ts';
import type { Dimension } from '../analysis/filter/evaluate.ts';
import type { Pace } from '../analysis/pace.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { TagLog } from '../records/tag-log.ts';
import type { FilterParts } from './filter-contract.ts';
import { partyRosters } from './rosters.ts';
import { sourceSets, type SourceSets } from './source-sets.ts';
import { tagSets, type TagSets } from './tag-sets.ts';
import { senderColumn } from './thread-members.ts';
import type { Translations } from './translations.ts';

/** Of a choice that nothing meets. */
const NO_SUCH_SET = -1;
/** Rows between two looks at the clock: about five milliseconds of work. */
const ROWS_A_TURN = 1 << 14;

/** Order of the dimensions: people (senders, or pairs of sender and audience), thread, service, language, set of sources, set of tags. */
export class FilterDimensions {
  readonly #store: EvidenceStore;
  readonly #translations: Translations;
  readonly #tags: TagLog;
  #senders: Uint32Array | null = null;
  #audiences: Audiences | null = null;
  #sourceSets: SourceSets | null = null;
  /** Undefined until they are worked out; null where nothing is tagged. */
  #tagSets: TagSets | null | undefined;

  constructor(store: EvidenceStore, translations: Translations, tags: TagLog) {
    this.#store = store;
    this.#tags = tags;
    this.#translations = translations;
  }

  /** Works out ahead what the first filter and the first question about receivers would wait for. */
  async warm(pace: Pace): Promise<void> {
    this.#sets();
    if (pace.due()) await pace.breathe(0);
    const audience = this.#audience();
    const rows = this.#store.committed.messages;
    while (this.#audiences === audience && audience.rowsDone < rows) {
      audience.extend(audience.rowsDone + ROWS_A_TURN);
      if (pace.due()) await pace.breathe(audience.rowsDone / rows);
    }
  }

  forget(): void {
    this.partiesChanged();
    this.#sourceSets = null;
    this.tagsChanged();
  }

  tagsChanged(): void {
    this.#tagSets = undefined;
  }

  partiesChanged(): void {
    this.#senders = null;
    this.#audiences = null;
  }

  /** Party that wrote each message; the number of parties itself where nobody is named. */
  senders(): Uint32Array {
    return (this.#senders ??= senderColumn(this.#store));
  }

  choose(parts: FilterParts, not: FilterParts): Dimension[] {
    const { messages, directory, services } = this.#store;
    const { languages, language } = this.#translations;
    const { values: sourceSet, sets } = this.#sets();
    const tagged = this.#tagged();
    const serviceNumber = (name: string): number => services.find(name) ?? -1;
    const languageNumber = (code: string): number => languages.find(code) ?? -1;
    const dimension = (
      values: Dimension['values'],
      size: number,
      chosen: readonly number[] | undefined,
      excluded: readonly number[] | undefined
    ): Dimension => ({
      values,
      size,
      chosen: mask(size, chosen),
      excluded: mask(size, excluded)
    });
    return [
      this.#people(parts, not),
      dimension(messages.thread.view() as Uint32Array, directory.threads.length, parts.threads, not.threads),
      dimension(
        messages.service.view() as Uint8Array,
        services.length,
        parts.services?.map(serviceNumber),
        not.services?.map(serviceNumber)
      ),
      dimension(
        language.view() as Uint8Array,
        languages.length,
        parts.languages?.map(languageNumber),
        not.languages?.map(languageNumber)
      ),
      dimension(sourceSet, sets.length, setsWith(sets, parts.sources), setsWith(sets, not.sources)),
      // Where nothing is tagged no time goes into it.
      ...(tagged === null && isNone(parts.tags)
        ? []
        : [
            dimension(
              tagged?.values ?? new Uint8Array(this.#store.committed.messages),
              tagged?.sets.length ?? 1,
              setsWith(tagged?.sets ?? [], parts.tags),
              setsWith(tagged?.sets ?? [], not.tags)
            )
          ])
    ];
  }

  /** Counts of people on the filter's side from counts of the dimension that `choose` gave for it. */
  perParty(counts: Uint32Array, parts: FilterParts, not: FilterParts): Uint32Array {
    if (!needsAudience(parts, not)) return counts.subarray(0, this.#store.directory.partyCount);
    return this.#audience().perParty(counts, sideOf(parts));
  }

  #people(parts: FilterParts, not: FilterParts): Dimension {
    if (!needsAudience(parts, not)) {
      const size = this.#store.directory.partyCount + 1;
      return { values: this.senders(), size, chosen: mask(size, parts.parties), excluded: mask(size, not.parties) };
    }
    const audience = this.#audience();
    const pairs = (side: FilterParts): Uint8Array | null =>
      isNone(side.parties) ? null : audience.mask(side.parties, sideOf(side));
    const values = audience.pairs;
    return { values, size: audience.size, chosen: pairs(parts), excluded: pairs(not) };
  }

  /** Pairs are worked out by `warm`, or else at the first question about receivers. */
  #audience(): Audiences {
    if (this.#audiences !== null) return this.#audiences;
    const { messages, directory, committed } = this.#store;
    const rows = committed.messages;
    const partyOf = directory.partyColumn();
    const { of, offsets, ids } = partyRosters(this.#store);
    const ends = messages.to.ends.view(0, rows) as Uint32Array;
    const named = messages.to.values.view(0, rows === 0 ? 0 : (ends[rows - 1] as number));
    return (this.#audiences = new Audiences({
      parties: directory.partyCount,
      from: this.senders(),
      thread: of,
      named: { ends, ids: (named as Uint32Array).map((account) => partyOf[account] as number) },
      members: { offsets, ids }
    }));
  }

  /** Counts by source from counts by set of sources: a folded copy counts for every file that holds it. */
  perSource(counts: Uint32Array): Uint32Array {
    const perSource = new Uint32Array(this.#store.sources.length);
    for (const [n, set] of this.#sets().sets.entries()) {
      for (const source of set) perSource[source] = (perSource[source] as number) + (counts[n] ?? 0);
    }
    return perSource;
  }

  /** Messages by tag from counts by set of tags. */
  perTag(counts: Uint32Array): { readonly id: number; readonly name: string; readonly count: number }[] {
    const perTag = new Map<number, number>();
    for (const [n, set] of (this.#tagged()?.sets ?? []).entries())
      for (const tag of set) perTag.set(tag, (perTag.get(tag) ?? 0) + (counts[n] ?? 0));
    return this.#tags.tags().map(({ id, name }) => ({ id, name, count: perTag.get(id) ?? 0 }));
  }

  #tagged(): TagSets | null {
    if (this.#tagSets === undefined) this.#tagSets = tagSets(this.#tags, this.#store.committed.messages);
    return this.#tagSets;
  }

  #sets(): SourceSets {
    return (this.#sourceSets ??= sourceSets(this.#store));
  }
}

/** Numbers of the sets that hold one of the values; one that no row has where none does, so that nothing is met. */
function setsWith(sets: readonly (readonly number[])[], values: readonly number[] | undefined): number[] | undefined {
  if (isNone(values)) return undefined;
  const holding = sets.flatMap((set, n) => (set.some((value) => values.includes(value)) ? [n] : []));
  return holding.length === 0 ? [NO_SUCH_SET] : holding;
}

const sideOf = (parts: FilterParts): PartySide => parts.partySide ?? 'from';
const isNone = (values: readonly number[] | undefined): values is undefined => values === undefined || values.length === 0;

/** Senders are one column of the evidence; receivers have to be worked out. */
function needsAudience(parts: FilterParts, not: FilterParts): boolean {
  return sideOf(parts) !== 'from' || (sideOf(not) !== 'from' && !isNone(not.parties));
}

function mask(size: number, values: readonly number[] | undefined): Uint8Array | null {
  if (values === undefined || values.length === 0) return null;
  const bytes = new Uint8Array(size);
  for (const value of values) if (value >= 0 && value < size) bytes[value] = 1;
  return bytes;
}
