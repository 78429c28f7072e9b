/** One unlocked case: its worker's questions and the state that all its views share. Holds ids, never rows. */
import type { CaseListing, CaseWorkerApi } from '../jobs/case.contract.ts';
import type { CaseOverview } from '../pipeline/contract.ts';
import type { Engines } from './engines.ts';
import { FilterState } from './filter.svelte.ts';
import { ImportList } from './imports.svelte.ts';
import { JobList } from './jobs.svelte.ts';
import type { ModelState } from './models.svelte.ts';
import { SelectionState } from './selection.svelte.ts';
import { TranslationState } from './translation.svelte.ts';
import { VoiceState } from './voice.svelte.ts';

export class OpenCase {
  readonly listing: CaseListing;
  /** True where another window holds the case: this one must not write. */
  readonly readOnly: boolean;
  readonly api: CaseWorkerApi;
  readonly filter: FilterState;
  readonly selection = new SelectionState();
  readonly jobs = new JobList();
  readonly imports: ImportList;
  readonly translation: TranslationState;
  readonly voice: VoiceState;
  #overview = $state.raw<CaseOverview | null>(null);

  constructor(listing: CaseListing, readOnly: boolean, api: CaseWorkerApi, engines: Engines, models: ModelState) {
    this.listing = listing;
    this.readOnly = readOnly;
    this.api = api;
    this.filter = new FilterState((filter) => api.filter(filter));
    this.translation = new TranslationState(api, engines, models, this.jobs, () => void this.refresh());
    this.voice = new VoiceState(
      api,
      engines,
      models,
      this.jobs,
      () => this.translation.linesCame(),
      () => this.startTranslation()
    );
    this.imports = new ImportList(api, this.jobs, async () => {
      await this.refresh();
      this.startTranslation();
    });
  }

  /** Null until the first answer. */
  get overview(): CaseOverview | null {
    return this.#overview;
  }
  get isEmpty(): boolean {
    return this.#overview !== null && this.#overview.sources.length === 0;
  }

  /** Asks for the overview and the filtered set again: after opening, an import, new translations. */
  async refresh(): Promise<void> {
    const [overview] = await Promise.all([this.api.overview(), this.filter.refresh()]);
    this.#overview = overview;
  }

  /** Starts translation where the case holds lines and this window may write. */
  startTranslation(): void {
    if (!this.readOnly && !this.isEmpty) this.translation.start();
  }
}
