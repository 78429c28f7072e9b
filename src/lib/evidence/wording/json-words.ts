/** How JSON breaks, what its texts showed, and what the formats made of it say. */
export const JSON_WORDS = {
  'json-damaged': {
    en: '{where} is damaged at byte {offset}: {fault}.',
    fr: '{where} est endommagé à l’octet {offset} : {fault}.'
  },
  'json-cut': { en: '{where} is cut short at byte {offset}: {fault}.', fr: '{where} est coupé à l’octet {offset} : {fault}.' },
  'json-refused': {
    en: '{where} was refused at byte {offset}: {fault}.',
    fr: '{where} a été refusé à l’octet {offset} : {fault}.'
  },
  'json-ends-in-token': {
    en: 'the file ends in the middle of a text, number or word',
    fr: 'le fichier finit au milieu d’un texte, d’un nombre ou d’un mot'
  },
  'json-ends-inside': {
    en: 'the file ends inside a list or an object',
    fr: 'le fichier finit à l’intérieur d’une liste ou d’un objet'
  },
  'json-no-value': { en: 'the file holds no value', fr: 'le fichier ne contient aucune valeur' },
  'json-behind-end': { en: 'something stands behind the end', fr: 'quelque chose se trouve après la fin' },
  'json-unexpected': { en: '{what} stands where it cannot', fr: '{what} se trouve là où il ne peut pas être' },
  'json-too-deep': { en: 'more than {most} levels', fr: 'plus de {most} niveaux' },
  'json-giant-number': { en: 'a number of over {most} characters', fr: 'un nombre de plus de {most} caractères' },
  'json-giant-key': { en: 'a key of over {most} bytes', fr: 'une clé de plus de {most} octets' },
  'json-bad-number': { en: 'a number that is none in JSON', fr: 'un nombre qui n’en est pas un en JSON' },
  'json-control-in-string': { en: 'a control character inside a text', fr: 'un caractère de contrôle dans un texte' },
  'json-bad-escape': { en: 'an escape that JSON does not know', fr: 'un échappement que JSON ne connaît pas' },

  'json-item-cut': { en: 'The file breaks off inside this item.', fr: 'Le fichier s’interrompt dans cet élément.' },
  'json-item-odd': { en: 'This item is no object with fields.', fr: 'Cet élément n’est pas un objet avec des champs.' },
  'json-item-bare': {
    en: 'This item has neither time, sender nor content.',
    fr: 'Cet élément n’a ni heure, ni expéditeur, ni contenu.'
  },
  'json-halves': {
    en: 'Escapes of half a character, kept as written: {times}.',
    fr: 'Échappements d’un demi-caractère, gardés tels quels : {times}.'
  },
  'tables-in-page': {
    en: 'Tables that are not in UTF-8, read as {page}: {times}.',
    fr: 'Tableaux qui ne sont pas en UTF-8, lus en {page} : {times}.'
  },
  'json-texts-cut': {
    en: 'Texts over the limit, of which the end was left out: {times}.',
    fr: 'Textes au-delà de la limite, dont la fin a été écartée : {times}.'
  },
  'json-keys-twice': {
    en: 'Keys that stand twice in one object; the last value is read, the earlier one kept beside it: {times}.',
    fr: 'Clés présentes deux fois dans un objet ; la dernière valeur est lue, la précédente gardée à côté : {times}.'
  },
  'json-items-cut': {
    en: 'Items with more values than the limit, of which the rest was left out: {times}.',
    fr: 'Éléments avec plus de valeurs que la limite, dont le reste a été écarté : {times}.'
  },
  'json-items-folded': {
    en: 'Items that stand in the export more than once and were folded: {times}.',
    fr: 'Éléments présents plusieurs fois dans l’export et réunis : {times}.'
  },
  'json-no-zone': {
    en: 'Times without a zone while none was chosen; they stand outside of the timeline: {times}.',
    fr: 'Heures sans fuseau alors qu’aucun n’a été choisi ; elles sont hors de la chronologie : {times}.'
  },
  'json-texts-repaired': {
    en: 'Texts whose UTF-8 was written as Latin-1 and was put right; the text as written is kept beside each: {times}.',
    fr: 'Textes dont l’UTF-8 était écrit en Latin-1 et qui ont été rétablis ; le texte d’origine est gardé à côté : {times}.'
  },
  'json-zip-without': {
    en: '{file} is a zip without a JSON file of the format {format}.',
    fr: '{file} est un zip sans fichier JSON du format {format}.'
  },
  'json-documents': {
    en: '{documents} JSON {documents|file|files}',
    fr: '{documents} {documents|fichier JSON|fichiers JSON}'
  },
  'json-first-items': {
    en: 'First {size} MB of each: {items}',
    fr: 'Premiers {size} Mo de chacun : {items}'
  },
  'json-kind-count': { en: '{kind} {count}', fr: '{kind} {count}' },
  'kind-account': { en: 'account', fr: 'compte' },
  'json-ask-owner': {
    en: 'The export does not say which account is that of the device.',
    fr: 'L’export ne dit pas quel compte est celui de l’appareil.'
  },
  'json-ask-zone': {
    en: 'Times of this export are written without a zone.',
    fr: 'Les heures de cet export sont écrites sans fuseau.'
  },
  'telegram-chat-nameless': {
    en: 'Chats without a name or id, told apart by their place alone: {times}.',
    fr: 'Discussions sans nom ni identifiant, distinguées par leur seule position : {times}.'
  },
  'snapchat-absence': {
    en: '{file}: Snapchat deletes what nobody saved; what is missing here says nothing.',
    fr: '{file} : Snapchat supprime ce que personne n’a enregistré ; ce qui manque ici ne dit rien.'
  },
  'discord-own-only': {
    en: '{file}: a data package holds the messages of its own account alone; what others wrote is missing by design.',
    fr: '{file} : un paquet de données ne contient que les messages de son propre compte ; ce que les autres ont écrit manque par principe.'
  },
  'discord-count-wrong': {
    en: '{where} says that it holds {claimed} messages and holds {found}; what is there was read.',
    fr: '{where} dit contenir {claimed} messages et en contient {found} ; ce qui s’y trouve a été lu.'
  }
} as const;
