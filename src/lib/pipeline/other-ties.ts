/**
 * [Note: Kinds of ties] The network is one of talk: the weight of a tie is a count of messages and calls, and measures,
 * groups and picture rest on that alone. Other ties are kept beside it, each by its kind and never added to a weight:
 * who stands in whose address book, who was named with one handset or card, whose devices were near each other on
 * which days, beside the days that habit alone would give. An officer switches each kind on. They are of the whole
 * case: an entry of an address book has no time and no text that a filter of messages could be asked of.
 */
import { Pace, type PaceOptions } from '../analysis/pace.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { addressBookTies } from './address-book-ties.ts';
import { identifierTies } from './identifier-ties.ts';
import { nearTies } from './near-ties.ts';
import { TIE_KINDS, type OtherTie, type TieKind } from './tie-contract.ts';

export interface TiesOfKind {
  readonly ties: readonly OtherTie[];
  readonly unowned: number;
}

/** @throws the signal's reason when aborted */
export async function tiesOfKind(store: EvidenceStore, kind: TieKind, zone: string, options: PaceOptions): Promise<TiesOfKind> {
  if (kind === 'address-book') return addressBookTies(store);
  if (kind === 'near') return nearTies(store, zone, options);
  return { ties: await identifierTies(store, new Pace(options)), unowned: 0 };
}

/** In one order, whatever the order asked for; each once. */
export const kindsInOrder = (kinds: readonly TieKind[]): TieKind[] => TIE_KINDS.filter((kind) => kinds.includes(kind));
