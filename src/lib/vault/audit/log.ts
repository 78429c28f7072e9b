/** The lines of one audit log with their running root. See [Note: Audit log]. */
import { canonicalLine, FIRST_PREVIOUS, type AuditLine } from './line.ts';
import { leafHash, MerkleTree, toHex } from './merkle.ts';

export class AuditLog {
  readonly #lines: string[] = [];
  readonly #tree = new MerkleTree();
  #previous = FIRST_PREVIOUS;

  static async from(lines: readonly string[]): Promise<AuditLog> {
    const log = new AuditLog();
    for (const line of lines) await log.add(line);
    return log;
  }

  get size(): number {
    return this.#lines.length;
  }
  /** Canonical JSON, oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The next line as it will stand in the log; it is in the log only after `add`. */
  next(entry: Omit<AuditLine, 'seq' | 'prev'>): string {
    return canonicalLine({ ...entry, seq: this.#lines.length, prev: this.#previous });
  }

  async add(line: string): Promise<void> {
    const leaf = await leafHash(line);
    await this.#tree.add(leaf);
    this.#lines.push(line);
    this.#previous = toHex(leaf);
  }

  root(): Promise<string> {
    return this.#tree.root();
  }
}
