/**
 * [Note: Message details] A message row holds what every service has. What an export says beyond that (what was
 * answered, reactions, where a link really leads, text as it was before a repair) is kept as a record of named texts
 * beside the message, at the same place, so that no field of the file is lost.
 */
import type { SourcePlace } from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { JsonObject, textOf, type JsonValue } from './value.ts';

export type DetailFields = [name: string, value: string][];

/** No export has so many; what is beyond is said by its number, in the place where it would stand. */
const MOST_FIELDS = 2000;
const LONGEST = 100_000;
/** Name of the field that says how many are left out. */
const LEFT_OUT = '…';

/** A text as a detail: what is left out of one that no screen shows is said at its end. */
export function detailText(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} … (+${text.length - LONGEST})`;
}

/** The first of many fields, and how many there were beside them. */
export function firstFields(fields: DetailFields, most: number): DetailFields {
  return fields.length <= most ? fields : [...fields.slice(0, most), [LEFT_OUT, `+${fields.length - most}`]];
}

/**
 * All fields of an item that its reader did not use, as paths with text: 'poll.answers.2.text'. Nothing, false and
 * empty values say no more than absence and are left out.
 */
export function unusedFields(item: JsonObject, used: ReadonlySet<string>): DetailFields {
  const fields: DetailFields = [];
  for (const [key, value] of item.values) if (!used.has(key)) flatten(key, value, fields);
  for (const [key, value] of item.replaced) flatten(`${key} (earlier value)`, value, fields);
  return firstFields(fields, MOST_FIELDS);
}

function flatten(name: string, value: JsonValue, fields: DetailFields): void {
  if (value === null || value === false) return;
  if (Array.isArray(value)) {
    value.forEach((one, i) => flatten(`${name}.${i + 1}`, one, fields));
    return;
  }
  if (value instanceof JsonObject) {
    for (const [key, inner] of value.values) flatten(`${name}.${key}`, inner, fields);
    return;
  }
  const text = value === true ? 'true' : textOf(value);
  if (text !== '') fields.push([name, detailText(text)]);
}

/** Writes the record, unless there is nothing to tell. `ids` name the message: records of equal fields would fold. */
export function writeDetails(
  sink: EvidenceSink,
  type: string,
  ids: readonly (readonly [name: string, value: string])[],
  fields: readonly (readonly [name: string, value: string])[],
  place: SourcePlace,
  itemId: string
): void {
  if (fields.length === 0) return;
  sink.seen('generic');
  sink.generic({ type, fields: [...ids, ...fields], time: null, state: 0, place, itemId });
}
