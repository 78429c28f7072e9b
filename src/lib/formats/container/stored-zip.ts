/**
 * A zip without compression as the pieces that make it up: headers of ours between bodies that may be files on a disk, of
 * which nothing is copied. APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 and 4.5.3 (ZIP64).
 */
export interface StoredEntry<Body extends BlobPart = BlobPart> {
  readonly name: string;
  readonly sizeBytes: number;
  readonly crc32: number;
  readonly body: Body;
}

const UTF8_NAMES = 0x800;
/** 1 January 1980: a day must not be 0. */
const FIRST_DAY = 0x21;
const IN_EXTRA = 0xffff_ffff;
const MOST_ENTRIES = 0xffff;

class Fields {
  readonly #view: DataView<ArrayBuffer>;
  #at = 0;

  constructor(bytes: number) {
    this.#view = new DataView(new ArrayBuffer(bytes));
  }

  /** Numbers of 2, 4 or 8 bytes, as the letters say: h, w, d. */
  put(widths: string, ...values: number[]): this {
    for (const [i, value] of values.entries()) {
      if (widths[i] === 'h') this.#view.setUint16(this.#at, value, true);
      else if (widths[i] === 'w') this.#view.setUint32(this.#at, value, true);
      else this.#view.setBigUint64(this.#at, BigInt(value), true);
      this.#at += widths[i] === 'h' ? 2 : widths[i] === 'w' ? 4 : 8;
    }
    return this;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#view.buffer);
  }
}

/** True where thirty-two bits of place or sixteen of entries are too few. */
export function needsZip64(entries: readonly Pick<StoredEntry, 'name' | 'sizeBytes'>[]): boolean {
  const total = entries.reduce((sum, { sizeBytes, name }) => sum + sizeBytes + 128 + 6 * name.length, 0);
  return total >= IN_EXTRA || entries.length >= MOST_ENTRIES;
}

export function storedZipParts<Body extends BlobPart>(
  entries: readonly StoredEntry<Body>[],
  isLarge = needsZip64(entries)
): (Uint8Array<ArrayBuffer> | Body)[] {
  const named = entries.map((entry) => ({ ...entry, path: new TextEncoder().encode(entry.name) }));
  const version = isLarge ? 45 : 20;
  const parts: (Uint8Array<ArrayBuffer> | Body)[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const { path, sizeBytes, crc32, body } of named) {
    const size = isLarge ? IN_EXTRA : sizeBytes;
    const common = [UTF8_NAMES, 0, 0, FIRST_DAY, crc32, size, size, path.length];
    const local = new Fields(30).put('whhhhhwwwhh', 0x04034b50, version, ...common, isLarge ? 20 : 0);
    parts.push(local.bytes, path);
    if (isLarge) parts.push(new Fields(20).put('hhdd', 1, 16, sizeBytes, sizeBytes).bytes);
    parts.push(body);
    const offset = isLarge ? IN_EXTRA : at;
    const central = new Fields(46).put(
      'whhhhhhwwwhhhhhww',
      0x02014b50,
      version,
      version,
      ...common,
      isLarge ? 28 : 0,
      0,
      0,
      0,
      0,
      offset
    );
    directory.push(central.bytes, path);
    if (isLarge) directory.push(new Fields(28).put('hhddd', 1, 24, sizeBytes, sizeBytes, at).bytes);
    at += 30 + path.length + (isLarge ? 20 : 0) + sizeBytes;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const count = named.length;
  const end = new Fields(22);
  if (isLarge) {
    const end64 = new Fields(56).put('wdhhwwdddd', 0x06064b50, 44, version, version, 0, 0, count, count, length, at);
    const locator = new Fields(20).put('wwdw', 0x07064b50, 0, at + length, 1);
    const few = Math.min(count, MOST_ENTRIES);
    end.put('whhhhwwh', 0x06054b50, 0, 0, few, few, IN_EXTRA, IN_EXTRA, 0);
    return [...parts, ...directory, end64.bytes, locator.bytes, end.bytes];
  }
  end.put('whhhhwwh', 0x06054b50, 0, 0, count, count, length, at, 0);
  return [...parts, ...directory, end.bytes];
}
