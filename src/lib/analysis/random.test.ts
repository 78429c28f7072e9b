import { describe, expect, test } from 'vitest';
import { SeededRandom } from './random.ts';

describe('SeededRandom', () => {
  test('the same seed gives the same numbers, another seed others', () => {
    const draw = (seed: number): number[] => {
      const random = new SeededRandom(seed);
      return Array.from({ length: 20 }, () => random.uint32());
    };
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    expect(draw(1)).not.toEqual(draw(1 + 2 ** 32));
  });

  test('uniform: the ten tenths are equally full within five standard deviations', () => {
    const random = new SeededRandom(9);
    const bins = new Uint32Array(10);
    for (let i = 0; i < 100_000; i++) bins[Math.floor(random.next() * 10)]!++;
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(9_000));
  });

  test('normal: mean 0, variance 1', () => {
    const random = new SeededRandom(9);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < 100_000; i++) {
      const value = random.normal();
      sum += value;
      squares += value * value;
    }
    expect(Math.abs(sum / 100_000)).toBeLessThan(0.02);
    expect(Math.abs(squares / 100_000 - 1)).toBeLessThan(0.03);
  });

  test('a sample holds distinct numbers in order, each equally often', () => {
    const random = new SeededRandom(2);
    const hits = new Uint32Array(20);
    for (let i = 0; i < 20_000; i++) {
      const sample = random.sample(20, 5);
      expect([...new Set(sample)].sort((a, b) => a - b)).toEqual([...sample]);
      for (const value of sample) hits[value]!++;
    }
    for (const count of hits) expect(Math.abs(count - 5_000)).toBeLessThan(5 * Math.sqrt(3_750));
    expect([...random.sample(3, 9)]).toEqual([0, 1, 2]);
  });

  test('a shuffle keeps every value', () => {
    const values = Uint32Array.from({ length: 50 }, (_, i) => i);
    const shuffled = new SeededRandom(1).shuffle(values.slice());
    expect(shuffled).not.toEqual(values);
    expect(shuffled.sort()).toEqual(values);
  });
});
