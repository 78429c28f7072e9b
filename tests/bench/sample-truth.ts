/** The sample case with its own truth, for figures of how much that is found is right. */
import { mkdtempSync, openAsBlob, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { CaseSession } from '../../src/lib/pipeline/session.ts';
import { Translations } from '../../src/lib/pipeline/translations.ts';
import { writeSample, type Truth } from '../../tools/sample/index.ts';

/** Seed 1 is the sample that ships with the app; the others were not looked at when rules were made. */
export const TRUTH_SEEDS = [1, 21, 22] as const;
const SCALE = 6000;

export async function sampleWithTruth(seed: number): Promise<{ session: CaseSession; truth: Truth }> {
  const folder = mkdtempSync(join(tmpdir(), 'skein-truth-'));
  try {
    const { truth } = await writeSample({ scale: SCALE, seed, out: folder });
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      files: { name: string; owner: string; ownerName: string; zone: string }[];
    };
    const session = new CaseSession({
      store: new EvidenceStore(),
      translations: new Translations(),
      keeper: null,
      clock: () => 0
    });
    for (const { name, owner, ownerName, zone } of manifest.files) {
      const blob = await openAsBlob(join(folder, name));
      const options = { zone, region: 'GB', owner: { identifier: owner, name: ownerName } };
      const { formatId } = await session.preview(blob, name, options, null);
      const { failure } = await session.importFile(blob, name, formatId ?? '', options, () => {});
      if (failure !== null) throw new Error(failure.message);
    }
    return { session, truth };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The person of the truth who uses a party's accounts; what the truth does not name is itself. */
export function personOf({ store: { directory } }: CaseSession, { people }: Truth, party: number): string {
  const digits = (text: string): string => text.replace(/\D/gu, '').slice(-9);
  const known = new Map(people.flatMap(({ id, accounts }) => accounts.map((account) => [digits(account.id), id] as const)));
  for (const id of directory.accountsOf(party)) {
    const { identifier, names } = directory.accounts[id]!;
    if (/^\+?\d+$/u.test(identifier)) return known.get(digits(identifier)) ?? digits(identifier);
    // Exports that name people without numbers, and addresses: the sample gives each to the one of that name.
    const named = people.find(({ name }) => names.some((given) => given.name === name));
    if (named !== undefined) return named.id;
  }
  return `party ${party}`;
}
