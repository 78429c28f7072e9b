/**
 * What was said before an edit: message_summary_info is a property list with, for each part of a message ('ec'), every
 * text that it had (a packed string) and when; 'rp' lists the parts that were taken back.
 */
import { firstFields, type DetailFields } from '../json/details.ts';
import { placeCocoa } from '../time/evidence-time.ts';
import { readPropertyList, type PropertyValue } from '../container/property-list.ts';
import { attributedText } from './typed-stream.ts';

const MOST_TEXTS = 200;

function isMap(value: PropertyValue | undefined): value is ReadonlyMap<string, PropertyValue> {
  return value instanceof Map;
}

/** One field a text, in the order of time; none where the list cannot be read. */
export function earlierTexts(summary: Uint8Array): DetailFields {
  const list = readPropertyList(summary);
  const fields: DetailFields = [];
  if (!isMap(list)) return fields;
  const parts = list.get('ec');
  if (isMap(parts))
    for (const [part, texts] of parts) {
      if (!Array.isArray(texts)) continue;
      const earlier: DetailFields = [];
      for (const [i, one] of (texts as readonly PropertyValue[]).entries()) {
        if (!isMap(one)) continue;
        const packed = one.get('t');
        const text = packed instanceof Uint8Array ? (attributedText(packed)?.text ?? null) : null;
        const when = one.get('d');
        const time = typeof when === 'number' ? placeCocoa(String(when)).utcMs : null;
        const at = time === null ? '' : `, ${new Date(time).toISOString()}`;
        if (text !== null) earlier.push([`text ${i + 1} of part ${part}${at}`, text]);
      }
      fields.push(...firstFields(earlier, MOST_TEXTS));
    }
  const gone = list.get('rp');
  if (Array.isArray(gone) && gone.length > 0) fields.push(['parts taken back', gone.map(String).join(', ')]);
  return fields;
}
