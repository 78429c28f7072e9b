import { describe, expect, it } from 'vitest';
import { derivationHere, fitted } from './key-cost.ts';
import type { Derivation } from './keys.ts';

const ARGON2ID: Derivation = { name: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1 };
const PBKDF2: Derivation = { name: 'pbkdf2-sha256', rounds: 1_000_000 };

/** A device on which a pass, and a million rounds, take so many seconds; `busy` times as long the first time. */
function device(pass_s: number, million_s: number, busy = 1) {
  let asked = 0;
  return async (derivation: Derivation): Promise<number> => {
    const slow = asked++ === 0 ? busy : 1;
    if (derivation.name === 'argon2id') return derivation.passes * pass_s * slow;
    return derivation.name === 'pbkdf2-sha256' ? (derivation.rounds / 1e6) * million_s * slow : 0;
  };
}

describe('what a guess costs', () => {
  it.each([
    ['a laptop of 2019', 0.31, 3],
    ['a slow one', 0.9, 3],
    ['a new machine', 0.12, 7],
    ['the fastest', 0.02, 16],
    ['a clock that stands still', 0, 16]
  ])('on %s', async (_, pass_s, passes) => {
    expect(await fitted(ARGON2ID, device(pass_s, 1))).toEqual({ ...ARGON2ID, passes });
  });

  it('is about a second wherever the bounds leave a choice, by the approved algorithm too', async () => {
    for (let pass_s = 0.07; pass_s <= 0.33; pass_s += 0.01) {
      const { passes } = (await fitted(ARGON2ID, device(pass_s, 1))) as { passes: number };
      expect(passes * pass_s).toBeGreaterThanOrEqual(0.7);
      expect(passes * pass_s).toBeLessThanOrEqual(1.5);
    }
    for (let million_s = 0.2; million_s <= 1; million_s += 0.05) {
      const { rounds } = (await fitted(PBKDF2, device(1, million_s))) as { rounds: number };
      expect((rounds / 1e6) * million_s).toBeGreaterThanOrEqual(0.7);
      expect((rounds / 1e6) * million_s).toBeLessThanOrEqual(1.5);
    }
    expect(await fitted(PBKDF2, device(1, 3))).toEqual(PBKDF2);
  });

  it('is not less for a first measure that had to compile', async () => {
    expect(await fitted(ARGON2ID, device(0.12, 1, 20))).toEqual(await fitted(ARGON2ID, device(0.12, 1)));
  });

  it('is measured here, within the bounds, and once', async () => {
    const argon2id = await derivationHere(false);
    expect(argon2id).toMatchObject({ name: 'argon2id', memoryKiB: 65_536, lanes: 1 });
    const { passes } = argon2id as { passes: number };
    expect(passes).toBeGreaterThanOrEqual(3);
    expect(passes).toBeLessThanOrEqual(16);
    expect(await derivationHere(false)).toBe(argon2id);
    const { rounds } = (await derivationHere(true)) as { rounds: number };
    expect(rounds % 100_000).toBe(0);
    expect(rounds).toBeGreaterThanOrEqual(1_000_000);
    expect(rounds).toBeLessThanOrEqual(5_000_000);
  });
});
