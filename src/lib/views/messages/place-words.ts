/** Where in its file an item stands, in words. */
import type { SourcePlace } from '$lib/evidence/records.ts';
import { m } from '$lib/paraglide/messages.js';
import { formatCount } from '$lib/ui/format.ts';

export function placeWords({ offset, unit }: Pick<SourcePlace, 'offset'> & { readonly unit: string }): string {
  const at = formatCount(offset);
  if (unit === 'byte') return m.messages_place_byte({ at });
  return unit === 'row' ? m.messages_place_row({ at }) : m.messages_place_element({ at });
}
