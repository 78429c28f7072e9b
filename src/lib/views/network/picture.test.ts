import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkView } from '$lib/pipeline/contract.ts';
import { groupByNode, groupsOf, letterOf } from './groups.ts';
import { spread } from './spread.ts';
import { matrixOrder, tieKey, tiesOf, tiesOfNode, tieTable } from './ties.ts';
import { canvasLabel } from './visible-text.ts';

const view = {
  party: Uint32Array.of(10, 11, 12, 13),
  labels: ['a', 'b', 'c', 'd'],
  community: Int32Array.of(5, 2, 2, 9),
  weight: Float64Array.of(4, 9, 7, 1),
  source: Uint32Array.of(0, 1, 2),
  target: Uint32Array.of(1, 2, 3),
  edgeMessages: Uint32Array.of(3, 8, 0),
  edgeCalls: Uint32Array.of(0, 0, 4),
  communities: [
    { id: 9, size: 1, name: 'd', topMembers: [], terms: [] },
    { id: 5, size: 3, name: 'a', topMembers: [], terms: [] },
    { id: 2, size: 8, name: 'b', topMembers: [], terms: ['van'] }
  ]
} as unknown as NetworkView;

describe('groups', () => {
  it('are lettered by size, and nobody alone is a group', () => {
    const groups = groupsOf(view);
    expect(groups.map(({ id, letter, token }) => [id, letter, token])).toEqual([
      [2, 'A', '--category-1'],
      [5, 'B', '--category-2']
    ]);
    expect(groupByNode(view, groups).map((group) => group?.letter)).toEqual(['B', 'A', 'A', undefined]);
  });
  it('never share a letter', () => {
    const letters = Array.from({ length: 200 }, (_, i) => letterOf(i));
    expect(new Set(letters).size).toBe(200);
  });
});

describe('ties', () => {
  it('stand by messages and calls together', () => {
    const ties = tiesOf(view);
    expect(ties.map((tie) => tieKey(tie.b, tie.a))).toEqual(['1 2', '2 3', '0 1']);
    expect(tiesOfNode(ties, 1)).toHaveLength(2);
    expect(tieTable(ties).get(tieKey(3, 2))?.calls).toBe(4);
  });
  it('put groups together in the matrix', () => {
    const rank = [1, 0, 0, 2];
    expect(matrixOrder(view, (node) => rank[node] as number)).toEqual([1, 2, 0, 3]);
  });
});

describe('discs', () => {
  it('do not cover each other after spreading, and come out the same each time', () => {
    const place = fc.record({ x: fc.double({ min: 0, max: 700, noNaN: true }), y: fc.double({ min: 0, max: 700, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 40 }), (places) => {
        const make = () => ({
          x: Float64Array.from(places, (p) => p.x),
          y: Float64Array.from(places, (p) => p.y),
          radius: new Float64Array(places.length).fill(6)
        });
        const [first, second] = [make(), make()];
        spread(first);
        spread(second);
        expect(first).toEqual(second);
        for (let a = 0; a < places.length; a++)
          for (let b = a + 1; b < places.length; b++)
            expect(Math.hypot(first.x[a]! - first.x[b]!, first.y[a]! - first.y[b]!)).toBeGreaterThan(12);
      })
    );
  });
  it('leave pinned ones where they were put', () => {
    const discs = { x: Float64Array.of(5, 5, 6), y: Float64Array.of(5, 5, 5), radius: Float64Array.of(8, 8, 8) };
    spread(discs, new Set([0]));
    expect([discs.x[0], discs.y[0]]).toEqual([5, 5]);
  });
});

describe('labels on a canvas', () => {
  it('show what would turn or hide them', () => {
    expect(canvasLabel('a\u202eb\u200bc')).toBe('a\u25a1b\u25a1c');
    expect(canvasLabel('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(Array.from(canvasLabel('😀'.repeat(12), 5))).toHaveLength(5);
  });
});
