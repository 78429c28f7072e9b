import { describe, expect, it } from 'vitest';
import type { PlacesView } from '$lib/pipeline/place-contract.ts';
import { HEIGHT, projection, scaleBar, wholeWindow, WIDTH, zoomed } from './plot.ts';

const lone = (latitude_deg: number[], longitude_deg: number[]): PlacesView['lone'] => ({
  deviceId: new Uint16Array(latitude_deg.length),
  latitude_deg: Float64Array.from(latitude_deg),
  longitude_deg: Float64Array.from(longitude_deg),
  moving: new Uint8Array(latitude_deg.length)
});
const nothing = { places: [], areas: [] };

describe('the picture of places', () => {
  it('holds everything, to scale, north up', () => {
    const whole = wholeWindow({ ...nothing, lone: lone([53, 53.5, 53.2], [0.5, 1.5, 1]) })!;
    const { x, y } = projection(whole);
    for (const [lat, lon] of [
      [53, 0.5],
      [53.5, 1.5]
    ] as const) {
      expect(x(lon)).toBeGreaterThanOrEqual(0);
      expect(x(lon)).toBeLessThanOrEqual(WIDTH);
      expect(y(lat)).toBeGreaterThanOrEqual(0);
      expect(y(lat)).toBeLessThanOrEqual(HEIGHT);
    }
    expect(y(53.5)).toBeLessThan(y(53));
    expect(x(1.5)).toBeGreaterThan(x(0.5));
    // Half a degree north is 55.6 km.
    expect((y(53) - y(53.5)) / projection(whole).length(1000)).toBeCloseTo(55.6, 1);
  });

  it('goes over the meridian of 180 degrees instead of around the Earth', () => {
    expect(wholeWindow({ ...nothing, lone: lone([-17, -17], [179.9, -179.9]) })!.span_m).toBeLessThan(30_000);
  });

  it('makes room for an area’s circle, and shows nothing where nothing has a position', () => {
    const area = { latitude_deg: 53, longitude_deg: 1, radius_m: 5000 } as PlacesView['areas'][number];
    const whole = wholeWindow({ places: [], areas: [area], lone: lone([], []) })!;
    expect(projection(whole).length(10_000)).toBeLessThanOrEqual(HEIGHT);
    const unknown = { ...area, latitude_deg: null };
    expect(wholeWindow({ places: [], areas: [unknown], lone: lone([], []) })).toBeNull();
  });

  it('has a scale bar of a round length at most a fifth of its width', () => {
    for (const span_m of [400, 999, 12_345, 3_000_000]) {
      const { metres, pixels } = scaleBar({ latitude_deg: 0, longitude_deg: 0, span_m });
      expect(String(metres)).toMatch(/^[125]0*$/);
      expect(pixels).toBeLessThanOrEqual(WIDTH / 5);
      expect(pixels).toBeGreaterThan(WIDTH / 13);
    }
    expect(zoomed({ latitude_deg: 0, longitude_deg: 0, span_m: 500 }, 0.1).span_m).toBe(400);
  });
});
