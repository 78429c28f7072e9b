/** What a case can be asked about ties that are no talk: address books, shared handsets and cards, nearness. */
import type { CaseFilter, PartyLabel, PathHop, Provenance } from './contract.ts';

/** [Note: Kinds of ties] in other-ties.ts. */
export const TIE_KINDS = ['address-book', 'shared-identifier', 'near'] as const;
export type TieKind = (typeof TIE_KINDS)[number];

/** A row of a file that says so, or a part of it. */
export interface TieRow {
  /** In the file's words: the name of an entry, an identifier, a position. */
  readonly words: string;
  readonly utcMs: number | null;
  readonly timeRaw: string;
  readonly provenance: Provenance;
}

interface Between {
  /** As persons stand now; the lower number first. */
  readonly a: PartyLabel;
  readonly b: PartyLabel;
  /** Some of the rows behind it, of `rowCount` in all. */
  readonly rows: readonly TieRow[];
  readonly rowCount: number;
}

export interface AddressBookTie extends Between {
  readonly kind: 'address-book';
  /** Entries in an address book of a's files that name b, and the other way round. */
  readonly inBookOfA: number;
  readonly inBookOfB: number;
}

export interface SharedIdentifierTie extends Between {
  readonly kind: 'shared-identifier';
  readonly identifiers: readonly { readonly kind: 'handset' | 'sim' | 'iccid'; readonly text: string }[];
}

/** See [Note: Meetings] in analysis/places. */
export interface NearTie extends Between {
  readonly kind: 'near';
  readonly days: number;
  readonly daysOfBoth: number;
  /** Days together that the same weeks dealt anew gave: on the mean, and the most of 95 in 100. */
  readonly byChance: number;
  readonly upTo: number;
  readonly isMoreThanHabit: boolean;
}

export type OtherTie = AddressBookTie | SharedIdentifierTie | NearTie;

export interface OtherTiesView {
  /** Of one kind together; those that rest on most first. */
  readonly ties: readonly OtherTie[];
  /** How many there are of each kind asked for: more than are listed in a large case. */
  readonly of: Readonly<Partial<Record<TieKind, number>>>;
  /** Entries, devices or identifiers that tie nobody: nobody is known whose address book or device it is. */
  readonly unowned: Readonly<Partial<Record<TieKind, number>>>;
  readonly rule: { readonly id: 'other-ties'; readonly version: number };
}

/** A step of a path over ties of several kinds. Without messages and calls it rests on the other ties alone. */
export interface TieHop extends PathHop {
  readonly others: readonly OtherTie[];
}

export interface TieApi {
  /** Over the whole case. A later call, also of `tiePath`, ends an earlier one. */
  otherTies(kinds: readonly TieKind[], onProgress: (share: number) => void): Promise<OtherTiesView>;
  cancelOtherTies(): Promise<void>;
  /** The shortest way over the filter's messages and calls and the case's ties of these kinds; null where there is none. */
  tiePath(from: number, to: number, filter: CaseFilter, kinds: readonly TieKind[]): Promise<TieHop[] | null>;
}
