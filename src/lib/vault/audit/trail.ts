/**
 * Writes the audit log of an open case. What one person reads of one conversation within one minute is one line, with a
 * count; every other step is a line at once.
 *
 * [Note: Grouped lines] A group is kept when its minute ends, before any other line, and at a lock. A browser that is
 * killed loses the groups of the running minute; that the case was opened, by whom and when, is on disk before the
 * first row is shown.
 */
import { BUILD_ID } from '../../evidence/build-id.ts';
import { signCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { Operation } from './line.ts';
import type { AuditLog } from './log.ts';

const MINUTE_MS = 60_000;

export interface AuditEntry {
  readonly op: Operation;
  readonly what: string;
  readonly n: number;
  readonly who: string;
  readonly atMs: number;
}

export interface TrailParts {
  /** Resolves with the lines that are there already. */
  readonly log: Promise<AuditLog>;
  /** Name of the slot that opened the case. */
  readonly who: string;
  /** Why the case is opened, in the officer's words: stands in each disclosure until it is changed. '' where nobody said. */
  readonly reason?: string;
  /** The device's clock, milliseconds since 1970. */
  readonly clock: () => number;
  /** Resolves once the line is on disk. */
  readonly keep: (line: string) => Promise<void>;
  readonly keepCheckpoint: (checkpoint: Checkpoint) => Promise<void>;
  readonly pair: CryptoKeyPair;
}

/** The justification that section 62(2)(a) asks for, behind what was done. */
export const withReason = (what: string, reason: string): string => (reason === '' ? what : `${what}; reason: ${reason}`);

/** What a line says where the reason of a sitting is changed. */
export const reasonChanged = (reason: string): string =>
  reason === '' ? 'reason of this sitting taken back' : withReason('reason of this sitting changed', reason);

export class AuditTrail {
  readonly #parts: TrailParts;
  readonly #groups = new Map<string, { readonly entry: AuditEntry; n: number }>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #reason: string;

  constructor(parts: TrailParts) {
    this.#parts = parts;
    this.#reason = parts.reason ?? '';
  }

  get reason(): string {
    return this.#reason;
  }

  /** Disclosures from here on give another reason, '' for none; the change is a line of its own, on disk before it counts. */
  changeReason(reason: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#keepGroups();
      await this.#keep(this.#entry('consultation', reasonChanged(reason), 1));
      this.#reason = reason;
    });
  }

  /** One line now. Resolves once it is on disk; rejects where it could not be kept, and then it is not in the log. */
  note(op: Operation, what: string, n: number): Promise<void> {
    return this.#inTurn(async () => {
      await this.#keepGroups();
      await this.#keep(this.#entry(op, what, n));
    });
  }

  /** Adds to the line of this minute. See [Note: Grouped lines]. */
  group(op: Operation, what: string, n: number): void {
    this.take(this.#entry(op, what, n));
  }

  /** As `group`, for what another window of this case did. */
  take(entry: AuditEntry): void {
    const minute = Math.floor(entry.atMs / MINUTE_MS);
    const key = JSON.stringify([minute, entry.op, entry.who, entry.what]);
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, { entry, n: entry.n });
    else group.n += entry.n;
    this.#timer ??= setTimeout(() => void this.flush().catch(() => {}), MINUTE_MS - (this.#parts.clock() % MINUTE_MS));
  }

  flush(): Promise<void> {
    return this.#inTurn(() => this.#keepGroups());
  }

  /** Keeps what waits, then signs the root. Resolves with the checkpoint once it is on disk. */
  checkpoint(): Promise<Checkpoint> {
    return this.#inTurn(async () => {
      await this.#keepGroups();
      return this.#sign();
    });
  }

  /** The log with a checkpoint over all of it, as it is handed out: one line a row. */
  exported(what: string): Promise<{ readonly lines: string; readonly checkpoint: Checkpoint }> {
    return this.#inTurn(async () => {
      await this.#keepGroups();
      await this.#keep(this.#entry('disclosure', what, 1));
      const log = await this.#parts.log;
      return { lines: log.lines.map((line) => `${line}\n`).join(''), checkpoint: await this.#sign() };
    });
  }

  /** Lines so far, those that wait for their minute's end included. */
  async lines(): Promise<readonly string[]> {
    await this.flush();
    return (await this.#parts.log).lines;
  }

  root(): Promise<string> {
    return this.#inTurn(async () => (await this.#parts.log).root());
  }

  #entry(op: Operation, what: string, n: number): AuditEntry {
    const said = op === 'disclosure' ? withReason(what, this.#reason) : what;
    return { op, what: said, n, who: this.#parts.who, atMs: this.#parts.clock() };
  }

  async #sign(): Promise<Checkpoint> {
    const log = await this.#parts.log;
    const t = new Date(this.#parts.clock()).toISOString();
    const of = { size: log.size, root: await log.root(), t, build: BUILD_ID };
    const checkpoint = await signCheckpoint(this.#parts.pair, of);
    await this.#parts.keepCheckpoint(checkpoint);
    return checkpoint;
  }

  async #keepGroups(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const waiting = [...this.#groups.values()].map(({ entry, n }) => ({ ...entry, n }));
    this.#groups.clear();
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      try {
        await this.#keep(entry);
      } catch (error) {
        // The disk may have room again by the next minute.
        for (const left of [entry, ...waiting]) this.take(left);
        throw error;
      }
    }
  }

  /** On disk first: a line counts once it is there. */
  async #keep({ op, what, n, who, atMs }: AuditEntry): Promise<void> {
    const log = await this.#parts.log;
    const line = log.next({ t: new Date(atMs).toISOString(), op, who, what, n, build: BUILD_ID });
    await this.#parts.keep(line);
    await log.add(line);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }
}
