/**
 * Wiring of the worker that reads another case of this device. It opens that case with its own passphrase, reads its rows
 * and the identifiers in them, gives what both cases hold, and ends; nothing is written there but that it was read.
 */
import { expose } from 'comlink';
import { caseIdentifiers } from '../pipeline/case-identifiers.ts';
import type { OtherCase } from '../pipeline/crosscase-desk.ts';
import { SavedCase } from '../pipeline/saved-case.ts';
import { Vault, type Opener } from '../vault/cases.ts';
import { DATABASE_ALONE } from '../vault/segments/attached.ts';
import { opfsDisk } from '../vault/segments/opfs.ts';
import { beginWorker } from './begin.ts';
import { AUDIT_BLOCK, openAudit } from './case-audit.ts';
import type { LoadProgress, OpenResult } from './case.contract.ts';

beginWorker();

export type OtherCaseAnswer = { readonly ok: true; readonly other: OtherCase } | Exclude<OpenResult, { readonly ok: true }>;

/** Kinds of blocks that hold evidence. What officers wrote, translations and transcripts are passed over. */
const EVIDENCE: ReadonlySet<string> = new Set(['begin', 'messages', 'calls', 'rest', 'directory']);
const clock = (): number => Date.now();

const api = {
  /** @param keys identifiers of the case that asks */
  async read(
    id: string,
    opener: Opener,
    keys: readonly string[],
    onProgress: (progress: LoadProgress) => void
  ): Promise<OtherCaseAnswer> {
    // The head of that case lags until it is opened by its own window; the page is not asked from here.
    const vault = await Vault.open(clock, undefined, { ...DATABASE_ALONE, disk: await opfsDisk() });
    const unlocked = await vault.unlock(id, opener.secret, opener.slotId);
    if (!unlocked.ok) return unlocked;
    const { blocks, isReadOnly, slot } = unlocked;
    try {
      const saved = new SavedCase();
      const lines: string[] = [];
      let done = 0;
      for await (const block of blocks.readAll(({ seq, kind }) => saved.lose(seq, kind))) {
        if (block.kind === AUDIT_BLOCK) lines.push(new TextDecoder().decode(block.bytes));
        else if (EVIDENCE.has(block.kind)) saved.add(block.kind, block.bytes);
        onProgress({ rowsDone: ++done, rowsTotal: blocks.lastSeq });
      }
      const identifiers = caseIdentifiers(saved.finish().store);
      const asked = new Set(keys);
      const uses = identifiers
        .filter(({ key }) => asked.has(key))
        .map(({ key, messages, calls, contacts, isOwn, firstMs, lastMs, files }) => ({
          key,
          use: { messages, calls, contacts, isOwn, firstMs, lastMs, files }
        }));
      // That it was read is on its disk before anything of it is told.
      const audit = await openAudit({ vault, caseId: id, blocks, isReadOnly, slot, lines, clock });
      await audit.sink.note(
        'consultation',
        'identifiers read for a comparison with another case of this device',
        identifiers.length
      );
      await audit.trail?.checkpoint();
      audit.end();
      // Where another window imports into that case, it keeps the case's lock and this one only reads.
      const hasUnfinished = saved.unfinished > 0;
      return { ok: true, other: { identifiers: identifiers.length, hasUnfinished, uses } };
    } catch (error) {
      if (error instanceof Error && (error.name === 'DamagedBlock' || error.name === 'BlockError'))
        return { ok: false, reason: 'damaged', message: error.message };
      throw error;
    } finally {
      unlocked.close();
      vault.close();
    }
  }
};
export type OtherCaseApi = typeof api;

expose(api);
