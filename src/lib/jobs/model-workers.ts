/** How many workers with a model of their own a device carries. */

/** Gigabytes, in steps and at most 8 in most browsers; Chromium alone says it. */
const memoryHere = (): number | null => (navigator as Navigator & { readonly deviceMemory?: number }).deviceMemory ?? null;

/**
 * Workers by cores, each with one thread and models of its own (a large pack is some 900 MB). Two cores carry two: the page
 * waits for its own turns only, and half of a laptop would stand idle all night. A third where memory is known to be there.
 */
export function translationWorkers(cores = navigator.hardwareConcurrency, memoryGb = memoryHere()): number {
  if (cores < 2 || (memoryGb !== null && memoryGb < 4)) return 1;
  return cores >= 8 && memoryGb !== null && memoryGb >= 8 ? 3 : 2;
}
