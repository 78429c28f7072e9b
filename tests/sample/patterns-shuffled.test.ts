/**
 * What the rules find in the sample case once its story is taken out of it: the same texts, senders and conversations, the
 * moments of all messages dealt anew among them. Rules about order and distance in time must then fall silent, and those
 * about two phones must not be fed by it.
 */
import { mkdtempSync, openAsBlob, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PatternFacts, RuleId } from '../../src/lib/analysis/patterns/facts.ts';
import { findPatterns } from '../../src/lib/analysis/patterns/library.ts';
import { SeededRandom } from '../../src/lib/analysis/random.ts';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { patternFacts } from '../../src/lib/pipeline/patterns.ts';
import { CaseSession } from '../../src/lib/pipeline/session.ts';
import { Translations } from '../../src/lib/pipeline/translations.ts';
import { writeSample } from '../../tools/sample/index.ts';

const ROUNDS = 5;
const folder = mkdtempSync(join(tmpdir(), 'skein-shuffled-'));
let facts: PatternFacts;

beforeAll(async () => {
  await writeSample({ scale: 1500, seed: 7, out: folder });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    files: { name: string; owner: string; ownerName: string; zone: string }[];
  };
  const store = new EvidenceStore();
  const session = new CaseSession({ store, translations: new Translations(), keeper: null, clock: () => 0 });
  for (const { name, owner, ownerName, zone } of manifest.files) {
    const blob = await openAsBlob(join(folder, name));
    const options = { zone, region: 'GB', owner: { identifier: owner, name: ownerName } };
    const { formatId } = await session.preview(blob, name, options, null);
    expect((await session.importFile(blob, name, formatId ?? '', options, () => {})).failure).toBeNull();
  }
  const utcMs = store.messages.time.utcMs.view(0, store.committed.messages);
  const ids = Uint32Array.from(utcMs.keys()).filter((id) => !Number.isNaN(utcMs[id]!));
  facts = patternFacts(
    store,
    ids.sort((a, b) => utcMs[a]! - utcMs[b]! || a - b),
    'Europe/London'
  );
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Moments of the rows dealt anew among them; whatever else a message is stays with it. */
function shuffled({ rows, utcMs, ...rest }: PatternFacts, seed: number): PatternFacts {
  const random = new SeededRandom(seed);
  const dealt = rows.slice();
  for (let i = dealt.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [dealt[i], dealt[j]] = [dealt[j]!, dealt[i]!];
  }
  const moments = utcMs.slice();
  rows.forEach((row, i) => (moments[dealt[i]!] = utcMs[row]!));
  return { ...rest, utcMs: moments, rows: rows.slice().sort((a, b) => moments[a]! - moments[b]! || a - b) };
}

async function counted(of: PatternFacts): Promise<Map<RuleId, number>> {
  const counts = new Map<RuleId, number>();
  for (const { rule } of await findPatterns(of)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

describe('the sample case with its moments dealt anew', () => {
  it('keeps every message and every moment, and changes which has which', () => {
    const other = shuffled(facts, 1);
    const sorted = (of: PatternFacts): number[] => Array.from(of.rows, (row) => of.utcMs[row]!).sort((a, b) => a - b);
    expect(sorted(other)).toEqual(sorted(facts));
    expect([...other.rows].sort((a, b) => a - b)).toEqual([...facts.rows].sort((a, b) => a - b));
    expect(other.rows).not.toEqual(facts.rows);
  });

  it('has none of what order and distance in time alone make', async () => {
    const before = await counted(facts);
    // The story is there before, or silence after would say nothing.
    for (const rule of ['broadcast', 'number-succession'] as const) expect(before.get(rule) ?? 0, rule).toBeGreaterThan(0);
    const alarms = new Map<RuleId, number>();
    for (let seed = 1; seed <= ROUNDS; seed++)
      for (const [rule, count] of await counted(shuffled(facts, seed))) alarms.set(rule, (alarms.get(rule) ?? 0) + count);
    console.log(
      `patterns with moments dealt anew, ${ROUNDS} times: ${[...alarms].map(([rule, count]) => `${rule} ${count}`).join(', ')}; before: ${[...before].map(([rule, count]) => `${rule} ${count}`).join(', ')}`
    );
    for (const rule of ['broadcast', 'number-succession', 'introduced', 'stopped', 'clock-apart', 'night', 'movement'] as const)
      expect(alarms.get(rule) ?? 0, rule).toBeLessThanOrEqual(1);
  });
});
