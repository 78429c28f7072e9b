/** Suggestions about persons: the time over a whole case, and how many of those shown are right in the sample's truth. */
import { suggestIdentities } from '../../src/lib/analysis/identity/suggest.ts';
import { identityFacts } from '../../src/lib/pipeline/identity.ts';
import { deskOf, sessionOf } from './case-at-scale.ts';
import type { Figure } from './figure.ts';
import { growthFigures } from './growth.ts';
import { cpu_ms } from './measure.ts';
import { personOf, sampleWithTruth, TRUTH_SEEDS } from './sample-truth.ts';

const ROWS = 1_000_000;

export async function run({ scale = ROWS }: { readonly scale?: number }): Promise<Figure[]> {
  const truth = await truthFigures();
  const session = await sessionOf(scale);
  const search = deskOf(session);
  const start = cpu_ms();
  const facts = await identityFacts(session.store, search);
  const made = cpu_ms();
  const suggestions = await suggestIdentities(facts);
  return [
    ...truth,
    { id: 'identity.facts', value: (made - start) / 1000, unit: `s CPU, ${scale} messages, texts looked through for numbers` },
    {
      id: 'identity.suggest',
      value: (cpu_ms() - made) / 1000,
      unit: `s CPU, ${facts.parties} parties, ${suggestions.length} pairs`
    },
    ...(await growthFigures('identity', scale, 'messages, the search index apart'))
  ];
}

async function truthFigures(): Promise<Figure[]> {
  let shown = 0;
  let wrong = 0;
  let changed = 0;
  let seen = 0;
  for (const seed of TRUTH_SEEDS) {
    const { session, truth } = await sampleWithTruth(seed);
    const { directory } = session.store;
    const found = (await suggestIdentities(await identityFacts(session.store, deskOf(session)))).filter((one) => one.shown);
    shown += found.length;
    wrong += found.filter(({ a, b }) => personOf(session, truth, a) !== personOf(session, truth, b)).length;
    const partyOf = (e164: string): number => directory.partyOf(directory.accounts.findIndex((one) => one.e164 === e164));
    for (const { person, from, to } of truth.successions) {
      // One customer alone followed the barber to his new number: that proves nothing.
      if (person === 'barber') continue;
      changed++;
      const ends = [partyOf(from), partyOf(to)];
      if (found.some(({ a, b }) => ends.includes(a) && ends.includes(b))) seen++;
    }
  }
  const seeds = `${TRUTH_SEEDS.length} sample cases`;
  return [
    {
      id: 'identity.precision',
      value: shown === 0 ? 0 : (shown - wrong) / shown,
      unit: `of ${shown} suggestions shown, ${seeds}`,
      target: '1',
      met: wrong === 0 && shown > 0
    },
    { id: 'identity.changed-numbers', value: seen / changed, unit: `of ${changed} numbers given up for others found, ${seeds}` }
  ];
}
