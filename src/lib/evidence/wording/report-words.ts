/** Cellebrite reports. */
export const REPORT_WORDS = {
  'report-zip-without': {
    en: '{file} is a zip without a report.xml: it is no UFDR.',
    fr: '{file} est un zip sans report.xml : ce n’est pas un UFDR.'
  },
  'report-not-one': {
    en: '{where} is XML, but no Cellebrite report: it has no project and no models.',
    fr: '{where} est du XML, mais pas un rapport Cellebrite : il n’a ni projet ni modèles.'
  },
  'report-headless': {
    en: '{where} is a part of a report without its head: what the report says about the device is missing.',
    fr: '{where} est une partie de rapport sans son en-tête : ce que le rapport dit de l’appareil manque.'
  },
  'report-item-incomplete': { en: '{type} {id} was not complete: {reason}.', fr: '{type} {id} n’était pas complet : {reason}.' },
  'report-breaks-off': { en: 'the report breaks off', fr: 'le rapport s’interrompt' },
  'reading-stopped': { en: 'reading was stopped', fr: 'la lecture a été arrêtée' },
  'only-looked-at': { en: 'only looked at', fr: 'seulement examiné' },
  'report-texts-cut': {
    en: 'Texts longer than {most} characters, cut there: {times}.',
    fr: 'Textes de plus de {most} caractères, coupés là : {times}.'
  },
  'report-order-open': {
    en: 'Times that could be day/month or month/day; their text is kept, outside of the timeline: {times}.',
    fr: 'Heures qui peuvent être jour/mois ou mois/jour ; leur texte est gardé, hors de la chronologie : {times}.'
  },
  'report-no-zone': {
    en: 'Times without an offset while no zone was chosen; they stand outside of the timeline: {times}.',
    fr: 'Heures sans décalage alors qu’aucun fuseau n’a été choisi ; elles sont hors de la chronologie : {times}.'
  },
  'report-items-folded': {
    en: 'Items that stand in the report more than once and were folded: {times}.',
    fr: 'Éléments présents plusieurs fois dans le rapport et réunis : {times}.'
  },

  'report-ask-zone-some': {
    en: '{times} of the first times in the report state no offset.',
    fr: '{times} des premières heures du rapport n’indiquent pas de décalage.'
  },
  'report-ask-zone-none': {
    en: 'The first times in the report state their offset; later ones may not.',
    fr: 'Les premières heures du rapport indiquent leur décalage ; les suivantes peut-être pas.'
  },
  'report-ask-order': {
    en: 'The report writes dates that fit day/month and month/day.',
    fr: 'Le rapport écrit des dates qui admettent jour/mois et mois/jour.'
  },
  'report-ask-owner': {
    en: 'The report does not say which number is that of the device.',
    fr: 'Le rapport ne dit pas quel numéro est celui de l’appareil.'
  },

  'report-entries': {
    en: 'UFDR with {entries} {entries|entry|entries}',
    fr: 'UFDR de {entries} {entries|entrée|entrées}'
  },
  'report-head': { en: 'Cellebrite report {version}', fr: 'Rapport Cellebrite {version}' },
  'report-head-unversioned': { en: 'Cellebrite report', fr: 'Rapport Cellebrite' },
  'report-extraction-type': { en: '{type} extraction', fr: 'extraction {type}' },
  'report-part': { en: 'Part of a Cellebrite report, without its head', fr: 'Partie d’un rapport Cellebrite, sans son en-tête' },
  'report-extractions': {
    en: '{count} {count|extraction|extractions}: {names}',
    fr: '{count} {count|extraction|extractions} : {names}'
  },
  'report-own-numbers': { en: 'Own numbers: {numbers}', fr: 'Numéros propres : {numbers}' },
  'report-first-items': { en: 'First {size} MB: {items}', fr: 'Premiers {size} Mo : {items}' }
} as const;
