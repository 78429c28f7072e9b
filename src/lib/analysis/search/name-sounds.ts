/**
 * [Note: Names across scripts]
 * A name is written in many ways: Jose, José, Жозе; Mohamed, Muhammad, محمد; Iulia, Julia, Юлия. Each folded word is
 * read as a row of sounds, one letter a sound, whatever script it is in; two words are alike when turning one row into
 * the other costs little. Vowels are cheap to change, add or drop (Arabic leaves most of them out), letters that
 * languages read alike cost a quarter, any other consonant nearly one. The first sound must be near: Dorin is not Sorin.
 * It is a rough reading that finds too much rather than too little, and says nothing on who a person is.
 *
 * Letters follow common romanisations (Passport and BGN/PCGN for Cyrillic and Greek, ALA-LC's consonants for Arabic
 * script and Hebrew); costs were set by hand on the pairs in name-sounds.test.ts.
 */
import { ownTable } from '../../evidence/own-table.ts';

/** Sounds: a e i o u; y glide; b d f g h j k l m n p r s t v z; S sh; C ch. */
const VOWELS = 'aeiou';

const LETTERS: Readonly<Record<string, string>> = ownTable({
  // Latin letters that stand for another sound.
  c: 'k',
  q: 'k',
  w: 'v',
  x: 'ks',
  // Cyrillic, folded: й as и, ё as е, ї as і.
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  ђ: 'j',
  е: 'e',
  є: 'ye',
  ж: 'j',
  з: 'z',
  и: 'i',
  і: 'i',
  ј: 'y',
  к: 'k',
  л: 'l',
  љ: 'l',
  м: 'm',
  н: 'n',
  њ: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  ћ: 'C',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 's',
  ч: 'C',
  џ: 'j',
  ш: 'S',
  щ: 'S',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  // Greek.
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 't',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'ks',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  τ: 't',
  υ: 'i',
  φ: 'f',
  χ: 'h',
  ψ: 'ps',
  ω: 'o',
  // Arabic script, folded.
  ا: 'a',
  ب: 'b',
  پ: 'p',
  ت: 't',
  ٹ: 't',
  ث: 's',
  ج: 'j',
  چ: 'C',
  ح: 'h',
  خ: 'h',
  د: 'd',
  ڈ: 'd',
  ذ: 'z',
  ر: 'r',
  ڑ: 'r',
  ز: 'z',
  ژ: 'j',
  س: 's',
  ش: 'S',
  ص: 's',
  ض: 'd',
  ط: 't',
  ظ: 'z',
  ع: 'a',
  غ: 'g',
  ف: 'f',
  ڤ: 'v',
  ق: 'k',
  ك: 'k',
  گ: 'g',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ں: 'n',
  ه: 'h',
  ھ: 'h',
  و: 'u',
  ي: 'i',
  ء: '',
  // Hebrew.
  א: 'a',
  ב: 'b',
  ג: 'g',
  ד: 'd',
  ה: 'h',
  ו: 'v',
  ז: 'z',
  ח: 'h',
  ט: 't',
  י: 'i',
  כ: 'k',
  ך: 'k',
  ל: 'l',
  מ: 'm',
  ם: 'm',
  נ: 'n',
  ן: 'n',
  ס: 's',
  ע: 'a',
  פ: 'p',
  ף: 'f',
  צ: 's',
  ץ: 's',
  ק: 'k',
  ר: 'r',
  ש: 'S',
  ת: 't'
});

/** Latin letters that together stand for one sound; the longest first. */
const GROUPS: readonly (readonly [letters: string, sounds: string])[] = [
  ['tsch', 'C'],
  ['gia', 'ja'],
  ['gio', 'jo'],
  ['giu', 'ju'],
  ['sch', 'S'],
  ['dzh', 'j'],
  ['tch', 'C'],
  ['shch', 'S'],
  ['ch', 'C'],
  ['sh', 'S'],
  ['zh', 'j'],
  ['dj', 'j'],
  ['kh', 'h'],
  ['gh', 'g'],
  ['ph', 'f'],
  ['th', 't'],
  ['ck', 'k'],
  ['ts', 's'],
  ['tz', 's'],
  ['cz', 'C'],
  ['sz', 'S'],
  ['qu', 'k'],
  ['ou', 'u'],
  ['oo', 'u'],
  ['ee', 'i']
];

/** Sounds that one language writes as another writes the other. */
const NEAR = [
  'sz',
  'sS',
  'sC',
  'SC',
  'Sj',
  'Cj',
  'jz',
  'jy',
  'jh',
  'ji',
  'jg',
  'Ck',
  'kg',
  'kh',
  'gh',
  'ks',
  'bp',
  'bv',
  'fv',
  'pf',
  'td',
  'yi',
  'uv',
  'lr'
];

const COST = { near: 0.25, vowel: 0.4, aside: 0.9, across: 1.2, vowelMore: 0.3, hMore: 0.25, more: 0.9, swap: 0.7 } as const;

const SYMBOLS = [...'aeiouybdfghjklmnprstvzSC'];
const NUMBER_OF = new Map(SYMBOLS.map((symbol, i) => [symbol, i]));
const KINDS = SYMBOLS.length;
const isVowel = (sound: number): boolean => sound < VOWELS.length;
const H = NUMBER_OF.get('h') as number;
const Y = NUMBER_OF.get('y') as number;

const change = new Float64Array(KINDS * KINDS);
const more = new Float64Array(KINDS);
for (let a = 0; a < KINDS; a++) {
  more[a] = isVowel(a) || a === Y ? COST.vowelMore : a === H ? COST.hMore : COST.more;
  for (let b = 0; b < KINDS; b++) {
    const apart = isVowel(a) && isVowel(b) ? COST.vowel : isVowel(a) === isVowel(b) ? COST.aside : COST.across;
    change[a * KINDS + b] = a === b ? 0 : apart;
  }
}
for (const pair of NEAR) {
  const [a, b] = [...pair].map((symbol) => NUMBER_OF.get(symbol) as number) as [number, number];
  change[a * KINDS + b] = change[b * KINDS + a] = COST.near;
}

/** Longest row of sounds that is compared; a longer word is no name. */
export const MOST_SOUNDS = 24;

/** A folded word as numbers of sounds; empty where it holds a letter that is not read here, or is too long. */
export function soundsOf(word: string): Uint8Array {
  const row: number[] = [];
  for (let at = 0; at < word.length;) {
    const group = GROUPS.find(([letters]) => word.startsWith(letters, at));
    const letter = word.charAt(at);
    const sounds = group?.[1] ?? LETTERS[letter] ?? (NUMBER_OF.has(letter) ? letter : null);
    if (sounds === null) return new Uint8Array();
    // Doubled letters are one sound.
    for (const sound of sounds) {
      const number = NUMBER_OF.get(sound) as number;
      if (row[row.length - 1] !== number) row.push(number);
    }
    at += group?.[0].length ?? 1;
  }
  return row.length > MOST_SOUNDS ? new Uint8Array() : Uint8Array.from(row);
}

/** What two rows of so many sounds may cost and still be alike. */
function limitOf(sounds: number): number {
  if (sounds <= 3) return 0.5;
  if (sounds === 4) return 0.75;
  return sounds < 8 ? 0.95 : 1.5;
}

const isNearFirst = (a: number, b: number): boolean => {
  if (isVowel(a) && isVowel(b)) return true;
  // A breath before a vowel comes and goes.
  if ((a === H && isVowel(b)) || (b === H && isVowel(a))) return true;
  return change[a * KINDS + b]! <= COST.near;
};

/** Which sounds a row holds, one bit a sound. */
export function soundsSeen(row: Uint8Array): number {
  let seen = 0;
  for (const sound of row) seen |= 1 << sound;
  return seen;
}

/** Consonants that cost `COST.aside` or more wherever they have no near sound on the other side. */
const DEAR = SYMBOLS.reduce((mask, _, i) => (isVowel(i) || i === H || i === Y ? mask : mask | (1 << i)), 0);

/** By sound: itself and all that are near to it. */
const NEAR_TO = SYMBOLS.map((_, a) =>
  SYMBOLS.reduce((mask, __, b) => (change[a * KINDS + b]! <= COST.near ? mask | (1 << b) : mask), 0)
);

function bitsIn(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count++;
  return count;
}

/**
 * A quick look that passes over most of the rows which are not like a name: false only where `areAlike` is false. Each
 * consonant that has nothing near it in the name has to be dropped or changed, and either costs the same at least.
 */
export function quickLook(name: Uint8Array): (first: number, length: number, seen: number) => boolean {
  let reach = 0;
  for (const sound of name) reach |= NEAR_TO[sound]!;
  const strange = DEAR & ~reach;
  const first = Uint8Array.from(SYMBOLS, (_, sound) => (name.length > 0 && isNearFirst(sound, name[0]!) ? 1 : 0));
  const most = Uint8Array.from({ length: WIDTH }, (_, length) => Math.floor(limitOf(Math.max(length, name.length)) / COST.aside));
  return (sound, length, seen) => first[sound] === 1 && bitsIn(seen & strange) <= most[length]!;
}

const WIDTH = MOST_SOUNDS + 1;
const table = new Float64Array(WIDTH * WIDTH);

/** Whether two rows of sounds may be one name. The longer row says how much they may differ. */
export function areAlike(a: Uint8Array, b: Uint8Array): boolean {
  const [m, n] = [a.length, b.length];
  if (m === 0 || n === 0 || !isNearFirst(a[0]!, b[0]!)) return false;
  const limit = limitOf(Math.max(m, n));
  if (Math.abs(m - n) * COST.hMore > limit) return false;
  for (let j = 1; j <= n; j++) table[j] = table[j - 1]! + more[b[j - 1]!]!;
  for (let i = 1; i <= m; i++) {
    const row = i * WIDTH;
    const x = a[i - 1]!;
    let least = (table[row] = table[row - WIDTH]! + more[x]!);
    for (let j = 1; j <= n; j++) {
      const y = b[j - 1]!;
      let cost = table[row - WIDTH + j - 1]! + change[x * KINDS + y]!;
      cost = Math.min(cost, table[row - WIDTH + j]! + more[x]!, table[row + j - 1]! + more[y]!);
      if (i > 1 && j > 1 && x === b[j - 2]! && y === a[i - 2]!)
        cost = Math.min(cost, table[row - 2 * WIDTH + j - 2]! + COST.swap);
      table[row + j] = cost;
      if (cost < least) least = cost;
    }
    // A swap reaches back two rows and costs more than it saves, so no later row can come below this.
    if (least > limit + COST.swap) return false;
  }
  return table[m * WIDTH + n]! <= limit + 1e-9;
}
table[0] = 0;
