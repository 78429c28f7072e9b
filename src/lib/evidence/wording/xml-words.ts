/** How XML breaks, and what its texts showed. Each fault is the end of a sentence with file and byte before it. */
export const XML_WORDS = {
  'xml-damaged': {
    en: '{where} is damaged at byte {offset}: {fault}.',
    fr: '{where} est endommagé à l’octet {offset} : {fault}.'
  },
  'xml-cut': { en: '{where} is cut short at byte {offset}: {fault}.', fr: '{where} est coupé à l’octet {offset} : {fault}.' },
  'xml-refused': {
    en: '{where} was refused at byte {offset}: {fault}.',
    fr: '{where} a été refusé à l’octet {offset} : {fault}.'
  },
  'xml-ends-in-token': {
    en: 'the file ends in the middle of a tag or text',
    fr: 'le fichier finit au milieu d’une balise ou d’un texte'
  },
  'xml-ends-inside': { en: 'the file ends inside <{element}>', fr: 'le fichier finit à l’intérieur de <{element}>' },
  'xml-no-element': { en: 'the file holds no element', fr: 'le fichier ne contient aucun élément' },
  'xml-loose-text': { en: 'text outside of any element', fr: 'du texte hors de tout élément' },
  'xml-end-without-start': { en: 'an end tag without its start', fr: 'une balise de fin sans son début' },
  'xml-wrong-end': {
    en: 'an end tag that does not belong to <{element}>',
    fr: 'une balise de fin qui n’est pas celle de <{element}>'
  },
  'xml-end-unended': { en: 'an end tag without an end', fr: 'une balise de fin sans fin' },
  'xml-odd-bang': { en: "a '<!' that begins nothing known", fr: 'un « <! » qui ne commence rien de connu' },
  'xml-dtd': {
    en: 'it declares a document type of its own (DTD), as entity bombs do',
    fr: 'il déclare son propre type de document (DTD), comme les bombes d’entités'
  },
  'xml-dtd-unended': { en: 'a document type without an end', fr: 'un type de document sans fin' },
  'xml-less-than-in-tag': { en: "a '<' inside a tag", fr: 'un « < » dans une balise' },
  'xml-no-tag': { en: "a '<' that begins no tag", fr: 'un « < » qui ne commence aucune balise' },
  'xml-odd-quotes': { en: 'a tag with quotes in odd places', fr: 'une balise avec des guillemets mal placés' },
  'xml-second-root': { en: 'a second element at the top', fr: 'un second élément au sommet' },
  'xml-too-deep': { en: 'more than {most} levels of elements', fr: 'plus de {most} niveaux d’éléments' },
  'xml-tag-unended': { en: 'a tag without an end', fr: 'une balise sans fin' },
  'xml-giant-attributes': {
    en: 'a tag with several giant attributes',
    fr: 'une balise avec plusieurs attributs géants'
  },
  'xml-too-many-names': { en: 'more than {most} different element names', fr: 'plus de {most} noms d’éléments différents' },
  'xml-tag-unspaced': {
    en: 'a tag with attributes without a space between them',
    fr: 'une balise avec des attributs sans espace entre eux'
  },
  'xml-tag-nameless': { en: 'a tag with an attribute without a name', fr: 'une balise avec un attribut sans nom' },
  'xml-tag-valueless': { en: 'a tag with an attribute without a value', fr: 'une balise avec un attribut sans valeur' },
  'xml-tag-unquoted': {
    en: 'a tag with an attribute value without quotes',
    fr: 'une balise avec une valeur d’attribut sans guillemets'
  },
  'xml-tag-less-than': { en: "a tag with a '<' inside an attribute", fr: 'une balise avec un « < » dans un attribut' },
  'xml-tag-crowded': { en: 'a tag with too many attributes', fr: 'une balise avec trop d’attributs' },

  'texts-not-utf8': {
    en: 'Texts with bytes that are no UTF-8, shown as U+FFFD: {times}.',
    fr: 'Textes contenant des octets qui ne sont pas de l’UTF-8, affichés U+FFFD : {times}.'
  },
  'loose-ampersands': {
    en: 'Ampersands that begin no known reference and were kept as written: {times}.',
    fr: 'Esperluettes qui ne commencent aucune référence connue, gardées telles quelles : {times}.'
  },
  'illegal-references': {
    en: 'References to characters that XML forbids: {times}.',
    fr: 'Références à des caractères qu’XML interdit : {times}.'
  },
  'text-in-encoding': {
    en: 'Texts in {encoding}; byte places are those of its text in UTF-8: {times}.',
    fr: 'Textes en {encoding} ; les positions en octets sont celles du texte en UTF-8 : {times}.'
  },
  'times-unreadable': {
    en: 'Times that could not be read; their text is kept: {times}.',
    fr: 'Heures illisibles ; leur texte est gardé : {times}.'
  },
  'times-repeated': {
    en: 'Times in an hour that the clocks repeat or skip: {times}.',
    fr: 'Heures dans un intervalle que l’horloge répète ou saute : {times}.'
  }
} as const;
