/**
 * [Note: Suggestions]
 * A party is one number or handle. Whether two parties are one person is a judgement: here only the reasons are
 * gathered that the evidence gives, for and against, each with the items behind it. Nothing is added up to a score and
 * nothing is merged; an officer confirms or rejects. Parties are numbers 0..parties-1, times milliseconds UTC.
 */

/** Direct contact of two parties: conversations and calls of just these two, each pair once, in any order. */
export interface Dyads {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Messages and calls. */
  readonly count: Uint32Array;
  /** Earliest and latest of them; NaN where none has a time. */
  readonly firstMs: Float64Array;
  readonly lastMs: Float64Array;
}

/** A name that a file gives to a party. */
export interface PartyName {
  readonly party: number;
  /** Folded: lower case, no accents, no marks, one blank between words. */
  readonly folded: string;
  readonly source: number;
  /** True for an entry of an address book, false for a name that its user chose. */
  readonly isContact: boolean;
}

/** One entry of an address book that lists several parties. */
export interface SharedEntry {
  readonly parties: readonly number[];
  readonly source: number;
  /** Number of the entry among the records of the case. */
  readonly record: number;
}

/** A message that speaks of a change of number and holds or carries a number of the case. */
export interface Statement {
  readonly message: number;
  /** Whose message it is, or about whom the service reports. */
  readonly speaker: number;
  /** The other number: named in the text. */
  readonly named: number;
  /** True where the words say "my": people pass on the numbers of others as well. */
  readonly isOwn: boolean;
}

export interface IdentityFacts {
  readonly parties: number;
  readonly dyads: Dyads;
  readonly names: readonly PartyName[];
  readonly entries: readonly SharedEntry[];
  readonly statements: readonly Statement[];
  /** Parties whose identifiers are one telephone number written in different ways, by its last digits. */
  readonly spellings: readonly (readonly number[])[];
  /** Parties that a source lists as its device's own accounts. */
  readonly owners: readonly { readonly source: number; readonly party: number }[];
  /** Groups of three or more, as parties. */
  readonly groups: { readonly offsets: Uint32Array; readonly ids: Uint32Array };
}

export type ReasonFor =
  /** One entry of an address book lists both. */
  | { readonly kind: 'one-entry'; readonly source: number; readonly record: number }
  /** Both are accounts of one device. */
  | { readonly kind: 'one-device'; readonly source: number }
  /** One of them said so: a message about a new number names the other. */
  | { readonly kind: 'said-so'; readonly message: number; readonly speaker: number }
  /** One of them gave the other's number as somebody's new one, without saying whose. */
  | { readonly kind: 'number-given'; readonly message: number; readonly speaker: number }
  /** The same digits, one time without the country or the plus. */
  | { readonly kind: 'one-number' }
  /**
   * `later` was first met after or about when `earlier` fell silent, and in the weeks that followed met at least half
   * of those whom `earlier` had met last.
   */
  | {
      readonly kind: 'takes-over';
      readonly earlier: number;
      readonly later: number;
      /** Contacts that went over, as parties, and how many `earlier` had in its last weeks. */
      readonly contacts: readonly number[];
      readonly of: number;
      readonly silentFromMs: number;
      readonly firstMs: number;
    }
  /** Two address books, or one twice, give both the same name. */
  | { readonly kind: 'one-name'; readonly folded: string; readonly sources: readonly number[] }
  /** Both chose the same name for themselves. */
  | { readonly kind: 'one-shown-name'; readonly folded: string }
  /** They share direct contacts that few others share. */
  | { readonly kind: 'shared-contacts'; readonly contacts: readonly number[] };

export type ReasonAgainst =
  | { readonly kind: 'wrote-to-each-other'; readonly count: number }
  /** One address book knows both, under different names. */
  | { readonly kind: 'named-apart'; readonly source: number; readonly names: readonly [string, string] }
  /** Both stand in one group while both were in use for this long. */
  | { readonly kind: 'group-together'; readonly groups: number; readonly overlap_ms: number }
  /** More than a few parties bear the name. */
  | { readonly kind: 'common-name'; readonly folded: string; readonly parties: number };

export interface Suggestion {
  /** The two parties, lower number first. */
  readonly a: number;
  readonly b: number;
  readonly reasonsFor: readonly ReasonFor[];
  readonly reasonsAgainst: readonly ReasonAgainst[];
  /** Shown by default: see `isShown`. */
  readonly shown: boolean;
}
