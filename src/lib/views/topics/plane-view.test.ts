import { expect, it } from 'vitest';
import { fitted, pointAt } from './plane-view.ts';

const plane = { x: Float32Array.of(-2, 0, 2), y: Float32Array.of(-1, 0, 1) };

it('fits the points with one scale, the middle in the middle', () => {
  const { x, y } = fitted(plane, 424, 424);
  expect([...x]).toEqual([12, 212, 412]);
  expect([...y]).toEqual([112, 212, 312]);
  const alone = fitted({ x: Float32Array.of(7), y: Float32Array.of(7) }, 100, 60);
  expect([alone.x[0], alone.y[0]]).toEqual([50, 30]);
});

it('finds the nearest point within reach', () => {
  const view = fitted(plane, 424, 424);
  expect(pointAt(view, 210, 215, 10)).toBe(1);
  expect(pointAt(view, 300, 150, 10)).toBeNull();
});
