/**
 * British street addresses as people type them inside any language: "14 holm road", "3 Quay Terrace", "7 st james street".
 *
 * [Note: Addresses] They say nothing of the language around them ("si 14 holm road" was taken for Hungarian), and a model
 * makes words of them ("3 From the terrace"). So they stand aside when a language is told, and go around the model as
 * numbers do. A number, one word or two of which the first is a usual one, and a word for a street that no language we
 * read has as well: "court", "place", "park" are left out.
 */
const STREETS = 'street road rd terrace lane crescent gardens mews close drive grove avenue';
const FIRST_WORDS = 'st saint old new north south east west upper lower great little station church high';

const eitherCase = (words: string): string =>
  words
    .split(' ')
    .map((word) => `[${word.charAt(0).toUpperCase()}${word.charAt(0)}]${word.slice(1)}`)
    .join('|');

/** Source of a pattern for the flags "u" and "v", bounded ([Note: Texts of any length] in segment.ts). */
export const ADDRESS = String.raw`(?<![\p{L}\p{N}.,:/-])\d{1,4}[a-zA-Z]?,? (?:(?:${eitherCase(FIRST_WORDS)})\.? )?\p{L}[\p{L}'’-]{1,23} (?:${eitherCase(STREETS)})(?![\p{L}\p{N}])`;

const ALL = new RegExp(ADDRESS, 'gu');
const LETTER = /[\p{L}\p{M}]/gu;

/** The text with the letters of its addresses as zeros: the same length, the words at the same places. */
export const withoutAddresses = (text: string): string => text.replace(ALL, (address) => address.replace(LETTER, '0'));
