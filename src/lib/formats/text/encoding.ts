/** How the bytes of a text file are to be read: by its byte-order mark, else by the zeros of UTF-16, else UTF-8. */

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface DetectedEncoding {
  readonly encoding: TextEncodingName;
  /** Length of the byte-order mark, 0 without one. */
  readonly bomBytes: number;
}

/** Looks at the first bytes (a few hundred are enough). Never throws. */
export function detectEncoding(head: Uint8Array): DetectedEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bomBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2 };
  // Without a mark: text in Latin script has a zero in every second byte of UTF-16.
  const n = Math.min(head.length, 4096) & ~1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < n; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  if (n >= 8 && odd > n * 0.2 && even < n * 0.02) return { encoding: 'utf-16le', bomBytes: 0 };
  if (n >= 8 && even > n * 0.2 && odd < n * 0.02) return { encoding: 'utf-16be', bomBytes: 0 };
  return { encoding: 'utf-8', bomBytes: 0 };
}

/** Share of the bytes that no text holds (controls except tab, line feed, form feed, return): over 0.01 is not text. */
export function controlShare(head: Uint8Array): number {
  const { encoding } = detectEncoding(head);
  if (encoding !== 'utf-8' || head.length === 0) return 0;
  let controls = 0;
  for (const c of head) if (c < 32 && c !== 9 && c !== 10 && c !== 12 && c !== 13) controls++;
  return controls / head.length;
}
