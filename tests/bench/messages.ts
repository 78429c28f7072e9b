/** Generated short messages in five scripts for benchmarks of search: word counts and lengths as in chat. */
import { SeededRandom } from '../../src/lib/analysis/random.ts';

export interface GeneratedTexts {
  readonly texts: string[];
  /** Words by language, most frequent first. */
  readonly vocabularies: readonly (readonly string[])[];
}

interface Language {
  /** Share of messages. */
  readonly share: number;
  /** Consonants and vowels; both empty for Han. */
  readonly consonants: string;
  readonly vowels: string;
}

const LANGUAGES: readonly Language[] = [
  { share: 0.35, consonants: 'tnshrdlcmfwgypbvk', vowels: 'eaoiu' },
  { share: 0.25, consonants: 'rntlscdmpșțvbgfz', vowels: 'eaiuăoîâ' },
  { share: 0.14, consonants: 'нтсрвлкмдпзбчхжш', vowels: 'оеаиуыя' },
  { share: 0.12, consonants: 'لمنرتبعدسفهكقحجشأ', vowels: 'اوية' },
  { share: 0.14, consonants: '', vowels: '' }
];
const WORDS = 40_000;
/** Zipf's law with Mandelbrot's shift, usual for words. */
const zipf = (rank: number): number => 1 / (rank + 2.7) ** 1.05;
const HAN_FIRST = 0x4e00;
const HAN_USED = 3500;

function vocabulary({ consonants, vowels }: Language, random: SeededRandom): string[] {
  const words = new Set<string>();
  while (words.size < WORDS) {
    let word = '';
    if (consonants === '') {
      const length = random.next() < 0.75 ? 2 : 3;
      for (let i = 0; i < length; i++) word += String.fromCharCode(HAN_FIRST + Math.floor(random.next() ** 2 * HAN_USED));
    } else {
      // Frequent words are short.
      const length = 2 + Math.floor(Math.log(words.size + 2) / 2.2 + random.next() * 3.5);
      for (let i = 0; i < length; i++) {
        const letters = i % 2 === 0 ? consonants : vowels;
        word += letters.charAt(Math.floor(random.next() ** 1.4 * letters.length));
      }
    }
    words.add(word);
  }
  return [...words];
}

/** `count` texts of about eight words on average; 3 in 100 hold a telephone number in one of four spellings. */
export function generateTexts(count: number, seed = 7): GeneratedTexts {
  const random = new SeededRandom(seed);
  const vocabularies = LANGUAGES.map((language) => vocabulary(language, random));
  const sums = new Float64Array(WORDS);
  let sum = 0;
  for (let rank = 0; rank < WORDS; rank++) sums[rank] = sum += zipf(rank);
  const pickRank = (): number => {
    const at = random.next() * sum;
    let low = 0;
    let high = WORDS - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const pickLanguage = (): number => {
    let at = random.next();
    return Math.max(
      0,
      LANGUAGES.findIndex(({ share }) => (at -= share) < 0)
    );
  };
  const texts: string[] = [];
  for (let i = 0; i < count; i++) {
    const language = pickLanguage();
    const words = vocabularies[language] as readonly string[];
    const length = Math.max(1, Math.min(120, Math.round(Math.exp(1.75 + 0.85 * random.normal()))));
    const gap = LANGUAGES[language]?.consonants === '' ? '' : ' ';
    const parts = Array.from({ length }, () => words[pickRank()] as string);
    if (random.next() < 0.03) parts.push(` ${phone(random)}`);
    if (random.next() < 0.2) parts.push(random.next() < 0.5 ? '!' : ' 😀');
    texts.push(parts.join(gap));
  }
  return { texts, vocabularies };
}

/** Ofcom's range for drama: 07700 900000 to 900999. */
function phone(random: SeededRandom): string {
  const tail = `900${String(random.below(1000)).padStart(3, '0')}`;
  const spellings = [`07700 ${tail}`, `+447700${tail}`, `0044 7700 ${tail}`, `(07700) ${tail.slice(0, 3)}-${tail.slice(3)}`];
  return spellings[random.below(spellings.length)] as string;
}
