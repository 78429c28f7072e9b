/** Who talks with whom, in which app, how much, and which seized phones hold it. */
import { END_MS, HOUR_MS, START_MS, london } from './clock.ts';
import { CUSTOMERS, RAY_NEW_NUMBER, castMember, type Person } from './people.ts';
import { ROWS, type Row } from './thread-rows.ts';
import type { Language, Topic } from './words/bank.ts';

export type Device = 'A' | 'B' | 'C' | 'D';
export type App = 'WhatsApp' | 'Telegram' | 'SMS';
/** Hours of the day in which a thread is awake. */
export type Hours = 'day' | 'evening' | 'line';

export interface Thread {
  readonly id: string;
  readonly app: App;
  /** Subject of a group; absent for a pair. */
  readonly group?: string;
  readonly members: readonly Person[];
  readonly languages: readonly (readonly [Language, number])[];
  readonly topics: readonly (readonly [Topic, number])[];
  /** Messages besides the planted ones. */
  readonly count: number;
  readonly hours: Hours;
  readonly devices: readonly Device[];
  readonly fromMs: number;
  readonly untilMs: number;
  /** Held by A as an empty chat marked as deleted. */
  readonly deletedOnA: boolean;
  readonly style: 'talk' | 'customer';
}

/** Records (copies on every phone counted) that do not grow: planted lines, broadcasts, answers. */
const FIXED_RECORDS = 800;
/** Records of the counts in ROWS, copies counted. */
const COUNTED_RECORDS = 5600;
/** At the base scale the story's own threads have this share of their counts; the rest is crowd. */
const BASE_FACTOR = 0.8;
const BASE_SCALE = 6000;

function languagesOf(text: string): [Language, number][] {
  return text.split(' ').map((part) => {
    const [language = 'en', weight = '1'] = part.split(':');
    return [language as Language, Number(weight)];
  });
}

function coreThread(row: Row, factor: number): Thread {
  const [id, devices, app, members, languages, topics, count, hours = 'day', group] = row;
  return {
    id,
    app,
    ...(group === undefined ? {} : { group }),
    members: members.split(' ').map(castMember),
    languages: languagesOf(languages),
    topics,
    count: Math.round(count * factor),
    hours,
    devices: devices.split('') as Device[],
    fromMs: id.endsWith('ray-2') ? RAY_NEW_NUMBER : START_MS,
    untilMs: id === 'sorin-ray-1' ? RAY_NEW_NUMBER : id === 'sorin-wilmer' ? london('2026-01-06 04:00') : END_MS - 5 * HOUR_MS,
    deletedOnA: id === 'sorin-vitor',
    style: 'talk'
  };
}

function customerThread(i: number, factor: number): Thread {
  const customer = castMember(`customer-${i}`);
  return {
    id: `line-${customer.id}`,
    app: 'SMS',
    members: [castMember('kez'), customer],
    languages: customer.languages.map((l) => [l, 1] as const),
    topics: [['place', 1]],
    count: Math.round((8 + ((i * 13) % 17)) * factor),
    hours: 'line',
    devices: ['C'],
    fromMs: START_MS,
    untilMs: END_MS - 5 * HOUR_MS,
    deletedOnA: false,
    style: 'customer'
  };
}

const OWNER: Readonly<Record<Device, string>> = { A: 'sorin', B: 'ionela', C: 'kez', D: 'vitor' };
/** The person whose phone it is. */
export const ownerOf = (device: Device): Person => castMember(OWNER[device]);

/** Share of the records that the story's own threads take, and the factor on their counts. */
export function sizesOf(scale: number): { factor: number; crowdRecords: number } {
  const factor =
    scale <= BASE_SCALE
      ? Math.max(0.02, (BASE_FACTOR * (scale - FIXED_RECORDS)) / (BASE_SCALE - FIXED_RECORDS))
      : BASE_FACTOR * Math.sqrt(scale / BASE_SCALE);
  const crowdRecords = Math.max(20, Math.round(scale - FIXED_RECORDS - COUNTED_RECORDS * factor));
  return { factor, crowdRecords };
}

/** The story's threads at a scale. */
export function coreThreads(scale: number): Thread[] {
  const { factor } = sizesOf(scale);
  return [
    ...ROWS.map((row) => coreThread(row, factor)),
    ...Array.from({ length: CUSTOMERS }, (_, i) => customerThread(i, factor))
  ];
}
