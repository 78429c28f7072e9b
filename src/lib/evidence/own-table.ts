/**
 * A table that is asked by words of the evidence: it has no prototype, so that "constructor" and "__proto__", which people
 * and programs do write, are words like others in it. `tests/architecture` holds every table of this kind to it.
 */
export function ownTable<V>(entries: Readonly<Record<string, V>>): Readonly<Record<string, V>> {
  return Object.freeze(Object.assign(Object.create(null) as Record<string, V>, entries));
}
