/** Distances on the Earth as a sphere: a third of a per cent off at most, far below what a phone's fix is off. */

/** Mean radius of the Earth, metres (IUGG). */
const EARTH_M = 6_371_009;
const RADIANS = Math.PI / 180;
export const METRES_A_DEGREE = EARTH_M * RADIANS;

/** Metres between two positions in degrees, along the great circle (haversine, exact at small distances). */
export function metresBetween(latitudeA: number, longitudeA: number, latitudeB: number, longitudeB: number): number {
  const sinLatitude = Math.sin(((latitudeB - latitudeA) * RADIANS) / 2);
  const sinLongitude = Math.sin(((longitudeB - longitudeA) * RADIANS) / 2);
  const half =
    sinLatitude * sinLatitude + Math.cos(latitudeA * RADIANS) * Math.cos(latitudeB * RADIANS) * sinLongitude * sinLongitude;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Metres of one degree of longitude at a latitude. */
export function metresALongitude(latitude_deg: number): number {
  return METRES_A_DEGREE * Math.cos(latitude_deg * RADIANS);
}

/** Degrees of longitude from -180 to 180 that lie between two meridians. */
export function longitudeBetween(from_deg: number, to_deg: number): number {
  return ((((to_deg - from_deg + 180) % 360) + 360) % 360) - 180;
}

export interface LocalPlane {
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  /** Metres east and north of the middle. */
  readonly x: (longitude_deg: number) => number;
  readonly y: (latitude_deg: number) => number;
}

/** A flat picture around a middle: true to scale there, and east to west less so the further north or south. */
export function localPlane(latitude_deg: number, longitude_deg: number): LocalPlane {
  const eastward = metresALongitude(latitude_deg);
  return {
    latitude_deg,
    longitude_deg,
    x: (longitude) => longitudeBetween(longitude_deg, longitude) * eastward,
    y: (latitude) => (latitude - latitude_deg) * METRES_A_DEGREE
  };
}
