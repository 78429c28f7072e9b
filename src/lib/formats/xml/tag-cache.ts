/** Tags met before, by their bytes: a report has a few hundred different ones. */
import type { XmlTag } from './tag.ts';

const SLOTS = 1 << 12;
const LONGEST = 512;
/** So many misses more than hits by halves, and tags of that name are taken to come once each. */
const ONE_OF_A_KIND = 64;

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 13)) & (SLOTS - 1);
}

/** Array.from took half a millisecond, longer than the reading of a small part of a workbook. */
function emptySlots(): (XmlTag | undefined)[] {
  const slots: (XmlTag | undefined)[] = [];
  slots.length = SLOTS;
  return slots.fill(undefined);
}

export class TagCache {
  readonly #tags: (XmlTag | undefined)[] = emptySlots();
  readonly #hashes = new Int32Array(SLOTS);
  readonly #missed = new Int32Array(SLOTS);
  /** By name: how often of late such a tag was one of a kind. */
  readonly #misses = new Uint8Array(1 << 16);

  /** The tag that stands at `i` and ends at `at`, if it was kept. `hash` is over these bytes, `view` over `bytes`. */
  find(bytes: Uint8Array, view: DataView, i: number, at: number, hash: number): XmlTag | null {
    const slot = slotOf(hash);
    const held = this.#tags[slot];
    if (held === undefined || this.#hashes[slot] !== hash || held.bytes.length !== at - i || !held.standsAt(bytes, view, i))
      return null;
    this.#misses[held.nameId] = (this.#misses[held.nameId] as number) >> 1;
    return held;
  }

  /** Keeps a tag at its second sight: tags with an id of their own come once and would push the others out. */
  keep(tag: XmlTag, i: number, at: number, hash: number): XmlTag {
    const slot = slotOf(hash);
    if (this.#missed[slot] === hash && at - i <= LONGEST) {
      const kept = tag.keep(i, at);
      this.#tags[slot] = kept;
      this.#hashes[slot] = hash;
      return kept;
    }
    this.#missed[slot] = hash;
    const misses = this.#misses[tag.nameId] as number;
    if (misses < 255) this.#misses[tag.nameId] = misses + 1;
    return tag;
  }

  /** True for names whose tags are nearly all different: a look-up would be wasted on them. */
  isOneOfAKind(nameId: number): boolean {
    return (this.#misses[nameId] as number) > ONE_OF_A_KIND;
  }
}
