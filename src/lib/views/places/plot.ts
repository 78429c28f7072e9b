/** The picture of places: what it shows, how large, and its scale bar. Metres on a flat plane, drawn to scale. */
import { localPlane, longitudeBetween, metresALongitude, METRES_A_DEGREE } from '$lib/analysis/places/sphere.ts';
import type { PlacesView } from '$lib/pipeline/place-contract.ts';

export const WIDTH = 960;
export const HEIGHT = 540;
const MARGIN = 40;
/** A picture never shows less: below this a phone's fix is off by more than what is drawn. */
const LEAST_SPAN_M = 400;

/** What the picture shows: its middle, and how many metres its width stands for. */
export interface Window {
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly span_m: number;
}

interface Spot {
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly radius_m: number;
}

/** Everything with its circles; null where nothing has a position. */
export function wholeWindow({ places, areas, lone }: Pick<PlacesView, 'places' | 'areas' | 'lone'>): Window | null {
  const spots: Spot[] = [
    ...places.map(({ latitude_deg, longitude_deg, extent_m }) => ({ latitude_deg, longitude_deg, radius_m: extent_m })),
    ...areas.flatMap(({ latitude_deg, longitude_deg, radius_m }) =>
      latitude_deg === null || longitude_deg === null ? [] : [{ latitude_deg, longitude_deg, radius_m }]
    ),
    ...Array.from(lone.latitude_deg, (latitude_deg, i) => ({ latitude_deg, longitude_deg: lone.longitude_deg[i]!, radius_m: 0 }))
  ];
  const first = spots[0];
  if (first === undefined) return null;
  let [south, north, west, east] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { latitude_deg, longitude_deg, radius_m } of spots) {
    const [up, aside] = [radius_m / METRES_A_DEGREE, radius_m / Math.max(1, metresALongitude(latitude_deg))];
    // Beside the meridian of 180 degrees: distances from the first, not numbers of degrees.
    const x = longitudeBetween(first.longitude_deg, longitude_deg);
    south = Math.min(south, latitude_deg - up);
    north = Math.max(north, latitude_deg + up);
    west = Math.min(west, x - aside);
    east = Math.max(east, x + aside);
  }
  const latitude = (south + north) / 2;
  const across = (east - west) * metresALongitude(latitude);
  const upright = (north - south) * METRES_A_DEGREE;
  const inner = WIDTH - 2 * MARGIN;
  return {
    latitude_deg: latitude,
    longitude_deg: longitudeBetween(0, first.longitude_deg + (west + east) / 2),
    span_m: Math.max(LEAST_SPAN_M, (Math.max(across, (upright * inner) / (HEIGHT - 2 * MARGIN)) * WIDTH) / inner)
  };
}

export function zoomed(window: Window, by: number): Window {
  return { ...window, span_m: Math.min(40_000_000, Math.max(LEAST_SPAN_M, window.span_m * by)) };
}

export interface Projection {
  readonly x: (longitude_deg: number) => number;
  readonly y: (latitude_deg: number) => number;
  /** Pixels of so many metres. */
  readonly length: (metres: number) => number;
}

export function projection({ latitude_deg, longitude_deg, span_m }: Window): Projection {
  const plane = localPlane(latitude_deg, longitude_deg);
  const scale = WIDTH / span_m;
  return {
    x: (longitude) => WIDTH / 2 + plane.x(longitude) * scale,
    y: (latitude) => HEIGHT / 2 - plane.y(latitude) * scale,
    length: (metres) => metres * scale
  };
}

/** The longest of 1, 2 and 5 times a power of ten metres that takes at most a fifth of the picture. */
export function scaleBar({ span_m }: Window): { metres: number; pixels: number } {
  const most = span_m / 5;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((n) => n * power).find((length) => length <= most) ?? power;
  return { metres, pixels: (metres / span_m) * WIDTH };
}
