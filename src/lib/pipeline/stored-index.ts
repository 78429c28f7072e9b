/**
 * [Note: Stored index]
 * The segments of the search index lie beside the case's blocks, each in a sealed file of its own, and a sealed list says
 * which of them make the index, by which rules and from which texts (see [Note: Sums of texts]). A segment never changes,
 * so only new ones are written: first into files that the list does not name, then the list, then files that it no longer
 * names go. Cut off in between, the list before still holds; cut off within the list, there is none and the index is
 * built anew. Each writing of a segment has a label of its own that is bound into its seal, so a file that was written
 * over since is told from the one that the list means.
 */
import { indexVersion } from '../analysis/search/index-version.ts';
import { SIDES } from '../analysis/search/search-index.ts';
import { packSegment, unpackSegment, type Segment } from '../analysis/search/segment.ts';
import { BlockError, packBlock, unpackBlock } from '../evidence/blocks.ts';
import { SUM_BYTES } from './text-sums.ts';

/** Sealed files beside a case that can be made again. */
export interface IndexShelf {
  /** A window that only reads writes none. */
  readonly isReadOnly: boolean;
  /** Never rejects. */
  read(
    name: string,
    label: string
  ): Promise<{ readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'missing' | 'damaged' }>;
  /** True once it is on disk; false where there is no room or the case is closed. */
  write(name: string, label: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean>;
  remove(name: string): Promise<void>;
}

/**
 * Why an index was built and not read: there was none yet, what lay there was damaged, it was made by other rules than
 * those of this program and engine, or of messages that the case does not have (any more).
 */
export type WhyBuilt = 'none' | 'damaged' | 'other-rules' | 'other-case';

/** What a list says of the texts: a sum a chunk and side, null where it is not known what the index holds of them. */
export interface IndexedTexts {
  /** Messages from 0 on that are indexed. */
  readonly messages: number;
  /** By chunk, then in the order of SIDES. */
  readonly sums: readonly (readonly (Uint8Array | null)[])[];
}

export type LoadedIndex =
  | { readonly ok: true; readonly segments: readonly Segment[]; readonly texts: IndexedTexts; readonly sizeBytes: number }
  | { readonly ok: false; readonly why: WhyBuilt };

interface Place {
  readonly slot: number;
  readonly label: string;
  readonly sizeBytes: number;
}

interface ListJson {
  readonly version: string;
  readonly messages: number;
  readonly places: readonly Place[];
}

const LIST = 'search-list';
/** The list is found without being told of: its label says no more than what it is. */
const LIST_LABEL = 'list';
const fileOf = (slot: number): string => `search-${slot}`;

export class StoredIndex {
  readonly #shelf: IndexShelf;
  readonly #placeOf = new WeakMap<Segment, Place>();
  #listed: readonly Place[] = [];

  constructor(shelf: IndexShelf) {
    this.#shelf = shelf;
  }

  get isReadOnly(): boolean {
    return this.#shelf.isReadOnly;
  }

  /** Bytes of the segments on disk. */
  get sizeBytes(): number {
    return this.#listed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  /** Never rejects: whatever lies there, an index can be built. */
  async load(): Promise<LoadedIndex> {
    const list = await this.#shelf.read(LIST, LIST_LABEL);
    if (list.kind !== 'bytes') return { ok: false, why: list.kind === 'missing' ? 'none' : 'damaged' };
    try {
      return await this.#read(list.bytes);
    } catch (error) {
      // Sealed by a later version, in a form that this one does not know.
      if (error instanceof BlockError) return { ok: false, why: 'other-rules' };
      throw error;
    }
  }

  async #read(list: Uint8Array): Promise<LoadedIndex> {
    const { arrays, json } = unpackBlock(list);
    const { version, messages, places } = json as ListJson;
    // Also where it is not read: its files go once there is another list.
    this.#listed = places;
    if (version !== indexVersion()) return { ok: false, why: 'other-rules' };
    const segments: Segment[] = [];
    for (const place of places) {
      const file = await this.#shelf.read(fileOf(place.slot), place.label);
      if (file.kind !== 'bytes') return { ok: false, why: 'damaged' };
      const segment = unpackSegment(file.bytes);
      segments.push(segment);
      this.#placeOf.set(segment, place);
    }
    const sums = arrays['sums'] as Uint8Array;
    const isKnown = arrays['isKnown'] as Uint8Array;
    const sumAt = (n: number): Uint8Array | null => (isKnown[n] === 1 ? sums.subarray(n * SUM_BYTES, (n + 1) * SUM_BYTES) : null);
    const chunks = Array.from({ length: isKnown.length / SIDES.length }, (_, chunk) =>
      SIDES.map((_side, side) => sumAt(chunk * SIDES.length + side))
    );
    return { ok: true, segments, texts: { messages, sums: chunks }, sizeBytes: this.sizeBytes };
  }

  /**
   * Makes the disk hold these segments in this order, and what they were built from.
   * @returns false where it cannot, which leaves the list before, or none
   */
  async save(segments: readonly Segment[], texts: IndexedTexts): Promise<boolean> {
    // What the list on disk names stays until the next list stands.
    const kept = segments.flatMap((segment) => this.#placeOf.get(segment) ?? []);
    const taken = new Set([...this.#listed, ...kept].map(({ slot }) => slot));
    const places: Place[] = [];
    for (const segment of segments) {
      const place = this.#placeOf.get(segment) ?? (await this.#write(segment, taken));
      if (place === null) return false;
      places.push(place);
    }
    if (!(await this.#shelf.write(LIST, LIST_LABEL, packList(places, texts)))) return false;
    const dropped = this.#listed.filter(({ slot }) => !places.some((place) => place.slot === slot));
    this.#listed = places;
    for (const { slot } of dropped) await this.#shelf.remove(fileOf(slot));
    return true;
  }

  /** Into the lowest file that nothing needs: what a writing that was cut off left there goes by that. */
  async #write(segment: Segment, taken: Set<number>): Promise<Place | null> {
    let slot = 0;
    while (taken.has(slot)) slot++;
    const bytes = packSegment(segment);
    const place = { slot, label: crypto.randomUUID(), sizeBytes: bytes.length };
    if (!(await this.#shelf.write(fileOf(slot), place.label, bytes))) return null;
    taken.add(slot);
    this.#placeOf.set(segment, place);
    return place;
  }
}

function packList(places: readonly Place[], { messages, sums }: IndexedTexts): Uint8Array<ArrayBuffer> {
  const flat = sums.flat();
  const bytes = new Uint8Array(flat.length * SUM_BYTES);
  for (const [n, sum] of flat.entries()) if (sum !== null) bytes.set(sum, n * SUM_BYTES);
  const isKnown = Uint8Array.from(flat, (sum) => (sum === null ? 0 : 1));
  const json: ListJson = { version: indexVersion(), messages, places };
  return packBlock(LIST, { sums: bytes, isKnown }, json);
}
