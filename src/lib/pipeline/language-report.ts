/** The language report of a case: one pass over columns, and what still waits for a model. */
import { emptyBits, hasBit, setBit } from '../analysis/filter/bits.ts';
import { Pace } from '../analysis/pace.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { CertifiedLog } from '../records/certified-log.ts';
import type { VersionWish } from './contract.ts';
import type { LanguageReport, LanguageRow, NoEnglish, WaitingLines, WaitingWork } from './language-contract.ts';
import { KnownLines, type KnownSources } from './known-lines.ts';
import { LineStandings } from './line-standings.ts';
import { isMeant } from './translation-queue.ts';
import type { TextShapes } from './text-shapes.ts';
import type { Translations } from './translations.ts';

/** Rows between two looks at the clock. */
const STRIDE = 2048;

export interface ReportSources {
  readonly store: EvidenceStore;
  readonly translations: Translations;
  readonly certified: CertifiedLog;
  readonly shapes: TextShapes;
}

/** Counts lines, and each distinct text among them once. */
class Tally {
  readonly #shapes: TextShapes;
  readonly #seen: Uint32Array;
  lines = 0;
  characters = 0;
  distinctLines = 0;
  distinctCharacters = 0;

  constructor(shapes: TextShapes) {
    this.#shapes = shapes;
    this.#seen = emptyBits(shapes.distinct);
  }

  add(id: number): void {
    const characters = this.#shapes.characters.at(id);
    const text = this.#shapes.text.at(id);
    this.lines++;
    this.characters += characters;
    if (hasBit(this.#seen, text)) return;
    setBit(this.#seen, text);
    this.distinctLines++;
    this.distinctCharacters += characters;
  }

  counts(): WaitingLines {
    const { lines, characters, distinctLines, distinctCharacters } = this;
    return { lines, characters, distinctLines, distinctCharacters };
  }
}

class RowTally extends Tally {
  readonly byModel = new Map<number, number>();
  readonly without: Record<NoEnglish, number> = {
    waiting: 0,
    'no-model': 0,
    'cannot-tell': 0,
    'too-short': 0,
    'not-needed': 0
  };
  translated = 0;
  certified = 0;
  certifiedAlone = 0;
  flagged = 0;
}

export async function languageReport({ store, translations, certified, shapes }: ReportSources): Promise<LanguageReport> {
  const started = performance.now();
  const rows = store.committed.messages;
  await shapes.extend(store.messages.body, rows);
  const standings = new LineStandings(store, translations, certified);
  const whole = new Tally(shapes);
  const tallies: RowTally[] = [];
  const pace = new Pace();
  for (let id = 0; id < rows; id++) {
    if (id % STRIDE === 0 && pace.due()) await pace.breathe(id / rows);
    const tally = (tallies[translations.language.at(id)] ??= new RowTally(shapes));
    tally.add(id);
    whole.add(id);
    if (standings.isCertified(id)) tally.certified++;
    const model = translations.shownModel(id);
    if (model !== null) {
      tally.translated++;
      tally.byModel.set(model, (tally.byModel.get(model) ?? 0) + 1);
      if (standings.isFlagged(id)) tally.flagged++;
      continue;
    }
    const why = standings.noEnglish(id);
    if (why === null) tally.certifiedAlone++;
    else tally.without[why]++;
  }
  // Languages are numbered as they turn up, so the list has gaps where none of a language's lines is left.
  const found = [...tallies.entries()].flatMap(([number, tally]: [number, RowTally | undefined]) =>
    tally === undefined ? [] : [rowOf(translations, translations.languages.at(number), tally)]
  );
  found.sort((a, b) => b.lines - a.lines || (a.language < b.language ? -1 : 1));
  return { rows: found, lines: rows, distinctLines: whole.distinctLines, elapsed_ms: performance.now() - started };
}

export async function waitingWork(
  sources: KnownSources,
  wishes: readonly VersionWish[],
  usual: readonly VersionWish[]
): Promise<WaitingWork> {
  const { store, translations, shapes } = sources;
  const rows = store.committed.messages;
  await shapes.extend(store.messages.body, rows);
  const known = await KnownLines.of(sources, usual);
  const fresh = new Tally(shapes);
  let repeated = 0;
  const again = wishes.map(() => new Tally(shapes));
  const pace = new Pace();
  for (let id = 0; id < rows; id++) {
    if (id % STRIDE === 0 && pace.due()) await pace.breathe(id / rows);
    if (!translations.isLookedAt(id)) {
      if (known.has(id)) repeated++;
      else fresh.add(id);
    } else wishes.forEach((wish, i) => (isMeant(translations, id, wish) ? again[i]?.add(id) : undefined));
  }
  return { fresh: fresh.counts(), repeated, again: again.map((tally) => tally.counts()) };
}

function rowOf(translations: Translations, language: string, tally: RowTally): LanguageRow {
  const { lines, distinctLines, characters, translated, certified, certifiedAlone, flagged, without } = tally;
  const models = [...tally.byModel]
    .map(([model, count]) => ({ ...translations.modelNamed(model), lines: count }))
    .sort((a, b) => b.lines - a.lines || (a.id < b.id ? -1 : 1));
  return { language, lines, distinctLines, characters, translated, models, certified, certifiedAlone, flagged, without };
}
