/** How the network of a filter is built: bridges, what changed between two spans, both ways or one, and chance. */
import { bridges } from '../analysis/network/bridges.ts';
import { reciprocity, tieChanges, type SpanTies } from '../analysis/network/changes.ts';
import { MOST_ACTIVE, type HyperEdge } from '../analysis/network/events.ts';
import { leiden } from '../analysis/network/leiden.ts';
import { chanceGroups } from '../analysis/network/rewire.ts';
import { NONE } from '../evidence/ids.ts';
import type { CaseFilter, PartyLabel } from './contract.ts';
import { LatestRun } from './latest-run.ts';
import { tiedNetwork } from './network.ts';
import type { DeskSetting } from './pattern-desk.ts';
import type { GroupTieRow, Span, StructureView } from './structure-contract.ts';
import { threadMembers } from './thread-members.ts';
import { groupTies, tieEvents, ties, type TieEvents } from './ties.ts';

/** Raised whenever the same messages may give another result. */
const VERSION = 1;
const NETWORKS = 20;
const SEED = 1;
const SHOWN = 12;
/** People by whom a group without a title is named. */
const NAMED = 3;
/** Fewer ties can hardly be dealt otherwise. */
const LEAST_TIES = 10;

export class StructureDesk {
  readonly #setting: Omit<DeskSetting, 'zone'>;
  readonly #run = new LatestRun();

  constructor(setting: Omit<DeskSetting, 'zone'>) {
    this.#setting = setting;
  }

  /** @throws the signal's reason when `cancel` or a later call ended it */
  async view(filter: CaseFilter, includeCalls: boolean, onProgress: (share: number) => void): Promise<StructureView> {
    const { store, selector } = this.#setting;
    const signal = this.#run.begin();
    const { messages, calls } = await selector.select(filter);
    const events = tieEvents(store);
    const counted = includeCalls ? calls : new Uint32Array();
    const network = tiedNetwork(events, messages, counted);
    const groups = groupTies(events, messages, counted);
    const { graph, pairs, parties } = network;
    const label = (party: number): PartyLabel => ({ id: party, label: store.directory.label(party) });
    const found = bridges(graph);
    const rowOf = new Map(Array.from(pairs.source, (a, e): [number, number] => [a * graph.nodes + pairs.target[e]!, e]));
    const order = Array.from(found.source, (_, i) => i).sort((x, y) => found.apart[y]! - found.apart[x]! || x - y);
    const chance = graph.edges < LEAST_TIES ? null : await chanceGroups(graph, pairs, NETWORKS, SEED, { signal, onProgress });
    const changes = await this.#changes(filter, includeCalls, events, messages);
    signal.throwIfAborted();
    return {
      rule: { id: 'structure', version: VERSION },
      nodes: graph.nodes,
      ties: graph.edges,
      groups: {
        count: groups.length,
        events: groups.reduce((sum, group) => sum + group.messages + group.calls, 0),
        of: messages.length + counted.length,
        mostActive: MOST_ACTIVE,
        rows: groups.slice(0, SHOWN).map((group) => this.#group(group))
      },
      bridgeCount: found.source.length,
      bridges: order.slice(0, SHOWN).map((i) => {
        const [a, b] = [found.source[i]!, found.target[i]!];
        const e = rowOf.get(a * graph.nodes + b)!;
        const ends = { a: label(parties[a]!), b: label(parties[b]!) };
        return { ...ends, messages: pairs.messages[e]!, calls: pairs.calls[e]!, apart: found.apart[i]! };
      }),
      chance:
        chance === null
          ? null
          : {
              networks: chance.networks,
              own: leiden(graph, { seed: SEED }).modularity,
              least: chance.modularity[0]!,
              most: chance.modularity.at(-1)!,
              swaps: chance.swaps
            },
      reciprocity: this.#reciprocity(messages),
      changes:
        changes === null
          ? null
          : {
              ...changes,
              rows: changes.rows.slice(0, SHOWN).map(({ source, target, before, after }) => ({
                a: label(source),
                b: label(target),
                before,
                after
              }))
            }
    };
  }

  cancel(): void {
    this.#run.stop('Looking at the structure was stopped.');
  }

  #group({ thread, members, active, messages, calls }: HyperEdge): GroupTieRow {
    const { directory } = this.#setting.store;
    // Behind the conversations stand the calls of several, by their people.
    const isCall = thread >= directory.threads.length;
    const name = isCall ? null : directory.threads[thread]!.name;
    const label = name ?? Array.from(members.subarray(0, NAMED), (party) => directory.label(party)).join(', ');
    const ties = active.length > 1 && active.length <= MOST_ACTIVE;
    return {
      thread: isCall ? null : thread,
      label,
      members: members.length,
      active: active.length,
      messages,
      calls,
      share: ties ? 1 / (active.length - 1) : 0
    };
  }

  async #changes(
    filter: CaseFilter,
    includeCalls: boolean,
    events: TieEvents,
    messages: Uint32Array
  ): Promise<{ before: Span; after: Span; began: number; ended: number; rows: ReturnType<typeof tieChanges> } | null> {
    const spans = this.#spans(filter, messages);
    if (spans === null) return null;
    const tiesIn = async ({ fromMs, toMs }: Span): Promise<SpanTies> => {
      const found = await this.#setting.selector.select({ ...filter, time: { fromMs, toMs } });
      const list = ties(events, found.messages, includeCalls ? found.calls : new Uint32Array());
      return { ...list, count: list.messages.map((n, e) => n + list.calls[e]!) };
    };
    const rows = tieChanges(await tiesIn(spans.before), await tiesIn(spans.after)).filter((row) => row.before !== row.after);
    return {
      ...spans,
      began: rows.filter(({ before }) => before === 0).length,
      ended: rows.filter(({ after }) => after === 0).length,
      rows
    };
  }

  /** The time that a filter sets, and as much before it; else the two halves of what its messages cover. */
  #spans({ time }: CaseFilter, messages: Uint32Array): { readonly before: Span; readonly after: Span } | null {
    const [fromMs, toMs] = [time?.fromMs ?? null, time?.toMs ?? null];
    if (fromMs !== null && toMs !== null && toMs > fromMs)
      return { before: { fromMs: fromMs - (toMs - fromMs), toMs: fromMs }, after: { fromMs, toMs } };
    const { utcMs } = this.#setting.store.messages.time;
    let first = Infinity;
    let last = -Infinity;
    for (const id of messages) {
      const at = utcMs.at(id);
      if (at < first) first = at;
      if (at > last) last = at;
    }
    if (!(last > first)) return null;
    const middle = Math.floor((first + last) / 2);
    return { before: { fromMs: first, toMs: middle }, after: { fromMs: middle, toMs: last + 1 } };
  }

  #reciprocity(messages: Uint32Array): StructureView['reciprocity'] {
    const { store } = this.#setting;
    const { directory } = store;
    const members = threadMembers(store);
    const from: number[] = [];
    const to: number[] = [];
    for (const id of messages) {
      const thread = store.messages.thread.at(id);
      const sender = store.messages.from.at(id);
      const start = members.offsets[thread]!;
      if (sender === NONE || directory.threads[thread]!.isGroup || members.offsets[thread + 1]! - start !== 2) continue;
      const party = directory.partyOf(sender);
      const [a, b] = [members.ids[start]!, members.ids[start + 1]!];
      if (party !== a && party !== b) continue;
      from.push(party);
      to.push(party === a ? b : a);
    }
    const found = reciprocity(directory.partyCount, { from: Uint32Array.from(from), to: Uint32Array.from(to) });
    if (found.there.length === 0) return null;
    return { pairs: found.there.length, bothWays: found.bothWays, evenness: found.evenness };
  }
}
