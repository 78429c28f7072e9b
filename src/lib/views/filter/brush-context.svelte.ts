/** Remembers the histogram of the filter without its time part, so that a brushed span stands in its surroundings. */
import type { CaseFilter, FilterResult } from '$lib/pipeline/contract.ts';
import { withPart } from '$lib/case/filter-parts.ts';
import { extentOf, type Histogram, type Span } from './brush.ts';

export class BrushContext {
  #around = $state.raw<Histogram | null>(null);
  #key = '';
  #extent = $state.raw<Span | null>(null);

  /** Counts without the time part; null when another part changed while a time was set. */
  get around(): Histogram | null {
    return this.#around;
  }
  /** The longest extent seen: the axis does not jump when a filter narrows. */
  get extent(): Span | null {
    return this.#extent;
  }

  take(filter: CaseFilter, result: FilterResult): void {
    const key = JSON.stringify(withPart(filter, 'time', undefined));
    const extent = extentOf(result.histogram);
    if (extent !== null)
      this.#extent =
        this.#extent === null
          ? extent
          : { fromMs: Math.min(this.#extent.fromMs, extent.fromMs), toMs: Math.max(this.#extent.toMs, extent.toMs) };
    if (filter.time === undefined) {
      this.#around = result.histogram;
      this.#key = key;
    } else if (key !== this.#key) this.#around = null;
  }
}

const byCase = new WeakMap<object, BrushContext>();

/** One memory a case, shared by the brushes of all views. */
export function brushContextOf(opened: object): BrushContext {
  let context = byCase.get(opened);
  if (context === undefined) {
    context = new BrushContext();
    byCase.set(opened, context);
  }
  return context;
}
