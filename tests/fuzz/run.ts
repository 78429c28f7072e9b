/**
 * Mutants of one reader, in a process of its own: `run.ts FORMAT COUNT SEED FROM`. Says `begin N` before each one and what
 * came of it after, over the channel to its parent, which watches the time.
 */
import { looksLikeZip } from '../../src/lib/formats/container/zip.ts';
import { formatById } from '../../src/lib/formats/registry.ts';
import { EARLIER_FIXTURES, FORMAT_FIXTURES } from '../fixtures/all-formats.ts';
import { mutants } from '../fixtures/mutants.ts';
import { tryMutant, ZIP_SHARE } from './trial.ts';

/** What a run tells its parent. */
export type FuzzNews =
  | { readonly kind: 'begin'; readonly n: number; readonly what: string }
  | { readonly kind: 'end'; readonly n: number; readonly end: 'whole' | 'stopped'; readonly took_ms: number }
  | { readonly kind: 'crash'; readonly n: number; readonly what: string; readonly fault: string }
  | { readonly kind: 'done'; readonly total: number };

/** Resolves when the channel took it, so that a run does not fill it faster than it is read. */
const tell = (news: FuzzNews): Promise<void> =>
  new Promise((resolve) => process.send?.(news, undefined, undefined, () => resolve()));

async function run(id: string, count: number, seed: number, from: number): Promise<void> {
  const format = formatById(id);
  if (format === undefined) throw new Error(`There is no format ${id}.`);
  const fixtures = [...FORMAT_FIXTURES, ...EARLIER_FIXTURES].filter((fixture) => fixture.format === id);
  const files = await Promise.all(
    fixtures.map(async (fixture) => {
      const { name, blob } = await fixture.input();
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return { fixture, name, bytes, isZip: looksLikeZip(bytes) };
    })
  );
  const bare = files.filter(({ isZip }) => !isZip).length;
  let n = 0;
  for (const { fixture, name, bytes, isZip } of files) {
    let ofFile = 0;
    for (const mutant of mutants([bytes], Math.ceil(count * (isZip && bare > 0 ? ZIP_SHARE : 1 / Math.max(1, bare))), seed)) {
      const number = n++;
      const what = `${fixture.name}, mutant ${ofFile++} of seed ${seed}`;
      if (number < from) continue;
      await tell({ kind: 'begin', n: number, what });
      const started = performance.now();
      try {
        const end = await tryMutant(format, fixture, name, mutant, ofFile - 1);
        await tell({ kind: 'end', n: number, end, took_ms: performance.now() - started });
      } catch (error) {
        await tell({ kind: 'crash', n: number, what, fault: error instanceof Error ? error.message : String(error) });
      }
    }
  }
  await tell({ kind: 'done', total: n });
  process.disconnect();
}

const [id = '', count = '', seed = '', from = ''] = process.argv.slice(2);
await run(id, Number(count), Number(seed), Number(from));
