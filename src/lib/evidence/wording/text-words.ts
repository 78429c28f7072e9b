/** Plain text. */
export const TEXT_WORDS = {
  'text-zip-without': {
    en: '{file} holds no text file (.txt).',
    fr: '{file} ne contient aucun fichier texte (.txt).'
  },
  'text-lines': {
    en: '{lines} {lines|line|lines} of text, each of them one item',
    fr: '{lines} {lines|ligne|lignes} de texte, une par élément'
  },
  'text-lines-at-least': {
    en: '{lines} lines of text or more, each of them one item',
    fr: 'au moins {lines} lignes de texte, une par élément'
  },
  'text-nobody': {
    en: 'it does not say who wrote a line or when',
    fr: 'il n’est dit ni qui a écrit une ligne ni quand'
  }
} as const;
