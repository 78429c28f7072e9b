/** Why a file that a translator sent back cannot be read. */
export const SHEET_WORDS = {
  'sheet-no-document': {
    en: '{file} is a zip without a Word document or a workbook in it.',
    fr: '{file} est un zip sans document Word ni classeur.'
  },
  'sheet-no-headings': {
    en: '{file} holds no table with the headings A to G of a translation sheet.',
    fr: '{file} ne contient aucun tableau avec les en-têtes A à G d’une feuille de traduction.'
  },
  'sheet-no-xliff': {
    en: '{file} is no XLIFF 2: it begins with <{element}> {version}.',
    fr: '{file} n’est pas un XLIFF 2 : il commence par <{element}> {version}.'
  },
  'sheet-too-large': {
    en: '{file} is larger than {most} MiB, which no translation sheet is.',
    fr: '{file} dépasse {most} Mio, ce qu’aucune feuille de traduction ne fait.'
  },
  'sheet-old-office': {
    en: '{file} is an old or an encrypted office file (.doc, .xls, or with a password). Save it as .docx or .xlsx without a password.',
    fr: '{file} est un fichier bureautique ancien ou chiffré (.doc, .xls, ou avec mot de passe). Enregistrez-le en .docx ou .xlsx sans mot de passe.'
  },
  'sheet-unknown': {
    en: '{file} is no DOCX, XLSX or XLIFF 2 file.',
    fr: '{file} n’est pas un fichier DOCX, XLSX ou XLIFF 2.'
  }
} as const;
