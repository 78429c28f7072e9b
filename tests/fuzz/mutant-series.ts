/**
 * The damaged files of one reader in their order: number n is the same file in every run of one seed, whichever runs were
 * stopped before it, and every short stretch of numbers holds all of the reader's fixtures.
 */
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { looksLikeZip } from '../../src/lib/formats/container/zip.ts';
import { EARLIER_FIXTURES, FORMAT_FIXTURES } from '../fixtures/all-formats.ts';
import type { FormatFixture } from '../fixtures/format-fixture.ts';
import { mutants } from '../fixtures/mutants.ts';
import { storedZip, type PlainEntry } from '../fixtures/stored-zip.ts';

export interface Mutant {
  readonly n: number;
  readonly fixture: FormatFixture;
  /** Of the file. */
  readonly name: string;
  /** Names it in a fault. */
  readonly what: string;
  /** Makes the file: those that are passed over cost nothing. */
  bytes(): Uint8Array;
}

/**
 * What is damaged of a zip beside bare files of the same reader: its own bytes seldom, since a damaged zip mostly says so
 * itself, and otherwise one of its documents, packed again.
 */
const PACKED_SHARE = 0.02;
const INSIDE_SHARE = 0.08;
/** Where a reader has zips alone. */
const PACKED_OF_ZIPS = 0.2;
/** Between fixtures of one kind the shorter ones come more often, by the root of their sizes: they cost less by mutant. */
const share = (bytes: number): number => 1 / Math.sqrt(Math.max(64, bytes));

interface Strand {
  readonly fixture: FormatFixture;
  readonly name: string;
  readonly kind: 'bare' | 'packed' | 'inside';
  readonly weight: number;
  readonly parts: readonly Uint8Array[];
  /** Puts a damaged part back: number of the mutant among the strand's, and its bytes. */
  whole(n: number, part: Uint8Array): Uint8Array;
}

async function entriesOf(zip: Uint8Array): Promise<PlainEntry[]> {
  const reader = new ZipReader(new Uint8ArrayReader(zip), { useWebWorkers: false });
  const entries: PlainEntry[] = [];
  for (const entry of await reader.getEntries())
    if (!entry.directory) entries.push({ name: entry.filename, bytes: await entry.getData(new Uint8ArrayWriter()) });
  await reader.close();
  return entries;
}

async function strandsOf(formatId: string): Promise<Strand[]> {
  const strands: Strand[] = [];
  for (const fixture of [...FORMAT_FIXTURES, ...EARLIER_FIXTURES].filter(({ format }) => format === formatId)) {
    const { name, blob } = await fixture.input();
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const base = { fixture, name, weight: share(bytes.length) };
    if (!looksLikeZip(bytes)) {
      strands.push({ ...base, kind: 'bare', parts: [bytes], whole: (_, part) => part });
      continue;
    }
    const entries = await entriesOf(bytes);
    const repacked = (n: number, part: Uint8Array): Uint8Array =>
      storedZip(entries.map((entry, i) => (i === n % entries.length ? { name: entry.name, bytes: part } : entry)));
    strands.push({ ...base, kind: 'packed', parts: [bytes], whole: (_, part) => part });
    strands.push({ ...base, kind: 'inside', parts: entries.map((entry) => entry.bytes), whole: repacked });
  }
  return weighted(strands);
}

/** Weights that add up to one. */
function weighted(strands: readonly Strand[]): Strand[] {
  const sums = { bare: 0, packed: 0, inside: 0 };
  for (const { kind, weight } of strands) sums[kind] += weight;
  const packed = sums.packed === 0 ? 0 : sums.bare === 0 ? PACKED_OF_ZIPS : PACKED_SHARE;
  const inside = sums.packed === 0 ? 0 : sums.bare === 0 ? 1 - PACKED_OF_ZIPS : INSIDE_SHARE;
  const shares = { bare: 1 - packed - inside, packed, inside };
  return strands.map((strand) => ({ ...strand, weight: (shares[strand.kind] * strand.weight) / sums[strand.kind] }));
}

/** @param until number of the last mutant plus one. */
export async function* mutantSeries(formatId: string, until: number, seed: number): AsyncGenerator<Mutant> {
  const strands = (await strandsOf(formatId)).map((strand) => ({
    ...strand,
    mutants: mutants(strand.parts, Infinity, seed),
    made: 0,
    due: 0
  }));
  for (let n = 0; n < until && strands.length > 0; n++) {
    for (const strand of strands) strand.due += strand.weight;
    const next = strands.reduce((most, strand) => (strand.due > most.due ? strand : most));
    next.due--;
    const number = next.made++;
    const { value: part } = next.mutants.next() as { value: Uint8Array };
    const what = `${next.fixture.name}${next.kind === 'inside' ? ' inside' : ''}, mutant ${number} of seed ${seed}`;
    yield { n, fixture: next.fixture, name: next.name, what, bytes: () => next.whole(number, part) };
  }
}
