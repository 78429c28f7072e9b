/** Locations, cell sites and placeholder files of phone A. The coast they lie on is open sea. */
import { DAY_MS, london, MINUTE_MS } from './clock.ts';

/** Invented towns, placed in the North Sea so that no address is meant. */
const PLACES = {
  marlby: [53.1012, 0.9021],
  thornsea: [53.3044, 1.2107],
  harrowfen: [53.1388, 0.9706]
} as const;

interface Fix {
  readonly atMs: number;
  readonly spelling: number;
  readonly lat: number;
  readonly lon: number;
  readonly comma: boolean;
  readonly name: string;
}

function between(from: readonly [number, number], to: readonly [number, number], share: number): [number, number] {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

/** Phone A's fixes: everyday places, and behind the van on 12 December. */
export function routeOfTheMove(): { locations: Fix[]; towers: { atMs: number; cid: number; lat: number; lon: number }[] } {
  const locations: Fix[] = [];
  for (let week = 0; week < 14; week++) {
    const [lat, lon] = week % 2 === 0 ? PLACES.harrowfen : PLACES.marlby;
    locations.push({
      atMs: london('2025-09-03 05:35') + week * 7 * DAY_MS,
      spelling: week % 6,
      lat: lat + week * 0.00007,
      lon: lon - week * 0.00005,
      comma: week % 3 === 0,
      name: week % 2 === 0 ? 'Harrowfen Salads, gate 2' : '14 Holm Road'
    });
  }
  const start = london('2025-12-12 04:31');
  for (let i = 0; i <= 10; i++) {
    const [lat, lon] = between(PLACES.marlby, PLACES.thornsea, i / 10);
    locations.push({
      atMs: start + i * 5 * MINUTE_MS,
      spelling: i % 6,
      lat,
      lon,
      comma: i % 2 === 0,
      name: i === 0 ? '14 Holm Road' : i === 10 ? '3 Quay Terrace' : ''
    });
  }
  const towers = [0, 1, 2, 3, 4, 5].map((i) => {
    const [lat, lon] = between(PLACES.marlby, PLACES.thornsea, i / 5);
    return { atMs: start + i * 10 * MINUTE_MS, cid: 70_100 + i, lat: lat + 0.01, lon: lon - 0.01 };
  });
  return { locations, towers };
}

/** A few small files beside the report; their bytes say that they are placeholders. */
export function placeholderFiles(): { path: string; id: string; index: number; atMs: number; tag: string; bytes: Uint8Array }[] {
  const names = [
    'Audio/PTT-20250920-WA0001.opus',
    'Audio/PTT-20251212-WA0002.opus',
    'Image/IMG-20251019-WA0003.jpg',
    'Text/rota.txt'
  ];
  return names.map((name, i) => ({
    path: `files/${name}`,
    id: `00000000-0000-4000-a000-00000000000${i + 1}`,
    index: 100 + i,
    atMs: london('2025-09-20 07:00') + i * 30 * DAY_MS,
    tag: name.split('/')[0] ?? 'File',
    bytes: Buffer.from(`Placeholder ${i + 1} of the sample case: not media.\n`, 'utf8')
  }));
}
