/**
 * paths.json and paths.csv: the shortest way between two people, with the messages behind each step; and where ties that
 * are no talk (address books, shared handsets and cards, nearness) make it shorter, that way as well, with their rows.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csv } from '../lib/evidence/csv.ts';
import { e164Of } from '../lib/formats/phone-number.ts';
import type { CaseSession } from '../lib/pipeline/session.ts';
import { TIE_KINDS, type TieHop } from '../lib/pipeline/tie-contract.ts';
import { iso } from './iso.ts';
import { ownBuild } from './own-build.ts';
import { tieOutput } from './ties-output.ts';

export interface PathEnds {
  readonly from: string;
  readonly to: string;
}

export interface PathsSummary {
  /** Pairs asked for, those with a way over messages and calls, and those of whom an end was not found. */
  readonly asked: number;
  readonly connected: number;
  readonly unknown: number;
}

interface HopOutput {
  readonly from: string;
  readonly to: string;
  readonly messages: number;
  readonly calls: number;
  readonly first_utc: string | null;
  readonly last_utc: string | null;
  /** What the one wrote where the other could read it. */
  readonly message_ids: readonly number[];
  readonly other_ties: readonly { readonly kind: string }[];
}

interface Way {
  readonly over: 'talk' | 'all-ties';
  readonly hops: readonly HopOutput[];
}

const COLUMNS = ['path', 'over', 'step', 'from', 'to', 'messages', 'calls', 'first_utc', 'last_utc', 'other_ties', 'skein_build'];

/** @returns null where no path was asked for */
export async function writePaths(
  session: CaseSession,
  asked: readonly PathEnds[],
  region: string,
  out: string | null
): Promise<PathsSummary | null> {
  if (asked.length === 0) return null;
  const rows: (string | number | null)[][] = [];
  const paths: object[] = [];
  let connected = 0;
  let unknown = 0;
  for (const [number, ends] of asked.entries()) {
    const [from, to] = [partyNamed(session, ends.from, region), partyNamed(session, ends.to, region)];
    const fault = from.fault ?? to.fault;
    if (from.party === null || to.party === null) {
      unknown++;
      paths.push({ ...ends, fault, ways: [] });
      continue;
    }
    const ways: Way[] = [];
    const talk = await session.path(from.party, to.party, {});
    const all = await session.tiePath(from.party, to.party, {}, TIE_KINDS);
    if (talk !== null) {
      connected++;
      ways.push({
        over: 'talk',
        hops: await hopsOf(
          session,
          talk.map((hop) => ({ ...hop, others: [] }))
        )
      });
    }
    if (all !== null && (talk === null || all.length < talk.length))
      ways.push({ over: 'all-ties', hops: await hopsOf(session, all) });
    paths.push({ ...ends, fault: null, ways });
    for (const { over, hops } of ways)
      for (const [step, hop] of hops.entries()) {
        const { from: one, to: other, messages, calls, first_utc, last_utc, other_ties } = hop;
        const kinds = other_ties.map(({ kind }) => kind).join(', ');
        rows.push([number + 1, over, step + 1, one, other, messages, calls, first_utc, last_utc, kinds, ownBuild()]);
      }
  }
  if (out !== null) {
    await writeFile(join(out, 'paths.json'), JSON.stringify({ paths }, null, 2) + '\n');
    await writeFile(join(out, 'paths.csv'), csv([COLUMNS, ...rows]));
  }
  return { asked: asked.length, connected, unknown };
}

/** By number in any spelling, by handle, or by the name that stands for a person here, if one alone bears it. */
function partyNamed({ store }: CaseSession, text: string, region: string): { party: number | null; fault: string | null } {
  const { directory } = store;
  const number = e164Of(text, region);
  const folded = text.trim().toLowerCase();
  const found = new Set<number>();
  for (const [account, { e164, identifier, rawIdentifiers }] of directory.accounts.entries())
    if ((number !== undefined && e164 === number) || [identifier, ...rawIdentifiers].some((one) => one.toLowerCase() === folded))
      found.add(directory.partyOf(account));
  if (found.size === 0)
    for (let party = 0; party < directory.partyCount; party++)
      if (directory.label(party).toLowerCase() === folded) found.add(directory.standing(party));
  const [party] = found;
  if (party === undefined) return { party: null, fault: `${text} stands in no file` };
  if (found.size > 1) return { party: null, fault: `${text} may be ${found.size} people; give a number or a handle` };
  return { party, fault: null };
}

async function hopsOf(session: CaseSession, hops: readonly TieHop[]): Promise<HopOutput[]> {
  const { utcMs } = session.store.messages.time;
  const found: HopOutput[] = [];
  for (const { from, to, messages, calls, others } of hops) {
    const ids = messages === 0 ? [] : [...(await session.messagesOf({ between: [from.id, to.id] }))];
    const times = ids.map((id) => utcMs.at(id)).filter((ms) => !Number.isNaN(ms));
    found.push({
      from: from.label,
      to: to.label,
      messages,
      calls,
      first_utc: iso(times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b))),
      last_utc: iso(times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b))),
      message_ids: ids,
      other_ties: others.map(tieOutput)
    });
  }
  return found;
}
