/** Contact cards (vCard). */
export const CARD_WORDS = {
  'card-cut': { en: 'The file breaks off inside this card.', fr: 'Le fichier s’interrompt dans cette fiche.' },
  'card-ends-inside': {
    en: '{where} is cut short at byte {offset}: the last card has no end.',
    fr: '{where} est coupé à l’octet {offset} : la dernière fiche n’a pas de fin.'
  },
  'card-bare': {
    en: 'This card has neither name, number nor address.',
    fr: 'Cette fiche n’a ni nom, ni numéro, ni adresse.'
  },
  'card-none': { en: '{where} holds no contact card.', fr: '{where} ne contient aucune fiche de contact.' },
  'card-zip-without': {
    en: '{file} is a zip without contact cards (.vcf).',
    fr: '{file} est un zip sans fiches de contact (.vcf).'
  },
  'card-line-giant': {
    en: '{where} was refused at byte {offset}: a property of over {most} bytes.',
    fr: '{where} a été refusé à l’octet {offset} : une propriété de plus de {most} octets.'
  },
  'cards-unended': {
    en: 'Cards without an end before the next one begins; what they hold is kept: {times}.',
    fr: 'Fiches sans fin avant que la suivante ne commence ; leur contenu est gardé : {times}.'
  },
  'cards-folded': {
    en: 'Cards that stand in the file more than once and were folded: {times}.',
    fr: 'Fiches présentes plusieurs fois dans le fichier et réunies : {times}.'
  },
  'card-lines-loose': {
    en: 'Lines outside of any card, or that are no property: {times}.',
    fr: 'Lignes hors de toute fiche, ou qui ne sont pas une propriété : {times}.'
  },
  'card-charset-unknown': {
    en: 'Texts in a character set that is not known here, read as UTF-8 or windows-1252: {times}.',
    fr: 'Textes dans un jeu de caractères inconnu ici, lus en UTF-8 ou windows-1252 : {times}.'
  },
  'card-count': { en: '{cards} {cards|contact card|contact cards}', fr: '{cards} {cards|fiche|fiches} de contact' },
  'card-versions': { en: 'vCard {versions}', fr: 'vCard {versions}' }
} as const;
