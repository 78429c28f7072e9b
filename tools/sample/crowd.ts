/** People outside the cast and their threads: the everyday bulk, and the growth of larger scales. */
import { DAY_MS, END_MS, HOUR_MS, START_MS } from './clock.ts';
import { crowdAccount } from './identifiers.ts';
import type { Person } from './people.ts';
import { Stream } from './random.ts';
import { FRIENDS, KIN } from './thread-rows.ts';
import { ownerOf, type App, type Device, type Thread } from './threads.ts';
import { LANGUAGES } from './words/bank.ts';

const FIRST_NAMES =
  `Ada Alin Ana Andrei Antoine Bea Bogdan Camille Ciro Clara Dan Denise Diego Dora Elena Emil Enzo Eva Filipa Flor Gabi Gigi Hugo Ileana Ines Ivo Jade Joana Kev Laura Lena Leo Lia Luca Lucia Manel Mara Marie Mel Mia Nico Nina Noa Oana Olga Otto Paula Petra Quim Radu Rita Rosa Sam Silvia Tania Tiago Toma Ugo Vera Victor Wanda Xavi Yara Zoe`.split(
    ' '
  );

/** A person outside the cast, made from a running number. */
function crowdPerson(n: number): Person {
  const r = new Stream('crowd', n);
  const language = LANGUAGES[Math.floor(r.next() * LANGUAGES.length)] ?? 'en';
  const suffix = n < FIRST_NAMES.length ? '' : ` ${n}`;
  return {
    id: `crowd-${n}`,
    name: `${FIRST_NAMES[n % FIRST_NAMES.length]}${suffix}`,
    gender: r.chance(0.5) ? 'f' : 'm',
    role: 'innocent',
    community: `crowd-${Math.floor(n / 40)}`,
    languages: [language],
    accounts: [{ id: crowdAccount(n) }]
  };
}

/** Heavy-tailed count around a mean, at least 1. */
function tail(r: Stream, mean: number): number {
  return Math.max(1, Math.min(Math.round(mean * 40), Math.round((mean * 0.45) / Math.pow(1 - r.next() * 0.995, 0.6))));
}

/**
 * Threads with people outside the cast, until `records` messages are reached. Mostly on phone A,
 * some on C and D; one in ten is a group of neighbours in the crowd, which ties the crowd together.
 */
export function* crowdThreads(seed: number, records: number): Generator<Thread> {
  let left = records;
  const mean = records > 100_000 ? 55 : 28;
  for (let n = 0; left > 0; n++) {
    const r = new Stream(seed, 'crowd-thread', n);
    const device = r.weighted<Device>([
      ['A', 7],
      ['C', 1.5],
      ['D', 1.5]
    ]);
    const count = Math.min(left, tail(r, mean));
    left -= count;
    const person = crowdPerson(n);
    const asGroup = device === 'A' && n > 4 && n % 10 === 0;
    const size = asGroup ? r.int(2, 9) : 0;
    const others = new Set<number>();
    for (let k = 0; k < size; k++) others.add(Math.max(0, n - r.int(1, 40)));
    const language = person.languages[0] ?? 'en';
    yield {
      id: `crowd-${n}`,
      app:
        device === 'C'
          ? 'SMS'
          : asGroup
            ? 'WhatsApp'
            : r.weighted<App>([
                ['WhatsApp', 7],
                ['Telegram', 1.5],
                ['SMS', 1.5]
              ]),
      ...(asGroup ? { group: `${person.name} & co` } : {}),
      members: [ownerOf(device), person, ...[...others].map(crowdPerson)],
      languages: r.chance(0.85)
        ? [[language, 1]]
        : [
            [language, 3],
            ['en', 1]
          ],
      topics: r.chance(0.5) ? FRIENDS : KIN,
      count,
      hours: r.chance(0.6) ? 'day' : 'evening',
      devices: [device],
      fromMs: START_MS + Math.floor(r.next() * 40) * DAY_MS,
      untilMs: END_MS - 5 * HOUR_MS,
      deletedOnA: false,
      style: 'talk'
    };
  }
}
