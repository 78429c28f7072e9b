/** The devices of a case: files that call one number their own come from one device; a file without an owner is its own. */
import { phones } from '../analysis/patterns/two-phones.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { ReadOptions } from '../formats/contract.ts';
import { e164Of } from '../formats/phone-number.ts';
import type { PartyLabel } from './contract.ts';

export interface CaseDevice {
  readonly id: number;
  readonly sources: readonly number[];
  readonly files: readonly string[];
  /** Whose numbers its files call their own. */
  readonly owners: readonly PartyLabel[];
}

/** Owners of the sources that were imported to their end. */
export function ownersOfSources({ directory, sources }: EvidenceStore): { readonly source: number; readonly party: number }[] {
  const partyOf = directory.partyColumn();
  return directory.accounts.flatMap(({ ownerOf }, account) =>
    ownerOf.filter((source) => source < sources.length).map((source) => ({ source, party: partyOf[account]! }))
  );
}

/** In the order of import. */
export function caseDevices(store: EvidenceStore): CaseDevice[] {
  const { sources, directory } = store;
  const owners = ownersOfSources(store);
  const { phoneOf } = phones({ owners });
  const phoneOfSource = new Map(owners.map(({ source, party }) => [source, phoneOf.get(party)!]));
  const groups = new Map<string, number[]>();
  for (let source = 0; source < sources.length; source++) {
    const key = keyOfOwner(store, source, phoneOfSource.get(source), phoneOf);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [source]);
    else group.push(source);
  }
  return [...groups.values()].map((group, id) => ({
    id,
    sources: group,
    files: group.map((source) => sources[source]!.name),
    owners: [...new Set(owners.filter(({ source }) => group.includes(source)).map(({ party }) => party))]
      .sort((a, b) => a - b)
      .map((party) => ({ id: party, label: directory.label(party) }))
  }));
}

/**
 * What files of one device have in common. A file of positions alone has no account that could be its owner's: there the
 * number counts that an officer gave at import.
 */
function keyOfOwner(
  { directory, sources }: EvidenceStore,
  source: number,
  phone: number | undefined,
  phoneOf: ReadonlyMap<number, number>
): string {
  if (phone !== undefined) return `phone ${phone}`;
  // Of a file whose record was in a damaged block nobody knows what was said about it.
  const { owner, region } = sources[source]!.options as Partial<ReadOptions>;
  const number = owner && region !== undefined ? e164Of(owner.identifier, region) : undefined;
  if (number === undefined) return `file ${source}`;
  const account = directory.accounts.findIndex(({ e164 }) => e164 === number);
  const known = account < 0 ? undefined : phoneOf.get(directory.partyOf(account));
  return known === undefined ? `number ${number}` : `phone ${known}`;
}

/** Device of each source. */
export function deviceOfSource(devices: readonly CaseDevice[]): Map<number, number> {
  return new Map(devices.flatMap(({ id, sources }) => sources.map((source): [number, number] => [source, id])));
}

/** `Sorin (phone-a.ufdr)`, `Ionela (chat.zip +8)`: names of owners where there are any, each once, and the files. */
export function deviceLabel({ owners, files }: Pick<CaseDevice, 'owners' | 'files'>): string {
  const names = [...new Set(owners.map(({ label }) => label))].join(', ');
  const listed = files.length > 2 ? `${files[0]} +${files.length - 1}` : files.join(', ');
  return names === '' ? listed : `${names} (${listed})`;
}
