/** All sentences about sources, by subject. A test asks of every one that both languages take the same values. */
import { BACKUP_WORDS } from './backup-words.ts';
import { CARD_WORDS } from './card-words.ts';
import { CASE_WORDS } from './case-words.ts';
import { CDR_WORDS } from './cdr-words.ts';
import { CHAT_WORDS } from './chat-words.ts';
import { DROP_WORDS } from './drop-words.ts';
import { FILE_WORDS } from './file-words.ts';
import { FORMAT_WORDS } from './format-words.ts';
import { JSON_WORDS } from './json-words.ts';
import { LEAPP_WORDS } from './leapp-words.ts';
import { MAIL_WORDS } from './mail-words.ts';
import { REPORT_WORDS } from './report-words.ts';
import { SHEET_WORDS } from './sheet-words.ts';
import { SQLITE_WORDS } from './sqlite-words.ts';
import { TABLE_WORDS } from './table-words.ts';
import { TEXT_WORDS } from './text-words.ts';
import { XML_WORDS } from './xml-words.ts';

export const CATALOGUE = {
  'as-written': { en: '{text}', fr: '{text}' },
  ...FILE_WORDS,
  ...DROP_WORDS,
  ...FORMAT_WORDS,
  ...XML_WORDS,
  ...CHAT_WORDS,
  ...CDR_WORDS,
  ...CASE_WORDS,
  ...REPORT_WORDS,
  ...BACKUP_WORDS,
  ...TABLE_WORDS,
  ...SHEET_WORDS,
  ...JSON_WORDS,
  ...CARD_WORDS,
  ...MAIL_WORDS,
  ...LEAPP_WORDS,
  ...SQLITE_WORDS,
  ...TEXT_WORDS
} as const;
