/** Tables of rows: how they were taken apart, what their columns mean and why. */
export const TABLE_WORDS = {
  'xlsx-no-workbook': {
    en: '{file} holds no workbook of sheets (xl/workbook.xml).',
    fr: '{file} ne contient pas de classeur (xl/workbook.xml).'
  },
  'xlsx-too-many-texts': {
    en: '{file} shares texts of more than {most} characters among its cells and is not read.',
    fr: '{file} partage entre ses cellules des textes de plus de {most} caractères et n’est pas lu.'
  },
  'xlsx-sheets': {
    en: 'Workbook of {sheets} {sheets|sheet|sheets}, {empty} of them empty',
    fr: 'Classeur de {sheets} {sheets|feuille|feuilles}, dont {empty} {empty|vide|vides}'
  },
  'xlsx-sheet': { en: "'{sheet}': {rows} rows, read as {kind}", fr: '« {sheet} » : {rows} lignes, lues comme {kind}' },
  'xlsx-sheet-hidden': {
    en: "'{sheet}' (hidden in the workbook): {rows} rows, read as {kind}",
    fr: '« {sheet} » (masquée dans le classeur) : {rows} lignes, lues comme {kind}'
  },
  'xlsx-hidden': {
    en: "The sheet '{sheet}' is hidden in the workbook and was read like the others.",
    fr: 'La feuille « {sheet} » est masquée dans le classeur et a été lue comme les autres.'
  },
  'xlsx-sheets-missing': {
    en: '{file} lists sheets that it does not hold, or that no reader takes: {sheets}.',
    fr: '{file} liste des feuilles qu’il ne contient pas, ou que personne ne lit : {sheets}.'
  },
  'xlsx-cells-beyond': {
    en: 'Cells beyond the widest column that is read: {times}.',
    fr: 'Cellules au-delà de la dernière colonne lue : {times}.'
  },
  'xlsx-cells-errors': {
    en: 'Cells whose formula gave an error, kept as it stands: {times}.',
    fr: 'Cellules dont la formule a donné une erreur, gardée telle quelle : {times}.'
  },
  'table-recipe-unusable': {
    en: '{file}: the recipe cannot be used ({problem}).',
    fr: '{file} : le modèle ne peut pas servir ({problem}).'
  },
  'table-is-other': { en: '{file} is {what} and not a table of rows.', fr: '{file} est {what} et non un tableau de lignes.' },
  'is-zip-or-sheet': { en: 'a zip or a spreadsheet in its own format', fr: 'un zip ou un tableur dans son propre format' },
  'is-xml': { en: 'XML or HTML', fr: 'du XML ou du HTML' },
  'is-json': { en: 'JSON', fr: 'du JSON' },
  'is-no-text': { en: 'no text', fr: 'un fichier sans texte' },
  'table-no-row': {
    en: '{file}: its first {characters} characters hold no whole row.',
    fr: '{file} : ses {characters} premiers caractères ne contiennent aucune ligne entière.'
  },
  'table-too-wide': {
    en: '{file} has {columns} columns; tables of over {most} are not read.',
    fr: '{file} a {columns} colonnes ; les tableaux de plus de {most} ne sont pas lus.'
  },
  'table-recipe-elsewhere': {
    en: "{file} does not have the columns of the recipe '{recipe}' ({columns}).",
    fr: '{file} n’a pas les colonnes du modèle « {recipe} » ({columns}).'
  },
  'table-order-other': {
    en: '{file}: the dates are read as {order} as told, although they fit {decided} better.',
    fr: '{file} : les dates sont lues comme {order}, comme indiqué, bien qu’elles s’accordent mieux avec {decided}.'
  },
  'table-columns-read': {
    en: '{file}: {where}; columns are read as follows: {columns}.',
    fr: '{file} : {where} ; les colonnes sont lues ainsi : {columns}.'
  },
  'table-no-header': { en: 'no row looks like a header', fr: 'aucune ligne ne ressemble à un en-tête' },
  'table-header-at': { en: 'the header is taken from row {row}', fr: 'l’en-tête est pris à la ligne {row}' },
  'table-header-under-titles': {
    en: 'the header is taken from row {row}, the {titles} {titles|row above it is a title|rows above it are titles}',
    fr: 'l’en-tête est pris à la ligne {row}, sous {titles} {titles|ligne de titre|lignes de titre}'
  },
  'table-columns-unread': {
    en: '{file}: {count} {count|column is|columns are} not read and {count|stays|stay} in the source: {columns}.',
    fr: '{file} : {count} {count|colonne n’est pas lue et reste|colonnes ne sont pas lues et restent} dans la source : {columns}.'
  },
  quoted: { en: "'{text}'", fr: '« {text} »' },
  'and-more': { en: '...', fr: '…' },
  'table-row-uneven': {
    en: '{file}: row {row} has {cells} {cells|cell|cells} where the table has {width}.',
    fr: '{file} : la ligne {row} a {cells} {cells|cellule|cellules} alors que le tableau en a {width}.'
  },
  'table-row-uneven-broken': {
    en: '{file}: row {row} has {cells} {cells|cell|cells} where the table has {width} and its quotes are broken.',
    fr: '{file} : la ligne {row} a {cells} {cells|cellule|cellules} alors que le tableau en a {width}, et ses guillemets sont rompus.'
  },
  'table-place-unreadable': {
    en: '{file}: row {row} has no readable latitude and longitude.',
    fr: '{file} : la ligne {row} n’a pas de latitude et de longitude lisibles.'
  },
  'table-not-utf8': {
    en: '{file} is not UTF-8 from byte {offset} on; it is read as windows-1252 from there.',
    fr: '{file} n’est plus en UTF-8 à partir de l’octet {offset} ; il est lu en windows-1252 à partir de là.'
  },
  'text-in-page': {
    en: '{file} is not UTF-8 from byte {offset} on; by its letters it is {page}, and it is read as such.',
    fr: '{file} n’est plus en UTF-8 à partir de l’octet {offset} ; ses lettres indiquent {page}, et il est lu ainsi.'
  },
  'table-stray-quotes': {
    en: '{file}: too many stray quotes; from row {row} on quotes are read as plain characters.',
    fr: '{file} : trop de guillemets isolés ; à partir de la ligne {row} ils sont lus comme des caractères ordinaires.'
  },
  'rows-repeat-header': {
    en: 'Rows repeat the header and are no items: {times}.',
    fr: 'Lignes qui répètent l’en-tête et ne sont pas des éléments : {times}.'
  },
  'rows-broken-quotes': {
    en: 'Rows have broken quotes and were kept as well as they can be read: {times}.',
    fr: 'Lignes aux guillemets rompus, gardées comme elles peuvent être lues : {times}.'
  },
  'cells-cut': {
    en: 'Cells hold {most} characters or more: a spreadsheet cuts cells there, so their end may be missing: {times}.',
    fr: 'Cellules de {most} caractères ou plus : un tableur les coupe là, leur fin peut donc manquer : {times}.'
  },
  'rows-no-zone': {
    en: 'Times have no zone and none was chosen; they are kept as written: {times}.',
    fr: 'Heures sans fuseau alors qu’aucun n’a été choisi ; gardées telles quelles : {times}.'
  },
  'numbers-rounded': {
    en: 'Numbers were rounded by a spreadsheet (like 4.47E+11): their digits are lost, each is kept as written and linked to nothing: {times}.',
    fr: 'Numéros arrondis par un tableur (comme 4,47E+11) : leurs chiffres sont perdus, chacun est gardé tel quel et relié à rien : {times}.'
  },
  'contacts-rounded': {
    en: 'Numbers of contacts were rounded by a spreadsheet (like 4.47E+11): their digits are lost: {times}.',
    fr: 'Numéros de contacts arrondis par un tableur (comme 4,47E+11) : leurs chiffres sont perdus : {times}.'
  },
  'rows-time-unreadable': {
    en: 'Times could not be read; their raw text is kept: {times}.',
    fr: 'Heures illisibles ; leur texte brut est gardé : {times}.'
  },
  'rows-other-order': {
    en: 'Dates contradict the order of day and month in this file; they are kept without a time: {times}.',
    fr: 'Dates contraires à l’ordre du jour et du mois dans ce fichier ; gardées sans heure : {times}.'
  },
  'rows-date-only': {
    en: 'Rows have a date and no time of day; the date is kept as written: {times}.',
    fr: 'Lignes avec une date et sans heure ; la date est gardée telle quelle : {times}.'
  },
  'rows-times-repeated': {
    en: 'Times fall in an hour that the clocks repeat or skip; the first reading is used and each is marked: {times}.',
    fr: 'Heures dans un intervalle que l’horloge répète ou saute ; la première lecture est retenue et chacune est marquée : {times}.'
  },

  'table-ask-recipe': {
    en: 'The columns were recognised as {columns}.',
    fr: 'Les colonnes ont été reconnues ainsi : {columns}.'
  },
  'table-ask-zone': { en: 'The table gives times without a zone.', fr: 'Le tableau donne des heures sans fuseau.' },
  'table-ask-owner': {
    en: 'A table of rows does not say reliably whose phone it is from.',
    fr: 'Un tableau de lignes ne dit pas de façon fiable de quel téléphone il provient.'
  },
  'table-shape': {
    en: '{rows} {rows|row|rows}, {columns} {columns|column|columns} parted by {delimiter}',
    fr: '{rows} {rows|ligne|lignes}, {columns} {columns|colonne séparée|colonnes séparées} par {delimiter}'
  },
  'by-commas': { en: 'commas', fr: 'des virgules' },
  'by-semicolons': { en: 'semicolons', fr: 'des points-virgules' },
  'by-tabs': { en: 'tabs', fr: 'des tabulations' },
  'by-bars': { en: 'bars', fr: 'des barres' },
  'by-control': { en: 'a control character', fr: 'un caractère de contrôle' },
  'table-headerless': { en: 'no header row', fr: 'pas de ligne d’en-tête' },
  'table-header-row': { en: 'header in row {row}', fr: 'en-tête à la ligne {row}' },

  'columns-none': {
    en: 'no column is recognised; rows are kept as they are',
    fr: 'aucune colonne n’est reconnue ; les lignes sont gardées telles quelles'
  },
  'columns-as': {
    en: '{columns}; rows are read as {kind} unless they say otherwise',
    fr: '{columns} ; les lignes sont lues comme {kind} sauf si elles disent autre chose'
  },
  'column-as': { en: "'{header}' as {role}", fr: '« {header} » comme {role}' },
  'kind-message': { en: 'message', fr: 'message' },
  'kind-call': { en: 'call', fr: 'appel' },
  'kind-contact': { en: 'contact', fr: 'contact' },
  'kind-location': { en: 'location', fr: 'lieu' },
  'kind-generic': { en: 'generic', fr: 'ligne quelconque' },

  'column-by-officer': { en: 'chosen by an officer', fr: 'choisi par un enquêteur' },
  'column-unread': { en: 'nothing that is read', fr: 'rien qui soit lu' },
  'column-named': { en: "header '{header}'; {cells}", fr: 'en-tête « {header} » ; {cells}' },
  'column-first-of-two': {
    en: '{reason}; the first of two such columns',
    fr: '{reason} ; la première de deux colonnes pareilles'
  },
  'column-second-of-two': {
    en: '{reason}; the second of two such columns',
    fr: '{reason} ; la seconde de deux colonnes pareilles'
  },
  'cells-hold-party': { en: 'its cells hold a number or address', fr: 'ses cellules contiennent un numéro ou une adresse' },
  'cells-none': { en: 'the column is empty', fr: 'la colonne est vide' },
  'cells-words': { en: 'its cells are words', fr: 'ses cellules sont des mots' },
  'cells-agree': { en: 'its cells do not contradict', fr: 'ses cellules ne contredisent pas' },
  'cells-share': { en: '{percent}% of its cells {are}', fr: '{percent} % de ses cellules {are}' },
  'are-date-times': { en: 'are dates with a time', fr: 'sont des dates avec une heure' },
  'are-dates': { en: 'are dates', fr: 'sont des dates' },
  'are-clocks': { en: 'are times of day', fr: 'sont des heures du jour' },
  'are-parties': { en: 'hold a number or address', fr: 'contiennent un numéro ou une adresse' },
  'are-directions': { en: 'are words for in or out', fr: 'sont des mots pour reçu ou envoyé' },
  'are-durations': { en: 'are lengths of time', fr: 'sont des durées' },
  'are-prose': { en: 'are running text', fr: 'sont du texte suivi' },
  'are-kinds': { en: 'are words for kinds of records', fr: 'sont des mots pour des types d’éléments' },
  'are-degrees': { en: 'are decimal degrees', fr: 'sont des degrés décimaux' },

  'role-time': { en: 'Date and time', fr: 'Date et heure' },
  'role-date': { en: 'Date', fr: 'Date' },
  'role-clock': { en: 'Time of day', fr: 'Heure' },
  'role-from': { en: 'From (number)', fr: 'De (numéro)' },
  'role-fromName': { en: 'From (name)', fr: 'De (nom)' },
  'role-to': { en: 'To (number)', fr: 'À (numéro)' },
  'role-toName': { en: 'To (name)', fr: 'À (nom)' },
  'role-party': { en: 'Other side (number)', fr: 'Autre partie (numéro)' },
  'role-partyName': { en: 'Other side (name)', fr: 'Autre partie (nom)' },
  'role-direction': { en: 'Direction', fr: 'Sens' },
  'role-body': { en: 'Text', fr: 'Texte' },
  'role-duration': { en: 'Duration', fr: 'Durée' },
  'role-service': { en: 'App or service', fr: 'Application ou service' },
  'role-type': { en: 'Kind of row', fr: 'Type de ligne' },
  'role-thread': { en: 'Conversation', fr: 'Conversation' },
  'role-status': { en: 'Status', fr: 'État' },
  'role-deleted': { en: 'Deleted', fr: 'Supprimé' },
  'role-attachment': { en: 'Attachment', fr: 'Pièce jointe' },
  'role-latitude': { en: 'Latitude', fr: 'Latitude' },
  'role-longitude': { en: 'Longitude', fr: 'Longitude' },
  'role-name': { en: 'Contact name', fr: 'Nom du contact' },
  'role-itemId': { en: 'Item number', fr: 'Numéro d’élément' }
} as const;
