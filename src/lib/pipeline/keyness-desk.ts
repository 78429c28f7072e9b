/** Finds new terms of a filter's messages; a later call, or a stop, ends the one before. */
import type { CaseFilter } from './contract.ts';
import type { KeynessSide, KeynessView } from './glossary-contract.ts';
import { keynessView } from './keyness.ts';
import { LatestRun } from './latest-run.ts';
import type { DeskSetting } from './pattern-desk.ts';
import type { SearchDesk } from './search-desk.ts';
import type { Translations } from './translations.ts';

export class KeynessDesk {
  readonly #run = new LatestRun();

  constructor(
    private readonly setting: DeskSetting,
    private readonly search: SearchDesk,
    private readonly translations: Translations
  ) {}

  /** @throws the signal's reason when `cancel` or a later call ended it */
  async view(filter: CaseFilter, side: KeynessSide, onProgress: (share: number) => void): Promise<KeynessView> {
    const { store, selector } = this.setting;
    const signal = this.#run.begin();
    const { messages } = await selector.select(filter);
    return keynessView(store, this.translations, this.search, messages, side, { signal, onProgress });
  }

  cancel(): void {
    this.#run.stop('Finding terms was stopped.');
  }
}
