/** What a message carries, as the export names it. Nothing is opened. */
import { MessageState, type AttachmentRecord } from '../../evidence/records.ts';
import type { JsonObject } from '../json/value.ts';

const NONE: readonly AttachmentRecord[] = [];

/** Files of a message; '(File not included ...)' stands in place of a path where the export left the file out. */
export function attachmentsOf(message: JsonObject): {
  readonly attachments: readonly AttachmentRecord[];
  readonly state: number;
} {
  const files: AttachmentRecord[] = [];
  let state = 0;
  for (const [key, sizeKey] of [
    ['photo', 'photo_file_size'],
    ['file', 'file_size'],
    ['contact_vcard', 'contact_vcard_file_size']
  ] as const) {
    const path = message.text(key);
    if (path === '') continue;
    const isLeftOut = path.startsWith('(');
    if (isLeftOut) state |= MessageState.mediaOmitted;
    const stated = key === 'file' ? message.text('file_name') : '';
    const contentType = key === 'file' ? message.text('mime_type') : '';
    const sizeBytes = message.count(sizeKey);
    files.push({
      name: stated !== '' ? stated : isLeftOut ? message.text('media_type') || key : path.slice(path.lastIndexOf('/') + 1),
      ...(contentType === '' ? {} : { contentType }),
      ...(sizeBytes === null ? {} : { sizeBytes }),
      ...(isLeftOut ? {} : { path })
    });
  }
  if (message.text('media_type') === 'voice_message') state |= MessageState.voiceNote;
  const contact = message.object('contact_information');
  if (contact !== null) {
    const said = ['first_name', 'last_name', 'phone_number'].map((key) => contact.text(key)).filter((text) => text !== '');
    files.push({ name: said.join(' '), contentType: 'text/vcard' });
  }
  return { attachments: files.length === 0 ? NONE : files, state };
}
