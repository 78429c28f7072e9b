/**
 * Which numbers and handles officers say are one person, which they say are not, and what was taken back.
 *
 * [Note: Identity decisions] The log only grows. A decision names two parties by their accounts, who said so, when and in
 * what words, with the reasons that stood on screen at that moment. An undo makes a decision count no longer. Nothing
 * is changed or dropped, and no one but an officer ever adds a line.
 */
import { packBlock, unpackBlock } from '../evidence/blocks.ts';
import type { SourcePlace } from '../evidence/records.ts';
import { NewerRecord } from './newer-record.ts';

/** Raised with any change of the events; a block of a later version is refused, not guessed at. */
const VERSION = 1;

/** A number or handle as a reason names it. */
export interface NamedParty {
  /** Its own number, whatever was joined since. */
  readonly party: number;
  readonly label: string;
}

/** A name that a file gives to numbers, as it is written there. */
export interface SeenName {
  readonly name: string;
  readonly file: string;
  /** False for a name that its user chose. */
  readonly isContact: boolean;
  /** Numbers and handles of the entry, or the one that bears the name. */
  readonly identifiers: readonly string[];
  /** Where the entry of the address book stands; null where the file keeps none. */
  readonly place: SourcePlace | null;
}

/** A contact of two parties with the last time at the earlier and the first at the later one; null where unknown. */
export interface SeenContact extends NamedParty {
  readonly lastEarlierMs: number | null;
  readonly firstLaterMs: number | null;
}

export type SeenReasonFor =
  | { readonly kind: 'one-entry'; readonly entry: SeenName }
  | { readonly kind: 'one-device'; readonly file: string }
  | { readonly kind: 'said-so' | 'number-given'; readonly messageId: number; readonly speaker: NamedParty }
  | { readonly kind: 'one-number'; readonly spellings: readonly string[] }
  | {
      readonly kind: 'takes-over';
      readonly earlier: NamedParty;
      readonly later: NamedParty;
      readonly contacts: readonly SeenContact[];
      /** Contacts that `earlier` had in its last weeks. */
      readonly of: number;
      readonly silentFromMs: number | null;
      readonly firstMs: number | null;
    }
  | { readonly kind: 'one-name' | 'one-shown-name'; readonly names: readonly SeenName[] }
  | { readonly kind: 'shared-contacts'; readonly contacts: readonly NamedParty[] };

export type SeenReasonAgainst =
  /** Messages and calls. */
  | { readonly kind: 'wrote-to-each-other'; readonly count: number }
  | { readonly kind: 'named-apart'; readonly names: readonly SeenName[] }
  | { readonly kind: 'group-together'; readonly groups: number; readonly overlap_ms: number }
  | { readonly kind: 'common-name'; readonly name: string; readonly parties: number };

export interface SeenReasons {
  readonly reasonsFor: readonly SeenReasonFor[];
  readonly reasonsAgainst: readonly SeenReasonAgainst[];
}

export interface IdentityDecision extends SeenReasons {
  readonly kind: 'confirm' | 'reject';
  /** From 1 in each case. */
  readonly number: number;
  /** Accounts of the one party and of the other, as they were at that time; each has one at least. */
  readonly accounts: readonly [readonly number[], readonly number[]];
  readonly decidedAtMs: number;
  readonly decidedBy: string;
  /** The officer's own words, '' where there are none. */
  readonly words: string;
}

export interface IdentityUndo {
  readonly kind: 'undo';
  readonly decision: number;
  readonly undoneAtMs: number;
  readonly undoneBy: string;
  readonly words: string;
}

export type IdentityEvent = IdentityDecision | IdentityUndo;

export class IdentityLog {
  readonly #decisions: IdentityDecision[] = [];
  readonly #undone = new Map<number, IdentityUndo>();

  /** Oldest first, those that were taken back included. */
  get decisions(): readonly IdentityDecision[] {
    return this.#decisions;
  }

  undoOf(decision: number): IdentityUndo | null {
    return this.#undone.get(decision) ?? null;
  }

  /** Decisions that count: those that nobody took back. */
  standing(): IdentityDecision[] {
    return this.#decisions.filter(({ number }) => !this.#undone.has(number));
  }

  /** One account of either party for each confirmation that counts. */
  joins(): [number, number][] {
    return this.standing()
      .filter(({ kind }) => kind === 'confirm')
      .map(({ accounts: [a, b] }) => [a[0] as number, b[0] as number]);
  }

  add(event: IdentityEvent): void {
    if (event.kind === 'undo') this.#undone.set(event.decision, event);
    else this.#decisions.push(event);
  }

  /** Adds the event of a block that `packIdentity` wrote. @throws an error named BlockError for a later version. */
  unpack(block: Uint8Array): void {
    const { version, event } = unpackBlock(block).json as { readonly version: number; readonly event: IdentityEvent };
    if (version > VERSION) throw new NewerRecord(`Identity decisions have version ${version}; this Skein reads ${VERSION}`);
    this.add(event);
  }
}

/** One event as a block for the vault. */
export function packIdentity(event: IdentityEvent): Uint8Array {
  return packBlock('identity', {}, { version: VERSION, event });
}
