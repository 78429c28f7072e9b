/**
 * What files say of one message beside its text: earlier wordings, answers, reactions, who forwarded it, and whatever else
 * they hold. Readers keep such fields as records at the message's own place ([Fields that no record has] in the map).
 */
import type { EvidenceStore, StoredGeneric } from '../evidence/store.ts';
import type { MessageField } from './contract.ts';

/** By the start of a field's name, in the words of the files; the rest is listed after these. */
const FIRST: readonly RegExp[] = [
  /edit|revision|version|earlier|original/i,
  /reply|quote|answer|in reply/i,
  /reaction/i,
  /forward/i,
  /delet|revok|unsent/i
];

/** Fields kept for a message at any of its places, history first; a field that two copies state alike is listed once. */
export function messageFields(store: EvidenceStore, id: number): MessageField[] {
  const places = placesOf(store, id);
  const ids = new Set(
    [id, ...store.mirrors.of(id)]
      .map((row) => store.messages.place.at(row))
      .filter(({ itemId }) => itemId !== '')
      .map(({ source, itemId }) => `${source} ${itemId}`)
  );
  const found = new Map<string, MessageField>();
  for (const record of store.others) {
    if (record.kind !== 'generic' || !(places.has(placeKey(record)) || isAbout(record, ids))) continue;
    for (const [name, value] of record.fields) {
      if (IDENTIFYING.has(name)) continue;
      found.set(`${name}\n${value}`, { name, value, fileName: store.sources[record.source]?.name ?? '' });
    }
  }
  const rank = ({ name }: MessageField): number => {
    const at = FIRST.findIndex((pattern) => pattern.test(name));
    return at < 0 ? FIRST.length : at;
  };
  return [...found.values()].sort((x, y) => rank(x) - rank(y));
}

/** Fields that only say which message a record belongs to. */
const IDENTIFYING = new Set(['message', 'chat', 'row', 'channel', 'thread', 'conversation']);

const keyOf = (source: number, path: string, offset: number): string => `${source} ${offset} ${path}`;
const placeKey = ({ source, place }: StoredGeneric): string => keyOf(source, place.path, place.offset);

/** Reactions stand in tables of their own, which name the message by the service's id. */
function isAbout({ source, fields }: StoredGeneric, ids: ReadonlySet<string>): boolean {
  const [first] = fields;
  return first !== undefined && first[0] === 'message' && ids.has(`${source} ${first[1]}`);
}

function placesOf({ messages, copies, copyCount, mirrors }: EvidenceStore, id: number): Set<string> {
  const rows = [id, ...mirrors.of(id)];
  const places = new Set<string>();
  const add = ({ source, place }: ReturnType<typeof messages.place.at>): void => {
    places.add(keyOf(source, place.path, place.offset));
  };
  for (const row of rows) add(messages.place.at(row));
  if (rows.some((row) => copyCount.at(row) > 0)) {
    for (let i = 0; i < copies.length; i++) if (rows.includes(copies.message.at(i))) add(copies.place.at(i));
  }
  return places;
}
