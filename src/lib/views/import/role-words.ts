import type { Role } from '$lib/formats/phone-csv/recipe.ts';
import { m } from '$lib/paraglide/messages.js';

const WORDS: Readonly<Record<Role, () => string>> = {
  time: m.role_time,
  date: m.role_date,
  clock: m.role_clock,
  from: m.role_from,
  fromName: m.role_from_name,
  to: m.role_to,
  toName: m.role_to_name,
  party: m.role_party,
  partyName: m.role_party_name,
  direction: m.role_direction,
  body: m.role_body,
  duration: m.role_duration,
  service: m.role_service,
  type: m.role_type,
  thread: m.role_thread,
  status: m.role_status,
  deleted: m.role_deleted,
  attachment: m.role_attachment,
  latitude: m.role_latitude,
  longitude: m.role_longitude,
  name: m.role_name,
  itemId: m.role_item_id
};

export function roleWord(role: Role): string {
  return WORDS[role]();
}
