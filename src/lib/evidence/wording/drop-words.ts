/** Folders and zips that hold many things at once. */
export const DROP_WORDS = {
  'drop-entry-gone': {
    en: '{file} no longer holds the entry {entry}: it was changed since it was looked at.',
    fr: '{file} ne contient plus l’entrée {entry} : il a été modifié depuis qu’il a été examiné.'
  },
  'folder-document': { en: '{path}: SHA-256 {hash}.', fr: '{path} : SHA-256 {hash}.' },
  'folder-hashed': {
    en: 'A folder of {files} {files|document|documents} read together; its hash is the SHA-256 of the list of theirs, as sha256sum prints it',
    fr: 'Un dossier de {files} {files|document lu|documents lus} ensemble ; son empreinte est le SHA-256 de la liste des leurs, telle que sha256sum l’affiche'
  },
  'drop-unread': {
    en: '{name}: {files} {files|file was|files were} not read: {what}.',
    fr: '{name} : {files} {files|fichier non lu|fichiers non lus} : {what}.'
  },
  'drop-empty': { en: 'an empty file', fr: 'un fichier vide' },
  'drop-other-text': { en: 'text in no layout that Skein reads', fr: 'du texte dans aucune mise en page que Skein lit' },
  'drop-other-binary': {
    en: 'a binary file of a kind that Skein does not read',
    fr: 'un fichier binaire d’un type que Skein ne lit pas'
  },
  'drop-locked-entry': {
    en: 'encrypted inside its zip: unpack it with its password first',
    fr: 'chiffré dans son zip : décompressez-le d’abord avec son mot de passe'
  },
  'drop-finder': { en: 'a note of the Mac’s Finder', fr: 'une note du Finder du Mac' },
  'drop-same-name': {
    en: 'a second entry of the same name in one zip, which programs read differently',
    fr: 'une deuxième entrée du même nom dans un zip, que les programmes lisent différemment'
  },
  'drop-not-looked': {
    en: 'not looked into: beyond the first {most} files only those are that are named as documents or databases',
    fr: 'non examiné : au-delà des {most} premiers fichiers, seuls ceux nommés comme documents ou bases de données le sont'
  },
  'drop-too-deep': {
    en: 'a zip inside a zip inside a zip, which is not opened',
    fr: 'un zip dans un zip dans un zip, qui n’est pas ouvert'
  }
} as const;
