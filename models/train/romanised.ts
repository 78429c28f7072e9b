/**
 * Spellings of one chat line in Latin letters where nobody agreed on any: Roman Urdu ("hai", "hy", "h") and Arabizi
 * ("7abibi", "habibi"). A few hundred lines by hand thus meet the spellings that they do not hold.
 */

/** Uniform in 0..1. */
export type Draw = () => number;

/** Small and seeded, so that a table can be made again (Marsaglia 2003, xorshift32). */
export function seeded(seed: number): Draw {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const pick = <T>(from: readonly T[], draw: Draw): T => from[Math.floor(draw() * from.length)] as T;

/** Words of Roman Urdu that everyone spells by taste. */
const URDU_WORDS: readonly string[][] = [
  'hai he hy h hay ha hai hai',
  'hain hen hn hein hain',
  'nahi nahin nai nhi ni nahe nahi nhi',
  'mein me mai mn main mein',
  'main mein me mai mn',
  'hun hon hoon hn hu',
  'kya kia kiya ky',
  'ke k kay ke',
  'se sy say se',
  'pe py par pe',
  'aur or our r',
  'tum tm tu tum',
  'bohat bohot bahut bht boht bhot buhat',
  'theek thik tik teek thk theak',
  'acha accha achha axa acha',
  'yar yaar yr yrr',
  'bhai bhae bai bhaai',
  'abhi abi abhii',
  'paise pese paisay pesay paisy',
  'kahan kahaan khan kha',
  'raha rha rahaa',
  'rahe rhe rahy rahay',
  'rahi rhi rahii',
  'gaya gya gia geya',
  'gayi gai gyi gaye',
  'kar kr ker',
  'karo kro kero krdo',
  'koi koe kooi',
  'mujhe mjhe muje mujay mje',
  'phir phr fir pher',
  'wo woh vo wo',
  'ye yeh yh ye',
  'please plz pls plzz',
  'inshallah insha-allah inshaallah in sha allah',
  'aaj aj ajj',
  'kal kl kal',
  'ghar ghr gher',
  'wapis wapas vapis',
  'sab sb sub',
  'hamare humare hmare hamaray',
  'tumhare tmhare tumharay',
  'kuch kch kuchh',
  'baat bat baat',
  'liye lye liay lie',
  'tha ta tha',
  'thi ti thi',
  'jao jaao jaw',
  'hua huwa hoa',
  'hoga hga hoga',
  'gari gaari gadi garhi',
  'zyada ziada zada',
  'kyun kyu kiun q kun'
].map((row) => row.split(' '));
const URDU_SPELLING = new Map(URDU_WORDS.map((row) => [row[0] as string, row]));

type Rule = readonly [pattern: RegExp, spellings: readonly string[]];
/** How sounds of Urdu are spelt otherwise; the first is as written. */
const URDU_SOUNDS: readonly Rule[] = [
  [/aa/gu, ['aa', 'a', 'a']],
  [/ee/gu, ['ee', 'i', 'e']],
  [/oo/gu, ['oo', 'u', 'o']],
  [/(?<=[bdgkptc])h(?=[aeiou])/gu, ['h', 'h', '']],
  [/w/gu, ['w', 'w', 'v']],
  [/q/gu, ['q', 'q', 'k']],
  [/z/gu, ['z', 'z', 'j']],
  [/ph/gu, ['ph', 'f']],
  [/ay\b/gu, ['ay', 'e', 'y']],
  [/(?<=[a-z]{2})e\b/gu, ['e', 'e', 'ay', 'y']],
  [/(?<=[bcdfghjklmnpqrstvwz])a(?=[bcdfghjklmnpqrstvwz][aeiou])/gu, ['a', 'a', 'a', '']]
];
/** The same for Arabic: digits or what others write for them. */
const ARABIC_SOUNDS: readonly Rule[] = [
  [/3/gu, ['3', '3', 'a', '', 'aa']],
  [/7/gu, ['7', '7', 'h']],
  [/(?<=[a-z])2|2(?=[a-z])/gu, ['2', '2', '', "'", 'q']],
  [/5/gu, ['5', 'kh', '5']],
  [/8/gu, ['8', 'gh', '8']],
  [/9/gu, ['9', 'q', 'k']],
  [/gh/gu, ['gh', '8']],
  [/kh/gu, ['kh', '5', '7']],
  [/sh/gu, ['sh', 'sh', 'ch']],
  [/\bel /gu, ['el ', 'el ', 'al ', 'il ', 'l ', 'el', 'l']],
  [/ou/gu, ['ou', 'oo', 'u', 'o']],
  [/ee|ei/gu, ['ee', 'e', 'i', 'ei']],
  [/oo/gu, ['oo', 'o', 'ou', 'u']],
  [/(?<=[bcdfghjklmnpqrstvwz])e(?=[bcdfghjklmnpqrstvwz])/gu, ['e', 'e', 'i', 'a', '']],
  [/aa/gu, ['aa', 'a']],
  [/([bdfklmnrst])\1/gu, ['$1$1', '$1']],
  [/ya\b/gu, ['ya', 'ia']]
];
/** Share of its places at which a rule that was drawn for a line takes hold: people are not consistent. */
const TAKES_HOLD = 0.8;

function respell(line: string, rules: readonly Rule[], draw: Draw): string {
  let text = line;
  for (const [pattern, spellings] of rules) {
    // One writer mostly keeps to one spelling, so it is drawn once for a line.
    const spelling = pick(spellings, draw);
    if (spelling === spellings[0]) continue;
    text = text.replace(pattern, (...found: string[]) =>
      draw() < TAKES_HOLD ? spelling.replaceAll('$1', found[1] ?? '') : (found[0] as string)
    );
  }
  return text;
}

/**
 * Spellings of one line, the line itself first, at most `most`, each once.
 * @param language 'urd-Latn' or 'ara-Latn'; any other comes back alone
 */
export function spellingsOf(language: string, line: string, most: number, draw: Draw): string[] {
  const found = new Set([line]);
  if (language !== 'urd-Latn' && language !== 'ara-Latn') return [line];
  for (let i = 0; i < most * 3 && found.size < most; i++) {
    if (language === 'ara-Latn') found.add(respell(line, ARABIC_SOUNDS, draw));
    else {
      const words = line.split(' ').map((word) => pick(URDU_SPELLING.get(word) ?? [word], draw));
      found.add(respell(words.join(' '), URDU_SOUNDS, draw));
    }
  }
  return [...found];
}
