/** The name of a chat from the name of its export: "WhatsApp Chat with Anna (2).txt" is the chat "Anna". */
const PREFIXES = [
  'WhatsApp Chat with ',
  'WhatsApp Chat - ',
  'WhatsApp Chat mit ',
  'WhatsApp-Chat mit ',
  'WhatsApp chat with ',
  'Discussion WhatsApp avec ',
  'Chat WhatsApp avec ',
  'Conversation WhatsApp avec ',
  'Chat de WhatsApp con ',
  'Conversación de WhatsApp con ',
  'Conversa do WhatsApp com ',
  'Conversa no WhatsApp com ',
  'Chat WhatsApp con ',
  'Conversazione WhatsApp con ',
  'Chat WhatsApp cu ',
  'Conversație WhatsApp cu ',
  'Conversația WhatsApp cu ',
  'Chat de WhatsApp com '
].map((prefix) => prefix.toLowerCase());

/** Last part of a path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** The chat's name, or null where the file name states none (`_chat.txt`, a renamed file). */
export function chatNameFromFile(fileName: string): string | null {
  const stem = baseName(fileName)
    .normalize('NFC')
    .replace(/\.(?:txt|zip)$/i, '')
    .replace(/(?: ?\(\d{1,3}\)|_\d{1,3})$/, '')
    .trim();
  const lower = stem.toLowerCase();
  const prefix = PREFIXES.find((one) => lower.startsWith(one));
  const name = prefix === undefined ? '' : stem.slice(prefix.length).trim();
  return name === '' ? null : name;
}

/** True for names that WhatsApp gives to the text of an export. */
export function isChatFileName(path: string): boolean {
  const base = baseName(path);
  return /^_chat(?: ?\(\d+\))?\.txt$/i.test(base) || (/\.txt$/i.test(base) && chatNameFromFile(base) !== null);
}
