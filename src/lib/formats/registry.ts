/** Every format, in the order in which ties are decided. A test checks that each folder is listed. */
import type { Format } from './contract.ts';
import { androidMmssmsDb } from './android-mmssms-db/index.ts';
import { caseUco } from './case-uco/index.ts';
import { cdrCsv } from './cdr-csv/index.ts';
import { discordJson } from './discord-json/index.ts';
import { email } from './email/index.ts';
import { iosSmsDb } from './ios-sms-db/index.ts';
import { kikDb } from './kik-db/index.ts';
import { leappLava } from './leapp-lava/index.ts';
import { leappTsv } from './leapp-tsv/index.ts';
import { metaJson } from './meta-json/index.ts';
import { phoneCsv } from './phone-csv/index.ts';
import { phoneXlsx } from './phone-xlsx/index.ts';
import { plainText } from './plain-text/index.ts';
import { signalCsv } from './signal-csv/index.ts';
import { signalJson } from './signal-json/index.ts';
import { skypeDb } from './skype-db/index.ts';
import { smsBackupXml } from './sms-backup-xml/index.ts';
import { snapchatJson } from './snapchat-json/index.ts';
import { telegramJson } from './telegram-json/index.ts';
import { ufedXml } from './ufed-xml/index.ts';
import { vcard } from './vcard/index.ts';
import { viberDb } from './viber-db/index.ts';
import { whatsappDb } from './whatsapp-db/index.ts';
import { whatsappText } from './whatsapp-text/index.ts';

export const FORMATS: readonly Format[] = [
  ufedXml,
  whatsappText,
  smsBackupXml,
  telegramJson,
  metaJson,
  discordJson,
  snapchatJson,
  signalJson,
  signalCsv,
  vcard,
  email,
  androidMmssmsDb,
  iosSmsDb,
  whatsappDb,
  kikDb,
  skypeDb,
  viberDb,
  leappLava,
  leappTsv,
  caseUco,
  plainText,
  phoneXlsx,
  cdrCsv,
  phoneCsv
];

export function formatById(id: string): Format | undefined {
  return FORMATS.find((format) => format.id === id);
}
