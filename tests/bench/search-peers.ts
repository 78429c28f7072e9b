/**
 * FlexSearch and MiniSearch beside our index: build time, memory and queries, each in a process of its own, so that no
 * heap of one is counted for another. A peer that does not get through (its memory ends) is said and left out.
 */
import { against, type Figure } from './figure.ts';
import { inOwnProcess } from './own-process.ts';
import { quantile, type Kind } from './search-questions.ts';
import type { PeerName, PeerRun } from './search-peer-run.ts';

const PEERS: readonly Exclude<PeerName, 'own'>[] = ['flexsearch', 'minisearch'];

const runOf = (peer: PeerName, size: number): Promise<PeerRun> =>
  inOwnProcess<PeerRun>(new URL('./search-peer-run.ts', import.meta.url), [peer, String(size)]);

/** @param at what ids end in: the size. */
export async function peerFigures(size: number, at: string): Promise<Figure[]> {
  const own = await runOf('own', size);
  const figures: Figure[] = [];
  for (const name of PEERS) {
    try {
      const peer = await runOf(name, size);
      figures.push(
        against(`search.build${at}`, own.build_ms, 'ms CPU', name, peer.build_ms),
        against(`search.memory${at}`, own.peakBytes / 1e6, 'MB resident over the texts, at its peak', name, peer.peakBytes / 1e6)
      );
      // Each peer answers what it can: neither has phrases, FlexSearch no beginnings of words.
      for (const [kind, theirs] of Object.entries(peer.queries_ms))
        for (const q of [50, 95]) {
          const ours = quantile(own.queries_ms[kind as Kind] ?? [], q / 100);
          figures.push(against(`search.p${q}.${kind}${at}`, ours, 'ms', name, quantile(theirs, q / 100)));
        }
    } catch (error) {
      console.error(`${name} was not measured at ${size} texts: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return figures;
}
