/** Hashes of RFC 6962, section 2.1: leaves and nodes are told apart by their first byte. SHA-256 by WebCrypto. */

export type Hash = Uint8Array<ArrayBuffer>;

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param bytes how many; any number where it is left out */
export const isHex = (text: unknown, bytes?: number): text is string =>
  typeof text === 'string' && /^(?:[0-9a-f]{2})*$/.test(text) && (bytes === undefined || text.length === 2 * bytes);

/** @throws TypeError for anything but pairs of lower-case hex digits; no pair is no byte. */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  if (!isHex(hex)) throw new TypeError('not hex');
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export async function leafHash(line: string): Promise<Hash> {
  const bytes = new TextEncoder().encode(line);
  const input = new Uint8Array(bytes.length + 1);
  input.set(bytes, 1);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', input));
}

async function nodeHash(left: Hash, right: Hash): Promise<Hash> {
  const input = new Uint8Array(65);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 33);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', input));
}

/**
 * The root over a growing list. It keeps one hash for each full subtree, as many as the number of leaves has ones in
 * binary, so that adding a line costs no second look at the lines before it.
 */
export class MerkleTree {
  /** Full subtrees from the left, each smaller than the one before. */
  #peaks: { readonly hash: Hash; readonly leaves: number }[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  async add(leaf: Hash): Promise<void> {
    let peak = { hash: leaf, leaves: 1 };
    for (let before = this.#peaks.at(-1); before?.leaves === peak.leaves; before = this.#peaks.at(-1)) {
      this.#peaks.pop();
      peak = { hash: await nodeHash(before.hash, peak.hash), leaves: before.leaves * 2 };
    }
    this.#peaks.push(peak);
    this.#size++;
  }

  /** The root in hex; the hash of nothing for an empty list. */
  async root(): Promise<string> {
    let root: Hash | null = null;
    for (const { hash } of this.#peaks.toReversed()) root = root === null ? hash : await nodeHash(hash, root);
    return toHex(root ?? new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array())));
  }
}
