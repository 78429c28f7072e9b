/** Two phones read into one store, and how well their messages were paired. */
import type { DevicePair } from '../../src/lib/analysis/reconcile/facts.ts';
import { SourceIntake } from '../../src/lib/evidence/intake.ts';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import type { PhoneRecords, TwoPhones } from '../../tools/sample/two-phones.ts';

export function storeOf({ a, b }: Pick<TwoPhones, 'a' | 'b'>): EvidenceStore {
  const store = new EvidenceStore();
  take(store, 'phone-a.csv', a);
  take(store, 'phone-b.csv', b);
  return store;
}

function take(store: EvidenceStore, name: string, { owner, records }: PhoneRecords): void {
  const intake = new SourceIntake(store, store.sources.length, name);
  for (const record of records) {
    intake.seen('message');
    intake.message(record);
  }
  intake.account({ account: owner, isOwner: true, place: { path: '', offset: 0, unit: 'row' } });
  store.sources.push({
    name,
    sizeBytes: 0,
    sha256Hex: name,
    formatId: 'phone-csv',
    formatVersion: 1,
    options: { zone: 'Europe/London', region: 'GB', owner: null },
    sum: intake.sum,
    importedAtMs: Date.UTC(2026, 5, 1),
    facts: [],
    findings: [],
    devices: []
  });
  intake.commit();
}

export interface Quality {
  readonly precision: number;
  readonly recall: number;
  readonly paired: number;
  readonly ambiguous: number;
}

/** Pairs of the newest reconciliation and copies folded at import against the truth. */
export function qualityOf(store: EvidenceStore, truth: TwoPhones, [pair]: readonly DevicePair[]): Quality {
  const { messages, copies } = store;
  const pairs: [string, string][] = (pair?.matches ?? []).map(({ a, b }) => [
    messages.place.itemId.at(a),
    messages.place.itemId.at(b)
  ]);
  for (let i = 0; i < copies.length; i++) pairs.push([messages.place.itemId.at(copies.message.at(i)), copies.place.itemId.at(i)]);
  const right = pairs.filter(([a, b]) => a === b).length;
  return {
    precision: pairs.length === 0 ? 1 : right / pairs.length,
    recall: right / truth.both.size,
    paired: pairs.length,
    ambiguous: pair?.ambiguous.length ?? 0
  };
}
