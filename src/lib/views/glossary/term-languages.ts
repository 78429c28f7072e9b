/** Languages offered for a term: those of the built-in list. Any other is written into the note. */
export const TERM_LANGUAGES = ['eng', 'fra', 'spa', 'por', 'ita', 'ron'] as const;
