/**
 * Places that one person sends another, again and again, and hardly the other way: being sent somewhere. Only what is a
 * place in every language counts: coordinates, links to maps, postcodes, plus codes.
 */
import { byTime, pairOf, rowsByThread, spanOf, type PatternFinding, type PatternRule } from '../facts.ts';
import { Habit } from '../habit.ts';

const LEAST_TIMES = 4;
const LEAST_DAYS = 4;
const LEAST_PLACES = 2;
const LEAST_SPAN_MS = 14 * 86_400_000;
/** Share of the places in the conversation that come from one of the two. */
const FROM_ONE = 0.8;
/** An answer within this time says that the message was a question or an order to somebody who was there. */
const ANSWERED_MS = 3 * 3_600_000;
/** A place that one sends to as many people is that of a shop, a school, a party. */
const PEOPLE_OF_AN_ADDRESS = 3;

export const movement: PatternRule = {
  id: 'movement',
  version: 2,
  async find(facts, pace) {
    const { from, utcMs, members } = facts;
    const { offsets, rows } = rowsByThread(facts);
    const toldTo = new Map<string, Set<number>>();
    const habit = new Habit(facts);
    let tried = 0;
    const sent: {
      pair: readonly [number, number];
      thread: number;
      written: readonly number[];
      rows: { row: number; places: readonly string[] }[];
    }[] = [];
    for (let thread = 0; thread + 1 < members.offsets.length; thread++) {
      if (pace.due()) await pace.breathe(thread / members.offsets.length);
      const pair = pairOf(facts, thread);
      if (pair === null) continue;
      const list: { row: number; places: readonly string[] }[] = [];
      const written = [0, 0];
      for (const row of rows.subarray(offsets[thread], offsets[thread + 1])) {
        const sender = from[row]!;
        if (!pair.includes(sender)) continue;
        written[sender === pair[0] ? 0 : 1]!++;
        const places = placesIn(facts.text(row));
        if (places.length === 0) continue;
        habit.count(sender);
        list.push({ row, places });
        for (const place of places) {
          const key = `${sender} ${place}`;
          toldTo.set(key, (toldTo.get(key) ?? new Set()).add(sender === pair[0] ? pair[1] : pair[0]));
        }
      }
      for (const count of written) if (count >= LEAST_TIMES) tried++;
      if (list.length >= LEAST_TIMES) sent.push({ pair, thread, written, rows: list });
    }
    const inOrder = byTime(facts);
    const found: PatternFinding[] = [];
    for (const { pair, thread, written, rows: list } of sent) {
      for (const sender of pair) {
        const receiver = sender === pair[0] ? pair[1] : pair[0];
        const own = list.filter(({ row }) => from[row] === sender);
        if (own.length < FROM_ONE * list.length) continue;
        const isAddress = (place: string): boolean => toldTo.get(`${sender} ${place}`)!.size >= PEOPLE_OF_AN_ADDRESS;
        const met = own.filter(({ places }) => !places.every(isAddress));
        const places = new Set(met.flatMap((one) => one.places.filter((place) => !isAddress(place))));
        const days = new Set(met.map(({ row }) => facts.local(utcMs[row]!).day)).size;
        if (met.length < LEAST_TIMES || days < LEAST_DAYS || places.size < LEAST_PLACES) continue;
        // [Note: More than others do]
        if (!habit.isExceeded(sender, met.length, written[sender === pair[0] ? 0 : 1]!, tried)) continue;
        const messages = Uint32Array.from(met, ({ row }) => row).sort(inOrder);
        const span = spanOf(facts, messages);
        if (span.toMs - span.fromMs < LEAST_SPAN_MS) continue;
        const inside = new Set(messages);
        const replies = rows.subarray(offsets[thread], offsets[thread + 1]).filter((row) => from[row] === receiver);
        found.push({
          rule: 'movement',
          people: [sender, receiver],
          messages,
          against: Uint32Array.from(list.map(({ row }) => row).filter((row) => !inside.has(row))).sort(inOrder),
          values: {
            messages: messages.length,
            days,
            places: places.size,
            answered: answeredOf(messages, replies, utcMs)
          },
          ...span
        });
      }
    }
    return found;
  }
};

/** How many of the messages had a reply soon; both lists are in order of time. */
function answeredOf(messages: Uint32Array, replies: Uint32Array, utcMs: Float64Array): number {
  let answered = 0;
  let next = 0;
  for (const row of messages) {
    while (next < replies.length && utcMs[replies[next]!]! <= utcMs[row]!) next++;
    if (next < replies.length && utcMs[replies[next]!]! - utcMs[row]! <= ANSWERED_MS) answered++;
  }
  return answered;
}

const COORDINATES = /(?<![\d.])(-?\d{1,2}\.\d{3,})\s*[,;]\s*(-?\d{1,3}\.\d{3,})(?![\d.])/gu;
const MAP_LINK =
  /\b(?:https?:\/\/)?(?:maps\.app\.goo\.gl|goo\.gl\/maps|(?:www\.)?google\.[a-z.]+\/maps|maps\.(?:google|apple)\.[a-z.]+|waze\.com|w3w\.co|osm\.org)\/\S+/giu;
/** The letters that no inward half has keep "be4 5pm" out. */
const POSTCODE = /(?<![\p{L}\d])[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\d])/giu;
const PLUS_CODE = /(?<![\p{L}\d])[2-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{2,3}(?![\p{L}\d])/gu;

/** Places in a text, each once, written one way: coordinates to about 100 m. */
export function placesIn(text: string): string[] {
  // Most messages hold no digit and no link.
  if (!/\d|\/\//u.test(text)) return [];
  const links = Array.from(text.matchAll(MAP_LINK), ([link]) => link.replace(/^https?:\/\//iu, ''));
  const rest = text.replace(MAP_LINK, ' ');
  const points = Array.from(
    rest.matchAll(COORDINATES),
    ([, latitude, longitude]) => [Number(latitude), Number(longitude)] as const
  )
    .filter(([latitude, longitude]) => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)
    .map(([latitude, longitude]) => `${latitude.toFixed(3)},${longitude.toFixed(3)}`);
  const codes = [...rest.matchAll(POSTCODE), ...rest.matchAll(PLUS_CODE)].map(([code]) => code.toUpperCase().replace(/\s/gu, ''));
  return [...new Set([...links, ...points, ...codes])];
}
