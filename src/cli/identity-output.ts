/**
 * identity.json: pairs of numbers and handles that may be one person, with what speaks for and against (nothing is joined),
 * and the lanes of use: when each handset, card, number and handle was in use, and which were named together.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvidenceStore } from '../lib/evidence/store.ts';
import type { SuggestionRow } from '../lib/pipeline/identity-contract.ts';
import { IdentityDesk } from '../lib/pipeline/identity-desk.ts';
import type { UseLanesView } from '../lib/pipeline/lanes-contract.ts';
import type { SearchDesk } from '../lib/pipeline/search-desk.ts';
import type { Translations } from '../lib/pipeline/translations.ts';
import { useLanesView } from '../lib/pipeline/use-lanes.ts';
import { IdentityLog } from '../lib/records/identity-log.ts';
import { iso } from './iso.ts';

export interface IdentitySummary {
  /** Suggestions listed by default, and those that rest on less. */
  readonly shown: number;
  readonly weaker: number;
  /** Handsets, cards, numbers and handles whose use over time is listed. */
  readonly lanes: number;
}

export async function writeIdentity(
  store: EvidenceStore,
  translations: Translations,
  search: SearchDesk,
  out: string | null
): Promise<IdentitySummary> {
  const desk = new IdentityDesk({
    store,
    search,
    log: new IdentityLog(),
    clock: () => Date.now(),
    isImporting: () => false,
    translated: () => translations.length,
    keep: () => Promise.resolve(),
    changed: () => {}
  });
  const { shown, weaker } = await desk.suggest(() => {});
  const lanes = await useLanesView(store);
  const suggestion = ({ a, b, isShown, reasonsFor, reasonsAgainst }: SuggestionRow): object => ({
    a,
    b,
    shown: isShown,
    reasons_for: reasonsFor.map((reason) =>
      'messageId' in reason
        ? { ...reason, body: store.messages.body.at(reason.messageId), translation: translations.textOf(reason.messageId) }
        : reason
    ),
    reasons_against: reasonsAgainst
  });
  if (out !== null) {
    const rows = [...(await desk.rows('shown', 0, shown)), ...(await desk.rows('weaker', 0, weaker))];
    await writeFile(
      join(out, 'identity.json'),
      JSON.stringify({ suggestions: rows.map(suggestion), ...laneRows(lanes) }, null, 2) + '\n'
    );
  }
  return { shown, weaker, lanes: lanes.lanes.length };
}

/** Others are named by kind and text in place of their number in the list. */
function laneRows({ lanes, rule }: UseLanesView): object {
  const named = (at: number): object => ({ kind: lanes[at]!.kind, text: lanes[at]!.text });
  return {
    lanes_rule: rule,
    lanes: lanes.map(({ spans, together, byTurnsWith, examples, ...rest }) => ({
      ...rest,
      spans: spans.map(({ fromMs, toMs, uses }) => ({ from_utc: iso(fromMs), to_utc: iso(toMs), uses })),
      named_together_with: together.map(({ lane, uses, fromMs, toMs }) => ({
        ...named(lane),
        uses,
        from_utc: iso(fromMs),
        to_utc: iso(toMs)
      })),
      by_turns_with: byTurnsWith.map(named),
      first_and_last: examples.map(({ what, utcMs, timeRaw, provenance }) => ({
        what,
        time_utc: iso(utcMs),
        time_raw: timeRaw,
        sha256: provenance.sha256Hex,
        path: provenance.path,
        offset: provenance.offset,
        unit: provenance.unit
      }))
    }))
  };
}
