/** Exported chats of WhatsApp. */
export const CHAT_WORDS = {
  'chat-no-lines': {
    en: '{chat}: none of its {lines} lines begins with a date, a time and a name as WhatsApp writes them.',
    fr: '{chat} : aucune de ses {lines} lignes ne commence par une date, une heure et un nom comme WhatsApp les écrit.'
  },
  'chats-none': {
    en: '{file}: none of its {texts} texts is a WhatsApp chat.',
    fr: '{file} : aucun de ses {texts} textes n’est une discussion WhatsApp.'
  },
  'chat-zip-without': {
    en: '{file} is a zip without a WhatsApp chat text ({files} {files|file|files}).',
    fr: '{file} est un zip sans texte de discussion WhatsApp ({files} {files|fichier|fichiers}).'
  },
  'chat-zips-inside': {
    en: '{file} holds {nested} more zip {nested|file, which was|files, which were} not opened: import them one by one.',
    fr: '{file} contient encore {nested} {nested|fichier zip, qui n’a pas été ouvert|fichiers zip, qui n’ont pas été ouverts} : les importer un par un.'
  },
  'chat-text-skipped': {
    en: '{chat} is a text without chat messages and was not read.',
    fr: '{chat} est un texte sans messages de discussion et n’a pas été lu.'
  },
  'chat-order-open': {
    en: '{chat}: the dates fit more than one order ({examples}); say which comes first, day or month.',
    fr: '{chat} : les dates admettent plusieurs ordres ({examples}) ; indiquer ce qui vient d’abord, jour ou mois.'
  },
  'two-examples': { en: "'{first}' and '{second}'", fr: '« {first} » et « {second} »' },
  'one-example': { en: "'{first}'", fr: '« {first} »' },
  'chat-no-zone': {
    en: '{chat}: the times have no zone and none was chosen; they are kept as written.',
    fr: '{chat} : les heures n’ont pas de fuseau et aucun n’a été choisi ; elles sont gardées telles quelles.'
  },
  'chat-foreign-headers': {
    en: '{chat}: {lines} {lines|line looks like a message header|lines look like message headers} of another layout; kept as text of the message before.',
    fr: '{chat} : {lines} {lines|ligne ressemble à un en-tête|lignes ressemblent à des en-têtes} de message d’une autre mise en page ; {lines|gardée|gardées} comme texte du message précédent.'
  },
  'chat-long-name': {
    en: "{chat}: '{name}' is taken as one name, because all its lines continue in the same way.",
    fr: '{chat} : « {name} » est pris pour un seul nom, car toutes ses lignes continuent de la même façon.'
  },
  'chat-owner-missing': {
    en: "{chat}: no sender is named '{name}'; who of them is the phone's user stays open.",
    fr: '{chat} : aucun expéditeur ne s’appelle « {name} » ; on ne sait pas lequel est l’utilisateur du téléphone.'
  },
  'chat-owner-taken': {
    en: "{chat}: '{name}' is taken as the phone's own user ({sign}).",
    fr: '{chat} : « {name} » est pris pour l’utilisateur du téléphone ({sign}).'
  },
  'own-deleted-message': { en: 'a deleted message of their own', fr: 'un message supprimé par lui-même' },
  'other-side-of-chat-name': { en: 'the chat is named after the other side', fr: 'la discussion porte le nom de l’autre partie' },
  'word-for-self': {
    en: 'the word that the app uses for its own user',
    fr: 'le mot par lequel l’application désigne son utilisateur'
  },
  'chat-not-utf8': {
    en: '{chat} is not UTF-8 from byte {offset} on; such lines are read as windows-1252.',
    fr: '{chat} n’est plus en UTF-8 à partir de l’octet {offset} ; ces lignes sont lues en windows-1252.'
  },
  'chat-times-repeated': {
    en: '{chat}: {times} {times|message falls|messages fall} in an hour that the clocks repeat or skip in {zone}; the first reading is used and each is marked.',
    fr: '{chat} : {times} {times|message tombe|messages tombent} dans une heure que l’horloge répète ou saute à {zone} ; la première lecture est retenue et chacun est marqué.'
  },
  'chat-lines-before': {
    en: '{chat}: {lines} {lines|line|lines} at byte {offset} {lines|stands|stand} before the first message and {lines|has|have} no sender or time.',
    fr: '{chat} : {lines} {lines|ligne|lignes} à l’octet {offset} {lines|précède|précèdent} le premier message et {lines|n’a|n’ont} ni expéditeur ni heure.'
  },
  'chat-lines-left-out': {
    en: '{chat}: {lines} {lines|line|lines} at byte {offset} {lines|continues|continue} a message of over {most} characters and {lines|was|were} left out.',
    fr: '{chat} : {lines} {lines|ligne|lignes} à l’octet {offset} {lines|continue|continuent} un message de plus de {most} caractères et {lines|a été écartée|ont été écartées}.'
  },
  'chat-time-unreadable': {
    en: "{chat}: '{stamp}' at byte {offset} is no date in this file's order; the message is kept without a time.",
    fr: '{chat} : « {stamp} » à l’octet {offset} n’est pas une date dans l’ordre de ce fichier ; le message est gardé sans heure.'
  },

  'chat-ask-zone': {
    en: 'A WhatsApp export gives the time of the phone that made it, without a zone.',
    fr: 'Un export WhatsApp donne l’heure du téléphone qui l’a fait, sans fuseau.'
  },
  'chat-ask-owner': {
    en: "An export names its senders as the phone does; say which of them is the phone's own user, and their number.",
    fr: 'Un export nomme ses expéditeurs comme le téléphone ; indiquer lequel est son utilisateur, et son numéro.'
  },
  'ask-order': {
    en: 'Every date in {file} can be read in more than one order.',
    fr: 'Chaque date de {file} peut se lire dans plusieurs ordres.'
  },

  'chat-layout': {
    en: '{family}, {order}, {hours} hours, {seconds}',
    fr: '{family}, {order}, {hours} heures, {seconds}'
  },
  'layout-android': { en: 'Android layout', fr: 'mise en page Android' },
  'layout-ios': { en: 'iOS layout', fr: 'mise en page iOS' },
  'layout-old-ios': { en: 'older iOS layout', fr: 'ancienne mise en page iOS' },
  'with-seconds': { en: 'with seconds', fr: 'avec secondes' },
  'without-seconds': { en: 'without seconds', fr: 'sans secondes' },
  'order-open': { en: 'day and month open', fr: 'jour et mois indécis' },
  'order-dmy': { en: 'day/month/year', fr: 'jour/mois/année' },
  'order-mdy': { en: 'month/day/year', fr: 'mois/jour/année' },
  'order-ymd': { en: 'year/month/day', fr: 'année/mois/jour' },
  'order-ydm': { en: 'year/day/month', fr: 'année/jour/mois' },
  'chat-lines': {
    en: '{lines} {lines|message or system line|messages and system lines} by {senders} {senders|sender|senders}',
    fr: '{lines} {lines|message ou ligne système|messages et lignes système} de {senders} {senders|expéditeur|expéditeurs}'
  },
  'chat-count': { en: '{chats} chats', fr: '{chats} discussions' },
  'chat-media': {
    en: '{files} {files|file|files} beside the text, listed and not opened',
    fr: '{files} {files|fichier|fichiers} à côté du texte, {files|listé et non ouvert|listés et non ouverts}'
  },
  'chat-texts-skipped': {
    en: '{texts} {texts|text that is|texts that are} no chat',
    fr: '{texts} {texts|texte qui n’est|textes qui ne sont} pas une discussion'
  }
} as const;
