/** Other cases beside the one that is open: its audit log says first what for, and then what was found. */
import { CrossCaseDesk } from '../pipeline/crosscase-desk.ts';
import { LatestRun } from '../pipeline/latest-run.ts';
import type { ExchangeLog } from '../records/exchange-log.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { Opener, Vault } from '../vault/cases.ts';
import { blinderApart } from './blind.ts';
import type { CaseAudit } from './case-audit.ts';
import type { CompareResult, LoadProgress } from './case.contract.ts';
import { readOtherCase } from './other-case.ts';

interface Parts {
  readonly caseId: string;
  readonly store: EvidenceStore;
  readonly exchanges: ExchangeLog;
  readonly vault: Vault;
  readonly audit: CaseAudit;
  readonly clock: () => number;
  /** Null in a window that only reads. */
  readonly keep: ((kind: string, bytes: Uint8Array) => Promise<void>) | null;
}

export class CrossCases {
  readonly desk: CrossCaseDesk;
  readonly #parts: Parts;
  readonly #reading = new LatestRun();

  constructor(parts: Parts) {
    const { store, exchanges, vault, audit, clock, keep } = parts;
    this.#parts = parts;
    this.desk = new CrossCaseDesk(store, {
      log: exchanges,
      clock,
      who: audit.who,
      note: (op, what, n) => audit.sink.note(op, what, n),
      keep,
      blinder: blinderApart,
      pair: () => vault.installKey()
    });
  }

  /** The log holds the purpose before the other case is opened; a disk that is full stops the comparison. */
  async compare(
    id: string,
    opener: Opener,
    purpose: string,
    onProgress: (progress: LoadProgress) => void
  ): Promise<CompareResult> {
    const { caseId, vault, audit } = this.#parts;
    const label = (await vault.list()).find((one) => one.id === id)?.label;
    if (label === undefined || id === caseId) return { ok: false, reason: 'not-found', message: '' };
    const signal = this.#reading.begin();
    await audit.sink.note('combination', `comparison with case ${id} of this device; purpose: ${purpose}`, 1);
    const answer = await readOtherCase(id, opener, this.desk.keys(), onProgress, signal);
    if (!answer.ok) return answer;
    const comparison = this.desk.compared(id, label, answer.other);
    await audit.sink.note('combination', `comparison with case ${id} of this device: identifiers in both`, comparison.links);
    return { ok: true, comparison };
  }

  async cancel(): Promise<void> {
    this.#reading.stop('Comparing was stopped.');
    await this.desk.cancelCrossCase();
  }
}
