/** Call-data records of networks. */
export const CDR_WORDS = {
  'cdr-no-columns': {
    en: '{file} has no columns of call-data records: two numbers, a time, and a handset, SIM or cell.',
    fr: '{file} n’a pas les colonnes de données d’appels : deux numéros, une heure, et un appareil, une carte SIM ou une cellule.'
  },
  'cdr-ask-zone': {
    en: 'Networks keep their records in UTC or in local time, and the file does not say which: ask the operator or the disclosure officer. In summer the two differ by an hour.',
    fr: 'Les réseaux tiennent leurs relevés en UTC ou en heure locale, et le fichier ne le dit pas : demandez à l’opérateur. En été, les deux diffèrent d’une heure.'
  },
  'cdr-ask-owner': {
    en: 'The records do not say whose they are: the number that they were asked for.',
    fr: 'Les relevés ne disent pas à qui ils sont : le numéro pour lequel ils ont été demandés.'
  },
  'cdr-rows': { en: '{rows} {rows|record|records}', fr: '{rows} {rows|relevé|relevés}' },
  'cdr-operator': { en: 'Layout as {operator} hands it out', fr: 'Mise en page telle que {operator} la remet' },
  'cdr-no-operator': {
    en: 'Layout of no operator that is known here; columns are read by their headers',
    fr: 'Mise en page d’aucun opérateur connu ici ; les colonnes sont lues par leurs en-têtes'
  },
  'cdr-headerless': {
    en: 'Eight columns without a header: record type, service, subscriber, other side, time, duration, position',
    fr: 'Huit colonnes sans en-tête : type, service, abonné, autre partie, heure, durée, position'
  },
  'cdr-columns': { en: 'Columns: {columns}', fr: 'Colonnes : {columns}' },
  'cdr-positions-open': {
    en: '{file}: nothing says which of the two position columns is the latitude; cells are kept by their figures, without a place on the map.',
    fr: '{file} : rien ne dit laquelle des deux colonnes de position est la latitude ; les cellules sont gardées par leurs chiffres, sans lieu sur la carte.'
  },
  'cdr-legs-paired': {
    en: 'Calls that the network noted on both sides, of which the second note was folded: {times}.',
    fr: 'Appels notés par le réseau des deux côtés, dont la seconde note a été réunie à la première : {times}.'
  }
} as const;
