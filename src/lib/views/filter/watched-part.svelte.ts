/** A numbered part whose calculation takes long enough to be watched and stopped. */
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import type { CaseFilter } from '$lib/pipeline/contract.ts';
import { NumberedPart } from './numbered-part.svelte.ts';

export class WatchedPart<View> extends NumberedPart<View> {
  readonly #cancel: () => Promise<void>;
  readonly #progress: { share: number | null; wasStopped: boolean };

  constructor(
    opened: OpenCase,
    part: 'topics' | 'patterns' | 'timeline' | 'places' | 'phones',
    compute: (filter: CaseFilter, onProgress: (share: number) => void) => Promise<View>,
    cancel: () => Promise<void>
  ) {
    const progress = $state<{ share: number | null; wasStopped: boolean }>({ share: null, wasStopped: false });
    super(opened, part, async (filter) => {
      progress.share = 0;
      progress.wasStopped = false;
      try {
        return await compute(filter, (share) => (progress.share = share));
      } finally {
        progress.share = null;
      }
    });
    this.#progress = progress;
    this.#cancel = cancel;
  }

  /** From 0 to 1 while it is at work. */
  get share(): number | null {
    return this.#progress.share;
  }
  get wasStopped(): boolean {
    return this.#progress.wasStopped;
  }

  stop(): void {
    this.#progress.wasStopped = true;
    void this.#cancel();
  }
}
