/** Files as such: empty, unknown, packed, encrypted, imported before; and what is asked about any of them. */
export const FILE_WORDS = {
  'file-empty': { en: '{file} is empty.', fr: '{file} est vide.' },
  'file-blank': { en: '{file} holds nothing but white space.', fr: '{file} ne contient que des espaces.' },
  'file-unreadable': {
    en: '{file} could not be read from the disk ({reason}).',
    fr: '{file} n’a pas pu être lu sur le disque ({reason}).'
  },
  'no-reason': { en: 'no reason given', fr: 'aucune raison donnée' },
  'file-is-other': {
    en: '{file} is {what}: there are no messages in it that Skein reads.',
    fr: '{file} est {what} : il ne contient pas de messages que Skein lit.'
  },
  'file-is-other-zip': {
    en: '{file} is a zip of {entries} {entries|entry|entries}, none of which is an export that Skein reads.',
    fr: '{file} est un zip de {entries} {entries|entrée|entrées}, dont aucune n’est un export que Skein lit.'
  },
  'file-is-binary': {
    en: '{file} is a binary file of a kind that Skein does not read.',
    fr: '{file} est un fichier binaire d’un type que Skein ne lit pas.'
  },
  'file-is-text': {
    en: '{file} is text, but not in the layout of any export that Skein reads.',
    fr: '{file} est du texte, mais dans aucune des mises en page d’export que Skein lit.'
  },
  'is-jpeg': { en: 'a JPEG picture', fr: 'une image JPEG' },
  'is-png': { en: 'a PNG picture', fr: 'une image PNG' },
  'is-gif': { en: 'a GIF picture', fr: 'une image GIF' },
  'is-riff': { en: 'a sound, video or WebP file', fr: 'un fichier son, vidéo ou WebP' },
  'is-pdf': { en: 'a PDF document', fr: 'un document PDF' },
  'is-sqlite': { en: 'an SQLite database', fr: 'une base de données SQLite' },
  'is-7zip': { en: 'a 7-Zip archive', fr: 'une archive 7-Zip' },
  'is-rar': { en: 'a RAR archive', fr: 'une archive RAR' },
  'is-gzip': { en: 'a gzip archive', fr: 'une archive gzip' },
  'is-old-office': { en: 'an old Office document', fr: 'un ancien document Office' },
  'is-program': { en: 'a Windows program', fr: 'un programme Windows' },
  'is-mp3': { en: 'an MP3 sound', fr: 'un son MP3' },
  'is-ogg': { en: 'an Ogg sound', fr: 'un son Ogg' },
  'is-mp4': { en: 'an MP4 video or HEIC picture', fr: 'une vidéo MP4 ou une image HEIC' },

  'file-held': {
    en: '{file} is byte for byte the file {held}, which the case already holds: nothing was imported twice.',
    fr: '{file} est octet pour octet le fichier {held}, que le dossier contient déjà : rien n’a été importé deux fois.'
  },
  'file-not-saved': {
    en: '{file} was read but could not be saved on this device ({reason}): the case is as it was before.',
    fr: '{file} a été lu mais n’a pas pu être enregistré sur cet appareil ({reason}) : le dossier est tel qu’il était.'
  },
  'more-of-kind': {
    en: "{count} more of the kind '{kind}' are counted and not listed.",
    fr: '{count} {count|autre|autres} du type « {kind} » : {count|compté mais pas listé|comptés mais pas listés}.'
  },
  'line-too-long': {
    en: '{file}: the line at byte {offset} is longer than {most} bytes.',
    fr: '{file} : la ligne à l’octet {offset} dépasse {most} octets.'
  },

  'entry-in': { en: "{file}: '{entry}'", fr: '{file} : « {entry} »' },
  'zip-too-deep': {
    en: '{file} lies more than {most} zips deep and was not opened.',
    fr: '{file} se trouve sous plus de {most} zips et n’a pas été ouvert.'
  },
  'zip-tolerant': {
    en: '{file} is not a clean zip ({reason}); it was read with the tolerant rules, and other programs may read it differently.',
    fr: '{file} n’est pas un zip conforme ({reason}) ; il a été lu avec les règles tolérantes, et d’autres programmes peuvent le lire autrement.'
  },
  'zip-entry-locked': {
    en: '{where} is encrypted and needs its password.',
    fr: '{where} est chiffré et demande son mot de passe.'
  },
  'zip-entry-too-large': {
    en: '{where} gives more than {most} bytes and was stopped there.',
    fr: '{where} donne plus de {most} octets et a été arrêté là.'
  },
  'zip-bomb': {
    en: '{where} unpacks to over {ratio} times its size, as a zip bomb does, and was stopped.',
    fr: '{where} se décompresse à plus de {ratio} fois sa taille, comme une bombe zip, et a été arrêté.'
  },
  'zip-too-many-entries': {
    en: '{file} lists more than {most} entries and was not opened.',
    fr: '{file} liste plus de {most} entrées et n’a pas été ouvert.'
  },
  'zip-long-names': {
    en: '{file}: {count} {count|entry has a name|entries have names} over {most} bytes and {count|was|were} left out.',
    fr: '{file} : {count} {count|entrée a un nom|entrées ont un nom} de plus de {most} octets et {count|a été écartée|ont été écartées}.'
  },
  'zip-wrong-password': { en: '{where}: the password is wrong.', fr: '{where} : le mot de passe est faux.' },
  'zip-locked-otherwise': {
    en: '{where} is encrypted in a way that cannot be opened here.',
    fr: '{where} est chiffré d’une manière qui ne peut être ouverte ici.'
  },
  'zip-cut': {
    en: '{where} is cut off or no zip: the list of entries at its end is missing.',
    fr: '{where} est coupé ou n’est pas un zip : la liste des entrées à la fin manque.'
  },
  'zip-split': {
    en: '{where} is one part of a split zip; the other parts are needed.',
    fr: '{where} est une partie d’un zip fractionné ; les autres parties sont nécessaires.'
  },
  'zip-packing-unknown': {
    en: '{where} is packed by a method that cannot be read here.',
    fr: '{where} est compressé par une méthode qui ne peut être lue ici.'
  },
  'zip-checksum': {
    en: '{where} is damaged: its bytes do not match the checksum in the zip ({reached} bytes were read).',
    fr: '{where} est endommagé : ses octets ne correspondent pas à la somme de contrôle du zip ({reached} octets lus).'
  },
  'zip-damaged': {
    en: '{where} is damaged at byte {reached} of the unpacked data ({reason}).',
    fr: '{where} est endommagé à l’octet {reached} des données décompressées ({reason}).'
  },

  'zip-files-beside': {
    en: '{file}: {read} {read|file was|files were} read; {others} more in the zip {others|is|are} of other kinds and {others|was|were} not opened.',
    fr: '{file} : {read} {read|fichier lu|fichiers lus} ; {others} {others|autre fichier du zip est|autres fichiers du zip sont} d’un autre type et {others|n’a pas été ouvert|n’ont pas été ouverts}.'
  },
  'zip-encrypted': { en: 'Encrypted zip', fr: 'Zip chiffré' },
  'file-encrypted': { en: '{where} is encrypted.', fr: '{where} est chiffré.' },
  'numbers-of-region': {
    en: 'Numbers without a country code are read as numbers of {region}',
    fr: 'Les numéros sans indicatif de pays sont lus comme numéros de {region}'
  },
  'numbers-of-assumed-region': {
    en: 'Numbers without a country code are read as numbers of {region}, which is assumed',
    fr: 'Les numéros sans indicatif de pays sont lus comme numéros de {region}, ce qui est supposé'
  }
} as const;
