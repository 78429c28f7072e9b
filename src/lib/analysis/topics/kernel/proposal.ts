/**
 * [Note: Proposed and settled]
 * A kernel in single precision only proposes neighbours, more than are asked for; settled.ts takes their distances again
 * in double precision and shows that no other point can be among the nearest, or looks at all of them where it cannot be
 * shown. So the lists follow from the vectors alone, whichever kernel proposed, on any processor and any card.
 */
import type { PaceOptions } from '../../pace.ts';
import type { DensePoints } from '../svd.ts';

export interface Proposal {
  /** Proposed for each point; no more than there are other points. */
  readonly kept: number;
  /** count x kept: other points in any order.. */
  readonly index: Uint32Array;
  /**
   * Per point the greatest squared distance among its proposals as the kernel reckoned it: every point left out has at
   * least this one.
   */
  readonly limit: Float32Array;
}

/** @throws the signal's reason when aborted. `kept` is at least 1 and at most one less than the points. */
export type Propose = (points: DensePoints, kept: number, options: PaceOptions) => Promise<Proposal>;

/**
 * How far a squared distance of a kernel may lie from the true one, at most: |x|² + |y|² - 2xy with every product and sum
 * rounded to 24 bits, the products added in any order (Higham 2002, section 3.1: `dims` roundings of |x||y|), and eight
 * more for the squares, the sums with them and numbers so small that a card may take them for 0.
 * @param size sum of the two squared lengths, at most
 */
export const kernelError = (dims: number, size: number): number => (dims + 8) * 2 ** -24 * size;
