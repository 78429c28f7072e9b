/**
 * [Note: Derived files]
 * What can be made again from a case's blocks lies in the case's folder beside them, sealed with the case's key, and is
 * none of its blocks: no commit names it, no parity covers it, no case file takes it along, and where it is damaged or
 * gone nothing of the case is. Erasing a case takes its folder away, and with its key slots the key of these files.
 *
 * Each file is sealed whole. Its name and a label that the caller chooses are bound into the seal: a file in another's
 * place, of another case, or of a writing that its list does not name, does not open.
 */
import { randomBytes } from '../keys.ts';
import type { SegmentFile, SegmentFolder } from './ports.ts';

const NONCE_BYTES = 12;

export type DerivedBytes =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Damaged: it does not open with the case's key under that name and label, or cannot be read. */
  | { readonly kind: 'missing' | 'damaged' };

export class DerivedFiles {
  readonly #folder: SegmentFolder;
  readonly #caseId: string;
  readonly #key: CryptoKey;
  /** A window that only reads writes none. */
  readonly isReadOnly: boolean;
  #isClosed = false;

  constructor(folder: SegmentFolder, caseId: string, key: CryptoKey, isReadOnly: boolean) {
    this.#folder = folder;
    this.#caseId = caseId;
    this.#key = key;
    this.isReadOnly = isReadOnly;
  }

  /** Never rejects: whatever stands in the way, the caller makes it anew. */
  async read(name: string, label: string): Promise<DerivedBytes> {
    let file: SegmentFile | null = null;
    try {
      file = await this.#folder.peek(name);
      if (file === null) return { kind: 'missing' };
      const sealed = await file.read(0, await file.size());
      const algorithm = { ...this.#algorithm(name, label), iv: sealed.subarray(0, NONCE_BYTES) };
      const plain = await crypto.subtle.decrypt(algorithm, this.#key, sealed.subarray(NONCE_BYTES));
      return { kind: 'bytes', bytes: new Uint8Array(plain) };
    } catch {
      return { kind: 'damaged' };
    } finally {
      file?.close();
    }
  }

  /**
   * @returns true once it is on disk; false where there is no room, where it cannot be written, and where the case was
   * closed meanwhile. What stood under the name is gone then.
   */
  async write(name: string, label: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    // Random nonces: at megabytes a file, ninety-six bits last for more files than a device ever holds.
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = await crypto.subtle.encrypt({ ...this.#algorithm(name, label), iv: nonce }, this.#key, bytes);
    if (this.#isRefused()) return false;
    let file: SegmentFile | null = null;
    try {
      file = await this.#folder.open(name);
      if (this.#isRefused()) return false;
      await file.write(nonce, 0);
      await file.write(new Uint8Array(cipher), NONCE_BYTES);
      await file.truncate(NONCE_BYTES + cipher.byteLength);
      await file.flush();
      return true;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      file?.close();
      file = null;
      await this.remove(name);
      return false;
    } finally {
      file?.close();
    }
  }

  /** A file that cannot be taken away stays, sealed as it is. */
  async remove(name: string): Promise<void> {
    if (this.#isRefused()) return;
    await this.#folder.remove(name).catch((error: unknown) => {
      if (!(error instanceof DOMException)) throw error;
    });
  }

  /** The case's lock goes: what is still being written would be written beside another window's. */
  close(): void {
    this.#isClosed = true;
  }

  #isRefused(): boolean {
    return this.isReadOnly || this.#isClosed;
  }

  #algorithm(name: string, label: string): { name: 'AES-GCM'; additionalData: Uint8Array<ArrayBuffer> } {
    const context = `skein derived|${this.#caseId}|${name}|${label}`;
    return { name: 'AES-GCM', additionalData: new TextEncoder().encode(context) };
  }
}
