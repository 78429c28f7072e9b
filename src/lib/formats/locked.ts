/**
 * Containers that are encrypted, named in words with what to ask the lab for. Nothing is ever opened without its key, and
 * no key is looked for.
 */
import { sentence, type Sentence } from '../evidence/wording/sentence.ts';
import { readPropertyList } from './container/property-list.ts';
import type { SniffHead } from './contract.ts';
import { looksLikeSqlite } from './sqlite/header.ts';

const WHATSAPP_NAME = /\.(crypt\d{1,2})$/i;
const VIBER_NAME = /(?:^|[\\/])viber\.db$/i;
const DATABASE_NAME = /\.(?:db|sqlite3?|sqlitedb)$/i;
const MANIFEST = /(?:^|[\\/])Manifest\.plist$/i;
const ANDROID_BACKUP = 'ANDROID BACKUP\n';
/** Bits a byte: text and tables have far less, packed media a little less. */
const LOCKED_ENTROPY = 7.9;
const LEAST_BYTES = 4096;

/** What the file is and what to ask for; null where it is not locked in a way that is known here. */
export function lockedContainer(head: SniffHead): Sentence | null {
  const { name: file, bytes } = head;
  const whatsapp = WHATSAPP_NAME.exec(file)?.[1]?.toLowerCase();
  if (whatsapp !== undefined && !looksLikeSqlite(bytes)) return sentence('locked-whatsapp', { file, kind: whatsapp });
  if (startsLikeCrypt(bytes)) return sentence('locked-whatsapp', { file, kind: 'crypt14/crypt15' });
  if (textOf(bytes, 0, 80).startsWith(ANDROID_BACKUP)) {
    const encryption = textOf(bytes, 0, 80).split('\n')[3];
    return encryption === undefined || encryption === 'none' ? null : sentence('locked-android', { file });
  }
  const manifests = [head, ...(head.inside ?? [])].filter((one) => MANIFEST.test(one.name));
  if (manifests.some((one) => saysEncrypted(one.bytes))) return sentence('locked-itunes', { file });
  if (/(?:^|[\\/])Manifest\.db$/i.test(file) && isNoise(bytes)) return sentence('locked-itunes', { file });
  if (VIBER_NAME.test(file) && isNoise(bytes)) return sentence('locked-viber', { file });
  if (DATABASE_NAME.test(file) && head.sizeBytes % 512 === 0 && isNoise(bytes)) return sentence('locked-database', { file });
  return null;
}

/** crypt14 and crypt15 begin with the length of a packed header, which names the app's version, and are noise behind it. */
function startsLikeCrypt(bytes: Uint8Array): boolean {
  const length = bytes[0] ?? 0;
  if (length < 20 || bytes.length < LEAST_BYTES) return false;
  const headerText = textOf(bytes, 1, length + 2);
  return (
    /\d\.\d{1,2}\.\d{1,3}(?:\.\d{1,3})?/.test(headerText) &&
    bytes.subarray(1, length + 2).some((byte) => byte < 9) &&
    isNoise(bytes.subarray(length + 2))
  );
}

/** Of an iTunes backup: the list says by itself whether the backup has a password. */
function saysEncrypted(bytes: Uint8Array): boolean {
  const list = readPropertyList(bytes);
  if (list instanceof Map) return list.get('IsEncrypted') === true;
  return /<key>IsEncrypted<\/key>\s*<true\s*\/>/.test(textOf(bytes, 0, bytes.length));
}

function isNoise(bytes: Uint8Array): boolean {
  if (bytes.length < LEAST_BYTES || looksLikeSqlite(bytes)) return false;
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / bytes.length) * Math.log2(count / bytes.length);
  return bits >= LOCKED_ENTROPY;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(from, to));
}
