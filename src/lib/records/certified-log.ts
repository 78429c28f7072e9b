/**
 * Human translations of messages: what was sent to a translator, what came back, and what was taken back out again.
 *
 * [Note: Certified text] The log only grows. A request says which lines a translator was shown; an intake puts a
 * translator's text beside the machine's; a withdrawal makes an intake count no longer. Nothing is changed or
 * dropped, so every version stays with who brought it in and when.
 */
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import { NewerRecord } from './newer-record.ts';

/** Raised with any change of the events; a block of a later version is refused, not guessed at. */
const VERSION = 1;

/** One line as the translator was shown it. Its number is its place in the request, from 1. */
export interface RequestedLine {
  readonly messageId: number;
  /** Sent along for understanding, not for translation. */
  readonly isContext: boolean;
  /** Machine text that stood beside the original; null where there was none. */
  readonly machineText: string | null;
}

export interface TranslationRequest {
  readonly kind: 'request';
  /** From 1 in each case. */
  readonly number: number;
  /** Random; bound into the check of each line, so that another case's file never fits. */
  readonly salt: string;
  readonly madeAtMs: number;
  readonly madeBy: string;
  readonly lines: readonly RequestedLine[];
}

export interface CertifiedLine {
  readonly messageId: number;
  readonly request: number;
  readonly line: number;
  readonly text: string;
  /** The translator's own remark, '' where there is none. */
  readonly note: string;
}

/** A returned row that was not taken in, kept with its reason so that nothing a translator wrote is lost. */
export interface RefusedLine {
  readonly place: string;
  readonly reference: string;
  readonly reason: string;
  readonly text: string;
  readonly note: string;
}

/** Who translated and when, as the translator or the officer states it. */
export interface TranslatorStatement {
  readonly translator: string;
  readonly qualification: string;
  /** ISO date, 'YYYY-MM-DD'. */
  readonly translatedOn: string;
}

export interface Intake extends TranslatorStatement {
  readonly kind: 'intake';
  /** From 1 in each case. */
  readonly number: number;
  readonly takenAtMs: number;
  readonly takenBy: string;
  readonly fileName: string;
  readonly fileSha256Hex: string;
  readonly lines: readonly CertifiedLine[];
  readonly refused: readonly RefusedLine[];
}

export interface Withdrawal {
  readonly kind: 'withdrawal';
  readonly intake: number;
  readonly withdrawnAtMs: number;
  readonly withdrawnBy: string;
}

export type CertifiedEvent = TranslationRequest | Intake | Withdrawal;

/** A certified line together with the intake that brought it and the withdrawal that ended it, if any. */
export interface CertifiedVersion {
  readonly line: CertifiedLine;
  readonly intake: Intake;
  readonly withdrawal: Withdrawal | null;
}

export class CertifiedLog {
  readonly #requests: TranslationRequest[] = [];
  readonly #intakes: Intake[] = [];
  readonly #withdrawals = new Map<number, Withdrawal>();
  /** Versions of each message, oldest first: intake and place of the line in it. */
  readonly #versions = new Map<number, { readonly intake: Intake; readonly line: CertifiedLine }[]>();

  get requests(): readonly TranslationRequest[] {
    return this.#requests;
  }
  get intakes(): readonly Intake[] {
    return this.#intakes;
  }

  request(number: number): TranslationRequest | undefined {
    return this.#requests.find((one) => one.number === number);
  }

  withdrawalOf(intake: number): Withdrawal | null {
    return this.#withdrawals.get(intake) ?? null;
  }

  /** The certified text that counts: of the newest intake that was not withdrawn. Null where there is none. */
  standing(messageId: number): { readonly line: CertifiedLine; readonly intake: Intake } | null {
    const versions = this.#versions.get(messageId);
    return versions?.findLast(({ intake }) => !this.#withdrawals.has(intake.number)) ?? null;
  }

  textOf(messageId: number): string | null {
    return this.standing(messageId)?.line.text ?? null;
  }

  /** Messages with a certified text that counts. */
  standingMessages(): Set<number> {
    const standing = this.#intakes.filter(({ number }) => !this.#withdrawals.has(number));
    return new Set(standing.flatMap(({ lines }) => lines.map(({ messageId }) => messageId)));
  }

  /** Every certified text that a message ever had, oldest first, withdrawn ones included. */
  versionsOf(messageId: number): CertifiedVersion[] {
    return (this.#versions.get(messageId) ?? []).map(({ intake, line }) => ({
      line,
      intake,
      withdrawal: this.withdrawalOf(intake.number)
    }));
  }

  add(event: CertifiedEvent): void {
    if (event.kind === 'request') this.#requests.push(event);
    else if (event.kind === 'withdrawal') this.#withdrawals.set(event.intake, event);
    else {
      this.#intakes.push(event);
      for (const line of event.lines) {
        const versions = this.#versions.get(line.messageId);
        if (versions === undefined) this.#versions.set(line.messageId, [{ intake: event, line }]);
        else versions.push({ intake: event, line });
      }
    }
  }

  /** Adds the events of a block that `packEvent` wrote. @throws an error named BlockError for a later version. */
  unpack(block: Uint8Array): void {
    const { version, event } = unpackBlock(block).json as { readonly version: number; readonly event: CertifiedEvent };
    if (version > VERSION) throw new NewerRecord(`Certified translations have version ${version}; this Skein reads ${VERSION}`);
    this.add(event);
  }
}

/** One event as a block for the vault. */
export function packEvent(event: CertifiedEvent): Uint8Array {
  return packBlock('certified', {}, { version: VERSION, event });
}
