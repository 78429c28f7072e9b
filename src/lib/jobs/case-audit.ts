/** The audit log of the case that a worker has open: read with its blocks, written beside them, handed out with a verifier. */
import { configure, TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { Checkpoint } from '../vault/audit/checkpoint.ts';
import { AuditLog } from '../vault/audit/log.ts';
import { AuditTrail, reasonChanged, withReason, type AuditEntry } from '../vault/audit/trail.ts';
import { verifyAudit, type AuditVerdict } from '../vault/audit/verify.ts';
import verifier from '../vault/audit/verify_audit.py?raw';
import type { BlockStore } from '../vault/blocks.ts';
import type { Vault } from '../vault/cases.ts';
import type { Moved } from '../vault/generation/migrate.ts';
import type { SlotOwner } from '../vault/keys.ts';
import { DiskFull } from '../vault/segments/room.ts';
import type { AuditSink } from './audited.ts';

/** Kind of the blocks that hold lines; one line a block. */
export const AUDIT_BLOCK = 'audit';

export interface AuditView {
  readonly size: number;
  /** The newest lines, newest first, as canonical JSON. */
  readonly lines: readonly string[];
  /** Numbers of the lines shown that can be taken back. */
  readonly undoable: readonly number[];
  /** Why the case is open, as disclosures give it; '' where nobody said. */
  readonly reason: string;
  /** Over all lines so far. */
  readonly root: string;
  /** How the log stands against the newest checkpoint from before this opening; null where there is none. */
  readonly verdict: AuditVerdict | null;
}

/** What an opened case has of its audit log. In a window that only reads, `trail` is null and steps go to the writer. */
export interface CaseAudit {
  /** Name that the lines bear. */
  readonly who: string;
  readonly sink: AuditSink;
  readonly trail: AuditTrail | null;
  /** See CaseWorkerApi. */
  changeReason(reason: string): Promise<void>;
  /** Says that the case's blocks lie elsewhere now, and that they are the same. */
  moved(moved: Moved): Promise<void>;
  /** See AuditView. */
  readonly verdict: Promise<AuditVerdict | null>;
  end(): void;
}

interface Parts {
  readonly vault: Vault;
  readonly caseId: string;
  readonly blocks: BlockStore;
  readonly isReadOnly: boolean;
  readonly slot: SlotOwner;
  /** Why it was opened; '' where nobody said. */
  readonly reason?: string;
  /** Lines of the case's audit blocks, in order. */
  readonly lines: readonly string[];
  readonly clock: () => number;
}

/** Says that the case is open, on disk, before anything of it is shown. */
export async function openAudit({
  vault,
  caseId,
  blocks,
  isReadOnly,
  slot,
  reason = '',
  lines,
  clock
}: Parts): Promise<CaseAudit> {
  const who = whoOf(slot);
  const channel = new BroadcastChannel(`skein.audit.${caseId}`);
  const verdict = vault.checkpoints(caseId).then((all) => verdictOn(lines, all.at(-1)));
  if (isReadOnly) {
    let current = reason;
    const send = (op: AuditEntry['op'], step: string, n: number): void => {
      const what = `${step} (a window that only reads)`;
      const said = op === 'disclosure' ? withReason(what, current) : what;
      channel.postMessage({ op, what: said, n, who, atMs: clock() } satisfies AuditEntry);
    };
    send('consultation', withReason('case opened', reason), 1);
    return {
      who,
      sink: { note: async (...step) => send(...step), group: send },
      trail: null,
      changeReason: async (changed) => {
        send('consultation', reasonChanged(changed), 1);
        current = changed;
      },
      // Only a window that writes moves a case.
      moved: () => Promise.resolve(),
      verdict,
      end: () => channel.close()
    };
  }
  const trail = new AuditTrail({
    log: AuditLog.from(lines),
    who,
    reason,
    clock,
    keep: (line) => blocks.put(AUDIT_BLOCK, new TextEncoder().encode(line)).then(() => {}),
    keepCheckpoint: (checkpoint) => vault.keepCheckpoint(caseId, checkpoint),
    pair: await vault.installKey()
  });
  channel.addEventListener('message', (event: MessageEvent<AuditEntry>) => trail.take(event.data));
  const said = withReason(blocks.lastSeq === 0 ? 'case made and opened' : 'case opened', reason);
  await vault
    .handOverFailures(caseId, async (failures) => {
      for (const { name, count, lastAtMs } of failures) {
        const tried = name === '' ? 'no slot picked' : `key slot ${name}`;
        await trail.note('consultation', `opening failed: ${tried}, last at ${new Date(lastAtMs).toISOString()}`, count);
      }
    })
    .catch(unlessFull);
  const noteOrKeep = (op: AuditEntry['op'], what: string, n: number): Promise<void> =>
    trail.note(op, what, n).catch((error: unknown) => {
      unlessFull(error);
      trail.group(op, what, n);
    });
  await noteOrKeep('consultation', said, 1);
  const moved = ({ number, root, blocks: count }: Moved): Promise<void> =>
    noteOrKeep('alteration', `blocks written anew as generation ${number}, content as before, root ${root}`, count);
  const changeReason = (changed: string): Promise<void> => trail.changeReason(changed);
  return { who, sink: trail, trail, changeReason, moved, verdict, end: () => channel.close() };
}

/** On a disk that is full to the last byte a case still opens; its lines wait with the reads of the minute. */
function unlessFull(error: unknown): void {
  if (!(error instanceof DiskFull)) throw error;
}

/** Whose name the lines bear. */
function whoOf({ kind, name }: SlotOwner): string {
  if (kind === 'recovery') return 'recovery key';
  const said = name === '' ? 'passphrase without a name' : name;
  if (kind === 'passkey') return `${said} (passkey)`;
  return kind === 'supervisor' ? `${said} (supervisor)` : said;
}

/** Lines that came after the checkpoint are not its matter; that those before it are all there and unchanged is. */
async function verdictOn(lines: readonly string[], checkpoint: Checkpoint | undefined): Promise<AuditVerdict | null> {
  if (checkpoint === undefined) return null;
  const signed = lines.slice(0, checkpoint.size).map((line) => `${line}\n`);
  return verifyAudit(signed.join(''), JSON.stringify(checkpoint));
}

/** One file to hand over: lines, checkpoint, and the verifier that needs nothing of ours. */
export async function zipAudit(lines: string, checkpoint: Checkpoint): Promise<Uint8Array<ArrayBuffer>> {
  configure({ useWebWorkers: false });
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, text] of [
    ['audit.jsonl', lines],
    ['checkpoint.json', `${JSON.stringify(checkpoint, null, 1)}\n`],
    ['verify_audit.py', verifier]
  ] as const)
    await zip.add(name, new TextReader(text));
  return new Uint8Array(await zip.close());
}
