/** One unlocked case: its worker's questions and the state that all its views share. Holds ids, never rows. */
import { ASSUMED_ZONE } from '../evidence/assumptions.ts';
import type { CaseHarm, CaseListing, CaseWorkerApi } from '../jobs/case.contract.ts';
import type { CaseOverview } from '../pipeline/contract.ts';
import { BackupState } from './backup.svelte.ts';
import type { Engines } from './engines.ts';
import { FilterState } from './filter.svelte.ts';
import { HintSetting } from './hints.svelte.ts';
import { ImportList } from './imports.svelte.ts';
import { JobList } from './jobs.svelte.ts';
import type { ModelState } from './models.svelte.ts';
import { SelectionState } from './selection.svelte.ts';
import { TranslationState } from './translation.svelte.ts';
import { TranslatorState } from './translator.svelte.ts';
import { VoiceState } from './voice.svelte.ts';

/** How a case was found when it was opened. */
export interface CaseFound {
  readonly readOnly: boolean;
  readonly harm: CaseHarm;
}

/** Searches of this sitting that the log of searches lacks, and why the last of them does. */
export interface UnloggedSearches {
  readonly count: number;
  /** In the words of whatever failed. */
  readonly reason: string;
}

/** Of a case that was just made, or is as it was left. */
export const UNHARMED: CaseHarm = { mended: 0, lost: [], beyond: 0, stays: null };

export class OpenCase {
  readonly listing: CaseListing;
  /** True where another window holds the case: this one must not write. */
  readonly readOnly: boolean;
  /** What the disk did to the case before it was opened. */
  readonly harm: CaseHarm;
  readonly api: CaseWorkerApi;
  readonly filter: FilterState;
  readonly selection = new SelectionState();
  readonly hints = new HintSetting();
  readonly jobs = new JobList();
  readonly imports: ImportList;
  readonly translation: TranslationState;
  readonly translator: TranslatorState;
  readonly voice: VoiceState;
  readonly backup: BackupState;
  #overview = $state.raw<CaseOverview | null>(null);
  #unlogged = $state.raw<UnloggedSearches>({ count: 0, reason: '' });

  /** Models of this device, the same for all cases. */
  readonly models: ModelState;

  constructor(listing: CaseListing, found: CaseFound, api: CaseWorkerApi, engines: Engines, models: ModelState) {
    this.listing = listing;
    this.readOnly = found.readOnly;
    this.harm = found.harm;
    this.api = api;
    this.filter = new FilterState((filter, open) => api.filter(filter, open));
    this.models = models;
    this.translation = new TranslationState(api, engines, models, this.jobs, () => void this.refresh());
    this.translator = new TranslatorState(api, () => this.refresh());
    this.voice = new VoiceState(
      api,
      engines,
      models,
      this.jobs,
      () => this.translation.linesCame(),
      () => this.startTranslation()
    );
    this.backup = new BackupState(api, this.jobs);
    this.imports = new ImportList(api, this.jobs, {
      offered: () => void this.translation.warm(),
      imported: async () => {
        await Promise.all([this.refresh(), this.backup.look()]);
        this.startTranslation();
      }
    });
  }

  /** Null until the first answer. */
  get overview(): CaseOverview | null {
    return this.#overview;
  }
  /** IANA zone of every time, day and month that views show. */
  get zone(): string {
    return this.#overview?.zone ?? ASSUMED_ZONE;
  }
  get isEmpty(): boolean {
    return this.#overview !== null && this.#overview.sources.length === 0;
  }

  get unlogged(): UnloggedSearches {
    return this.#unlogged;
  }

  searchNotLogged(reason: string): void {
    this.#unlogged = { count: this.#unlogged.count + 1, reason };
  }

  /** Jobs that run, and files that were given and not imported yet: what a reload would lose. */
  get hasUnsavedWork(): boolean {
    return this.jobs.active.length > 0 || this.imports.drafts.length > this.imports.ended.length;
  }

  /** Asks for the overview and the filtered set again: after opening, an import, new translations. */
  async refresh(): Promise<void> {
    const [overview] = await Promise.all([this.api.overview(), this.filter.refresh()]);
    this.#overview = overview;
  }

  /** Shows times in another zone; the evidence and the filter keep their UTC times. */
  async chooseZone(zone: string): Promise<void> {
    await this.api.setZone(zone);
    this.#overview = await this.api.overview();
  }

  /** Goes on with an import that was stopped; its end, good or bad, stands among the jobs. */
  resumeImport(): void {
    if (!this.readOnly) this.imports.resume().catch(() => {});
  }

  /** Starts translation where the case holds lines and this window may write. */
  startTranslation(): void {
    if (!this.readOnly && !this.isEmpty) this.translation.start();
  }
}
