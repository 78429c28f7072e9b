/** Under which country's plan numbers without a country code were read: stands with every source. */
import { ASSUMED_REGION } from '../evidence/assumptions.ts';
import { sentence, type Sentence } from '../evidence/wording/sentence.ts';
import type { ReadOptions } from '../formats/contract.ts';

export function regionFact({ region }: ReadOptions): Sentence {
  return region === ASSUMED_REGION
    ? sentence('numbers-of-assumed-region', { region })
    : sentence('numbers-of-region', { region });
}
