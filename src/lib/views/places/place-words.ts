/** Places, areas and distances in words. */
import { m } from '$lib/paraglide/messages.js';
import type { AreaRow, MeetingPairRow, PlaceFix, PlaceRow } from '$lib/pipeline/place-contract.ts';
import { formatCount, formatNumber } from '$lib/ui/format.ts';

export const placeName = ({ label, id }: Pick<PlaceRow, 'label' | 'id'>): string =>
  label === '' ? m.places_unnamed({ number: id + 1 }) : label;

export function areaName({ label, id, isCell }: Pick<AreaRow, 'label' | 'id' | 'isCell'>): string {
  if (label === '') return m.places_area_unnamed({ number: id + 1 });
  return isCell ? m.places_cell({ name: label }) : label;
}

export const pairName = ({ a, b }: Pick<MeetingPairRow, 'a' | 'b'>): string => `${a.label}, ${b.label}`;

/** `85 m`, `12.4 km`. */
export function distance(metres: number): string {
  if (metres < 1000) return m.places_metres({ shown: formatCount(Math.max(1, metres)) });
  return m.places_kilometres({ shown: formatNumber(metres / 1000, metres < 10_000 ? 1 : 0) });
}

/** Five decimals are a metre: more would claim what no phone measures. */
export function position(latitude_deg: number | null, longitude_deg: number | null): string {
  if (latitude_deg === null || longitude_deg === null) return m.places_no_position();
  return `${latitude_deg.toFixed(4)}, ${longitude_deg.toFixed(4)}`;
}

/** File, place in it and the characters of its time. */
export function whereInFile({ provenance, timeRaw }: PlaceFix): string {
  const place = provenance.path === '' ? '' : ` ${provenance.path}`;
  return `${provenance.fileName}${place}, ${provenance.unit} ${provenance.offset}${timeRaw === '' ? '' : `, ${timeRaw}`}`;
}

/** Colour of a device: its number stands beside it wherever it is used. */
export const deviceColour = (device: number): string => `var(--category-${(device % 8) + 1})`;
