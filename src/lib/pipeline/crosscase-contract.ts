/** What a case can be asked about other cases: on this device with their passphrase, on others by files. */
import type { ExchangeFault } from '../analysis/crosscase/exchange-file.ts';
import type { IdentifierKind } from '../analysis/crosscase/identifier.ts';
import type { CaseIdentifier, IdentifierUse } from './case-identifiers.ts';

export type { CaseIdentifier, IdentifierKind, IdentifierUse };

/** Which identifiers take part. 'contacted': those with a message or a call, and those of devices. */
export type IdentifierScope = 'all' | 'contacted';

export interface IdentifierSum {
  readonly byKind: Readonly<Record<IdentifierKind, number>>;
  readonly all: number;
  readonly contacted: number;
  /** The most that an exchange takes. */
  readonly most: number;
}

/** One identifier that two cases hold. */
export interface LinkRow {
  readonly key: string;
  readonly kind: IdentifierKind;
  /** Of a handle; null for identifiers that belong to no service. */
  readonly service: string | null;
  /** The identifier in its normal form. */
  readonly text: string;
  readonly here: IdentifierUse;
  /** Null where the other case is on another device: nothing but the identifier is known of it. */
  readonly there: IdentifierUse | null;
  /** For a filter of this case. */
  readonly parties: readonly number[];
}

/** A comparison on this device; kept in memory until it is closed, and nowhere else. */
export interface Comparison {
  readonly caseId: string;
  readonly label: string;
  readonly links: number;
  /** Identifiers on either side. */
  readonly here: number;
  readonly there: number;
  /** Cases with an import under way, or stopped: its rows were not counted. */
  readonly unfinished: { readonly here: boolean; readonly there: boolean };
}

export interface ExchangeRow {
  readonly session: string;
  /** What this case did. */
  readonly role: 'request' | 'answer';
  /** 'waiting': for the other side's next file. */
  readonly state: 'waiting' | 'done';
  readonly purpose: string;
  readonly from: string;
  readonly atMs: number;
  readonly by: string;
  /** Identifiers of this case that took part. */
  readonly here: number;
  /** The other side as its file says; null until one came. */
  readonly partner: {
    readonly from: string;
    readonly purpose: string;
    readonly points: number;
    readonly signerHex: string;
  } | null;
  readonly links: number | null;
  readonly doneAtMs: number | null;
}

export type ExchangeRefusal =
  | ExchangeFault
  /** Its exchange was not begun here, or in another case. */
  | 'unknown-exchange'
  /** A file of this side, or one of a later or earlier step than is waited for. */
  | 'wrong-step'
  /** It answers another file than the one that went out, or has another size. */
  | 'does-not-follow'
  /** A later file of one exchange was signed by another device than the first. */
  | 'another-device'
  /** A value that is no element of the group. */
  | 'malformed-point'
  | 'too-many'
  | 'nothing-to-compare'
  | 'read-only';

/** What an officer is told of a file before anything is done with it. */
export type OpenedExchange =
  | {
      readonly ok: true;
      readonly kind: 'request' | 'answer' | 'result';
      readonly session: string;
      readonly from: string;
      readonly purpose: string;
      readonly points: number;
      readonly signerHex: string;
    }
  | { readonly ok: false; readonly refusal: ExchangeRefusal };

/** What an officer says before anything is compared; it stands in the audit log, and in the file for the other side. */
export interface ExchangeWish {
  readonly purpose: string;
  readonly from: string;
  readonly scope: IdentifierScope;
}

export interface ExchangeMade {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type ExchangeAnswer =
  | { readonly ok: true; readonly row: ExchangeRow; readonly file: ExchangeMade | null }
  | { readonly ok: false; readonly refusal: ExchangeRefusal };

export interface CrossCaseApi {
  identifierSum(): Promise<IdentifierSum>;
  /** Comparisons on this device that are open. */
  comparisons(): Promise<readonly Comparison[]>;
  /** Links of an open comparison, most messages and calls of this case first. */
  links(caseId: string, start: number, count: number): Promise<readonly LinkRow[]>;
  /** Forgets what was read of the other case. */
  closeComparison(caseId: string): Promise<void>;
  exchanges(): Promise<readonly ExchangeRow[]>;
  /** Begins an exchange: gives the file for the other side. */
  requestExchange(wish: ExchangeWish, onProgress: (share: number) => void): Promise<ExchangeAnswer>;
  openExchangeFile(bytes: Uint8Array<ArrayBuffer>): Promise<OpenedExchange>;
  answerExchange(
    bytes: Uint8Array<ArrayBuffer>,
    wish: ExchangeWish,
    onProgress: (share: number) => void
  ): Promise<ExchangeAnswer>;
  /** Takes an answer in, which gives the last file for the other side, or a result, which ends the exchange. */
  finishExchange(bytes: Uint8Array<ArrayBuffer>, onProgress: (share: number) => void): Promise<ExchangeAnswer>;
  /** Links that an exchange found. */
  exchangeLinks(session: string, start: number, count: number): Promise<readonly LinkRow[]>;
  /** Stops what is being compared. */
  cancelCrossCase(): Promise<void>;
}
