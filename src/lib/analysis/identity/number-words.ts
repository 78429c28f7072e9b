/**
 * How people say that a number changed. Phrases, not words: each is looked for as it stands, folded. A language without
 * a phrase here loses one kind of reason and nothing else.
 */

/** The words say that the number is the speaker's own. */
// English, Romanian, French, Spanish, Portuguese, Italian, Polish, Albanian, Turkish, German, Vietnamese, Russian,
// Ukrainian, Arabic.
const OWN = [
  'my new number',
  'my new num',
  'changed my number',
  'my other number',
  'this is my number now',
  'numarul meu nou',
  'noul meu numar',
  'mi am schimbat numarul',
  'celalalt numar al meu',
  'mon nouveau numero',
  'j ai change de numero',
  'mon autre numero',
  'mon nouveau num',
  'mi nuevo numero',
  'mi numero nuevo',
  'cambie de numero',
  'mi otro numero',
  'mi nuevo cel',
  'meu novo numero',
  'meu numero novo',
  'mudei de numero',
  'troquei de numero',
  'meu outro numero',
  'mio nuovo numero',
  'mio numero nuovo',
  'ho cambiato numero',
  'altro mio numero',
  'moj nowy numer',
  'zmienilem numer',
  'zmienilam numer',
  'numri im i ri',
  'e nderrova numrin',
  'yeni numaram',
  'numaram degisti',
  'meine neue nummer',
  'hab eine neue nummer',
  'so moi cua minh',
  'so moi cua anh',
  'мой новый номер',
  'сменил номер',
  'сменила номер',
  'мій новий номер',
  'змінив номер',
  'змінила номер',
  'رقمي الجديد'
];

/** A new number, whosever it is. */
// The same and Urdu, Lithuanian, Hungarian.
const ANYONES = [
  'new number',
  'new num',
  'changed number',
  'new sim',
  'numar nou',
  'numarul nou',
  'noul numar',
  'nr nou',
  'nouveau numero',
  'nouveau num',
  'nouvelle sim',
  'nuevo numero',
  'numero nuevo',
  'nuevo cel',
  'novo numero',
  'numero novo',
  'novo zap',
  'nuovo numero',
  'numero nuovo',
  'nuovo num',
  'nowy numer',
  'numri i ri',
  'yeni numara',
  'neue nummer',
  'so moi',
  'новый номер',
  'новий номер',
  'رقم جديد',
  'نیا نمبر',
  'naujas numeris',
  'uj szam'
];

export const NEW_NUMBER_PHRASES: readonly { readonly phrase: string; readonly isOwn: boolean }[] = [
  ...OWN.map((phrase) => ({ phrase, isOwn: true })),
  ...ANYONES.map((phrase) => ({ phrase, isOwn: false }))
];
