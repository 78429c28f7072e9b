/**
 * Names that a translation lost or brought in. A name is a word with a capital inside a sentence, in the languages below; a
 * single capital there, as people call each other; and, however it is written, a word of the model's own list.
 */
import { ownTable } from '../evidence/own-table.ts';
import type { LanguageCode } from './contract.ts';
import { folded, foldedWords } from './fold.ts';

/** Languages that write only names large inside a sentence; German writes every noun so. */
const WRITES_NAMES_LARGE: ReadonlySet<LanguageCode> = new Set(
  'fra spa por ita ron nld pol tur hun lit sqi som kmr rus ukr bul'.split(' ')
);
const INNER_CAPITAL = /(?<=[\p{L}\p{N},;:)'’-]\s|[\p{Ll}]['’])\p{Lu}[\p{Ll}\p{M}'’-]{2,}/gu;
/** "tell S": a letter alone that is no word of these languages, in a text that is not all capitals. */
const INNER_LETTER = /(?<=[\p{L}\p{N},;:)'’-]\s)[B-DF-HJ-NP-TV-XZ](?![\p{L}\p{M}\p{N}.'’-])/gu;
const WORD = /[\p{L}\p{M}]{3,}/gu;

/** Names in their folded form: a model's names.txt, made by models/train/names.py. */
export type NameList = ReadonlySet<string>;

const NO_NAMES: NameList = new Set();

/** Reads names.txt: a folded name a line. */
export const readNames = (bytes: Uint8Array): NameList => new Set(new TextDecoder().decode(bytes).split('\n').filter(Boolean));

/** Titles, feasts and forms of address that English has other words for. */
const NOT_NAMES = new Set(
  (
    'dieu dios deus dio dumnezeu doamne noel navidad natal natale craciun paques pascua pascoa pasqua paste sr sra srta ' +
    'senhor senhora senor senora signor signora domnul doamna monsieur madame usted ustedes dumneavoastra lei eglise ' +
    'iglesia chiesa igreja biblia bible bibbia internet terre tierra terra pamant mama papa maman tata mamma mamae papai ' +
    'abuela abuelo nonna nonno vovo bunica allah pere mere padre madre san santa saint sainte sao sfantul'
  ).split(' ')
);
/** Places whose English name does not begin alike; the others are found by their first letters. */
const ENGLISH_PLACES: Readonly<Record<string, string>> = ownTable({
  alemania: 'germany',
  alemanha: 'germany',
  allemagne: 'germany',
  espagne: 'spain',
  espana: 'spain',
  espanha: 'spain',
  spagna: 'spain',
  inghilterra: 'england',
  angleterre: 'england',
  inglaterra: 'england',
  anglia: 'england',
  bretagne: 'britain',
  bretana: 'britain',
  bretanha: 'britain',
  bretagna: 'britain',
  britanie: 'britain',
  ecosse: 'scotland',
  escocia: 'scotland',
  scozia: 'scotland',
  scotia: 'scotland',
  galles: 'wales',
  gales: 'wales',
  irlanda: 'ireland',
  irlande: 'ireland',
  londra: 'london',
  londres: 'london',
  parigi: 'paris',
  suisse: 'switzerland',
  suiza: 'switzerland',
  suica: 'switzerland',
  svizzera: 'switzerland',
  elvetia: 'switzerland',
  etats: 'states',
  estados: 'states',
  stati: 'states',
  statele: 'states',
  unis: 'united',
  unidos: 'united',
  uniti: 'united',
  unite: 'united',
  nueva: 'new',
  nuova: 'new',
  nova: 'new',
  nouvelle: 'new',
  pays: 'netherlands',
  paises: 'netherlands',
  hongrie: 'hungary',
  hungria: 'hungary',
  ungheria: 'hungary',
  ungaria: 'hungary',
  suede: 'sweden',
  suecia: 'sweden',
  svezia: 'sweden',
  suedia: 'sweden',
  japon: 'japan',
  giappone: 'japan',
  chine: 'china',
  cina: 'china',
  grece: 'greece',
  croatie: 'croatia',
  venise: 'venice',
  venezia: 'venice',
  firenze: 'florence',
  napoli: 'naples',
  roma: 'rome',
  moscou: 'moscow',
  mosca: 'moscow',
  viena: 'vienna',
  lisboa: 'lisbon',
  lisbonne: 'lisbon',
  egipto: 'egypt',
  egitto: 'egypt',
  egypte: 'egypt',
  maroc: 'morocco',
  marruecos: 'morocco',
  marrocos: 'morocco',
  turquia: 'turkey'
});
/** Words that English writes large and that are no names. */
const LARGE_IN_ENGLISH = new Set(
  (
    'i god christmas easter mr mrs ms miss dr sir madam mum mom dad mummy daddy grandma grandpa granny uncle aunt internet ' +
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september ' +
    'october november december bible earth lord english french spanish portuguese italian romanian german polish turkish ' +
    'russian chinese japanese greek latin arabic dutch american british european african indian hungarian ukrainian ' +
    'bulgarian albanian brazilian mexican canadian swiss irish scottish welsh muslim christian catholic jewish okay'
  ).split(' ')
);

const capitals = (text: string): string[] => text.match(INNER_CAPITAL) ?? [];

/**
 * Names of the source that no word of the English resembles, each once.
 * @param known names that are found in any spelling and at any place
 */
export function namesLost(source: string, english: string, language: LanguageCode, known: NameList = NO_NAMES): string[] {
  if (!WRITES_NAMES_LARGE.has(language)) return [];
  const there = foldedWords(english);
  const isThere = (part: string): boolean => there.some((word) => resembles(part, word));
  const large = capitals(source).filter((name) => {
    const parts = foldedWords(name).filter((part) => part.length > 2 && !NOT_NAMES.has(part));
    return parts.some((part) => !isThere(part));
  });
  const listed = known.size === 0 ? [] : (source.match(WORD) ?? []).filter((w) => known.has(folded(w)) && !isThere(folded(w)));
  const isShouted = source === source.toUpperCase();
  const letters = isShouted ? [] : (source.match(INNER_LETTER) ?? []).filter((letter) => !loneLetters(english).has(letter));
  return [...new Set([...large, ...listed, ...letters])];
}

const loneLetters = (text: string): Set<string> => new Set(text.match(/(?<![\p{L}\p{N}])\p{Lu}(?![\p{L}\p{M}\p{N}])/gu) ?? []);

/** Names of the English that no word of the source resembles: invented ones. */
export function namesAdded(source: string, english: string, language: LanguageCode): string[] {
  if (!WRITES_NAMES_LARGE.has(language)) return [];
  const there = foldedWords(source);
  return capitals(english).filter((name) => {
    const part = folded(name)
      .replace(/'.*$/u, '')
      .replace(/(?<=day)s$/u, '');
    return part.length > 2 && !LARGE_IN_ENGLISH.has(part) && !there.some((word) => resembles(word, part));
  });
}

/** Equal, one place's two names, or alike: "Italia" and "Italy" begin so, "Tóquio" and "Tokyo" have the same consonants. */
function resembles(foreign: string, english: string): boolean {
  if (foreign === english || ENGLISH_PLACES[foreign] === english) return true;
  const [a, b] = [consonantsOf(foreign), consonantsOf(english)];
  if (a.length >= 2 && a === b) return true;
  const alike = commonStart(foreign, english);
  return (
    alike >= 3 && 2 * alike >= Math.min(foreign.length, english.length) && alike >= Math.max(foreign.length, english.length) - 5
  );
}

const consonantsOf = (word: string): string =>
  word
    .replace(/ph/gu, 'f')
    .replace(/[cq]/gu, 'k')
    .replace(/[aeiouyhw]/gu, '');

function commonStart(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}
