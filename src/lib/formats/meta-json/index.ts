/**
 * Messages of Facebook Messenger and Instagram: message_1.json and so on, bare or in the zip of an account's download;
 * and the newer archive of end-to-end encrypted chats, one file a chat.
 */
import type { Format } from '../contract.ts';
import { jsonFormat } from '../json/json-format.ts';
import type { JsonShape } from '../json/shape.ts';
import { MetaReader } from './meta-reader.ts';

function fits(shape: JsonShape): number {
  if (shape.has('messages[].sender_name') && shape.has('messages[].timestamp_ms')) return 0.97;
  if (shape.has('messages[].senderName') && shape.has('messages[].timestamp')) return 0.95;
  // A thread in which nobody wrote.
  if (shape.has('messages') && shape.has('participants') && (shape.has('thread_path') || shape.has('threadName'))) return 0.9;
  return 0;
}

/** Whose download it is: both apps put a profile beside the messages. */
function isProfile(shape: JsonShape): boolean {
  return (
    shape.has('profile_v2.name.full_name') || shape.has('profile_user[].string_map_data') || shape.has('profile.name.full_name')
  );
}

export const metaJson: Format = jsonFormat({
  id: 'meta-json',
  version: 1,
  label: 'Facebook Messenger or Instagram (JSON)',
  fits,
  rank: (shape) => (isProfile(shape) ? 0 : fits(shape) > 0 ? 1 : null),
  survey: (reader) => (reader as MetaReader).headSearch(),
  open: (setting) => new MetaReader(setting)
});
