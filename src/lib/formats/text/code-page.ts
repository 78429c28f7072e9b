/**
 * [Note: Code pages]
 * Old programs write text in the code page of their country and say nowhere which. A text that is no UTF-8 is therefore read
 * by the page under which its letters make sense: those of one alphabet, the common ones often, small ones behind small
 * ones. The alphabets are those of the languages that phones here write in and of their neighbours; the order of letters is
 * by how common they are. Where nothing stands out (a few bytes, or signs alone) it stays windows-1252, as browsers do.
 * It is a guess, and is told with the page's name; the bytes stand in the file as they were.
 */

/** A code page by the name that TextDecoder has for it. */
export type CodePage = string;

/** What stands where nothing can be told. */
export const ASSUMED_PAGE: CodePage = 'windows-1252';

interface Alphabet {
  /** Pages that its texts are written in, likeliest first. */
  readonly pages: readonly CodePage[];
  /** Letters beyond ASCII, the commonest first. */
  readonly letters: string;
}

const alphabet = (letters: string, ...pages: CodePage[]): Alphabet => ({ pages, letters });
const CENTRAL = ['windows-1250', 'iso-8859-2'];

const ALPHABETS: readonly Alphabet[] = [
  // French; German; Spanish; Portuguese; Italian; of the North; Albanian and Dutch.
  alphabet('éèàêçôâîûùëïœ', ASSUMED_PAGE),
  alphabet('üäöß', ASSUMED_PAGE),
  alphabet('óáíéñúü', ASSUMED_PAGE),
  alphabet('ãçáéóíêõúâàô', ASSUMED_PAGE),
  alphabet('èàùòìé', ASSUMED_PAGE),
  alphabet('åäöæøé', ASSUMED_PAGE),
  alphabet('ëçéïöü', ASSUMED_PAGE),
  // Polish; Czech and Slovak; Hungarian; Romanian, with cedillas and with commas; Serbian, Croatian and Slovene.
  alphabet('łęążśćóńź', ...CENTRAL),
  alphabet('íáéěřýčžšůúňťďľôĺŕä', ...CENTRAL),
  alphabet('áéöőóüíúű', ...CENTRAL),
  alphabet('ăţşîâ', ...CENTRAL),
  alphabet('ățșîâ', 'iso-8859-16'),
  alphabet('čšžćđ', ...CENTRAL),
  // Russian and Bulgarian; Ukrainian; Greek.
  alphabet('оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё', 'windows-1251', 'koi8-r', 'iso-8859-5'),
  alphabet('оаинтвеірсклмудяпзьгйбчхцжюшїєщфґ', 'windows-1251', 'koi8-u', 'iso-8859-5'),
  alphabet('αοιετσνηυρπκλμωςάίόγδέήθύφχβώξζψϊϋ', 'windows-1253', 'iso-8859-7'),
  alphabet('ıişğüöçâîû', 'windows-1254'),
  alphabet('יוהלאתרבשמנםדקעכחפגטצסזןךףץ', 'windows-1255', 'iso-8859-8'),
  // Arabic; Urdu and Persian.
  alphabet('اليمنرتوبدةهعسفكقحأجشطىصخغذضءثزئإظآؤ', 'windows-1256', 'iso-8859-6'),
  alphabet('اروینہکمتےسبدلںپگچيهعھقشفزجٹحطخصءآضئژڈڑكظذثغؤ', 'windows-1256'),
  // Lithuanian; Latvian; Estonian; Vietnamese, whose page has the tones apart; Thai.
  alphabet('ėšųįąžčūę', 'windows-1257', 'iso-8859-13'),
  alphabet('āīēšūņļžķčģ', 'windows-1257', 'iso-8859-13'),
  alphabet('äõüöšž', 'windows-1257', 'iso-8859-13'),
  alphabet('\u0301\u0300ôđâêươ\u0323\u0309\u0303ăàáéèíóúù', 'windows-1258'),
  alphabet('านรกอเงมยลตวดทส่้หี็ไะัาำิึืุูโใๆขคจชซณญถธบปผฝพฟภศษฬฮแ์ๅ', 'windows-874')
];

/** Marks of print that stand in texts of any language. */
const CLOSING = '’”»…\u00a0';
const PRINT = '‘’“”„‚«»‹›–—…•€£§°©®№¡¿ªº´·\u00a0';

/** A guess needs as many letters, and must fit so well. */
const LEAST_LETTERS = 4;
const LEAST_SCORE = 0.45;
/** What windows-1252 may be behind and still be believed: letters that several pages share decide nothing. */
const CLEARLY = 0.02;

const LETTER = /\p{L}/u;
const MARK = /\p{M}/u;
const LATIN = /\p{Script=Latin}/u;
const ASCII_LETTER = /[A-Za-z]/;
/** What a letter that cannot stand there takes off, and how little the rarest letter of an alphabet adds. */
const WRONG = -0.7;
const RAREST = 0.5;

/** Of the characters beyond ASCII: how well they are text of this alphabet. 1 at best, below 0 for none. */
function fit(text: string, { letters }: Alphabet): number {
  const isLatin = LATIN.test(letters);
  const weights = new Map([...letters].map((letter, at, { length }) => [letter, 1 - ((1 - RAREST) * at) / length]));
  let points = 0;
  let count = 0;
  let before = '';
  for (const char of text) {
    const isAfterLetter = LETTER.test(before);
    if (char > '\x7f') {
      const small = char.toLowerCase();
      const weight = weights.get(small);
      count++;
      if (weight !== undefined) {
        // A capital behind a small letter is a letter of another page.
        const isOutOfPlace = small !== char && isAfterLetter && before.toLowerCase() === before;
        // Letters beyond ASCII stand alone in a Latin word, and among their like in any other script.
        const isStrange = isLatin ? isAfterLetter && before > '\x7f' && !MARK.test(char) : ASCII_LETTER.test(before);
        points += isOutOfPlace || isStrange ? WRONG : weight;
      } else if (PRINT.includes(char)) {
        // Quotes stand beside words; any other sign behind a letter is a letter of another page.
        points += isAfterLetter && !CLOSING.includes(char) ? WRONG : 0.3;
      } else points += WRONG;
    }
    before = char;
  }
  return count < LEAST_LETTERS ? -1 : points / count;
}

interface PairPage {
  readonly page: CodePage;
  /** How much of the pairs is text of this page: 0 to 1. */
  share(pairs: readonly (readonly [number, number])[]): number;
}

const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;
const shareOf = (pairs: readonly (readonly [number, number])[], isCommon: (first: number, second: number) => boolean): number =>
  pairs.filter(([first, second]) => isCommon(first, second)).length / pairs.length;

/**
 * Pages of two bytes a character. What is asked is the part of the page where its common characters stand: kana, the
 * syllables of KS X 1001, the first level of GB 2312 and of Big5.
 */
const PAIR_PAGES: readonly PairPage[] = [
  { page: 'euc-kr', share: (pairs) => shareOf(pairs, (a, b) => (within(a, 0xb0, 0xc8) || a === 0xa1) && b >= 0xa1) },
  {
    page: 'euc-jp',
    share: (pairs) => {
      const kana = shareOf(pairs, (a, b) => within(a, 0xa4, 0xa5) && b >= 0xa1);
      return kana < 0.2 ? 0 : shareOf(pairs, (a, b) => (within(a, 0xa1, 0xa5) || within(a, 0xb0, 0xf4)) && b >= 0xa1);
    }
  },
  {
    page: 'shift_jis',
    share: (pairs) => {
      const kana = shareOf(pairs, (a, b) => (a === 0x82 && within(b, 0x9f, 0xf1)) || (a === 0x83 && within(b, 0x40, 0x96)));
      return kana < 0.2 ? 0 : shareOf(pairs, (a) => within(a, 0x81, 0x83) || within(a, 0x88, 0x9f) || within(a, 0xe0, 0xea));
    }
  },
  {
    page: 'gb18030',
    share: (pairs) => shareOf(pairs, (a, b) => (within(a, 0xb0, 0xd7) || a === 0xa1 || a === 0xa3) && b >= 0xa1)
  },
  {
    page: 'big5',
    share: (pairs) => shareOf(pairs, (a, b) => (within(a, 0xa4, 0xc6) || a === 0xa1) && (within(b, 0x40, 0x7e) || b >= 0xa1))
  }
];

function pairsOf(bytes: Uint8Array): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < bytes.length; i++) if (bytes[i]! >= 0x80) pairs.push([bytes[i]!, bytes[++i]!]);
  return pairs;
}

function decoded(bytes: Uint8Array, page: CodePage): string | null {
  try {
    // A character that the end of the look cuts in two is none that the page has not.
    return new TextDecoder(page, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/**
 * The page of a text that is no UTF-8.
 * @param bytes its beginning: the more, the surer. Bytes of ASCII alone say nothing.
 */
export function codePageOf(bytes: Uint8Array): CodePage {
  const texts = new Map<CodePage, string | null>();
  const textIn = (page: CodePage): string | null => {
    if (!texts.has(page)) texts.set(page, decoded(bytes, page));
    return texts.get(page) ?? null;
  };
  let best: { page: CodePage; score: number } = { page: ASSUMED_PAGE, score: LEAST_SCORE - CLEARLY };
  const offer = (page: CodePage, score: number): void => {
    if (score > best.score + (best.page === ASSUMED_PAGE ? CLEARLY : 0)) best = { page, score };
  };
  for (const one of ALPHABETS) {
    for (const page of one.pages) {
      const text = textIn(page);
      if (text !== null) offer(page, fit(text, one));
    }
  }
  const pairs = pairsOf(bytes);
  if (pairs.length < LEAST_LETTERS) return best.page;
  for (const { page, share } of PAIR_PAGES) if (textIn(page) !== null) offer(page, share(pairs));
  return best.page;
}

/** Pages in which a byte below 128 may be the second of a character, or two bytes one that is no UTF-8 by chance alone. */
export const isPairPage = (page: CodePage): boolean => PAIR_PAGES.some((one) => one.page === page);
