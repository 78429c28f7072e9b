/** The messages of a thread: sessions of talk with the planted lines set in at their times. */
import { DAY_MS, HOUR_MS, londonOffsetMinutes, london, MINUTE_MS } from './clock.ts';
import { AS_WRITTEN, type Exchange } from './exchange.ts';
import { castMember, SORIN_NEW_SIM, type Person } from './people.ts';
import { Stream } from './random.ts';
import { plantedMessages, type Planted } from './story.ts';
import { BROADCASTS, CUSTOMER_TALK } from './story-line.ts';
import { lineOf } from './text.ts';
import type { Hours, Thread } from './threads.ts';
import { typed, habitOf } from './chat-noise.ts';
import { lines, type Language, type Topic } from './words/bank.ts';
import { BANKS } from './words/index.ts';

type Kind = 'text' | 'voice' | 'photo' | 'missed-call' | 'removed' | 'system';

export interface Message {
  readonly thread: Thread;
  /** Position in the thread, 0 first. */
  readonly index: number;
  /** True time, whole seconds; a phone whose clock was wrong shows another. */
  readonly atMs: number;
  readonly from: Person;
  readonly kind: Kind;
  readonly text: string;
  readonly language: Language | 'none';
  readonly forwarded: boolean;
  readonly plantedId?: string;
}

const PLANTED: ReadonlyMap<string, readonly Planted[]> = (() => {
  const map = new Map<string, Planted[]>();
  for (const planted of plantedMessages()) {
    const list = map.get(planted.thread);
    if (list) list.push(planted);
    else map.set(planted.thread, [planted]);
  }
  return map;
})();

/** Weights of the hours 0-23 (London). */
const HOURS: Readonly<Record<Hours, readonly number[]>> = {
  day: [0.2, 0, 0, 0, 0, 0.3, 1, 2, 3, 3, 3, 3, 4, 4, 3, 3, 4, 5, 6, 6, 5, 4, 3, 1],
  evening: [0.4, 0.1, 0, 0, 0.1, 0.6, 0.8, 0.8, 0.6, 0.5, 0.5, 0.6, 1, 1, 0.8, 1, 1.5, 3, 5, 7, 8, 8, 5, 2],
  line: [2, 1, 0.5, 0, 0, 0, 0, 0, 0, 0.5, 1, 4, 4, 3, 3, 3, 4, 5, 6, 6, 6, 6, 5, 4]
};

interface Slot {
  atMs: number;
  topic: Topic;
  /** 0 opens a session, 1 goes on, 2 ends it. */
  part: 0 | 1 | 2;
  from: number;
}

/** Times, writers and topics; independent of any language. */
function slotsOf(thread: Thread, seed: number): Slot[] {
  const r = new Stream(seed, 'slots', thread.id);
  const hours = HOURS[thread.hours].map((weight, hour) => [hour, weight] as const);
  const days = Math.max(1, Math.floor((thread.untilMs - thread.fromMs) / DAY_MS));
  const speakers = thread.members.map((_, i) => [i, 1 / (1 + i * 0.25)] as const);
  const slots: Slot[] = [];
  while (slots.length < thread.count) {
    const length = Math.min(thread.count - slots.length, 2 + Math.floor(-Math.log(1 - r.next()) * 6));
    const day = thread.fromMs + r.int(0, days - 1) * DAY_MS;
    const local = day + r.weighted(hours) * HOUR_MS + r.int(0, 59) * MINUTE_MS + r.int(0, 59) * 1000;
    let atMs = local - londonOffsetMinutes(local) * MINUTE_MS;
    const topic = r.weighted(thread.topics);
    let from = r.weighted(speakers);
    for (let i = 0; i < length; i++) {
      if (atMs >= thread.untilMs) break;
      slots.push({ atMs, topic, part: i === 0 ? 0 : i === length - 1 && length > 3 ? 2 : 1, from });
      atMs += 1000 * (8 + Math.floor(-Math.log(1 - r.next()) * 70));
      if (r.chance(0.72)) {
        from = thread.members.length === 2 ? 1 - from : r.weighted(speakers);
      }
    }
  }
  return slots.sort((a, b) => a.atMs - b.atMs);
}

/** Those who command the work at the packing shed and the house. */
const FOREMEN = new Set(['sorin', 'ray', 'carla']);
const CONTROLLERS = new Set(['sorin', 'ray', 'carla', 'vitor', 'marlon', 'kez']);

/** Orders and threats come from those who give them; the others answer. */
function topicFor(slot: Slot, writer: Person, r: Stream): Topic {
  if (slot.part === 0 && r.chance(0.45)) return 'open';
  if (slot.part === 2 && r.chance(0.6)) return 'close';
  if (slot.topic === 'orders' || slot.topic === 'threats') {
    return CONTROLLERS.has(writer.id) ? slot.topic : r.chance(0.7) ? 'reply' : 'sorry';
  }
  if (r.chance(0.3)) return 'reply';
  // Who gives the work talks of it as orders, not as one who does it.
  if (slot.topic === 'work' && FOREMEN.has(writer.id)) return r.chance(0.5) ? 'orders' : 'place';
  return slot.topic;
}

const FORWARDS: Readonly<Record<Language, string>> = {
  ro: 'Se caută oameni la ambalat, masă inclusă, plecare imediată, sunați seara',
  es: 'Aviso: el sábado cortan el agua en todo el barrio de 9 a 13, compartan',
  pt: 'Aviso: no sábado cortam a água em todo o bairro das 9 às 13, partilhem',
  fr: 'À partager : grande braderie dimanche sur la place, de 8h à 17h',
  it: 'Girate a tutti: domenica mercatino in piazza dalle 8 alle 17',
  en: 'Pass it on: water off Saturday 9 till 1 on the whole estate'
};

const ASK = lines(CUSTOMER_TALK.ask);
const ANSWER = lines(CUSTOMER_TALK.answer);

/** The three languages of a line's life: the thread's, the writer's where they share one. */
function languageFor(thread: Thread, writer: Person, r: Stream): Language {
  const shared = thread.languages.filter(([l]) => writer.languages.includes(l));
  const own = r.weighted(thread.languages);
  if (shared.length === 0) return own;
  const picked = r.weighted(shared);
  // Code-switching: now and then the thread's other language slips in.
  return r.chance(0.1) ? own : picked;
}

/**
 * All messages of a thread in time order, one second apart at least.
 *
 * @param seed same seed, same bytes
 * @param exchange other languages for the unplanted lines; times and writers stay
 */
export function messagesOf(thread: Thread, seed: number, exchange: Exchange = AS_WRITTEN): Message[] {
  const recent: string[] = [];
  const out: Message[] = slotsOf(thread, seed).map((slot, i) => {
    const from = thread.members[slot.from] ?? castMember('sorin');
    const shape = new Stream(seed, 'shape', thread.id, i);
    const words = new Stream(seed, 'words', thread.id, i);
    const language = exchange.language(languageFor(thread, from, shape));
    const base = { thread, index: i, atMs: slot.atMs, from, forwarded: false };
    if (thread.style === 'customer') {
      const bank = slot.from === 1 ? ASK : ANSWER;
      const other = slot.from === 1 && language !== 'en' && words.chance(0.7);
      const text = other
        ? typed(
            words.pick(BANKS[language].topics.place.filter((l) => !l.includes('{'))),
            BANKS[language],
            habitOf(from.id),
            words
          )
        : words.pick(bank);
      return { ...base, kind: 'text', text, language: other ? language : 'en' };
    }
    const topic = topicFor(slot, from, shape);
    const second = shape.chance(0.12) ? exchange.language(shape.weighted(thread.languages)) : language;
    const line = () => lineOf({ topic, language, second, writer: from, recent }, words);
    const dice = shape.next();
    if (thread.app !== 'SMS' && dice < 0.035) return { ...base, kind: 'voice', text: '', language: 'none' };
    if (thread.app !== 'SMS' && dice < 0.055) return { ...base, kind: 'photo', text: '', language: 'none' };
    if (thread.app === 'WhatsApp' && dice < 0.062) return { ...base, kind: 'missed-call', text: '', language: 'none' };
    if (thread.app === 'WhatsApp' && dice < 0.07) {
      // Only a full extraction can bring back a removed line; another phone's copy shows none.
      const recovered = thread.devices.length === 1 && thread.devices[0] === 'A';
      if (!recovered) return { ...base, kind: 'removed', text: '', language: 'none' };
      return { ...base, kind: 'removed', text: line().text, language };
    }
    if (thread.app === 'WhatsApp' && dice < 0.076) {
      return { ...base, kind: 'text', text: FORWARDS[language], language, forwarded: true };
    }
    const { text, source } = line();
    recent.push(source);
    if (recent.length > 8) recent.shift();
    return { ...base, kind: 'text', text, language };
  });
  for (const p of PLANTED.get(thread.id) ?? []) {
    const from = castMember(p.from);
    out.push({
      thread,
      index: 0,
      atMs: p.atMs,
      from,
      kind: 'text',
      text: p.text,
      language: p.language,
      forwarded: p.id === 'rota#12',
      plantedId: p.id
    });
  }
  addBroadcasts(thread, seed, out);
  addSystemLines(thread, out);
  out.sort((a, b) => a.atMs - b.atMs);
  let last = 0;
  return out.map((m, index) => {
    const atMs = Math.max(m.atMs, last + 1000);
    last = atMs;
    return { ...m, index, atMs };
  });
}

function addBroadcasts(thread: Thread, seed: number, out: Message[]): void {
  if (thread.style !== 'customer') return;
  const kez = castMember('kez');
  const rank = Number(thread.id.slice(thread.id.lastIndexOf('-') + 1));
  BROADCASTS.forEach(([wall, text], b) => {
    const atMs = london(wall) + rank * 2000;
    out.push({
      thread,
      index: 0,
      atMs,
      from: kez,
      kind: 'text',
      text,
      language: 'en',
      forwarded: false,
      plantedId: `broadcast#${b + 1}`
    });
    const r = new Stream(seed, 'bite', thread.id, b);
    const customer = thread.members[1];
    if (customer && r.chance(0.35)) {
      out.push({
        thread,
        index: 0,
        atMs: atMs + 1000 * r.int(40, 1500),
        from: customer,
        kind: 'text',
        text: r.pick(ASK),
        language: 'en',
        forwarded: false
      });
    }
  });
}

/** "X changed their phone number": WhatsApp's own line in every chat with Sorin. */
function addSystemLines(thread: Thread, out: Message[]): void {
  if (thread.app !== 'WhatsApp' || !thread.devices.includes('B')) return;
  const sorin = thread.members.find((m) => m.id === 'sorin');
  if (!sorin) return;
  out.push({
    thread,
    index: 0,
    atMs: SORIN_NEW_SIM + 30_000,
    from: sorin,
    kind: 'system',
    text: `${sorin.name} changed their phone number to a new number. Tap to message or add the new number.`,
    language: 'en',
    forwarded: false
  });
}
