/** The view's ties as rows, and its neighbourhoods: what list, matrix and panels read. */
import type { NetworkView } from '$lib/pipeline/contract.ts';

export interface Tie {
  readonly a: number;
  readonly b: number;
  readonly messages: number;
  readonly calls: number;
}

/** Ties between nodes, the most messages and calls first. */
export function tiesOf(view: NetworkView): Tie[] {
  return Array.from(view.source, (a, e) => ({
    a,
    b: view.target[e] as number,
    messages: view.edgeMessages[e] as number,
    calls: view.edgeCalls[e] as number
  })).sort((x, y) => y.messages + y.calls - (x.messages + x.calls) || x.a - y.a || x.b - y.b);
}

export function tiesOfNode(ties: readonly Tie[], node: number): readonly Tie[] {
  return ties.filter((tie) => tie.a === node || tie.b === node);
}

/** Messages and calls between two nodes, by the smaller number first. */
export function tieTable(ties: readonly Tie[]): ReadonlyMap<string, Tie> {
  return new Map(ties.map((tie) => [tieKey(tie.a, tie.b), tie]));
}

export function tieKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** Nodes by group, the greatest group first, and by ties inside it: rows and columns of the matrix. */
export function matrixOrder(view: NetworkView, groupRank: (node: number) => number): number[] {
  return Array.from(view.party.keys()).sort(
    (a, b) => groupRank(a) - groupRank(b) || (view.weight[b] as number) - (view.weight[a] as number) || a - b
  );
}
