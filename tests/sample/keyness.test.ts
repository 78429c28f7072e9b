/** New terms in the sample case, against its own ground truth: planted talk is found, shuffled talk is not. */
import { mkdtempSync, openAsBlob, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bitsOf } from '../../src/lib/analysis/filter/bits.ts';
import { keyness } from '../../src/lib/analysis/keyness/keyness.ts';
import { SeededRandom } from '../../src/lib/analysis/random.ts';
import { SearchIndex } from '../../src/lib/analysis/search/search-index.ts';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { CaseSession } from '../../src/lib/pipeline/session.ts';
import { Translations } from '../../src/lib/pipeline/translations.ts';
import { writeSample, type Truth } from '../../tools/sample/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'skein-keyness-'));
let session: CaseSession;
let truth: Truth;

beforeAll(async () => {
  ({ truth } = await writeSample({ scale: 3000, seed: 7, out: folder }));
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    files: { name: string; owner: string; ownerName: string; zone: string }[];
  };
  session = new CaseSession({ store: new EvidenceStore(), translations: new Translations(), keeper: null, clock: () => 0 });
  for (const { name, owner, ownerName, zone } of manifest.files) {
    const blob = await openAsBlob(join(folder, name));
    const options = { zone, region: 'GB', owner: { identifier: owner, name: ownerName } };
    const preview = await session.preview(blob, name, options, null);
    const report = await session.importFile(blob, name, preview.formatId ?? '', options, () => {});
    expect(report.failure).toBeNull();
  }
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The phone of the drugs line: its texts are one source of the case. */
const lineSources = (): number[] => session.store.sources.flatMap(({ name }, i) => (name.startsWith('sms-') ? [i] : []));

describe('new terms of the sample case', () => {
  it('are those in which the drugs line advertises, with messages of the ledger’s own file', async () => {
    const view = await session.keyness({ sources: lineSources() }, 'original', () => {});
    const found = view.terms.map(({ term }) => term);
    // What the truth's broadcasts say again and again to many customers.
    const said = truth.broadcasts.map(({ text }) => text.toLowerCase()).join('\n');
    const planted = found.filter((term) => said.includes(term));
    expect(planted.length, found.join(', ')).toBeGreaterThanOrEqual(4);
    expect(
      found.some((term) => /^(2 for|for 15|3 for|for 20|on till|till late)$/.test(term)),
      found.join(', ')
    ).toBe(true);
    for (const term of view.terms) {
      expect(term.logLikelihood, term.term).toBeGreaterThanOrEqual(view.bound);
      expect(term.threads, term.term).toBeGreaterThanOrEqual(3);
      expect(term.logRatio, term.term).toBeGreaterThan(0);
      expect(term.quotes.length, term.term).toBeGreaterThan(0);
      expect((await session.filter({ sources: lineSources(), text: term.query })).total, term.term).toBe(term.inside);
    }
  });

  it('are none where its messages are dealt out by chance', async () => {
    const { messages, committed } = session.store;
    const index = new SearchIndex();
    for (let id = 0; id < committed.messages; id++) index.add(id, 'original', messages.body.at(id));
    index.commit();
    const random = new SeededRandom(11);
    let shown = 0;
    for (let run = 0; run < 20; run++) {
      const set = bitsOf(committed.messages, random.sample(committed.messages, Math.floor(committed.messages / 4)));
      const input = { index, set, sideOf: new Uint8Array(committed.messages), threadOf: (id: number) => messages.thread.at(id) };
      shown += (await keyness(input)).terms.length;
    }
    expect(shown).toBeLessThan(3);
  });
});
