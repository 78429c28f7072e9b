/** Databases of apps: how whole they are, what beside them was read, and containers that are locked. */
export const SQLITE_WORDS = {
  'sqlite-too-large': {
    en: '{where} is over {most} bytes, which cannot be loaded here; the app itself reads it in the browser.',
    fr: '{where} dépasse {most} octets, ce qui ne peut être chargé ici ; l’application elle-même le lit dans le navigateur.'
  },
  'sqlite-not-one': {
    en: '{where} is no SQLite database, or its beginning is destroyed: no table was found.',
    fr: '{where} n’est pas une base SQLite, ou son début est détruit : aucune table n’a été trouvée.'
  },
  'sqlite-no-tables': {
    en: '{where} is an SQLite database in which no table can be found: it is empty, or its list of tables is destroyed.',
    fr: '{where} est une base SQLite où aucune table ne peut être trouvée : elle est vide, ou sa liste de tables est détruite.'
  },
  'sqlite-other-tables': {
    en: '{where} is an SQLite database without the tables of the format {format}.',
    fr: '{where} est une base SQLite sans les tables du format {format}.'
  },
  'sqlite-zip-without': {
    en: '{file} is a zip without a database of the format {format}.',
    fr: '{file} est un zip sans base de données du format {format}.'
  },
  'sqlite-databases': {
    en: '{databases} {databases|database|databases}: {names}',
    fr: '{databases} {databases|base de données|bases de données} : {names}'
  },
  'sqlite-wal-read': {
    en: '{where}: its write-ahead log was read with it ({bytes} bytes, SHA-256 {sha256}): {committed} finished frames on {pages} pages; {ignored} frames behind the last finished transaction were not used.',
    fr: '{where} : son journal (-wal) a été lu avec elle ({bytes} octets, SHA-256 {sha256}) : {committed} trames achevées sur {pages} pages ; {ignored} trames après la dernière transaction achevée n’ont pas été utilisées.'
  },
  'sqlite-wal-unusable': {
    en: '{where}: the write-ahead log beside it does not belong to it or is damaged, and was not used.',
    fr: '{where} : le journal (-wal) à côté ne lui appartient pas ou est endommagé, et n’a pas été utilisé.'
  },
  'sqlite-wal-missing': {
    en: '{where} was written with a write-ahead log, and none was handed in: the newest messages may stand in the file of the same name with -wal at its end.',
    fr: '{where} a été écrite avec un journal, et aucun n’a été remis : les messages les plus récents peuvent se trouver dans le fichier du même nom terminé par -wal.'
  },
  'sqlite-journal-there': {
    en: '{where}: a rollback journal lies beside it and was not used: the last transaction may be half written.',
    fr: '{where} : un journal d’annulation se trouve à côté et n’a pas été utilisé : la dernière transaction peut être à moitié écrite.'
  },
  'sqlite-schema-lost': {
    en: 'Entries of the list of tables that cannot be read: {times}.',
    fr: 'Entrées de la liste des tables qui ne peuvent être lues : {times}.'
  },
  'sqlite-views': {
    en: 'Views and triggers of the file, which are never run: {times}.',
    fr: 'Vues et déclencheurs du fichier, jamais exécutés : {times}.'
  },
  'sqlite-salvaged': {
    en: "Rows of the damaged table '{table}' read from its pages and marked as partial (SQLite says: {reason}): {times}.",
    fr: 'Lignes de la table endommagée « {table} » lues depuis ses pages et marquées partielles (SQLite dit : {reason}) : {times}.'
  },
  'sqlite-by-pages': {
    en: "Rows of the table '{table}' read from its pages, because SQLite cannot ask for them here ({reason}): {times}.",
    fr: 'Lignes de la table « {table} » lues depuis ses pages, car SQLite ne peut les demander ici ({reason}) : {times}.'
  },
  'sqlite-orphans': {
    en: "Rows of the table '{table}' on pages that it no longer reaches, given with low confidence: {times}.",
    fr: 'Lignes de la table « {table} » sur des pages qu’elle n’atteint plus, données avec une confiance basse : {times}.'
  },
  'sqlite-pages-lost': {
    en: "Pages of the table '{table}' that cannot be read: {times}.",
    fr: 'Pages de la table « {table} » qui ne peuvent être lues : {times}.'
  },
  'sqlite-rows-lost': {
    en: "Rows of the table '{table}' that cannot be read: {times}.",
    fr: 'Lignes de la table « {table} » qui ne peuvent être lues : {times}.'
  },
  'sqlite-texts-cut': {
    en: 'Texts over a mebibyte, of which the end was left out: {times}.',
    fr: 'Textes de plus d’un mébioctet, dont la fin a été écartée : {times}.'
  },
  'sqlite-row-bare': {
    en: 'This row has neither time, other side nor content.',
    fr: 'Cette ligne n’a ni heure, ni autre partie, ni contenu.'
  },
  'sqlite-rows-folded': {
    en: 'Rows that stand in the databases of this source more than once and were folded: {times}.',
    fr: 'Lignes présentes plusieurs fois dans les bases de cette source et réunies : {times}.'
  },
  'sqlite-deleted-marks': {
    en: 'Messages that the app notes as deleted, of which nothing but the note is left: {times}.',
    fr: 'Messages que l’application note comme supprimés, dont il ne reste que la mention : {times}.'
  },
  'sqlite-bodies-unread': {
    en: 'Texts in a packed form that could not be read; the message stands without them: {times}.',
    fr: 'Textes sous une forme emballée qui n’ont pas pu être lus ; le message figure sans eux : {times}.'
  },
  'sqlite-ask-owner': {
    en: 'The database does not say which account is that of the device.',
    fr: 'La base ne dit pas quel compte est celui de l’appareil.'
  },
  'sqlite-owner-taken': {
    en: "{where}: '{name}' is taken as the device's own account, because incoming messages are addressed to it.",
    fr: '{where} : « {name} » est pris comme compte de l’appareil, car les messages entrants lui sont adressés.'
  },
  'viber-owner-marked': {
    en: "{where}: '{name}' is taken as the device's own account, because the database marks it so.",
    fr: '{where} : « {name} » est pris comme compte de l’appareil, car la base le marque ainsi.'
  },
  'viber-owner-writes': {
    en: "{where}: '{name}' is taken as the device's own account, because all outgoing messages are by it.",
    fr: '{where} : « {name} » est pris comme compte de l’appareil, car tous les messages sortants sont de lui.'
  },
  'viber-kind-unknown': {
    en: "Messages of a kind that is not known here ('{kind}'), kept with their text: {times}.",
    fr: 'Messages d’un type inconnu ici (« {kind} »), gardés avec leur texte : {times}.'
  },

  'locked-whatsapp': {
    en: '{file} is an encrypted WhatsApp backup ({kind}). Skein opens no encryption: ask the lab for the decrypted msgstore.db with its -wal, or for the key file from the phone (files/key or encrypted_backup.key) to decrypt it there.',
    fr: '{file} est une sauvegarde WhatsApp chiffrée ({kind}). Skein n’ouvre aucun chiffrement : demandez au laboratoire le msgstore.db déchiffré avec son -wal, ou le fichier clé du téléphone (files/key ou encrypted_backup.key) pour l’y déchiffrer.'
  },
  'locked-itunes': {
    en: '{file} is an iTunes backup with a password. Skein opens no encryption: ask the lab for the decrypted backup, or for sms.db, ChatStorage.sqlite and their -wal files taken from it.',
    fr: '{file} est une sauvegarde iTunes avec mot de passe. Skein n’ouvre aucun chiffrement : demandez au laboratoire la sauvegarde déchiffrée, ou sms.db, ChatStorage.sqlite et leurs fichiers -wal qui en sont tirés.'
  },
  'locked-android': {
    en: '{file} is an Android backup with a password. Skein opens no encryption: ask the lab for the decrypted backup or for the databases taken from it.',
    fr: '{file} est une sauvegarde Android avec mot de passe. Skein n’ouvre aucun chiffrement : demandez au laboratoire la sauvegarde déchiffrée ou les bases de données qui en sont tirées.'
  },
  'locked-viber': {
    en: '{file} is the encrypted database of Viber on a computer. Skein opens no encryption: ask the lab for a decrypted copy of it, or for viber_messages with viber_data (Android) or Contacts.data (iPhone) from the phone.',
    fr: '{file} est la base chiffrée de Viber sur un ordinateur. Skein n’ouvre aucun chiffrement : demandez au laboratoire une copie déchiffrée, ou viber_messages avec viber_data (Android) ou Contacts.data (iPhone) du téléphone.'
  },
  'locked-database': {
    en: '{file} is named as a database and holds nothing readable: it is very likely encrypted (SQLCipher, as Signal and others use it). Ask the lab for the decrypted database, or for an export of the app.',
    fr: '{file} porte le nom d’une base de données et ne contient rien de lisible : elle est très probablement chiffrée (SQLCipher, comme chez Signal et d’autres). Demandez au laboratoire la base déchiffrée, ou un export de l’application.'
  },
  'is-write-ahead-log': {
    en: 'the write-ahead log of a database, to be handed in together with the database of the same name without -wal',
    fr: 'le journal d’une base de données, à remettre avec la base du même nom sans -wal'
  }
} as const;
