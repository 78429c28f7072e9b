/**
 * [Note: Hostile input]
 * A seized phone may have been prepared for whoever reads it. Everything that a file declares may be a lie: these caps
 * count what really comes out. What is over one of them is refused or passed over in words, with its place; nothing is
 * cut off in silence. Readers have further bounds of their own, beside what they bound (so many attachments an item);
 * those here are what stands between a file and this device.
 */

const MIB = 2 ** 20;

/** See [Note: Zip caps] in container/zip.ts. */
export const ZIP_CAPS = {
  entries: 2_000_000,
  nameBytes: 4096,
  textBytes: 2 * 2 ** 30,
  ratio: 1000,
  /** Below this many bytes out, a high ratio harms nobody (a file of zeros). */
  ratioFromBytes: 8 * MIB,
  depth: 2
} as const;

/** No document types and no entities beyond the five are read at all. */
export const XML_CAPS = { depth: 10_000 } as const;

export const JSON_CAPS = { depth: 512, stringBytes: 16 * MIB, numberBytes: 4096 } as const;

/** [Note: Item caps] One item may hold 200,000 values and 32 Mi characters; what is over is passed over and said. */
export const ITEM_CAPS = { values: 200_000, characters: 32 * MIB } as const;

/** A text that never ends its line is no chat, and would stand in memory whole. */
export const LINE_CAPS = { bytes: 16 * MIB } as const;

/** [Note: Mail caps] One message may have 64 MiB: servers take 25 to 50. It stands in memory while it is taken apart. */
export const MAIL_CAPS = { messageBytes: 64 * MIB } as const;

/** [Note: Card caps] 16 MiB a property (pictures stand inline), 10,000 properties a card, eight cards in one another. */
export const CARD_CAPS = { propertyBytes: 16 * MIB, properties: 10_000, depth: 8 } as const;

/** Records over `recordBytes` are not put together: attachments do not stand in the tables that are read. */
export const DATABASE_CAPS = { depth: 64, recordBytes: 64 * MIB, freePages: 4_000_000, valueBytes: 128 * MIB } as const;
