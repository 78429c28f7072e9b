/** Telegram Desktop's export in JSON: one chat, or all that the account holds (result.json). */
import type { Format } from '../contract.ts';
import { jsonFormat } from '../json/json-format.ts';
import type { JsonShape } from '../json/shape.ts';
import { TelegramReader } from './telegram-reader.ts';

/** A chat's own list, and the lists of a whole export. */
const LISTS = ['messages[]', 'chats.list[].messages[]', 'left_chats.list[].messages[]'];

function fits(shape: JsonShape): number {
  for (const list of LISTS) {
    if (!shape.has(`${list}.text`) && !shape.has(`${list}.action`) && !shape.has(`${list}.type`)) continue;
    if (shape.has(`${list}.date_unixtime`)) return 0.97;
    if (shape.has(`${list}.from_id`) || shape.has(`${list}.actor_id`)) return 0.95;
    if (shape.has(`${list}.date`) && (shape.has(`${list}.from`) || shape.has(`${list}.actor`))) return 0.8;
  }
  // The head of a whole export is filled by what stands before its chats.
  if (shape.has('personal_information.user_id') || shape.has('frequent_contacts.list')) return 0.95;
  if (shape.topKeys.includes('chats') && shape.has('chats.list')) return 0.7;
  // A chat without a message in its head, or with none.
  return shape.has('messages') && /^(?:personal_chat|bot_chat|saved_messages|(?:private|public)_\w+)$/.test(shape.first('type'))
    ? 0.9
    : 0;
}

export const telegramJson: Format = jsonFormat({
  id: 'telegram-json',
  version: 2,
  label: 'Telegram export (JSON)',
  fits,
  rank: (shape) => (fits(shape) > 0 ? 0 : null),
  survey: (reader) => (reader as TelegramReader).ownSearch(),
  open: (setting) => new TelegramReader(setting)
});
