/** A folder, a zip of many exports, or many files at once: what it holds, what of it is chosen, and what became of it. */
import { emptySum } from '../evidence/findings.ts';
import type { CaseWorkerApi } from '../jobs/case.contract.ts';
import type { DropItem, DropProgress, DropSurvey } from '../pipeline/contract.ts';
import type { OfferedFile } from './companions.ts';
import { folderFiles } from './folder-files.ts';
import type { ImportDraft } from './import-draft.svelte.ts';

export class ImportDrop {
  readonly id: number;
  /** Folder or file that was dropped; '' where it is many. */
  readonly name: string;
  readonly offered: readonly OfferedFile[];
  /** Files beyond the most that one drop lists. */
  readonly notListed: number;
  readonly #api: CaseWorkerApi;
  #survey = $state.raw<DropSurvey | null>(null);
  #progress = $state.raw<DropProgress>({ files: 0, of: 0 });
  #chosen = $state.raw<ReadonlySet<DropItem>>(new Set());
  #drafts = $state.raw<ReadonlyMap<DropItem, ImportDraft>>(new Map());
  #error = $state('');

  constructor(id: number, offered: readonly OfferedFile[], notListed: number, api: CaseWorkerApi) {
    this.id = id;
    this.offered = offered;
    this.notListed = notListed;
    this.name = nameOf(offered);
    this.#api = api;
    this.#progress = { files: 0, of: offered.length };
  }

  /** Null until all of it was looked at. */
  get survey(): DropSurvey | null {
    return this.#survey;
  }
  get progress(): DropProgress {
    return this.#progress;
  }
  get error(): string {
    return this.#error;
  }
  /** Items that wait for a look and are wanted: all of them at first. */
  get chosen(): ReadonlySet<DropItem> {
    return this.#chosen;
  }
  /** Files of the items. */
  get readFiles(): number {
    return (this.#survey?.items ?? []).reduce((sum, { files }) => sum + files, 0);
  }

  draftOf(item: DropItem): ImportDraft | undefined {
    return this.#drafts.get(item);
  }

  /** What became of the items that were imported, and how many they are. */
  get sum(): {
    readonly sources: number;
    readonly seen: number;
    readonly kept: number;
    readonly folded: number;
    readonly refused: number;
  } {
    const sum = emptySum();
    let sources = 0;
    for (const { report, stage } of this.#drafts.values()) {
      if (stage !== 'imported' || report === null) continue;
      sources++;
      sum.seen += report.sum.seen;
      sum.kept += report.sum.kept;
      sum.folded += report.sum.folded;
      sum.refused += report.sum.refused;
    }
    return { sources, seen: sum.seen, kept: sum.kept, folded: sum.folded, refused: sum.refused };
  }

  choose(items: readonly DropItem[], isChosen: boolean): void {
    const chosen = new Set(this.#chosen);
    for (const item of items) {
      if (isChosen && !this.#drafts.has(item)) chosen.add(item);
      else chosen.delete(item);
    }
    this.#chosen = chosen;
  }

  /** @returns null where it was cancelled or went wrong; `error` then says why. */
  async look(): Promise<DropSurvey | null> {
    try {
      const files = this.offered.map(({ file, name, beside }) => ({ file, name, ...(beside === undefined ? {} : { beside }) }));
      const survey = await this.#api.surveyDrop(files, (progress) => (this.#progress = progress));
      this.#survey = survey;
      this.#chosen = chosenAtFirst(survey.items);
      return survey;
    } catch (error) {
      this.#error = error instanceof Error ? error.message : String(error);
      return null;
    }
  }

  cancel(): Promise<void> {
    return this.#survey === null ? this.#api.cancelSurvey() : Promise.resolve();
  }

  /** Gives the chosen items away, each with its own card from now on. */
  take(draftOf: (offered: OfferedFile) => ImportDraft): readonly ImportDraft[] {
    const drafts = new Map(this.#drafts);
    const taken: ImportDraft[] = [];
    for (const item of this.#survey?.items ?? []) {
      const offered = this.offered[item.file];
      if (!this.#chosen.has(item) || offered === undefined) continue;
      const { name, sizeBytes, inside, folder } = item;
      const draft = draftOf({
        ...offered,
        name,
        sizeBytes,
        ...(inside === null ? {} : { inside }),
        ...(folder === undefined ? {} : { folder: folderFiles(this.offered, name, folder) })
      });
      drafts.set(item, draft);
      taken.push(draft);
    }
    this.#drafts = drafts;
    this.#chosen = new Set();
    return taken;
  }

  /** A draft that was put away unread can be chosen again. */
  release(draft: ImportDraft): void {
    const left = [...this.#drafts].filter(([, other]) => other !== draft || other.report !== null);
    if (left.length < this.#drafts.size) this.#drafts = new Map(left);
  }
}

/** The one file, or the folder that all of them lie in. */
function nameOf(offered: readonly OfferedFile[]): string {
  const tops = new Set(offered.map(({ name }) => name.split('/', 1)[0] ?? ''));
  return tops.size === 1 ? ([...tops][0] ?? '') : '';
}

/** Everything but texts beside exports: notes and letters may be among them, and so are the read-me files of every program. */
function chosenAtFirst(items: readonly DropItem[]): ReadonlySet<DropItem> {
  const isLoose = ({ formatId, name }: DropItem): boolean => formatId === 'plain-text' && name.includes('/');
  const sure = items.filter((item) => !isLoose(item));
  return new Set(sure.length === 0 ? items : sure);
}
