/** Cases of a few text messages, for tests of what two cases have in common. */
import { EvidenceStore } from '../evidence/store.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const FIRST_MS = Date.UTC(2025, 8, 1);
const DAY_MS = 86_400_000;

/** One message a day with each number, from it. @param names by number, as its address book has them */
export async function caseOf(
  owner: string,
  numbers: readonly string[],
  names: Readonly<Record<string, string>> = {}
): Promise<EvidenceStore> {
  const session = new CaseSession({
    store: new EvidenceStore(),
    translations: new Translations(),
    keeper: null,
    clock: () => FIRST_MS
  });
  const lines = numbers.map(
    (number, day) =>
      `<sms protocol="0" address="${number}" date="${FIRST_MS + day * DAY_MS}" type="1" body="line ${day}" read="1" status="-1" contact_name="${names[number] ?? '(Unknown)'}" />`
  );
  const file = new Blob([
    `<?xml version='1.0' encoding='UTF-8' ?>\n<smses count="${lines.length}">\n${lines.join('\n')}\n</smses>\n`
  ]);
  const options = { zone: 'Europe/London', region: 'GB', owner: { identifier: owner, name: '' } };
  const report = await session.importFile(file, `${owner}.xml`, 'sms-backup-xml', options, () => {});
  if (report.failure !== null) throw new Error(report.failure.message);
  return session.store;
}
