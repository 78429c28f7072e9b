/**
 * Generated conversation windows for benchmarks of topics: each window is about one of some planted subjects, or about
 * none. Words are frequent or rare as in chat; a subject has words of its own beside those that everybody uses.
 */
import { SeededRandom } from '../../src/lib/analysis/random.ts';
import type { MessageStream } from '../../src/lib/analysis/topics/windows.ts';

export interface PlantedTalk {
  readonly stream: MessageStream;
  readonly windows: number;
  /** Subject of each window, in order of thread and time; -1 for those about nothing. */
  readonly subject: Int32Array;
}

export const SUBJECTS = 30;
/** Small talk: no subject should be found in it. */
export const WITHOUT_SUBJECT = 0.3;
/** Share of a window's words that its subject gives. */
const OWN_WORDS = 0.35;
const WORDS_OF_SUBJECT = 150;
const WORDS_OF_ALL = 20_000;
/** Windows of one conversation, an hour apart each. */
const WINDOWS_OF_THREAD = 200;
const HOUR_MS = 3_600_000;

function words(count: number, random: SeededRandom, taken: Set<string>): string[] {
  const list: string[] = [];
  while (list.length < count) {
    const letters = 4 + random.below(6);
    let word = '';
    for (let i = 0; i < letters; i++) {
      const from = i % 2 === 0 ? 'tnshrdlcmfwgypbvk' : 'eaoiu';
      word += from.charAt(random.below(from.length));
    }
    if (taken.has(word)) continue;
    taken.add(word);
    list.push(word);
  }
  return list;
}

/** Zipf's law with Mandelbrot's shift: picks a rank below `size`. */
function ranks(size: number): (random: SeededRandom) => number {
  const sums = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank++) sums[rank] = sum += 1 / (rank + 2.7) ** 1.05;
  return (random) => {
    const at = random.next() * sum;
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** `windows` windows of two to nine messages, some seven words each. */
export function plantedTalk(windows: number, seed = 9): PlantedTalk {
  const random = new SeededRandom(seed);
  const taken = new Set<string>();
  const common = words(WORDS_OF_ALL, random, taken);
  const own = Array.from({ length: SUBJECTS }, () => words(WORDS_OF_SUBJECT, random, taken));
  const [commonRank, ownRank] = [ranks(WORDS_OF_ALL), ranks(WORDS_OF_SUBJECT)];
  const texts: string[] = [];
  const thread: number[] = [];
  const utcMs: number[] = [];
  const subject = new Int32Array(windows);
  for (let w = 0; w < windows; w++) {
    const of = random.next() < WITHOUT_SUBJECT ? -1 : random.below(SUBJECTS);
    subject[w] = of;
    const messages = 2 + random.below(8);
    for (let m = 0; m < messages; m++) {
      const line = Array.from({ length: 3 + random.below(9) }, () =>
        of >= 0 && random.next() < OWN_WORDS ? own[of]![ownRank(random)]! : common[commonRank(random)]!
      );
      texts.push(line.join(' '));
      thread.push(Math.floor(w / WINDOWS_OF_THREAD));
      utcMs.push(1.7e12 + (w % WINDOWS_OF_THREAD) * HOUR_MS + m * 60_000);
    }
  }
  return {
    stream: {
      count: texts.length,
      thread: Uint32Array.from(thread),
      utcMs: Float64Array.from(utcMs),
      textOf: (row) => texts[row]!
    },
    windows,
    subject
  };
}
