/** Backups of SMS Backup & Restore. */
export const BACKUP_WORDS = {
  'backup-zip-without': {
    en: '{file} is a zip without sms-*.xml or calls-*.xml.',
    fr: '{file} est un zip sans sms-*.xml ni calls-*.xml.'
  },
  'backup-not-one': {
    en: '{where} is XML, but no backup of messages or calls.',
    fr: '{where} est du XML, mais pas une sauvegarde de messages ou d’appels.'
  },
  'backup-count-wrong': {
    en: '{where} says that it holds {claimed} items and holds {found}; what is there was read.',
    fr: '{where} dit contenir {claimed} éléments et en contient {found} ; ce qui s’y trouve a été lu.'
  },
  'backup-mms-cut': { en: 'The file breaks off inside this MMS.', fr: 'Le fichier s’interrompt dans ce MMS.' },
  'backup-sms-bare': {
    en: 'This <sms> has neither date, address nor text.',
    fr: 'Ce <sms> n’a ni date, ni adresse, ni texte.'
  },
  'backup-call-bare': { en: 'This <call> has neither date nor number.', fr: 'Ce <call> n’a ni date ni numéro.' },
  'backup-unknown-elements': {
    en: 'Elements <{type}> of a kind unknown here, kept as text: {times}.',
    fr: 'Éléments <{type}> d’un type inconnu ici, gardés comme texte : {times}.'
  },
  'backup-items-folded': {
    en: 'Items that stand in the file more than once and were folded: {times}.',
    fr: 'Éléments présents plusieurs fois dans le fichier et réunis : {times}.'
  },
  'backup-ask-owner': {
    en: 'This format does not state the number of the phone it comes from.',
    fr: 'Ce format n’indique pas le numéro du téléphone dont il provient.'
  },
  'backup-claims': {
    en: '{file}: <{list}> says {count} {count|item|items}',
    fr: '{file} : <{list}> annonce {count} {count|élément|éléments}'
  }
} as const;
