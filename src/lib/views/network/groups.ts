/** Groups of people who talk with each other, as letter and colour. The letter says what the colour says. */
import type { NetworkView } from '$lib/pipeline/contract.ts';

export interface Group {
  readonly id: number;
  /** A, B, C ... Z, A2 ...: by size, so that a small change of the filter keeps the large ones. */
  readonly letter: string;
  /** Token of its colour; groups past the seventh share the grey one. */
  readonly token: string;
  readonly name: string;
  readonly size: number;
  readonly members: readonly { readonly id: number; readonly label: string }[];
  readonly terms: readonly string[];
}

const COLOURS = 7;
const SHARED = '--category-8';

/** Groups of the view, the greatest first; groups of one are nobody's group. */
export function groupsOf(view: NetworkView): Group[] {
  return [...view.communities]
    .filter((community) => community.size > 1)
    .sort((a, b) => b.size - a.size || a.id - b.id)
    .map((community, i) => ({
      id: community.id,
      letter: letterOf(i),
      token: i < COLOURS ? `--category-${i + 1}` : SHARED,
      name: community.name,
      size: community.size,
      members: community.topMembers,
      terms: community.terms
    }));
}

/** Letter for the i-th group. */
export function letterOf(i: number): string {
  const letter = String.fromCharCode(65 + (i % 26));
  return i < 26 ? letter : `${letter}${Math.floor(i / 26) + 1}`;
}

/** Group of each node, or undefined for a node alone. */
export function groupByNode(view: NetworkView, groups: readonly Group[]): readonly (Group | undefined)[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  return Array.from(view.community, (id) => byId.get(id));
}
