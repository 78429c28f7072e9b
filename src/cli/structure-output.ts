/** structure.json: what holds the network together, what goes both ways, what changed, and what chance alone makes. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseSession } from '../lib/pipeline/session.ts';
import type { Span, StructureView } from '../lib/pipeline/structure-contract.ts';

export interface StructureSummary {
  readonly bridges: number;
  /** Group conversations: one hyper-edge each. */
  readonly groups: number;
  readonly both_ways: number | null;
  readonly ties_begun: number | null;
  readonly ties_ended: number | null;
}

export async function writeStructure(session: CaseSession, out: string | null): Promise<StructureSummary> {
  const view = await session.structure({}, true, () => {});
  if (out !== null) await writeFile(join(out, 'structure.json'), JSON.stringify(resultOf(view), null, 2) + '\n');
  return {
    bridges: view.bridgeCount,
    groups: view.groups.count,
    both_ways: view.reciprocity?.bothWays ?? null,
    ties_begun: view.changes?.began ?? null,
    ties_ended: view.changes?.ended ?? null
  };
}

const utc = ({ fromMs, toMs }: Span): object => ({
  from_utc: new Date(fromMs).toISOString(),
  to_utc: new Date(toMs).toISOString()
});

function resultOf({ bridgeCount, reciprocity, changes, ...view }: StructureView): object {
  return {
    ...view,
    bridge_count: bridgeCount,
    reciprocity:
      reciprocity === null ? null : { pairs: reciprocity.pairs, both_ways: reciprocity.bothWays, evenness: reciprocity.evenness },
    changes: changes === null ? null : { ...changes, before: utc(changes.before), after: utc(changes.after) }
  };
}
