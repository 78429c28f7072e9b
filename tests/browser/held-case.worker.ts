/**
 * A window that has a case open for writing, with one finished import and another under way, in the very places where the
 * app keeps cases. Says what it wrote, then answers 'write' with one more block, and how many
 * identifiers were read with all of its log.
 */
import { packBlock } from '../../src/lib/evidence/blocks.ts';
import { openAudit } from '../../src/lib/jobs/case-audit.ts';
import { SavedCase } from '../../src/lib/pipeline/saved-case.ts';
import { CaseSession } from '../../src/lib/pipeline/session.ts';
import { Vault } from '../../src/lib/vault/cases.ts';
import { DATABASE_ALONE } from '../../src/lib/vault/segments/attached.ts';
import { opfsDisk } from '../../src/lib/vault/segments/opfs.ts';

const PASSPHRASE = 'correct horse';
const clock = (): number => 1_700_000_000_000;
const smsOf = (number: string): Blob =>
  new Blob([
    `<?xml version='1.0' encoding='UTF-8' ?><smses count="1"><sms protocol="0" address="${number}" date="1758700000000" type="1" body="ok" read="1" status="-1" /></smses>`
  ]);

const vault = await Vault.open(clock, undefined, { ...DATABASE_ALONE, disk: await opfsDisk() });
const { id } = await vault.create('Held', { name: 'DC 4411', passphrase: PASSPHRASE, approvedOnly: true }, false);
const unlocked = await vault.unlock(id, { passphrase: PASSPHRASE });
if (!unlocked.ok) throw new Error(unlocked.message);
const { blocks, slot, isReadOnly, close } = unlocked;
const audit = await openAudit({ vault, caseId: id, blocks, isReadOnly, slot, lines: [], clock });
let isStopped = false;
const put = async (kind: string, bytes: Uint8Array): Promise<void> => {
  // The second import comes to its rows and no further.
  if (isStopped && kind === 'directory') return new Promise<never>(() => {});
  await blocks.put(kind, bytes);
  if (isStopped && kind === 'rest') postMessage({ id, isReadOnly, seq: blocks.lastSeq });
};
const session = new CaseSession({ ...new SavedCase().finish(), keeper: { put }, clock });
const options = { zone: 'Europe/London', region: 'GB', owner: null };
await session.importFile(smsOf('07700900111'), 'first.xml', 'sms-backup-xml', options, () => {});

addEventListener('message', ({ data }: MessageEvent<'write' | { readonly identifiers: number }>) => {
  if (data === 'write')
    void blocks.put('settings', packBlock('settings', {}, { zone: 'UTC' })).then((seq) => postMessage({ seq }));
  else void end(data.identifiers);
});

interface Line {
  readonly what: string;
  readonly n: number;
}

/** What another window reads is told over a channel: its line comes a moment after its answer, joined with others of its minute. */
const PATIENCE_MS = 20_000;

/** @param identifiers how many were read in all */
async function linesOnceRead(identifiers: number): Promise<Line[]> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    await audit.trail?.flush();
    const lines = ((await audit.trail?.lines()) ?? []).map((line) => JSON.parse(line) as Line);
    const read = lines.filter(({ what }) => what.startsWith('identifiers read for a comparison'));
    if (read.reduce((sum, { n }) => sum + n, 0) >= identifiers || performance.now() > until) return lines;
    await new Promise((over) => setTimeout(over, 50));
  }
}

async function end(identifiers: number): Promise<void> {
  const lines = await linesOnceRead(identifiers);
  const kinds = await blocks.kinds();
  const lost: number[] = [];
  let last = 0;
  for await (const { seq } of blocks.readAll((damage) => lost.push(damage.seq))) last = seq;
  close();
  await vault.erase(id, 'a test');
  vault.close();
  postMessage({ kinds, lines, lost, last });
}

isStopped = true;
void session.importFile(smsOf('07700900122'), 'second.xml', 'sms-backup-xml', options, () => {});
