import type { OpenCase } from './open-case.svelte.ts';

/** One `T` for each open case, made when it is first asked for and gone with the case: what a view keeps while one looks elsewhere. */
export function perCase<T extends object>(make: (opened: OpenCase) => T): (opened: OpenCase) => T {
  const made = new WeakMap<OpenCase, T>();
  return (opened) => {
    const here = made.get(opened);
    if (here !== undefined) return here;
    const fresh = make(opened);
    made.set(opened, fresh);
    return fresh;
  };
}
