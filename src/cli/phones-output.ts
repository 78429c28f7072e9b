/** phones.json: the same messages on two devices, how far their clocks are apart, and what one of them alone holds. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CountedSet, OnlyOnRow, PhonesView } from '../lib/pipeline/reconcile-contract.ts';
import type { CaseSession } from '../lib/pipeline/session.ts';

export interface PhonesSummary {
  readonly devices: number;
  /** Pairs of devices that have a message in common. */
  readonly pairs: number;
}

export async function writePhones(session: CaseSession, out: string | null): Promise<PhonesSummary> {
  const view = await session.phones(() => {});
  if (out !== null) await writeFile(join(out, 'phones.json'), JSON.stringify(await resultOf(session, view), null, 2) + '\n');
  return { devices: view.devices.length, pairs: view.pairs.length };
}

async function resultOf(session: CaseSession, { pairs, devices, folded, rule }: PhonesView): Promise<object> {
  const listed = async ({ count, set }: CountedSet): Promise<object> => ({
    count,
    message_ids: Array.from(await session.messagesOf({ phones: [set] }))
  });
  const only = async ({ between, outside, without }: OnlyOnRow): Promise<object> => ({
    while_the_other_holds_earlier_and_later_ones: await listed(between),
    before_or_after_all_that_the_other_holds: await listed(outside),
    of_conversations_that_the_other_lacks: await listed(without)
  });
  const rows: object[] = [];
  for (const pair of pairs)
    rows.push({
      a: pair.a,
      b: pair.b,
      clocks_apart: pair.skews,
      same_time: pair.sameTime,
      by_id: await listed(pair.byKey),
      by_text: await listed(pair.byText),
      changed: await listed(pair.changed),
      ambiguous: await listed(pair.ambiguous),
      only_on_a: await only(pair.onlyA),
      only_on_b: await only(pair.onlyB)
    });
  return { rule, devices, folded_copies: folded, pairs: rows };
}
