/** Output of ALEAPP and iLEAPP. */
export const LEAPP_WORDS = {
  'leapp-zip-without': {
    en: '{file} is a zip without TSV tables of ALEAPP or iLEAPP.',
    fr: '{file} est un zip sans tables TSV d’ALEAPP ou d’iLEAPP.'
  },
  'leapp-tables': {
    en: '{tables} {tables|table|tables} of artifacts',
    fr: '{tables} {tables|table|tables} d’artefacts'
  },
  'leapp-ask-zone': {
    en: 'Some times are written without an offset. The tool writes UTC unless it was told another zone: its report says which.',
    fr: 'Certaines heures sont écrites sans décalage. L’outil écrit en UTC sauf si un autre fuseau lui a été indiqué : son rapport le dit.'
  },
  'leapp-ask-owner': {
    en: 'The tables call the device “Local User” or leave it out: say whose it is.',
    fr: 'Les tables appellent l’appareil « Local User » ou ne le nomment pas : dites à qui il est.'
  },
  'lava-no-description': {
    en: '{where}: _lava_data.json was not handed in with it; tables are read by the names of their columns.',
    fr: '{where} : _lava_data.json n’a pas été remis avec elle ; les tables sont lues par les noms de leurs colonnes.'
  },
  'lava-count-disagrees': {
    en: "'{table}': the tool says it wrote {stated} rows, and {rows} are there.",
    fr: '« {table} » : l’outil dit avoir écrit {stated} lignes, et {rows} y sont.'
  }
} as const;
